// The tool that breaks the network must itself be trusted: each fault does what its name says and nothing else.

import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startFaultProxy, type Fault, type FaultProxy } from '../support/fault-proxy.ts';

let server: Server;
let proxy: FaultProxy;
let seen: string[] = [];

beforeEach(async () => {
  seen = [];
  server = createServer((incoming, outgoing) => {
    incoming.setEncoding('utf8');
    let body = '';
    incoming.on('data', (part: string) => {
      body += part;
    });
    incoming.on('end', () => {
      seen.push(`${incoming.method} ${incoming.url} ${body}`);
      outgoing.end(`answer ${seen.length}`);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  proxy = await startFaultProxy({ host: '127.0.0.1', port: address.port });
});

afterEach(async () => {
  await proxy.close();
  server.closeAllConnections();
  server.close();
});

const send = async (): Promise<string> => {
  const answer = await fetch(`${proxy.url}/facts`, {
    method: 'POST',
    body: 'sale',
    signal: AbortSignal.timeout(1500),
  });
  return `${answer.status} ${await answer.text()}`;
};
const inject = (fault: Fault): void => proxy.setPlan(() => fault);

describe('a fault proxy', () => {
  test('without a plan lets everything pass', async () => {
    await expect(send()).resolves.toBe('200 answer 1');
    expect(seen).toEqual(['POST /facts sale']);
  });

  test('drop-response: the server has done it, the caller never hears', async () => {
    inject({ kind: 'drop-response' });
    await expect(send()).rejects.toThrow('fetch failed');
    expect(seen).toHaveLength(1);
  });

  test('cut: the server never sees it', async () => {
    inject({ kind: 'cut' });
    await expect(send()).rejects.toThrow('fetch failed');
    expect(seen).toEqual([]);
  });

  test('duplicate: the server is asked twice, the second answer goes back', async () => {
    inject({ kind: 'duplicate' });
    await expect(send()).resolves.toBe('200 answer 2');
  });

  test('bad-gateway: an HTML page that is no answer of ours', async () => {
    inject({ kind: 'bad-gateway' });
    await expect(send()).resolves.toMatch(/^502 <html>/);
    expect(seen).toEqual([]);
  });

  test('hang: nobody answers', async () => {
    inject({ kind: 'hang' });
    await expect(send()).rejects.toThrow(/timeout/i);
    expect(seen).toEqual([]);
  });

  test('trickle: the answer comes one byte a second', async () => {
    inject({ kind: 'trickle' });
    await expect(send()).rejects.toThrow(/timeout/i);
    expect(seen).toHaveLength(1);
  });

  test('delay: it arrives, later', async () => {
    inject({ kind: 'delay', delayMs: 200 });
    const startedAt = performance.now();
    await expect(send()).resolves.toBe('200 answer 1');
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(195);
  });

  test('a cut cable refuses until it is put back', async () => {
    proxy.disconnect();
    await expect(send()).rejects.toThrow('fetch failed');
    proxy.reconnect();
    await expect(send()).resolves.toBe('200 answer 1');
  });
});
