// A server with the sync modules on a real database and real HTTP, inside the test's own process, so that a test
// can look at the rows and start a second server process on the same database. Stores are called s1, s2, …

import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { createEnrolmentCode } from '../../sync-server/auth/enrolment-code.ts';
import { openDatabase, type Database } from '../../sync-server/db/database.ts';
import { SILENT_LOG, type Log } from '../../sync-server/db/log.ts';
import { watchCounters } from '../../sync-server/db/wake-ups.ts';
import { makeApp } from '../../sync-server/http/make-app.ts';
import {
  registerSyncModules,
  type SyncModules,
  type SyncModulesGiven,
} from '../../sync-server/sync-modules.ts';
import { asOperatorId } from '../../shared/domain/ids.ts';
import { aDatabase, type TestDatabase } from './a-database.ts';
import { anOperator } from './a-shop.ts';

const CLOSE_LIMIT_MS = 300;

export type SyncServer = {
  readonly url: string;
  readonly database: Database;
  readonly modules: SyncModules;
  readonly app: FastifyInstance;
  code(storeId?: string): Promise<string>;
  /** Stops this server; the database stays. */
  stop(): Promise<void>;
};

export type SyncServerOptions = {
  readonly database: Database;
  readonly now?: () => number;
  readonly log?: Log;
  readonly demoStoreId?: string;
} & Pick<SyncModulesGiven, 'terminals' | 'lookAgainAfterMs' | 'sendClocks'>;

/** A database with `stores` stores in euro, all in UTC, so that business days can be read off instants. */
export async function aShop(stores = 2, connections = 10): Promise<TestDatabase> {
  const database = await aDatabase({ connections });
  for (let number = 1; number <= stores; number += 1) {
    const body = {
      id: `s${number}`,
      number,
      name: `Store ${number}`,
      addressLines: [],
      taxNumber: '',
      timeZone: 'UTC',
      dayStartsAtMinute: 0,
      currency: 'EUR',
      defaultLanguage: 'en',
      receiptFooter: '',
      // Most tests are about something else than sessions of a till.
      maySellWithoutTill: true,
    };
    await database.sql`
      insert into store (id, number, name, body)
      values (${body.id}, ${number}, ${body.name}, ${JSON.stringify(body)})`;
  }
  // Whom the facts of tests name where it does not matter who it was. The number is out of the way of the tests' own.
  const operator = anOperator({ id: asOperatorId('operator-1'), number: 999_999 });
  await database.sql`insert into operator (id, number, is_active, body)
    values (${operator.id}, ${operator.number}, true, ${JSON.stringify(operator)})`;
  return database;
}

/** Another pool on the same database, as a second server process has. */
export function anotherPool(database: Database, connections = 5): Database {
  return openDatabase(database.address, { log: SILENT_LOG, random: Math.random, connections });
}

export async function aSyncServer(options: SyncServerOptions): Promise<SyncServer> {
  const { database } = options;
  const log = options.log ?? SILENT_LOG;
  const app = makeApp({ tls: null, log });
  let modules: SyncModules | undefined;
  await app.register(
    async (api) => {
      modules = await registerSyncModules(api, {
        database,
        log,
        now: options.now ?? Date.now,
        newId: randomUUID,
        role: 'head-office',
        demoStoreId: () => options.demoStoreId ?? null,
        ...(options.terminals !== undefined && { terminals: options.terminals }),
        ...(options.lookAgainAfterMs !== undefined && { lookAgainAfterMs: options.lookAgainAfterMs }),
        ...(options.sendClocks !== undefined && { sendClocks: options.sendClocks }),
      });
    },
    { prefix: '/api/v1' },
  );
  await app.listen({ host: '127.0.0.1', port: 0 });
  const unwatch = watchCounters({ ...database, log }, 1_000);
  const address = app.server.address();
  if (address === null || typeof address === 'string' || modules === undefined) throw new Error('no server');
  const running = modules;
  return {
    url: `http://127.0.0.1:${address.port}/api/v1`,
    database,
    modules: running,
    app,
    code: (storeId = 's1') => createEnrolmentCode(database, { storeId, secret: running.installation.secret }),
    async stop() {
      unwatch();
      // A client may hold connections on which it never asked anything; nobody waits for those here.
      const limit = setTimeout(() => app.server.closeAllConnections(), CLOSE_LIMIT_MS);
      await app.close();
      clearTimeout(limit);
      await running.stop();
    },
  };
}
