// Connections to PostgreSQL, and what a broken one means. Statements of one transaction go out together without waiting
// for each other's answer; a connection that failed is never used again, and nothing that belonged to a transaction
// may run on another connection: that statement fails instead.

import { setTimeout as pause } from 'node:timers/promises';
import { Pool, types, type PoolClient, type PoolConfig } from 'pg';
import type { Log } from './log.ts';
import { oneConnection, withCode, type OneConnection } from './one-connection.ts';
import {
  createSql,
  type PendingQuery,
  type Result,
  type Row,
  type RowList,
  type Runner,
  type Sql,
  type TransactionSql,
} from './sql.ts';

export type PoolOptions = {
  readonly connection: PoolConfig;
  readonly connections: number;
  readonly log: Log;
};

export type ConnectionPool = {
  readonly sql: Sql;
  /** Runs `work` between `begin` and `commit` on one connection; when it or any statement fails, nothing was done. */
  readonly begin: <Value>(mode: string, work: (sql: TransactionSql) => Promise<Value>) => Promise<Value>;
  /** The same for statements that need nothing of each other: they go out with one wait, and the last one's rows come back. */
  readonly together: <Rows extends RowList>(
    statements: (sql: Sql) => readonly [...PendingQuery<Row[]>[], PendingQuery<Rows>],
  ) => Promise<Result<Rows>>;
  /** Throws once the connections are being ended, as a query would. */
  readonly assertOpen: () => void;
  /** Lets running queries finish for so long, then ends the connections. */
  readonly end: (timeoutMs: number) => Promise<void>;
};

const CONNECT_TIMEOUT_MS = 20_000;
const IDLE_TIMEOUT_MS = 300_000;
const LIFETIME_SECONDS = 3_600;
/** Statements that are prepared by name on each connection; their texts stand in our code, so there are few. */
const NAMED_STATEMENTS_MAX = 1_000;
const BIGINT = 20;

/** Opens the pool; no connection is made before the first query. */
export function openPool(options: PoolOptions): ConnectionPool {
  const { log } = options;
  const pool = new Pool({
    ...options.connection,
    max: options.connections,
    pipeline: true,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    idleTimeoutMillis: IDLE_TIMEOUT_MS,
    maxLifetimeSeconds: LIFETIME_SECONDS,
    types: { getTypeParser: typeParser },
  });
  const clients = new Set<PoolClient>();
  let isEnding = false;
  pool.on('connect', (client) => {
    clients.add(client);
    // Whoever uses the connection hears of its end by the statement that fails.
    client.on('error', (error) => log.debug({ error: error.message }, 'database-connection-lost'));
    client.on('notice', (notice) => log.debug({ message: notice.message }, 'database-notice'));
  });
  pool.on('remove', (client) => clients.delete(client));
  pool.on('error', (error) => log.debug({ error: error.message }, 'database-connection-lost'));

  const assertOpen = (): void => {
    if (isEnding) throw Object.assign(new Error('the database is closed'), { code: 'CONNECTION_ENDED' });
  };

  /** Connections that are held or waited for, and who wants to know when there is none. */
  let held = 0;
  let onNoneHeld = (): void => undefined;
  const letGo = (): void => {
    held -= 1;
    if (held === 0) onNoneHeld();
  };

  async function take(): Promise<OneConnection> {
    assertOpen();
    held += 1;
    try {
      const one = oneConnection(await pool.connect(), statementNames);
      return {
        ...one,
        release() {
          one.release();
          letGo();
        },
      };
    } catch (error) {
      letGo();
      throw withCode(error);
    }
  }

  /** One connection for `work`; it goes back unless the work says or shows that it is broken. */
  async function onOne<Value>(work: (one: OneConnection) => Promise<Value>): Promise<Value> {
    const one = await take();
    try {
      return await work(one);
    } finally {
      one.release();
    }
  }

  const statementNames = nameStatements();
  const runner: Runner = {
    run: (statement) => onOne((one) => one.run(statement)),
    runText: (text) => onOne((one) => one.runText(text)),
    async *runInParts(statement, rowsAtOnce) {
      const one = await take();
      try {
        await one.runText('begin read only');
        yield* one.runInParts(statement, rowsAtOnce);
      } finally {
        await one.runText('commit').catch(() => undefined);
        one.release();
      }
    },
  };

  return {
    sql: createSql(runner),
    begin: (mode, work) => onOne((one) => inOneTransaction(one, mode, work)),
    together: (statements) => onOne((one) => sendTogether(one, statements)),
    assertOpen,
    async end(timeoutMs) {
      isEnding = true;
      // The driver's pool forgets who waits for a connection once it is being ended.
      if (held > 0) {
        const over = new AbortController();
        const allGiven = new Promise<void>((resolve) => {
          onNoneHeld = resolve;
        });
        const late = pause(timeoutMs, undefined, { signal: over.signal }).catch(() => undefined);
        await Promise.race([allGiven, late]);
        over.abort();
      }
      if (held > 0) for (const client of clients) client.connection.stream.destroy();
      await pool.end();
    },
  };
}

async function inOneTransaction<Value>(
  one: OneConnection,
  mode: string,
  work: (sql: TransactionSql) => Promise<Value>,
): Promise<Value> {
  const failures: unknown[] = [];
  const noted = async <Answer>(answer: Promise<Answer>): Promise<Answer> => {
    try {
      return await answer;
    } catch (error) {
      failures.push(error);
      throw error;
    }
  };
  let isOver = false;
  const stillOpen = (): void => {
    if (isOver) throw new Error('the transaction is over: a statement was not awaited inside it');
  };
  const runner: Runner = {
    run(statement) {
      stillOpen();
      const answer = noted(one.run(statement));
      // A statement may be sent without being awaited: its failure fails the transaction, below.
      answer.catch(() => undefined);
      return answer;
    },
    runText(text) {
      stillOpen();
      return noted(one.runText(text));
    },
    runInParts(statement, rowsAtOnce) {
      stillOpen();
      return one.runInParts(statement, rowsAtOnce);
    },
  };
  const sql = Object.assign(createSql(runner), { isInTransaction: true } as const);
  const begun = noted(one.runText(`begin ${mode}`.trim()));
  begun.catch(() => undefined);
  try {
    const value = await work(sql);
    await begun;
    // A failed statement has ended the transaction for the database, whatever became of its error here.
    if (failures.length > 0) throw failures[0];
    isOver = true;
    await one.commit();
    return value;
  } catch (error) {
    isOver = true;
    await one.rollback();
    throw error;
  }
}

async function sendTogether<Rows extends RowList>(
  one: OneConnection,
  statements: (sql: Sql) => readonly [...PendingQuery<Row[]>[], PendingQuery<Rows>],
): Promise<Result<Rows>> {
  const queries = statements(createSql(one));
  const answers = await Promise.allSettled([
    one.runText('begin'),
    ...queries.map((query) => query.execute()),
    // After a failed statement this rolls back.
    one.runText('commit'),
  ]);
  const failed = answers.find((each) => each.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  // The last query has been answered: nothing failed.
  return (await queries.at(-1)) as Result<Rows>;
}

/** Gives each text a short name of its own, under which connections keep it prepared. */
function nameStatements(): (text: string) => string | undefined {
  const names = new Map<string, string>();
  return (text) => {
    const known = names.get(text);
    if (known !== undefined || names.size >= NAMED_STATEMENTS_MAX) return known;
    const name = `s${names.size}`;
    names.set(text, name);
    return name;
  };
}

/** Whole numbers are numbers here, never text; everything else as the driver reads it. */
function typeParser(oid: number, format?: 'text' | 'binary'): (text: string) => unknown {
  return oid === BIGINT ? parseWholeNumber : driverParser(oid, format ?? 'text');
}

/** The driver's own parsers; a type that it does not know is text. */
const driverParser: (oid: number, format: 'text' | 'binary') => (text: string) => unknown =
  types.getTypeParser;

function parseWholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint ${text} does not fit a whole number here`);
  return value;
}
