// A real, durable PostgreSQL for tests, as vitest's globalSetup: one server per test run in a folder of its own,
// started when the first test asks for it, and a database per caller. Test files run in other processes than
// this one; they ask over a Unix socket whose name vitest hands them (see a-database.ts).

import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SILENT_LOG } from '../../sync-server/db/log.ts';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../sync-server/postgres/start-postgres.ts';
import { lockDataFolder } from '../../sync-server/postgres/folder-lock.ts';

declare module 'vitest' {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- vitest's own interface is extended here.
  interface ProvidedContext {
    embeddedPostgresDoor: string;
  }
}

type Running = { readonly postgres: EmbeddedPostgres; readonly stop: () => Promise<void> };

/** Called by vitest before the first test file, and the returned function after the last. */
export async function setup(project: {
  provide(key: 'embeddedPostgresDoor', value: string): void;
}): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'tillandsia-test-'));
  let running: Promise<Running> | null = null;
  const door = createServer((socket) => {
    running ??= startServer(folder);
    running.then(
      ({ postgres }) => socket.end(JSON.stringify({ address: postgres.addressOf('postgres') })),
      (error: unknown) => socket.end(JSON.stringify({ error: String(error) })),
    );
    socket.on('error', () => undefined);
  });
  const doorPath = path.join(folder, 'door');
  await new Promise<void>((resolve) => door.listen(doorPath, resolve));
  project.provide('embeddedPostgresDoor', doorPath);
  return async () => {
    await closed(door);
    await running?.then(
      ({ stop }) => stop(),
      () => undefined,
    );
    await rm(folder, { recursive: true, force: true });
  };
}

async function startServer(folder: string): Promise<Running> {
  const lock = await lockDataFolder(folder);
  const postgres = await startEmbeddedPostgres(folder, SILENT_LOG);
  return {
    postgres,
    async stop() {
      await postgres.stop();
      await lock.release();
    },
  };
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
