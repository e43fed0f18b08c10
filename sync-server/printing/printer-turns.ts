// One job at a printer at a time: within this process by a queue per printer, between processes by a row with a
// lease, so that two receipts never mix on one strip of paper.

import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '../db/database.ts';

const LEASE_SECONDS = 60;
const LOOK_EVERY_MS = 100;
const WAITING_MAX = 20;
/** Longer than a printer takes for a long receipt, shorter than a cashier waits. */
const WAIT_MAX_MS = 20_000;

export type PrinterTurns = {
  /** Runs `work` when it is this job's turn; null when the printer is busy for too long or too many wait. */
  readonly take: <Value>(printerId: string, work: () => Promise<Value>) => Promise<Value | null>;
};

export function createPrinterTurns(database: Database, holder: string): PrinterTurns {
  const lines = new Map<string, { tail: Promise<unknown>; length: number }>();

  async function withLease<Value>(printerId: string, work: () => Promise<Value>): Promise<Value | null> {
    for (let waitedMs = 0; waitedMs < WAIT_MAX_MS; waitedMs += LOOK_EVERY_MS) {
      if (await takeLease(printerId)) {
        try {
          return await work();
        } finally {
          await database.sql`delete from printer_turn where printer_id = ${printerId} and holder = ${holder}`;
        }
      }
      await pause(LOOK_EVERY_MS);
    }
    return null;
  }

  async function takeLease(printerId: string): Promise<boolean> {
    const rows = await database.sql`
      insert into printer_turn as turn (printer_id, holder, until)
      values (${printerId}, ${holder}, now() + make_interval(secs => ${LEASE_SECONDS}))
      on conflict (printer_id) do update set holder = excluded.holder, until = excluded.until
        where turn.until < now()
      returning printer_id`;
    return rows.length === 1;
  }

  return {
    take(printerId, work) {
      const line = lines.get(printerId) ?? { tail: Promise.resolve(), length: 0 };
      if (line.length >= WAITING_MAX) return Promise.resolve(null);
      lines.set(printerId, line);
      line.length += 1;
      const mine = line.tail.then(() => withLease(printerId, work));
      line.tail = mine
        .catch(() => undefined)
        .finally(() => {
          line.length -= 1;
          if (line.length === 0) lines.delete(printerId);
        });
      return mine;
    },
  };
}
