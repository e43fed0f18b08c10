// One connection while somebody holds it. It is broken once anything but a refusal of the database itself comes back, and is
// then closed instead of being given to the next; whoever still holds it gets an error for each further statement.

import { DatabaseError, type PoolClient, type QueryConfig, type QueryResult } from 'pg';
import type { Result, Row, Runner, Statement } from './sql.ts';

/** A prepared statement whose table has changed meanwhile: the connection is given up, the next one prepares anew. */
const PLAN_OUTDATED = '0A000';

export type OneConnection = Runner & {
  readonly commit: () => Promise<void>;
  readonly rollback: () => Promise<void>;
  readonly release: () => void;
};

/** Takes care of a connection that the pool has handed out, until `release`. */
export function oneConnection(
  client: PoolClient,
  nameOf: (text: string) => string | undefined,
): OneConnection {
  let isBroken = false;
  let cursors = 0;
  const ask = async (query: QueryConfig): Promise<QueryResult<Row> | QueryResult<Row>[]> => {
    try {
      // Several statements in one text give several results.
      return await client.query<Row>(query);
    } catch (error) {
      if (!(error instanceof DatabaseError) || error.code === PLAN_OUTDATED || isFatal(error)) {
        isBroken = true;
      }
      throw withCode(error);
    }
  };
  const last = (answer: QueryResult<Row> | QueryResult<Row>[]): QueryResult<Row> | undefined =>
    Array.isArray(answer) ? answer.at(-1) : answer;
  const run = async (statement: Statement): Promise<Result<Row[]>> => {
    const name = nameOf(statement.text);
    const query = { text: statement.text, values: [...statement.values] };
    const answer = last(await ask(name === undefined ? query : { ...query, name }));
    return withCount(answer?.rows ?? [], answer?.rowCount ?? 0);
  };
  const runText = async (text: string): Promise<Row[]> => last(await ask({ text }))?.rows ?? [];
  return {
    run,
    runText,
    async *runInParts(statement, rowsAtOnce) {
      cursors += 1;
      const cursor = `part_${cursors}`;
      await ask({
        text: `declare ${cursor} no scroll cursor for ${statement.text}`,
        values: [...statement.values],
      });
      try {
        for (;;) {
          const rows = await runText(`fetch forward ${rowsAtOnce} from ${cursor}`);
          if (rows.length > 0) yield rows;
          if (rows.length < rowsAtOnce) return;
        }
      } finally {
        // In a transaction that has failed there is nothing left to close.
        await ask({ text: `close ${cursor}` }).catch(() => undefined);
      }
    },
    async commit() {
      const answer = last(await ask({ text: 'commit' }));
      if (answer?.command !== 'COMMIT') throw new Error('the database rolled the transaction back');
    },
    async rollback() {
      if (isBroken) return;
      await ask({ text: 'rollback' }).catch(() => {
        isBroken = true;
      });
    },
    release: () => client.release(isBroken),
  };
}

/** Not enumerable: two results with the same rows are equal, and a copy is a plain list. */
function withCount(rows: Row[], count: number): Result<Row[]> {
  Object.defineProperty(rows, 'count', { value: count });
  // Defined in the line above.
  return rows as Result<Row[]>;
}

/** Errors after which the database has closed the connection, or is about to. */
const isFatal = (error: DatabaseError): boolean => error.severity === 'FATAL' || error.severity === 'PANIC';

/** The driver's own errors carry no code; here each says that the connection is gone. */
export function withCode(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof TypeError || error instanceof RangeError) return error;
  return 'code' in error && error.code !== undefined
    ? error
    : Object.assign(error, { code: 'CONNECTION_CLOSED' });
}
