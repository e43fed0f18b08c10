// POST /print: bytes of a receipt to a printer that a person configured. The answer says, as a sentence, whether
// the paper is out, whether nothing was printed, or whether somebody has to look. GET /printers/:id/status asks how it is.

import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { PRINT_JOB_MAX_BYTES } from '../../shared/protocol/limits.ts';
import {
  printerStatusResponse,
  printRequest,
  printResponse,
  type PrinterStatusResponse,
} from '../../shared/protocol/messages.ts';
import { printerId } from '../../shared/protocol/bounds.ts';
import { Object as closedObject } from 'typebox';
import { callerOf, type Caller } from '../db/caller.ts';
import type { Database } from '../db/database.ts';
import type { Log } from '../db/log.ts';
import { createRateLimit } from '../db/rate-limit.ts';
import { tooOften } from '../db/request-refused.ts';
import { keepJob } from './print-jobs.ts';
import { createPrintQueue } from './print-queue.ts';
import { printFailed, printerUnknown, statusFailed, tooLarge } from './print-refusals.ts';
import type { PrinterAddress } from './socket-link.ts';

export type PrintingGiven = {
  readonly database: Database;
  readonly log: Log;
  readonly now: () => number;
  readonly newId: () => string;
  readonly requireToken: (options?: {
    readonly scope?: 'company' | 'store' | 'kiosk' | 'manage';
  }) => (request: FastifyRequest) => Promise<void>;
};

type Printer = PrinterAddress & { readonly id: string; readonly name: string };

export async function printRoutes(root: FastifyInstance, given: PrintingGiven): Promise<void> {
  const app = root.withTypeProvider<TypeBoxTypeProvider>();
  const { database, log } = given;
  const queue = createPrintQueue({ database, log, newId: given.newId });
  const jobs = createRateLimit({ burst: 60, perMinute: 120, now: given.now });
  // What was accepted before the server stopped is printed now; nobody waits for it.
  void queue.resume();
  app.addHook('onClose', () => queue.close());

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
      const { printerId: id, jobId, bytesBase64, validForMs = null } = request.body;
      const printer = await printerOf(database, caller, id);
      if (printer === null) throw printerUnknown();
      const bytes = Buffer.from(bytesBase64, 'base64');
      if (bytes.length > PRINT_JOB_MAX_BYTES) throw tooLarge();
      const { workstationId } = caller;
      if (!(await keepJob(database, { workstationId, jobId, printerId: id, bytes, validForMs })))
        throw printFailed('print-job-changed', printer.name);
      const end = await queue.print({ workstationId, jobId }, printer);
      if (end.kind === 'failed') throw printFailed(end.code, printer.name);
      return { outcome: 'sent' as const, jobId, ...(end.isOnPaper && { isOnPaper: true }) };
    },
  );

  app.get(
    '/printers/:printerId/status',
    {
      onRequest: given.requireToken({ scope: 'store' }),
      schema: {
        tags: ['printing'],
        summary: 'How a configured printer is: paper, cover, errors',
        params: closedObject({ printerId }),
        response: { 200: printerStatusResponse },
      },
    },
    async (request): Promise<PrinterStatusResponse> => {
      const caller = callerOf(request);
      const waitMs = jobs.take(caller.workstationId);
      if (waitMs > 0) throw tooOften(waitMs);
      const printer = await printerOf(database, caller, request.params.printerId);
      if (printer === null) throw printerUnknown();
      const answer = await queue.askStatus(printer);
      if (answer === 'busy') throw statusFailed('printer-busy', printer.name);
      if (!answer.ok) throw statusFailed(answer.reason, printer.name);
      return answer.value === null ? { outcome: 'silent' } : { outcome: 'says', ...answer.value };
    },
  );
}

/** A configured printer of the caller's store, or of no store in particular. */
async function printerOf(database: Database, caller: Caller, id: string): Promise<Printer | null> {
  const rows = await database.sql<Printer[]>`
    select id, name, host, port from printer
    where id = ${id} and (store_id is null or store_id = ${caller.storeId})`;
  return rows[0] ?? null;
}
