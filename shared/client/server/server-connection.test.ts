// The connection state is true within ten seconds, whatever the network pretends.

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createFakeSyncServer, type Fault } from '../../../tests/support/fake-sync-server.ts';
import { createServerConnection } from './server-connection.ts';

// Only the clocks are faked: reading a response needs the real event loop.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Lets time pass in small steps, with real turns of the event loop between them. */
async function pass(milliseconds: number): Promise<void> {
  for (let passed = 0; passed < milliseconds; passed += 100) {
    await vi.advanceTimersByTimeAsync(100);
    for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  }
}

function aConnection(mayBeOnline = true) {
  const server = createFakeSyncServer();
  let outdated = 0;
  const connection = createServerConnection(
    {
      serverUrl: 'http://server.test',
      fetch: server.fetch,
      now: () => new Date(),
      random: () => 1,
      wakeUps: { listen: () => () => {}, mayBeOnline: () => mayBeOnline },
    },
    () => Promise.resolve('t1'),
    { onContact: () => {}, onOutdated: () => void (outdated += 1) },
  );
  return { server, connection, outdatedCount: () => outdated };
}

describe('server connection', () => {
  test('is online after the first answer and knows a demo server', async () => {
    const { connection } = aConnection();
    expect(connection.state.value).toBe('connecting');
    connection.start();
    await pass(100);
    expect(connection.state.value).toBe('online');
    expect(connection.isDemo()).toBe(true);
    connection.close();
  });

  test.each<Fault>(['down', 'hang', 'portal-html'])(
    'says offline within 10 s when the server is %s',
    async (fault) => {
      const { server, connection } = aConnection();
      connection.start();
      await pass(100);
      server.fault = fault;
      await pass(9_900);
      expect(connection.state.value).toBe('offline');
      server.fault = 'none';
      await pass(30_000);
      expect(connection.state.value).toBe('online');
      connection.close();
    },
  );

  test('knocks at most 20 times a minute while the server is away', async () => {
    const { server, connection } = aConnection();
    server.fault = 'down';
    connection.start();
    await pass(300_000);
    const times = server.requests.map((one) => one.at);
    for (const start of times) {
      expect(times.filter((at) => at >= start && at < start + 60_000).length).toBeLessThanOrEqual(20);
    }
    expect(times.length).toBeGreaterThan(10);
    connection.close();
  });

  test('a page of HTML is never read as data', async () => {
    const { server, connection } = aConnection();
    server.fault = 'portal-html';
    expect(await connection.request('/api/v1/status', { isOpen: true })).toEqual({
      kind: 'unreachable',
      why: 'not-our-server',
    });
    connection.close();
  });

  test('a server that is busy is there, and says when to come again', async () => {
    const { server, connection } = aConnection();
    server.fault = 'busy';
    const answer = await connection.request('/api/v1/status', { isOpen: true });
    expect(answer).toMatchObject({ kind: 'refused', status: 503, retryAfterMs: 1000 });
    expect(connection.state.value).toBe('online');
    connection.close();
  });

  test('a server that no longer speaks our protocol is noticed', async () => {
    const { server, connection, outdatedCount } = aConnection();
    server.fault = 'outdated';
    await connection.request('/api/v1/status', { isOpen: true });
    expect(outdatedCount()).toBe(1);
    connection.close();
  });

  test('waiting for the network ends with contact, or with closing', async () => {
    const { connection } = aConnection();
    const first = connection.whenOnline();
    connection.start();
    await pass(100);
    expect(await first).toBe(true);
    connection.close();
    expect(await connection.whenOnline()).toBe(false);
  });
});
