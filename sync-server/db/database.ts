// The one door to PostgreSQL: a pool, and transactions that are tried again when the database asks for it.
// A transaction's work may therefore run more than once: it must do nothing outside the database. What it
// published to the change feed is announced after the commit, never inside it.

import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import type { Log } from './log.ts';
import type { Sql, TransactionSql } from './sql.ts';
import { createWakeUps, type WakeUps } from './wake-ups.ts';

export type { Sql, TransactionSql } from './sql.ts';

/** Where the database is: our own on a Unix socket, or one that a person named by URL. */
export type DatabaseAddress =
  | { readonly kind: 'socket'; readonly path: string; readonly database: string; readonly user: string }
  | { readonly kind: 'url'; readonly url: string };

export type Database = {
  readonly sql: Sql;
  readonly address: DatabaseAddress;
  /** Who is told that a scope of the change feed has moved. */
  readonly wakeUps: WakeUps;
  /** From 0 up to 1, for the jitter between tries. */
  readonly random: () => number;
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
  const settings: postgres.Options<{ bigint: postgres.PostgresType<number> }> = {
    max: options.connections ?? DEFAULT_CONNECTIONS,
    connect_timeout: 10,
    types: { bigint: { to: 20, from: [20], serialize: String, parse: parseWholeNumber } },
    connection: { application_name: 'tillandsia', statement_timeout: STATEMENT_TIMEOUT_MS },
    onnotice: (notice) => options.log.debug({ message: notice['message'] }, 'database-notice'),
    // A lost database is looked for again soon: the built-in one is back within a second.
    backoff: (attempt: number) => Math.min(0.05 * 2 ** attempt, 2),
  };
  const sql =
    address.kind === 'url'
      ? postgres(address.url, settings)
      : postgres({ ...settings, path: address.path, database: address.database, username: address.user });
  return {
    sql,
    address,
    wakeUps: createWakeUps(),
    random: options.random,
    close: (timeoutMs = CLOSE_TIMEOUT_MS) => sql.end({ timeout: timeoutMs / 1000 }),
  };
}

/**
 * Runs `work` in one transaction and announces what it published once that is committed. On a serialization
 * failure or a deadlock it runs again, at most 8 times in all, with growing random pauses; other errors and the
 * last failure are thrown on.
 */
export async function inTransaction<Value>(
  database: Database,
  work: (transaction: Transaction) => Promise<Value>,
  options: { readonly isolation?: 'serializable' | 'repeatable read'; readonly isReadOnly?: boolean } = {},
): Promise<Value> {
  const mode = [
    options.isolation === undefined ? '' : `isolation level ${options.isolation}`,
    options.isReadOnly === true ? 'read only' : '',
  ];
  for (let attempt = 1; ; attempt += 1) {
    const published = new Map<string, number>();
    try {
      // `begin` unwraps arrays of queries; a transaction here returns one value, kept in a box.
      const box = await database.sql.begin(mode.join(' ').trim(), async (sql) => ({
        value: await work({ sql, published }),
      }));
      for (const [scope, position] of published) database.wakeUps.announce(scope, position);
      return box.value;
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

function parseWholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint ${text} does not fit a whole number here`);
  return value;
}
