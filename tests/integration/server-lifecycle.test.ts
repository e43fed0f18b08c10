// The server as an operator knows it: it starts on an empty folder, comes back after every kind of death, lets nobody
// else at its data, and says in a sentence what is wrong with a setting.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { openServerDatabase } from '../support/server-database.ts';
import { makeServerProcess, startServer, type ServerProcess } from '../support/server-process.ts';

const isReady = async (server: ServerProcess): Promise<boolean> => {
  const answer = await fetch(`${server.url}/readyz`, { signal: AbortSignal.timeout(2000) }).catch(() => null);
  return answer?.ok === true;
};

describe('a server', () => {
  let server: ServerProcess;
  beforeAll(async () => {
    server = await startServer({ env: { DEMO_ITEMS: '50' } });
  });
  afterAll(() => server.dispose());

  test('starts on an empty folder with a durable database', async () => {
    expect(await isReady(server)).toBe(true);
    const database = openServerDatabase(server);
    const rows =
      await database`select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
      current_setting('listen_addresses') as addresses`;
    await database.end();
    expect(rows).toEqual([{ fsync: 'on', commit: 'on', addresses: '' }]);
  });

  test('lets no second server at its data, and says so', async () => {
    const second = await makeServerProcess({ dataFolder: server.dataFolder });
    await expect(second.start()).rejects.toThrow(/already|running|another/i);
    expect(second.log()).not.toContain('    at ');
    expect(await isReady(server)).toBe(true);
  });

  test('comes back when its database is killed', async () => {
    expect(await server.killPostgres()).toBe(true);
    await expect.poll(() => isReady(server), { timeout: 30_000 }).toBe(true);
    expect(server.isRunning()).toBe(true);
  });

  test('starts again after it was killed, and finds its orphaned database', async () => {
    await server.kill();
    await server.start();
    expect(await isReady(server)).toBe(true);
  });

  test('starts again after both were killed', async () => {
    await Promise.all([server.kill(), server.killPostgres()]);
    await server.start();
    expect(await isReady(server)).toBe(true);
  });

  test('stops in order when asked, and starts again', async () => {
    expect(await server.stop()).toBe(0);
    expect(await isReady(server)).toBe(false);
    await server.start();
    expect(await isReady(server)).toBe(true);
  });

  // The last of them: from here on this server does not start any more.
  test('does not start on a database that was told not to wait for its disk', async () => {
    const database = openServerDatabase(server);
    await database`alter database tillandsia set synchronous_commit = off`;
    await database.end();
    await server.stop();
    await expect(server.start()).rejects.toThrow('The database has synchronous_commit = off');
    expect(server.isRunning()).toBe(false);
  });
});

test('a wrong setting is a sentence, not a stack', async () => {
  const server = await makeServerProcess({
    port: await freePort(),
    env: { DEMO_ITEMS: 'many', LOG_LEVEL: 'loud' },
  });
  await expect(server.start()).rejects.toThrow(/DEMO_ITEMS is "many"/);
  expect(server.log()).toContain('LOG_LEVEL is "loud"');
  expect(server.log()).not.toContain('    at ');
  await server.dispose();
});
