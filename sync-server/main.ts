// The composition root of the server: the only place that makes the database, the clock's users and the modules,
// and that knows the order in which they start and stop.
//
//   data folder locked ─► PostgreSQL ─► durable? ─► migrations ─► modules ─► listening
//   and back: no new requests ─► streams and requests end ─► workers ─► connections ─► PostgreSQL ─► unlocked

import { createServer } from 'node:net';
import { addressesOf } from './addresses.ts';
import { openDatabase, type Database, type DatabaseAddress } from './db/database.ts';
import { assertDurable } from './db/durability.ts';
import { migrate } from './db/migrate.ts';
import { ensureRequestRole } from './db/request-role.ts';
import { StartRefused } from './db/start-refused.ts';
import { registerAppFiles } from './http/app-files.ts';
import { drain } from './http/drain.ts';
import { registerHealthRoutes } from './http/health-routes.ts';
import { makeApp } from './http/make-app.ts';
import { registerModules, type Modules } from './modules.ts';
import { DATABASE_NAME } from './open-data.ts';
import { ensureDatabase } from './postgres/create-database.ts';
import { lockDataFolder } from './postgres/folder-lock.ts';
import { startEmbeddedPostgres } from './postgres/start-postgres.ts';
import type { Settings } from './settings.ts';
import type { Surroundings } from './surroundings.ts';

export type RunningServer = {
  /** Addresses without a path; the first one is for this machine. */
  readonly addresses: readonly string[];
  readonly database: Database;
  readonly modules: Modules;
  /** Drains and stops everything, PostgreSQL last. Safe to call twice. */
  readonly stop: () => Promise<void>;
  /** Ends the database at once, for a second signal; the next start recovers. */
  readonly abandon: () => void;
};

const DRAIN_LIMIT_MS = 10_000;

/**
 * Starts everything, or undoes what was started and throws (StartRefused where a person can mend it). Aborting
 * `stopping` ends a start that is under way; it throws the signal's reason.
 */
export async function startServer(
  settings: Settings,
  given: Surroundings,
  stopping: AbortSignal,
): Promise<RunningServer> {
  const { log } = given;
  const undo: (() => Promise<void> | void)[] = [];
  let abandon = (): void => undefined;
  const stop = async (): Promise<void> => {
    for (let step = undo.pop(); step !== undefined; step = undo.pop()) {
      try {
        await step();
      } catch (error) {
        log.error({ error: String(error) }, 'stop-step-failed');
      }
    }
  };
  try {
    await assertPortIsFree(settings);
    const lock = await lockDataFolder(settings.dataFolder);
    undo.push(() => lock.release());
    let address: DatabaseAddress;
    if (settings.databaseUrl === null) {
      const postgres = await startEmbeddedPostgres(settings.dataFolder, log);
      undo.push(() => postgres.stop());
      stopping.throwIfAborted();
      abandon = () => postgres.kill();
      await ensureDatabase(postgres, DATABASE_NAME, log);
      address = postgres.addressOf(DATABASE_NAME);
    } else {
      address = { kind: 'url', url: settings.databaseUrl };
    }
    const database = openDatabase(address, { log, random: given.random });
    undo.push(() => database.close());
    // What is waiting for an answer, such as the making of a large demo store, fails and is undone.
    const cutOff = (): void => void database.close(0);
    stopping.addEventListener('abort', cutOff);
    await prepareDatabase(database);
    const app = makeApp({ tls: settings.tls, log });
    const modules = await registerModules(app, { ...given, settings, database });
    undo.push(() => modules.stop());
    registerHealthRoutes(app, database);
    await registerAppFiles(app, given.appsFolder);
    undo.push(() => drain(app, DRAIN_LIMIT_MS));
    stopping.throwIfAborted();
    await app.listen({ host: settings.host, port: settings.port });
    stopping.removeEventListener('abort', cutOff);
    const bound = app.server.address();
    const port = typeof bound === 'object' && bound !== null ? bound.port : settings.port;
    return { addresses: addressesOf(settings, port), database, modules, stop, abandon };
  } catch (error) {
    await stop();
    stopping.throwIfAborted();
    throw error;
  }
}

async function prepareDatabase(database: Database): Promise<void> {
  try {
    await assertDurable(database.sql);
  } catch (error) {
    if (error instanceof StartRefused) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new StartRefused(
      `The database does not answer (${why}). Nothing was changed. ` +
        'Check that it runs and that DATABASE_URL names the right host, database, user and password.',
      { cause: error },
    );
  }
  await migrate(database);
  await ensureRequestRole(database);
}

/** Looked at first, so that nobody waits for a database only to read that the port is taken. */
async function assertPortIsFree({ host, port }: Settings): Promise<void> {
  const probe = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      probe.once('error', reject);
      probe.listen({ host, port }, resolve);
    });
  } catch (error) {
    throw portRefused(error, host, port);
  } finally {
    await new Promise<void>((resolve) => {
      probe.close(() => resolve());
    });
  }
}

function portRefused(error: unknown, host: string, port: number): Error {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  const why: Readonly<Record<string, string>> = {
    EADDRINUSE: `Port ${port} is already in use by another program. Choose another one: PORT=${port + 1} npm start`,
    EACCES: `Port ${port} may only be opened by root. Choose one above 1023: PORT=8080 npm start`,
    EADDRNOTAVAIL: `HOST is ${host}, which is no address of this machine. Use 127.0.0.1, or 0.0.0.0 for all of them.`,
    ENOTFOUND: `HOST is ${host}, which names no machine. Use 127.0.0.1, or 0.0.0.0 for all addresses of this one.`,
  };
  return new StartRefused(why[code] ?? `Port ${port} on ${host} cannot be opened (${code}).`, {
    cause: error,
  });
}
