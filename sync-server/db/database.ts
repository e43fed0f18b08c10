// The one door to PostgreSQL: a pool, and transactions that are tried again when the database asks for it.
// A transaction's work may therefore run more than once: it must do nothing outside the database. What it
// published to the change feed is announced after the commit, never inside it.

import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { ClientConfig } from 'pg';
import { openPool, type ConnectionPool } from './connection-pool.ts';
import { listen, type Listening } from './listen.ts';
import type { Log } from './log.ts';
import { enterScopes } from './enter-scopes.ts';
import { REQUEST_ROLE, type Sql, type TransactionSql } from './sql.ts';
import { createWakeUps, type WakeUps } from './wake-ups.ts';

export type { Sql, TransactionSql } from './sql.ts';

/** Where the database is: our own on a Unix socket, or one that a person named by URL. */
export type DatabaseAddress =
  | { readonly kind: 'socket'; readonly path: string; readonly database: string; readonly user: string }
  | { readonly kind: 'url'; readonly url: string };

export type Database = Omit<ConnectionPool, 'end'> & {
  readonly address: DatabaseAddress;
  /** Who is told that a scope of the change feed has moved. */
  readonly wakeUps: WakeUps;
  /** From 0 up to 1, for the jitter between tries. */
  readonly random: () => number;
  /** The role that requests run as; null where our user may not take it and is held by the policies itself. */
  readonly requestRole: () => Promise<string | null>;
  /** Hears what other processes announce on a channel, until it is stopped or the database is closed (listen.ts). */
  readonly listen: (channel: string, hear: (payload: string) => void) => Promise<Listening>;
  /** Lets running queries finish for so long, then ends the connections. */
  readonly close: (timeoutMs?: number) => Promise<void>;
};

/** One transaction: its queries, and the newest position it gave out in each scope. */
export type Transaction = { readonly sql: TransactionSql; readonly published: Map<string, number> };

export type OpenOptions = {
  readonly log: Log;
  readonly random: () => number;
  /** Most connections at once; the built-in server allows 40 in all. */
  readonly connections?: number;
};

const DEFAULT_CONNECTIONS = 10;
const CLOSE_TIMEOUT_MS = 5_000;
const STATEMENT_TIMEOUT_MS = 60_000;
const TRIES_MAX = 8;
const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 250;
/** Serialization failure and deadlock: the database asks to run the same transaction again. */
const TRY_AGAIN = new Set(['40001', '40P01']);

/** Opens the pool; no connection is made before the first query. */
export function openDatabase(address: DatabaseAddress, options: OpenOptions): Database {
  const pool = openPool({
    connection: connectionTo(address),
    connections: options.connections ?? DEFAULT_CONNECTIONS,
    log: options.log,
  });
  const listening: Promise<Listening>[] = [];
  return {
    ...pool,
    address,
    wakeUps: createWakeUps(),
    random: options.random,
    requestRole: rememberRole(pool.sql),
    async listen(channel, hear) {
      pool.assertOpen();
      const started = listen(connectionTo(address), channel, hear);
      listening.push(started);
      return started;
    },
    async close(timeoutMs = CLOSE_TIMEOUT_MS) {
      const ending = pool.end(timeoutMs);
      await Promise.allSettled(listening.map(async (started) => (await started).stop()));
      await ending;
    },
  };
}

/** How the driver reaches the database, with what every connection of ours has set. */
export function connectionTo(address: DatabaseAddress): ClientConfig {
  // Our own work sees all scopes; a request names its own (row-scopes.ts).
  const settings = { application_name: 'tillandsia', statement_timeout: STATEMENT_TIMEOUT_MS };
  const scopes = '-c tillandsia.scopes=*';
  if (address.kind === 'url') {
    const url = new URL(address.url);
    url.searchParams.set('options', `${url.searchParams.get('options') ?? ''} ${scopes}`.trim());
    return { ...settings, connectionString: url.href };
  }
  // The socket is named whole, `<folder>/.s.PGSQL.<port>`; the driver wants its folder and its port.
  const place = path.parse(address.path);
  return {
    ...settings,
    host: place.dir,
    port: Number(place.ext.slice(1)),
    database: address.database,
    user: address.user,
    options: scopes,
  };
}

export type TransactionOptions = {
  readonly isolation?: 'serializable' | 'repeatable read';
  readonly isReadOnly?: boolean;
  /** For the work of a request: rows of other scopes are not there for it. */
  readonly scopes?: readonly string[];
};

/**
 * Runs `work` in one transaction and announces what it published once that is committed. On a serialization
 * failure or a deadlock it runs again, at most 8 times in all, with growing random pauses; other errors and the
 * last failure are thrown on.
 */
export async function inTransaction<Value>(
  database: Database,
  work: (transaction: Transaction) => Promise<Value>,
  options: TransactionOptions = {},
): Promise<Value> {
  const { scopes } = options;
  const role = scopes === undefined ? null : await database.requestRole();
  const mode = [
    options.isolation === undefined ? '' : `isolation level ${options.isolation}`,
    options.isReadOnly === true ? 'read only' : '',
  ];
  for (let attempt = 1; ; attempt += 1) {
    const published = new Map<string, number>();
    try {
      const value = await database.begin(mode.join(' ').trim(), (sql) => {
        if (scopes !== undefined) void enterScopes(sql, role, scopes).execute();
        return work({ sql, published });
      });
      for (const [scope, position] of published) database.wakeUps.announce(scope, position);
      return value;
    } catch (error) {
      if (attempt >= TRIES_MAX || !TRY_AGAIN.has(databaseErrorCode(error))) throw error;
      await pause(database.random() * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt));
    }
  }
}

/** SQLSTATE of a database error, or a code of the driver or the system; empty when it is none of these. */
export function databaseErrorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** Asked at the first request: by then the start has made the role, where it may. */
function rememberRole(sql: Sql): () => Promise<string | null> {
  let known: Promise<string | null> | null = null;
  const ask = async (): Promise<string | null> => {
    const rows = await sql`
      select 1 from pg_catalog.pg_roles
      where rolname = ${REQUEST_ROLE} and pg_has_role(current_user, oid, 'member')`;
    return rows.length === 0 ? null : REQUEST_ROLE;
  };
  return () => {
    known ??= ask().catch((error: unknown) => {
      known = null;
      throw error;
    });
    return known;
  };
}
