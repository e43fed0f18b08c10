// A print job and how it may move. What is kept is the receipt and not its bytes, so that a job that may have been cut off is
// printed again with a line that says so. A drawer pulse is a job of its own with a last moment: opened late, a drawer stands
// open before the wrong customer, so it is dropped instead.
//
//   queued ─► sending ─► (gone: printed)
//     ▲          ├─ nothing reached the paper ─► queued
//     │          ├─ perhaps a part of it did ──► queued, marked as a repeat   (a drawer: dropped)
//     │          ├─ the answer was lost ───────► queued: who keeps the job is asked again under the same id   (a drawer: dropped)
//     └──────────┴─ the till stopped meanwhile ► as lost where the job is kept elsewhere too, else as perhaps

import type { Receipt } from '../../domain/receipt-blocks.ts';

export type PrintJob = {
  readonly id: string;
  readonly deviceId: string;
  readonly createdAtMs: number;
  readonly content:
    | { readonly kind: 'receipt'; readonly receipt: Receipt }
    | { readonly kind: 'drawer'; readonly expiresAtMs: number };
  readonly state: 'queued' | 'sending';
  readonly attempts: number;
  /** Perhaps a part of it stands on paper already. */
  readonly isRepeat: boolean;
  /** Somebody asked for it as a copy. */
  readonly isCopy?: boolean;
  /** How often that was so: each copy has an id of its own for whoever keeps jobs. */
  readonly copy?: number;
  /** The device that may still print it, because its answer was lost. */
  readonly lostAt?: string;
  /** Why the last attempt failed. */
  readonly problem: string | null;
};

/** Refusals after which it is certain that nothing was printed. After any other, a part may have been. */
const NOTHING_PRINTED: ReadonlySet<string> = new Set([
  'printer-not-reached',
  'printer-unreachable',
  'printer-server-offline',
  'printer-not-known',
  'printer-unknown',
  'printer-not-set-up',
  'printer-busy',
  'printer-font-missing',
  'printer-text-not-printable',
  'printer-unplugged',
  'printer-needs-permission',
  'printer-claimed',
  'printer-wrong-kind',
  'printer-not-supported',
  'printer-not-answering',
  'printer-paper-out',
  'printer-cover-open',
  'printer-fault',
  'printer-overheated',
  'printer-broken',
  'printer-paused',
  'drawer-not-set-up',
]);

/** The answer was lost on the way. Who keeps the job answers truly when it is asked again under the same id. */
const LOST: ReadonlySet<string> = new Set(['printer-server-lost']);

/** Nothing was asked, so nothing was learnt either. */
const NOT_ASKED: ReadonlySet<string> = new Set(['printer-server-offline', 'printer-not-set-up']);

/** Trying again changes nothing about these: somebody has to decide. */
const FOR_GOOD: ReadonlySet<string> = new Set([
  'printer-text-not-printable',
  'printer-unknown',
  'printer-not-known',
  'printer-wrong-kind',
  'printer-not-supported',
  'drawer-not-set-up',
]);

export function startedJob(job: PrintJob): PrintJob {
  return { ...job, state: 'sending', attempts: job.attempts + 1 };
}

/** The job after a failed attempt, or null where it is dropped. */
export function failedJob(job: PrintJob, reason: string): PrintJob | null {
  const queued: PrintJob = { ...job, state: 'queued', problem: reason };
  if (NOT_ASKED.has(reason)) return queued;
  const { lostAt, ...known } = queued;
  if (LOST.has(reason))
    return job.content.kind === 'drawer' ? null : { ...known, lostAt: lostAt ?? job.deviceId };
  if (NOTHING_PRINTED.has(reason)) return known;
  return job.content.kind === 'drawer' ? null : asRepeat(known);
}

/** The job on another device. Where the first may still print it, the other's copy says that it is one. */
export function movedJob(job: PrintJob, deviceId: string): PrintJob {
  const { lostAt, ...known } = job;
  const moved: PrintJob = { ...known, deviceId, problem: null };
  if (lostAt === undefined) return moved;
  return lostAt === deviceId ? { ...moved, lostAt } : asRepeat(moved);
}

/** The job as a copy on a device: it says so, whatever became of the first. Under an id of its own, so that it is printed. */
export function copiedJob(job: PrintJob, deviceId: string): PrintJob {
  return { ...movedJob(job, deviceId), isCopy: true, copy: (job.copy ?? 0) + 1 };
}

function asRepeat(job: PrintJob): PrintJob {
  return { ...job, isRepeat: true, copy: (job.copy ?? 0) + 1 };
}

/** The id under which this copy is known to whoever keeps jobs. */
export function keptAs({ id, copy }: PrintJob): string {
  return copy === undefined ? id : `${id}-${String(copy)}`;
}

/** Is it certain that this refusal left no mark on paper? */
export function isNothingPrinted(reason: string): boolean {
  return NOTHING_PRINTED.has(reason);
}

/** Is it too late for this job? */
export function isExpired({ content }: PrintJob, nowMs: number): boolean {
  return content.kind === 'drawer' && nowMs > content.expiresAtMs;
}

export function needsPerson({ problem }: PrintJob): boolean {
  return problem !== null && FOR_GOOD.has(problem);
}

const PAUSES_MS = [1_000, 3_000, 10_000, 30_000] as const;

/** How long to wait before the next attempt. */
export function pauseBefore(attempts: number): number {
  return PAUSES_MS[Math.min(attempts, PAUSES_MS.length) - 1] ?? 0;
}

/** The receipt as it is printed: a repeat or a copy begins by saying that it is one. */
export function receiptToPrint(receipt: Receipt, repeatSentence: string | null): Receipt {
  if (repeatSentence === null) return receipt;
  const banner = { kind: 'text', text: repeatSentence, align: 'center', isBold: true } as const;
  return { ...receipt, blocks: [banner, { kind: 'rule' }, ...receipt.blocks] };
}
