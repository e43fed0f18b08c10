// Prints what was accepted, one job at a printer at a time, and goes on after a restart with what was accepted before it.
// Printers are those that a person configured and no others; their addresses never come from a request.

import { setTimeout as pause } from 'node:timers/promises';
import {
  askPrinter,
  newPrinterMemory,
  printOverLink,
  type PrinterMemory,
} from '../../shared/devices/link/printer-talk.ts';
import type { PrinterStatus } from '../../shared/devices/ports.ts';
import type { Outcome } from '../../shared/domain/refusal.ts';
import type { Database } from '../db/database.ts';
import type { Log } from '../db/log.ts';
import {
  finishJob,
  giveUpWaiting,
  NOTHING_PRINTED,
  startJob,
  waitingJobs,
  type JobEnd,
  type JobFailure,
  type JobKey,
} from './print-jobs.ts';
import { createPrinterTurns } from './printer-turns.ts';
import { openSocketLink, type PrinterAddress } from './socket-link.ts';

export type PrintQueue = {
  /** Prints a job that was kept, when it is its turn. */
  readonly print: (key: JobKey, printer: PrinterAddress & { readonly id: string }) => Promise<JobEnd>;
  /** Asks a printer how it is, between its jobs; null where it does not say. */
  readonly askStatus: (
    printer: PrinterAddress & { readonly id: string },
  ) => Promise<Outcome<PrinterStatus | null> | 'busy'>;
  /** Goes on with what was accepted before. */
  readonly resume: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** The turn of a server that died lasts for a minute: so many tries of twenty seconds outlive it. */
const RESUME_TRIES = 6;
const RESUME_PAUSE_MS = 1_000;

export function createPrintQueue(given: {
  readonly database: Database;
  readonly log: Log;
  readonly newId: () => string;
}): PrintQueue {
  const { database, log } = given;
  const turns = createPrinterTurns(database, given.newId());
  const memories = new Map<string, PrinterMemory>();
  const closing = new AbortController();
  let resuming: Promise<void> = Promise.resolve();

  const memoryOf = ({ id, host, port }: PrinterAddress & { readonly id: string }): PrinterMemory => {
    // Another address is another printer.
    const key = `${id} ${host} ${String(port)}`;
    const memory = memories.get(key) ?? newPrinterMemory();
    memories.set(key, memory);
    return memory;
  };
  const talk = (printer: PrinterAddress & { readonly id: string }) => ({ wait, memory: memoryOf(printer) });

  async function printInTurn(
    key: JobKey,
    printer: PrinterAddress & { readonly id: string },
  ): Promise<JobEnd> {
    const start = await startJob(database, key);
    if (start.kind !== 'send') return start;
    const end = await send(start.bytes, printer);
    await finishJob(database, key, end);
    return end;
  }

  async function send(bytes: Uint8Array, printer: PrinterAddress & { readonly id: string }): Promise<JobEnd> {
    const opened = await openSocketLink(printer);
    if (!opened.ok) return { kind: 'failed', code: opened.reason };
    try {
      const outcome = await printOverLink(opened.value, bytes, talk(printer));
      if (outcome.ok) return { kind: 'sent', isOnPaper: outcome.value === 'on-paper' };
      log.warn({ printerId: printer.id, code: outcome.reason, ...outcome.details }, 'print-failed');
      return { kind: 'failed', code: failureOf(outcome.reason) };
    } finally {
      await opened.value.close();
    }
  }

  async function resumeAll(): Promise<void> {
    for (let tries = 0; tries < RESUME_TRIES; tries += 1) {
      const waiting = await waitingJobs(database);
      if (waiting.length === 0) return;
      for (const job of waiting) {
        if (closing.signal.aborted) return;
        const rows = await database.sql<(PrinterAddress & { id: string })[]>`
          select id, host, port from printer where id = ${job.printerId}`;
        const [printer] = rows;
        if (printer === undefined) await giveUpWaiting(database, job);
        else await turns.take(printer.id, () => printInTurn(job, printer));
      }
      await pause(RESUME_PAUSE_MS, undefined, { ref: false });
    }
  }

  return {
    async print(key, printer) {
      const end = await turns.take(printer.id, () => printInTurn(key, printer));
      if (end !== null) return end;
      await giveUpWaiting(database, key);
      return { kind: 'failed', code: 'printer-busy' };
    },
    async askStatus(printer) {
      const status = await turns.take(printer.id, async () => {
        const opened = await openSocketLink(printer);
        if (!opened.ok) return opened;
        try {
          return await askPrinter(opened.value, talk(printer));
        } finally {
          await opened.value.close();
        }
      });
      return status ?? 'busy';
    },
    resume() {
      resuming = resumeAll().catch((error: unknown) => {
        log.error({ error: String(error) }, 'print-queue-not-resumed');
      });
      return resuming;
    },
    async close() {
      closing.abort();
      await resuming;
    },
  };
}

const wait = async (milliseconds: number): Promise<void> => {
  await pause(milliseconds, undefined, { ref: false });
};

function failureOf(reason: string): JobFailure {
  return NOTHING_PRINTED.find((known) => known === reason) ?? 'printer-interrupted';
}
