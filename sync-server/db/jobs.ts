// Work to be done after a commit, written in the transaction that causes it: it is there if and only if its cause is. Who does it,
// and how often it is tried, is decided by the runner (jobs/).

import type { Sql, TransactionSql } from './database.ts';

export type Job = {
  /** The same work always has the same id, so that it is there once however often it is asked for. */
  readonly id: string;
  readonly kind: string;
  readonly payload: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  readonly runAtMs: number;
};

/** Writes jobs; one that is there already is put to its new time. */
export async function writeJobs(sql: Sql | TransactionSql, jobs: readonly Job[]): Promise<void> {
  if (jobs.length === 0) return;
  const unique = [...new Map(jobs.map((job) => [job.id, job])).values()];
  const rows = JSON.stringify(
    unique.map(({ id, kind, payload, runAtMs }) => ({
      id,
      kind,
      payload: JSON.stringify(payload),
      run: new Date(runAtMs).toISOString(),
    })),
  );
  await sql`
    insert into job (id, kind, payload, run_at)
    select id, kind, payload, run::timestamptz
    from json_to_recordset(${rows}::text::json) as given (id text, kind text, payload text, run text)
    on conflict (id) do update set run_at = excluded.run_at, payload = excluded.payload, attempts = 0`;
}

export async function dropJobs(sql: Sql | TransactionSql, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await sql`delete from job where id = any(${[...ids]}::text[])`;
}
