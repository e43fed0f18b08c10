// Print jobs as rows, so that a repeated request gets the same answer and paper never comes out twice by itself.
//
//   queued ──► sending ──► sent                    repeated: sent, nothing is printed
//                  ├─────► failed printer-unreachable   repeated: tried again, nothing had reached the paper
//                  └─────► failed printer-interrupted   repeated: the same answer; a new job is a copy, marked so
//
// A job that was `sending` when its server died counts as interrupted, because paper may show a part of it.

import { createHash } from 'node:crypto';
import type { Database } from '../db/database.ts';

export type JobKey = { readonly workstationId: string; readonly jobId: string };
export type JobFailure = 'printer-unreachable' | 'printer-interrupted';

export type JobStart =
  /** It is ours to send now. */
  | { readonly kind: 'send' }
  | { readonly kind: 'sent' }
  | { readonly kind: 'failed'; readonly code: JobFailure }
  /** The same job id with other bytes or another printer. */
  | { readonly kind: 'mismatch' };

export type NewJob = JobKey & { readonly printerId: string; readonly bytes: Uint8Array };

const KEPT_DAYS = 3;

/** Takes the job for sending, or says how it ended before. */
export async function startJob(database: Database, job: NewJob): Promise<JobStart> {
  const { workstationId, jobId, printerId } = job;
  const contentHash = createHash('sha256').update(job.bytes).digest('hex');
  await database.sql`
    with old as (
      delete from printed_job where changed_at < now() - make_interval(days => ${KEPT_DAYS})
    )
    insert into printed_job (workstation_id, job_id, printer_id, content_hash, state)
    values (${workstationId}, ${jobId}, ${printerId}, ${contentHash}, 'queued')
    on conflict (workstation_id, job_id) do nothing`;
  const taken = await database.sql`
    update printed_job set state = 'sending', failure_code = null, changed_at = now()
    where workstation_id = ${workstationId} and job_id = ${jobId} and printer_id = ${printerId}
      and content_hash = ${contentHash}
      and (state = 'queued' or (state = 'failed' and failure_code = 'printer-unreachable'))
    returning job_id`;
  if (taken.length === 1) return { kind: 'send' };
  return howItEnded(database, job, contentHash);
}

async function howItEnded(database: Database, job: NewJob, contentHash: string): Promise<JobStart> {
  const rows = await database.sql<
    {
      printer_id: string;
      content_hash: string;
      state: string;
      failure_code: string | null;
    }[]
  >`
    select printer_id, content_hash, state, failure_code
    from printed_job where workstation_id = ${job.workstationId} and job_id = ${job.jobId}`;
  const row = rows[0];
  if (row === undefined) throw new Error('a print job vanished while it was started');
  if (row.printer_id !== job.printerId || row.content_hash !== contentHash) return { kind: 'mismatch' };
  if (row.state === 'sent') return { kind: 'sent' };
  return { kind: 'failed', code: 'printer-interrupted' };
}

export async function finishJob(database: Database, key: JobKey, failure: JobFailure | null): Promise<void> {
  await database.sql`
    update printed_job set state = ${failure === null ? 'sent' : 'failed'}, failure_code = ${failure}, changed_at = now()
    where workstation_id = ${key.workstationId} and job_id = ${key.jobId}`;
}
