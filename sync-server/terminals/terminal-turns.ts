// One question to a terminal at a time, in this process and between processes: a row with a lease, which whoever asks renews.
// A terminal that is taken is told at once; nobody waits behind a stranger's PIN.

import type { Database } from '../db/database.ts';
import { HELD_SECONDS } from './send-permit.ts';

export type TerminalTurns = {
  /** Runs `work` while nobody else asks the terminal; null when somebody does. */
  take<Value>(terminalId: string, work: () => Promise<Value>): Promise<Value | null>;
};

const RENEW_EVERY_MS = 4_000;

export function createTerminalTurns(database: Database, newId: () => string): TerminalTurns {
  const { sql } = database;
  return {
    async take(terminalId, work) {
      const holder = newId();
      const taken = await sql`
        insert into terminal_turn as turn (terminal_id, holder, until)
        values (${terminalId}, ${holder}, now() + make_interval(secs => ${HELD_SECONDS}))
        on conflict (terminal_id) do update set holder = excluded.holder, until = excluded.until
          where turn.until < now()
        returning terminal_id`;
      if (taken.length === 0) return null;
      const renewing = setInterval(() => {
        sql`
          update terminal_turn set until = now() + make_interval(secs => ${HELD_SECONDS})
          where terminal_id = ${terminalId} and holder = ${holder}`.catch(() => undefined);
      }, RENEW_EVERY_MS);
      try {
        return await work();
      } finally {
        clearInterval(renewing);
        await sql`delete from terminal_turn where terminal_id = ${terminalId} and holder = ${holder}`.catch(
          () => undefined,
        );
      }
    },
  };
}
