// Print jobs as rows, so that an accepted job survives the server, a repeated request gets the same answer, and paper never
// comes out twice by itself. The bytes are kept until it is known how the job ended.
//
//   queued ──► sending ──► sent                      repeated: sent, nothing is printed
//     │            ├─────► failed, nothing printed   repeated: queued again, also for another printer
//     │            └─────► failed, interrupted       repeated: the same answer; a new job is a copy, marked so
//     └─ too late, or nobody waits any more ──► failed, nothing printed
//
// A job that was `sending` when its server died counts as interrupted, because paper may show a part of it.

import { createHash } from 'node:crypto';
import type { Database } from '../db/database.ts';

export type JobKey = { readonly workstationId: string; readonly jobId: string };

/** Failures that left no mark on paper. */
export const NOTHING_PRINTED = [
  'printer-unreachable',
  'printer-not-answering',
  'printer-unplugged',
  'printer-paper-out',
  'printer-cover-open',
  'printer-fault',
  'printer-overheated',
  'printer-broken',
  'printer-paused',
  'printer-busy',
  'print-job-too-late',
] as const;
export type JobFailure = (typeof NOTHING_PRINTED)[number] | 'printer-interrupted';

export type JobEnd =
  | { readonly kind: 'sent'; readonly isOnPaper: boolean }
  | { readonly kind: 'failed'; readonly code: JobFailure };

export type JobStart = { readonly kind: 'send'; readonly bytes: Uint8Array } | JobEnd;

export type NewJob = JobKey & {
  readonly printerId: string;
  readonly bytes: Uint8Array;
  readonly validForMs: number | null;
};

const KEPT_DAYS = 3;

/**
 * Writes the job down, or finds the one that is there. False for the same id with other bytes or another printer, unless
 * nothing of it has come out so far: then it may move.
 */
export async function keepJob(database: Database, job: NewJob): Promise<boolean> {
  const { workstationId, jobId, printerId, bytes, validForMs } = job;
  const contentHash = createHash('sha256').update(bytes).digest('hex');
  const valid = database.sql`now() + make_interval(secs => ${validForMs === null ? null : validForMs / 1000}::float8)`;
  const rows = await database.sql<{ printer_id: string; content_hash: string }[]>`
    with old as (
      delete from printed_job where changed_at < now() - make_interval(days => ${KEPT_DAYS})
    )
    insert into printed_job as job (workstation_id, job_id, printer_id, content_hash, state, bytes, valid_until)
    values (${workstationId}, ${jobId}, ${printerId}, ${contentHash}, 'queued', ${bytes}, ${valid})
    on conflict (workstation_id, job_id) do update set
      changed_at = now(),
      printer_id = excluded.printer_id,
      content_hash = excluded.content_hash,
      bytes = case when job.state = 'failed' and job.failure_code = any(${[...NOTHING_PRINTED]}::text[])
        then excluded.bytes else job.bytes end,
      valid_until = case when job.state = 'failed' then excluded.valid_until else job.valid_until end,
      state = case when job.state = 'failed' and job.failure_code = any(${[...NOTHING_PRINTED]}::text[])
        then 'queued' else job.state end
    where (job.printer_id = excluded.printer_id and job.content_hash = excluded.content_hash)
      or (job.state = 'failed' and job.failure_code = any(${[...NOTHING_PRINTED]}::text[]))
    returning printer_id, content_hash`;
  return rows.length === 1;
}

/** Takes the job for sending, or says how it ended before. Call it in the printer's turn only. */
export async function startJob(database: Database, { workstationId, jobId }: JobKey): Promise<JobStart> {
  await database.sql`
    update printed_job set state = 'failed', failure_code = 'print-job-too-late', bytes = null, changed_at = now()
    where workstation_id = ${workstationId} and job_id = ${jobId} and state = 'queued' and valid_until < now()`;
  const taken = await database.sql<{ bytes: Uint8Array }[]>`
    update printed_job set state = 'sending', failure_code = null, changed_at = now()
    where workstation_id = ${workstationId} and job_id = ${jobId} and state = 'queued'
    returning bytes`;
  const [job] = taken;
  if (job !== undefined) return { kind: 'send', bytes: job.bytes };
  const rows = await database.sql<
    { state: string; failure_code: string | null; is_on_paper: boolean | null }[]
  >`
    select state, failure_code, is_on_paper from printed_job
    where workstation_id = ${workstationId} and job_id = ${jobId}`;
  const [row] = rows;
  if (row === undefined) throw new Error('a print job vanished while it was started');
  if (row.state === 'sent') return { kind: 'sent', isOnPaper: row.is_on_paper === true };
  const code = NOTHING_PRINTED.find((known) => known === row.failure_code) ?? 'printer-interrupted';
  return { kind: 'failed', code };
}

export async function finishJob(database: Database, key: JobKey, end: JobEnd): Promise<void> {
  const failure = end.kind === 'failed' ? end.code : null;
  const isOnPaper = end.kind === 'sent' ? end.isOnPaper : null;
  await database.sql`
    update printed_job set state = ${end.kind}, failure_code = ${failure}, is_on_paper = ${isOnPaper}, bytes = null,
      changed_at = now()
    where workstation_id = ${key.workstationId} and job_id = ${key.jobId}`;
}

/** Nobody waits for this job any more: it will not be printed by itself later. */
export async function giveUpWaiting(database: Database, key: JobKey): Promise<void> {
  await database.sql`
    update printed_job set state = 'failed', failure_code = 'printer-busy', bytes = null, changed_at = now()
    where workstation_id = ${key.workstationId} and job_id = ${key.jobId} and state = 'queued'`;
}

/** Accepted jobs that nobody has started, oldest first. */
export function waitingJobs(
  database: Database,
): Promise<readonly (JobKey & { readonly printerId: string })[]> {
  return database.sql<{ workstationId: string; jobId: string; printerId: string }[]>`
    select workstation_id as "workstationId", job_id as "jobId", printer_id as "printerId"
    from printed_job where state = 'queued' order by created_at`;
}
