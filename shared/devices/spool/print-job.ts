// A print job and how it may move. What is kept is the receipt and not its bytes, so that a job that may have been cut off is
// printed again with a line that says so. A drawer pulse is a job of its own with a last moment: opened late, a drawer stands
// open before the wrong customer, so it is dropped instead.
//
//   queued ─► sending ─► (gone: printed)
//     ▲          ├─ nothing reached the paper ─► queued
//     │          ├─ perhaps a part of it did ──► queued, marked as a repeat   (a drawer: dropped)
//     └──────────┴─ the till stopped meanwhile ► the same as perhaps

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
]);

/** Trying again changes nothing about these: somebody has to decide. */
const FOR_GOOD: ReadonlySet<string> = new Set([
  'printer-text-not-printable',
  'printer-unknown',
  'printer-not-known',
]);

export function startedJob(job: PrintJob): PrintJob {
  return { ...job, state: 'sending', attempts: job.attempts + 1 };
}

/** The job after a failed attempt, or null where it is dropped. */
export function failedJob(job: PrintJob, reason: string): PrintJob | null {
  const isUncertain = !NOTHING_PRINTED.has(reason);
  if (job.content.kind === 'drawer') return isUncertain ? null : { ...job, state: 'queued', problem: reason };
  return { ...job, state: 'queued', problem: reason, isRepeat: job.isRepeat || isUncertain };
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

/** The receipt as it is printed: a repeat begins by saying that it is one. */
export function receiptToPrint(receipt: Receipt, repeatSentence: string | null): Receipt {
  if (repeatSentence === null) return receipt;
  const banner = { kind: 'text', text: repeatSentence, align: 'center', isBold: true } as const;
  return { ...receipt, blocks: [banner, { kind: 'rule' }, ...receipt.blocks] };
}
