import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as schema from 'typebox';
import { RequestRefused } from '../db/request-refused.ts';
import { SILENT_LOG } from '../db/log.ts';
import { registerAppFiles } from './app-files.ts';
import { drain } from './drain.ts';
import { makeApp } from './make-app.ts';
import { isDeeperThan } from './read-json.ts';
import { securityHeaders } from './security-headers.ts';

let app: FastifyInstance;
let folder: string;
const logged: { fields: unknown; event: string }[] = [];

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'app-files-'));
  for (const name of ['pos', 'kiosk']) {
    mkdirSync(path.join(folder, name, 'assets'), { recursive: true });
    writeFileSync(path.join(folder, name, 'index.html'), `<title>${name}</title>`);
    writeFileSync(path.join(folder, name, 'service-worker.js'), 'self.skipWaiting;');
    writeFileSync(path.join(folder, name, '.secret'), 'x');
    const script = `console.log('${name}')`;
    writeFileSync(path.join(folder, name, 'assets', 'main-D4fRt_9x.js'), script);
    writeFileSync(path.join(folder, name, 'assets', 'main-D4fRt_9x.js.br'), brotliCompressSync(script));
  }
  const keep = (fields: unknown, event: string): void => void logged.push({ fields, event });
  app = makeApp({ tls: null, log: { ...SILENT_LOG, info: keep, error: keep } });
  const body = schema.Object(
    { name: schema.String({ maxLength: 10 }), count: schema.Integer() },
    { additionalProperties: false },
  );
  app.post('/api/v1/things', { schema: { body } }, (request) => ({ got: request.body }));
  app.get('/api/v1/refused', () => {
    throw new RequestRefused({ status: 429, code: 'too-often', detail: 'Slow down.', retryAfterSeconds: 7 });
  });
  app.get('/api/v1/broken', () => {
    throw new Error('password=hunter2');
  });
  app.get('/api/v1/database-away', () => {
    throw Object.assign(new Error('gone'), { code: 'CONNECTION_CLOSED' });
  });
  await registerAppFiles(app, folder);
  await app.ready();
});
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true });
});

function post(payload: string | Buffer, headers: Record<string, string> = {}) {
  return app.inject({
    method: 'POST',
    url: '/api/v1/things',
    payload,
    headers: { 'content-type': 'application/json', ...headers },
  });
}

describe('what a body may be', () => {
  test('a body as described is read', async () => {
    const answer = await post('{"name":"tea","count":2}');
    expect([answer.statusCode, answer.json()]).toEqual([200, { got: { name: 'tea', count: 2 } }]);
  });

  test.each([
    ['not JSON', '{"name":', 400, 'bad-json'],
    ['empty', '', 400, 'bad-json'],
    ['__proto__ as a key', '{"__proto__":{"isAdmin":true}}', 400, 'bad-json'],
    ['constructor.prototype as a key', '{"constructor":{"prototype":{}}}', 400, 'bad-json'],
    ['13 levels deep', '['.repeat(13) + ']'.repeat(13), 400, 'json-too-deep'],
    ['200,000 levels deep', '['.repeat(200_000), 400, 'json-too-deep'],
    ['a number as text', '{"name":"tea","count":"2"}', 400, 'request-invalid'],
    ['an infinite number', '{"name":"tea","count":1e400}', 400, 'request-invalid'],
    ['an unknown member', '{"name":"tea","count":2,"isAdmin":true}', 400, 'request-invalid'],
    ['a text that is too long', '{"name":"tea tea tea tea","count":2}', 400, 'request-invalid'],
    ['larger than 1 MB', `{"name":"${'x'.repeat(1_000_000)}"}`, 413, 'body-too-large'],
    ['bytes that are not UTF-8', Buffer.from([0x22, 0xff, 0xfe, 0x22]), 400, 'bad-json'],
  ])('refused: %s', async (_what, payload, status, code) => {
    const answer = await post(payload);
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([status, code]);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  });

  test('12 levels, brackets in texts and escaped quotes are no depth', () => {
    const isDeep = (text: string, levels: number): boolean => isDeeperThan(Buffer.from(text), levels);
    expect(isDeep('['.repeat(12) + ']'.repeat(12), 12)).toBe(false);
    expect(isDeep('['.repeat(13) + ']'.repeat(13), 12)).toBe(true);
    expect(isDeep('{"چای":{"茶":[]}}', 2)).toBe(true);
    expect(isDeep(`["${'['.repeat(50)}", "\\"[[[[[[[[[[[[[", {"a":"\\\\"}]`, 12)).toBe(false);
    expect(isDeep('[[],[],[],[],[],[],[],[],[],[],[],[],[]]', 2)).toBe(false);
  });

  test('a compressed body is not unpacked', async () => {
    const answer = await post(brotliCompressSync('{"name":"tea","count":2}'), { 'content-encoding': 'br' });
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([415, 'body-compressed']);
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data'])(
    '%s is not read',
    async (type) => {
      const answer = await post('name=tea', { 'content-type': type });
      expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([415, 'body-not-json']);
    },
  );
});

describe('problem answers', () => {
  test('a refusal is told with its code, its sentence and when to come back', async () => {
    const answer = await app.inject('/api/v1/refused');
    expect(answer.json()).toEqual({
      type: 'urn:tillandsia:problem:too-often',
      title: 'too often',
      status: 429,
      code: 'too-often',
      detail: 'Slow down.',
    });
    expect(answer.headers['retry-after']).toBe('7');
  });

  test('a fault tells the caller nothing of its inside, and the log everything', async () => {
    const answer = await app.inject('/api/v1/broken');
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([500, 'server-fault']);
    expect(answer.body).not.toContain('hunter2');
    expect(JSON.stringify(logged)).toContain('hunter2');
  });

  test('a database that is away is 503 with a time to come back', async () => {
    const answer = await app.inject('/api/v1/database-away');
    expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '2']);
  });

  test('an unknown address is a problem too, and the log names no address as it came', async () => {
    const answer = await app.inject('/api/v1/customers/Jan%20Kowalski?phone=123');
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([404, 'address-unknown']);
    expect(JSON.stringify(logged)).not.toContain('Kowalski');
  });

  test('bytes that are no HTTP get 400 and the connection ends', async () => {
    await app.listen({ port: 0, host: '127.0.0.1' });
    const address = app.server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const answer = await new Promise<string>((resolve, reject) => {
      let text = '';
      const socket = connect(port, '127.0.0.1', () => socket.write('HELLO\r\n\r\n'));
      socket.on('data', (part) => {
        text += part.toString();
      });
      socket.on('error', reject);
      socket.on('close', () => resolve(text));
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400 /u);
  });
});

describe('the end of a server', () => {
  test('lets a request that is under way finish, and takes no new one', async () => {
    const closing = makeApp({ tls: null, log: SILENT_LOG });
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    let arrived = (): void => undefined;
    const isThere = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    closing.get('/slow', async () => {
      arrived();
      await released;
      return { done: true };
    });
    closing.get('/quick', () => ({ done: true }));
    const address = await closing.listen({ port: 0, host: '127.0.0.1' });
    const answer = fetch(`${address}/slow`).then((response) => response.json());
    await isThere;
    const closed = drain(closing, 15_000);
    const other = (): Promise<boolean> =>
      fetch(`${address}/quick`).then(
        (response) => response.ok,
        () => false,
      );
    await expect.poll(other, { timeout: 10_000 }).toBe(false);
    release();
    expect(await answer).toEqual({ done: true });
    const finishedAt = performance.now();
    await closed;
    expect(performance.now() - finishedAt).toBeLessThan(5_000);
  });

  test('cuts off at the limit what does not end', async () => {
    const closing = makeApp({ tls: null, log: SILENT_LOG });
    let arrived = (): void => undefined;
    const isThere = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    closing.get('/endless', (_request, reply) => {
      reply.hijack();
      reply.raw.write('tick');
      arrived();
    });
    const address = await closing.listen({ port: 0, host: '127.0.0.1' });
    const answer = fetch(`${address}/endless`).then((response) => response.text());
    answer.catch(() => undefined);
    await isThere;
    await drain(closing, 100);
    await expect(answer).rejects.toThrow('terminated');
  });
});

describe('app files', () => {
  test('the root leads to the till', async () => {
    expect((await app.inject('/')).headers['location']).toBe('/pos/');
    expect((await app.inject('/kiosk')).headers['location']).toBe('/kiosk/');
  });

  test.each([
    ['/pos/', '<title>pos</title>', 'no-cache'],
    ['/pos/index.html', '<title>pos</title>', 'no-cache'],
    ['/pos/sell/cart?line=2', '<title>pos</title>', 'no-cache'],
    ['/kiosk/item/12', '<title>kiosk</title>', 'no-cache'],
    ['/pos/service-worker.js', 'self.skipWaiting;', 'no-cache'],
    ['/pos/assets/main-D4fRt_9x.js', "console.log('pos')", 'public, max-age=31536000, immutable'],
  ])('%s is served', async (url, body, caching) => {
    const answer = await app.inject(url);
    expect([answer.statusCode, answer.body, answer.headers['cache-control']]).toEqual([200, body, caching]);
  });

  test('a browser that takes Brotli gets the variant the build made', async () => {
    const answer = await app.inject({
      url: '/pos/assets/main-D4fRt_9x.js',
      headers: { 'accept-encoding': 'gzip, br' },
    });
    expect(answer.headers['content-encoding']).toBe('br');
    expect(answer.headers['content-type']).toContain('javascript');
    expect(answer.headers['cache-control']).toContain('immutable');
    expect(answer.headers['vary']?.toString().toLowerCase()).toContain('accept-encoding');
    const page = await app.inject({ url: '/pos/', headers: { 'accept-encoding': 'br' } });
    expect([page.statusCode, page.headers['content-encoding']]).toEqual([200, undefined]);
  });

  test('an unchanged file is not sent again', async () => {
    const first = await app.inject('/pos/index.html');
    const again = await app.inject({
      url: '/pos/index.html',
      headers: { 'if-none-match': String(first.headers['etag']) },
    });
    expect(again.statusCode).toBe(304);
  });

  test.each([
    '/pos/assets/gone-D4fRt_9x.js',
    '/pos/assets/main-D4fRt_9x.js.br',
    '/pos/.secret',
    '/pos/..%2fkiosk%2f.secret',
    '/pos/%2e%2e/%2e%2e/etc/passwd',
  ])('%s is not served', async (url) => {
    const answer = await app.inject(url);
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    expect(answer.statusCode).toBeLessThan(500);
    expect(answer.headers['content-type']).toContain('application/problem+json');
  });

  test('an app that is not built says how to build it', async () => {
    const bare = makeApp({ tls: null, log: SILENT_LOG });
    await registerAppFiles(bare, path.join(folder, 'nothing'));
    const answer = await bare.inject('/pos/');
    expect(answer.json<{ detail: string }>().detail).toContain('npm run build');
    await bare.close();
  });
});

describe('security headers', () => {
  const urls = [
    '/pos/',
    '/pos/service-worker.js',
    '/pos/assets/main-D4fRt_9x.js',
    '/pos/assets/gone-D4fRt_9x.js',
    '/kiosk/',
    '/kiosk/service-worker.js',
    '/api/v1/refused',
    '/api/v1/broken',
    '/api/v1/nowhere',
    '/nowhere',
    '/',
  ];

  test.each(urls)('%s carries all of them, as written down', async (url) => {
    const answer = await app.inject(url);
    const { 'cache-control': _caching, ...expected } = securityHeaders(url, false);
    expect(answer.headers).toMatchObject(expected);
    expect(answer.headers['x-powered-by']).toBeUndefined();
    expect(answer.headers['strict-transport-security']).toBeUndefined();
  });

  test('the till may use its devices, the kiosk its camera, the rest nothing', () => {
    const granted = (url: string): string[] =>
      [...(securityHeaders(url, false)['permissions-policy'] ?? '').matchAll(/(\S+)=\(self\)/gu)].map(
        (match) => match[1] ?? '',
      );
    expect(granted('/pos/')).toEqual(['bluetooth', 'camera', 'hid', 'serial', 'usb']);
    expect(granted('/kiosk/')).toEqual(['camera']);
    expect(granted('/api/v1/status')).toEqual([]);
  });

  test.each(['/pos/', '/kiosk/'])('%s may not run inline script, inline style or text as code', (url) => {
    const policy = securityHeaders(url, false)['content-security-policy'] ?? '';
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self' 'wasm-unsafe-eval'",
      "worker-src 'self'",
      "connect-src 'self'",
      "img-src 'self' data: blob:",
      "style-src 'self'",
      "font-src 'self'",
      "manifest-src 'self'",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      'trusted-types tillandsia',
    ]);
  });

  test('HSTS goes out where the request came over TLS', async () => {
    const answer = await app.inject({ url: '/pos/', headers: { 'x-forwarded-proto': 'https' } });
    expect(answer.headers['strict-transport-security']).toBe('max-age=31536000');
  });
});
