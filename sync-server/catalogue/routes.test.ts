import { brotliDecompressSync } from 'node:zlib';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { aDemoStore, type TestDemoStore } from '../../tests/support/a-demo-store.ts';
import { asStoreId, asWorkstationId } from '../../shared/domain/ids.ts';
import { RequestRefused } from '../db/request-refused.ts';
import { SILENT_LOG } from '../db/log.ts';
import { makeApp } from '../http/make-app.ts';
import { catalogueRoutes } from './routes.ts';
import { createSnapshots } from './snapshots.ts';

/** A busy machine takes its time to start PostgreSQL. */
const DATABASE_START_MS = 60_000;
let demo: TestDemoStore;
let app: FastifyInstance;

// Stands for the token check: the header says who calls.
async function callerFromHeader(request: FastifyRequest): Promise<void> {
  const kind = request.headers['x-test-caller'];
  if (kind !== 'pos' && kind !== 'kiosk')
    throw new RequestRefused({ status: 401, code: 'token-missing', detail: '' });
  request.caller = {
    workstationId: asWorkstationId('w1'),
    storeId: asStoreId('s1'),
    kind,
    scopes: kind === 'pos' ? ['company', 'store:s1'] : ['kiosk'],
    expiresAtMs: 0,
  };
}

beforeAll(async () => {
  demo = await aDemoStore({ items: 300 });
  app = makeApp({ tls: null, log: SILENT_LOG });
  const snapshots = createSnapshots({
    database: demo.database,
    folder: path.join(demo.dataFolder, 'snapshots'),
    lineage: 'now',
    checkpointAt: (scope, position) => `${scope}@${String(position)}`,
    now: Date.now,
    log: SILENT_LOG,
  });
  await app.register(
    (api) =>
      catalogueRoutes(api, {
        database: demo.database,
        snapshots,
        requireReader: callerFromHeader,
        async requireManager(request) {
          if (request.headers['x-test-caller'] !== 'manager')
            throw new RequestRefused({ status: 403, code: 'scope-missing', detail: '' });
        },
        storeOf: async () => asStoreId('s1'),
        recordPriceChange: demo.serverFacts.recordPriceChange,
      }),
    { prefix: '/api/v1' },
  );
  await app.ready();
}, DATABASE_START_MS);
afterAll(async () => {
  await app.close();
  await demo.drop();
});

const as = (caller: string, more: Record<string, string> = {}) => ({ 'x-test-caller': caller, ...more });

describe('snapshot of the catalogue over HTTP', () => {
  test('the newest one is told by address, and a kiosk gets its own', async () => {
    const pos = await app.inject({ url: '/api/v1/snapshots/catalogue', headers: as('pos') });
    expect(pos.json()).toMatchObject({
      pages: 2,
      items: 300,
      url: expect.stringMatching(/^\/api\/v1\/snapshots\/catalogue\/company-\d+\.json$/) as string,
    });
    const kiosk = await app.inject({ url: '/api/v1/snapshots/catalogue', headers: as('kiosk') });
    expect(kiosk.json()).toMatchObject({ url: expect.stringContaining('/kiosk-') as string });
    expect((await app.inject({ url: '/api/v1/snapshots/catalogue' })).statusCode).toBe(401);
  });

  test('comes compressed, immutable and with a tag; plain for whoever cannot unpack it', async () => {
    const { url, bytes } = (
      await app.inject({ url: '/api/v1/snapshots/catalogue', headers: as('pos') })
    ).json<{ url: string; bytes: number }>();
    const packed = await app.inject({ url, headers: as('pos', { 'accept-encoding': 'gzip, br' }) });
    expect(packed.headers).toMatchObject({
      'content-encoding': 'br',
      'content-length': String(bytes),
      vary: 'accept-encoding',
    });
    expect(packed.headers['cache-control']).toBe('private, max-age=31536000, immutable');
    const lines = brotliDecompressSync(packed.rawPayload).toString('utf8');
    const plain = await app.inject({ url, headers: as('pos', { 'accept-encoding': 'gzip' }) });
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(plain.body).toBe(lines);
    expect(lines.split('\n')).toHaveLength(1 + 2 + 1);
    const again = await app.inject({
      url,
      headers: as('pos', { 'if-none-match': String(packed.headers['etag']) }),
    });
    expect([again.statusCode, again.body]).toEqual([304, '']);
  });

  test.each([
    'company-1.json',
    'kiosk-1.json',
    'company-99999999999999.json',
    '..%2Fkeys%2Fserver-s1.pem',
    'company-1.json.br',
  ])('nothing else can be read: %s', async (file) => {
    const response = await app.inject({ url: `/api/v1/snapshots/catalogue/${file}`, headers: as('pos') });
    expect([400, 404]).toContain(response.statusCode);
  });

  test('a kiosk cannot read the snapshot of tills', async () => {
    const { url } = (await app.inject({ url: '/api/v1/snapshots/catalogue', headers: as('pos') })).json<{
      url: string;
    }>();
    expect((await app.inject({ url, headers: as('kiosk') })).statusCode).toBe(404);
  });
});

describe('price change over HTTP', () => {
  const post = (id: string, payload: unknown, caller = 'manager') =>
    app.inject({
      method: 'POST',
      url: `/api/v1/items/${id}/price`,
      headers: as(caller),
      payload: payload as object,
    });

  test('answers with the price that holds now', async () => {
    expect((await post('i000010', { priceMinor: 1_234 })).json()).toEqual({
      itemId: 'i000010',
      priceMinor: 1_234,
      isChanged: true,
    });
    expect((await post('i000010', { priceMinor: 1_234 })).json()).toMatchObject({ isChanged: false });
  });

  test('needs permission, a known item and a whole amount', async () => {
    expect((await post('i000010', { priceMinor: 1 }, 'pos')).statusCode).toBe(403);
    expect((await post('nobody', { priceMinor: 1 })).json()).toMatchObject({
      status: 404,
      code: 'item-unknown',
    });
    for (const payload of [
      {},
      { priceMinor: 1.5 },
      { priceMinor: -1 },
      { priceMinor: '1' },
      { priceMinor: 1e300 },
      { priceMinor: 1, more: 1 },
    ]) {
      expect((await post('i000010', payload)).statusCode).toBe(400);
    }
  });
});
