// POST /print: bytes of a receipt to a printer that a person configured. The answer says, as a sentence, whether
// the paper is out, whether nothing was printed, or whether somebody has to look.

import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { PRINT_JOB_MAX_BYTES } from '../../shared/protocol/limits.ts';
import { printRequest, printResponse, type PrintRequest } from '../../shared/protocol/messages.ts';
import { callerOf, type Caller } from '../db/caller.ts';
import type { Database } from '../db/database.ts';
import type { Log } from '../db/log.ts';
import { createRateLimit } from '../db/rate-limit.ts';
import { RequestRefused, tooOften } from '../db/request-refused.ts';
import { finishJob, startJob, type JobFailure } from './print-jobs.ts';
import { createPrinterTurns, type PrinterTurns } from './printer-turns.ts';
import { sendToPrinter, type PrinterAddress } from './send-to-printer.ts';

export type PrintingGiven = {
  readonly database: Database;
  readonly log: Log;
  readonly now: () => number;
  readonly newId: () => string;
  readonly requireToken: (options?: {
    readonly scope?: 'company' | 'store' | 'kiosk' | 'manage';
  }) => (request: FastifyRequest) => Promise<void>;
};

type Printer = PrinterAddress & { readonly name: string };

export async function printRoutes(root: FastifyInstance, given: PrintingGiven): Promise<void> {
  const app = root.withTypeProvider<TypeBoxTypeProvider>();
  const { database, log } = given;
  const turns = createPrinterTurns(database, given.newId());
  const jobs = createRateLimit({ burst: 60, perMinute: 120, now: given.now });

  app.post(
    '/print',
    {
      onRequest: given.requireToken({ scope: 'store' }),
      schema: {
        tags: ['printing'],
        summary: 'Bytes to a configured printer',
        body: printRequest,
        response: { 200: printResponse },
      },
    },
    async (request) => {
      const caller = callerOf(request);
      const waitMs = jobs.take(caller.workstationId);
      if (waitMs > 0) throw tooOften(waitMs);
      const printer = await printerOf(database, caller, request.body.printerId);
      if (printer === null) throw printerUnknown();
      const failure = await print(database, { turns, caller, printer, request: request.body });
      if (failure === null) return { outcome: 'sent' as const, jobId: request.body.jobId };
      log.warn({ printerId: request.body.printerId, code: failure }, 'print-failed');
      throw printFailed(failure, printer.name);
    },
  );
}

/** A configured printer of the caller's store, or of no store in particular. */
async function printerOf(database: Database, caller: Caller, printerId: string): Promise<Printer | null> {
  const rows = await database.sql<Printer[]>`
    select name, host, port from printer
    where id = ${printerId} and (store_id is null or store_id = ${caller.storeId})`;
  return rows[0] ?? null;
}

type PrintGiven = {
  readonly turns: PrinterTurns;
  readonly caller: Caller;
  readonly printer: Printer;
  readonly request: PrintRequest;
};

type PrintFailure = JobFailure | 'printer-busy' | 'print-job-changed';

async function print(database: Database, given: PrintGiven): Promise<PrintFailure | null> {
  const { workstationId } = given.caller;
  const { printerId, jobId, bytesBase64 } = given.request;
  const bytes = Buffer.from(bytesBase64, 'base64');
  if (bytes.length > PRINT_JOB_MAX_BYTES) throw tooLarge();
  const result = await given.turns.take(printerId, async () => {
    const start = await startJob(database, { workstationId, jobId, printerId, bytes });
    if (start.kind === 'sent') return { failure: null };
    if (start.kind === 'mismatch') return { failure: 'print-job-changed' as const };
    if (start.kind === 'failed') return { failure: start.code };
    const sent = await sendToPrinter(given.printer, bytes);
    const failure = failureOf(sent.kind);
    await finishJob(database, { workstationId, jobId }, failure);
    return { failure };
  });
  return result === null ? 'printer-busy' : result.failure;
}

function failureOf(kind: 'sent' | 'unreachable' | 'interrupted'): JobFailure | null {
  switch (kind) {
    case 'sent':
      return null;
    case 'unreachable':
      return 'printer-unreachable';
    case 'interrupted':
      return 'printer-interrupted';
  }
}

const printerUnknown = (): RequestRefused =>
  new RequestRefused({
    status: 404,
    code: 'printer-unknown',
    detail:
      'This store has no such printer. The sale is safe. Choose another printer, or ask a manager to add it.',
  });

const tooLarge = (): RequestRefused =>
  new RequestRefused({
    status: 413,
    code: 'print-job-too-large',
    detail: `A print job has at most ${PRINT_JOB_MAX_BYTES} bytes. Nothing was printed.`,
  });

function printFailed(code: PrintFailure, printerName: string): RequestRefused {
  const sentences: Readonly<Record<PrintFailure, string>> = {
    'printer-unreachable': `${printerName} does not answer. Nothing was printed and the sale is safe. Check that the printer is on and has its network cable, then print again.`,
    'printer-interrupted': `${printerName} stopped while it was printing, so the paper may show a part. The sale is safe. Look at the paper, then print a copy.`,
    'printer-busy': `${printerName} is busy with other receipts. Nothing was printed and the sale is safe. Print again in a moment.`,
    'print-job-changed':
      'Another receipt was printed under this job already. Nothing was printed now and the sale is safe. Print again as a new job.',
  };
  const status: Readonly<Record<PrintFailure, number>> = {
    'printer-unreachable': 502,
    'printer-interrupted': 502,
    'printer-busy': 503,
    'print-job-changed': 409,
  };
  return new RequestRefused({
    status: status[code],
    code,
    detail: sentences[code],
    ...(code === 'printer-busy' ? { retryAfterSeconds: 3 } : {}),
  });
}
