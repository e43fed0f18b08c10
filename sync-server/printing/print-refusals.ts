// What a person is told when a print did not go through: what happened, that the sale is safe, what to do.

import { PRINT_JOB_MAX_BYTES } from '../../shared/protocol/limits.ts';
import { RequestRefused } from '../db/request-refused.ts';
import type { JobFailure } from './print-jobs.ts';

export type PrintFailure = JobFailure | 'print-job-changed';

const SENTENCES: Readonly<Record<PrintFailure, (printer: string) => string>> = {
  'printer-unreachable': (printer) =>
    `${printer} does not answer. Nothing was printed and the sale is safe. Check that the printer is on and has its network cable, then print again.`,
  'printer-not-answering': (printer) =>
    `${printer} took the connection and says nothing. Nothing was printed and the sale is safe. Switch the printer off and on, then print again.`,
  'printer-unplugged': (printer) =>
    `${printer} ended the connection. Nothing was printed and the sale is safe. Check its network cable, then print again.`,
  'printer-paper-out': (printer) =>
    `${printer} has no paper. Nothing was printed and the sale is safe. Put in a new roll, then print again.`,
  'printer-cover-open': (printer) =>
    `The cover of ${printer} is open. Nothing was printed and the sale is safe. Close it, then print again.`,
  'printer-fault': (printer) =>
    `${printer} reports an error, often a paper jam at the cutter. Nothing was printed and the sale is safe. Open the cover, take the paper out, then print again.`,
  'printer-overheated': (printer) =>
    `${printer} is too hot. Nothing was printed and the sale is safe. It goes on by itself when it has cooled down.`,
  'printer-broken': (printer) =>
    `${printer} reports an error that it cannot mend. Nothing was printed and the sale is safe. Switch it off and on; if that does not help, use another printer.`,
  'printer-paused': (printer) =>
    `${printer} is switched to offline. Nothing was printed and the sale is safe. Press its button to put it online, then print again.`,
  'printer-interrupted': (printer) =>
    `${printer} stopped while it was printing, so the paper may show a part. The sale is safe. Look at the paper, then print a copy.`,
  'printer-busy': (printer) =>
    `${printer} is busy with other receipts. Nothing was printed and the sale is safe. Print again in a moment.`,
  'print-job-too-late': (printer) =>
    `It was ${printer}'s turn too late for this. Nothing was printed and the drawer stays closed. Open it again if it is still needed.`,
  'print-job-changed': () =>
    'Another receipt was printed under this job already. Nothing was printed now and the sale is safe. Print again as a new job.',
};

export function printFailed(code: PrintFailure, printerName: string): RequestRefused {
  return new RequestRefused({
    status: code === 'print-job-changed' ? 409 : code === 'printer-busy' ? 503 : 502,
    code,
    detail: SENTENCES[code](printerName),
    ...(code === 'printer-busy' ? { retryAfterSeconds: 3 } : {}),
  });
}

/** The same words where nothing was to be printed: a printer that cannot be asked. */
export function statusFailed(reason: string, printerName: string): RequestRefused {
  const isKnown = (code: string): code is PrintFailure => code in SENTENCES;
  return printFailed(isKnown(reason) ? reason : 'printer-unreachable', printerName);
}

export const printerUnknown = (): RequestRefused =>
  new RequestRefused({
    status: 404,
    code: 'printer-unknown',
    detail:
      'This store has no such printer. The sale is safe. Choose another printer, or ask a manager to add it.',
  });

export const tooLarge = (): RequestRefused =>
  new RequestRefused({
    status: 413,
    code: 'print-job-too-large',
    detail: `A print job has at most ${PRINT_JOB_MAX_BYTES} bytes. Nothing was printed.`,
  });
