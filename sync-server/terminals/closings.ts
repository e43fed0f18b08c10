// The end of day of a terminal, beside what the attempts at it have come to since the one before: equal sums say that no
// payment is missing on either side. A repeat under the same id is answered with the same numbers.

import { refuse, accept, type Outcome } from '../../shared/domain/refusal.ts';
import type { TerminalClosing } from '../../shared/protocol/card-terminals.ts';
import type { Caller } from '../db/caller.ts';
import type { Database } from '../db/database.ts';
import type { TerminalDriver, TerminalTotals } from './terminal-driver.ts';
import type { TerminalTurns } from './terminal-turns.ts';

export type ClosingAsked = {
  readonly caller: Caller;
  readonly terminalId: string;
  readonly closingId: string;
  readonly currency: string;
};

type Recorded = TerminalTotals & { readonly unknownCount: number };

/** Closes the terminal's day. Refuses as the terminal does, and `terminal-busy`. */
export async function closeTerminal(
  database: Database,
  given: ClosingAsked & { readonly driver: TerminalDriver; readonly turns: TerminalTurns },
): Promise<Outcome<TerminalClosing>> {
  const done = await readClosing(database, given);
  if (done !== null) return accept(done);
  const outcome = await given.turns.take(given.terminalId, async () => {
    const recorded = await recordedOf(database, given);
    const totals = await given.driver.endOfDay(given.currency);
    if (totals.ok) await insertClosing(database, given, { totals: totals.value, recorded });
    return totals;
  });
  if (outcome === null) return refuse('terminal-busy');
  if (!outcome.ok) return outcome;
  const written = await readClosing(database, given);
  if (written === null) throw new Error('a closing vanished after it was written');
  return accept(written);
}

/** Payments less what went back, since the terminal's last end of day. */
async function recordedOf({ sql }: Database, { terminalId, currency }: ClosingAsked): Promise<Recorded> {
  const rows = await sql<Recorded[]>`
    select
      count(*) filter (where state = 'approved')::int as "count",
      coalesce(sum(case when state <> 'approved' then 0 when action = 'payment' then approved_minor else -approved_minor end), 0)::bigint
        as "amountMinor",
      count(*) filter (where state in ('unknown', 'waiting', 'asking'))::int as "unknownCount"
    from terminal_attempt
    where terminal_id = ${terminalId} and currency = ${currency} and created_at > coalesce(
      (select max(closed_at) from terminal_closing where terminal_id = ${terminalId}), '-infinity')`;
  return rows[0] ?? { count: 0, amountMinor: 0, unknownCount: 0 };
}

async function insertClosing(
  { sql }: Database,
  { caller, closingId, terminalId, currency }: ClosingAsked,
  { totals, recorded }: { readonly totals: TerminalTotals; readonly recorded: Recorded },
): Promise<void> {
  await sql`
    insert into terminal_closing (workstation_id, closing_id, store_id, terminal_id, currency, terminal_count,
      terminal_minor, recorded_count, recorded_minor, unknown_count)
    values (${caller.workstationId}, ${closingId}, ${caller.storeId}, ${terminalId}, ${currency}, ${totals.count},
      ${totals.amountMinor}, ${recorded.count}, ${recorded.amountMinor}, ${recorded.unknownCount})
    on conflict (workstation_id, closing_id) do nothing`;
}

async function readClosing(
  { sql }: Database,
  { caller, closingId }: ClosingAsked,
): Promise<TerminalClosing | null> {
  const rows = await sql<
    {
      terminalCount: number;
      terminalMinor: number;
      recordedCount: number;
      recordedMinor: number;
      unknownCount: number;
    }[]
  >`
    select terminal_count as "terminalCount", terminal_minor as "terminalMinor", recorded_count as "recordedCount",
      recorded_minor as "recordedMinor", unknown_count as "unknownCount"
    from terminal_closing where workstation_id = ${caller.workstationId} and closing_id = ${closingId}`;
  const row = rows[0];
  if (row === undefined) return null;
  return {
    closingId,
    terminal: { count: row.terminalCount, amountMinor: row.terminalMinor },
    recorded: { count: row.recordedCount, amountMinor: row.recordedMinor },
    unknownCount: row.unknownCount,
    isEqual: row.terminalMinor === row.recordedMinor,
  };
}
