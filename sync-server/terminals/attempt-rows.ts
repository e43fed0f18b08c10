// Attempts as rows. Every change is one guarded statement: it changes the row only in a state that allows it, so that an answer
// that comes late, or from a server that was thought dead, never turns a known outcome into another one.

import type { AnsweredCard } from '../../shared/domain/card-details.ts';
import type { TerminalAttemptState } from '../../shared/protocol/card-terminals.ts';
import type { Database } from '../db/database.ts';
import { HELD_SECONDS } from './send-permit.ts';
import type { AskedOfTerminal, Prompt, Told } from './terminal-driver.ts';

export type AttemptKey = { readonly workstationId: string; readonly attemptId: string };

export type Attempt = AttemptKey & {
  readonly storeId: string;
  readonly terminalId: string;
  readonly action: AskedOfTerminal['action'];
  readonly amountMinor: number;
  readonly currency: string;
  readonly reverses: string | null;
};

export type AttemptRow = Attempt & {
  readonly state: TerminalAttemptState['state'];
  readonly mark: string | null;
  readonly prompt: string | null;
  readonly reason: string | null;
  readonly approvedMinor: number;
  readonly card: string | null;
  readonly reference: string | null;
  readonly version: number;
  /** Somebody carries it out now. */
  readonly isHeld: boolean;
};

/** Nothing was ever sent to the terminal. */
export const NEVER_ARRIVED = 'never-arrived';
const KEPT_DAYS = 400;

/** True when the attempt is new here; false when there is a row of this id already. */
export async function insertAttempt({ sql }: Database, attempt: Attempt, holder: string): Promise<boolean> {
  const { workstationId, attemptId, storeId, terminalId, action, amountMinor, currency, reverses } = attempt;
  const rows = await sql`
    with old as (
      delete from terminal_attempt where changed_at < now() - make_interval(days => ${KEPT_DAYS})
    )
    insert into terminal_attempt (workstation_id, attempt_id, store_id, terminal_id, action, amount_minor, currency,
      reverses, state, prompt, holder, until)
    values (${workstationId}, ${attemptId}, ${storeId}, ${terminalId}, ${action}, ${amountMinor}, ${currency},
      ${reverses}, 'waiting', 'connecting', ${holder}, now() + make_interval(secs => ${HELD_SECONDS}))
    on conflict (workstation_id, attempt_id) do nothing
    returning attempt_id`;
  return rows.length === 1;
}

/** An attempt that never came here never will: its id is used up. */
export async function insertNeverArrived(
  { sql }: Database,
  given: Pick<Attempt, 'workstationId' | 'attemptId' | 'storeId' | 'terminalId'>,
): Promise<void> {
  const { workstationId, attemptId, storeId, terminalId } = given;
  await sql`
    insert into terminal_attempt (workstation_id, attempt_id, store_id, terminal_id, action, amount_minor, currency,
      state, reason)
    values (${workstationId}, ${attemptId}, ${storeId}, ${terminalId}, 'payment', 0, '', 'declined', ${NEVER_ARRIVED})
    on conflict (workstation_id, attempt_id) do nothing`;
}

export async function readAttempt({ sql }: Database, key: AttemptKey): Promise<AttemptRow | null> {
  const rows = await sql<AttemptRow[]>`
    select workstation_id as "workstationId", attempt_id as "attemptId", store_id as "storeId",
      terminal_id as "terminalId", action, amount_minor as "amountMinor", currency, reverses, state, mark, prompt, reason,
      approved_minor as "approvedMinor", card, reference, version, coalesce(until > now(), false) as "isHeld"
    from terminal_attempt where workstation_id = ${key.workstationId} and attempt_id = ${key.attemptId}`;
  return rows[0] ?? null;
}

/** Attempts at a terminal whose outcome nobody knows, oldest first. */
export async function openAttempts({ sql }: Database, terminalId: string): Promise<readonly AttemptKey[]> {
  return sql<AttemptKey[]>`
    select workstation_id as "workstationId", attempt_id as "attemptId" from terminal_attempt
    where terminal_id = ${terminalId} and mark is not null
      and (state = 'unknown' or (state = 'asking' and until < now()))
    order by created_at limit 20`;
}

/** From here on money may move, for one lease. False when the attempt is no longer ours to carry out. */
export async function noteAsking(
  { sql }: Database,
  key: AttemptKey,
  given: { readonly holder: string; readonly mark: string },
): Promise<boolean> {
  const rows = await sql`
    update terminal_attempt set state = 'asking', mark = ${given.mark}, version = version + 1, changed_at = now(),
      until = now() + make_interval(secs => ${HELD_SECONDS})
    where workstation_id = ${key.workstationId} and attempt_id = ${key.attemptId} and state = 'waiting'
      and holder = ${given.holder} and until > now() and not is_cancelled
    returning attempt_id`;
  return rows.length === 1;
}

export async function notePrompt({ sql }: Database, key: AttemptKey, prompt: Prompt): Promise<void> {
  await sql`
    update terminal_attempt set prompt = ${prompt}, version = version + 1
    where workstation_id = ${key.workstationId} and attempt_id = ${key.attemptId}
      and state in ('waiting', 'asking') and prompt is distinct from ${prompt}`;
}

/** Says that we are still at it. True when the cashier wants it to end. */
export async function holdOn({ sql }: Database, key: AttemptKey, holder: string): Promise<boolean> {
  const rows = await sql<{ isCancelled: boolean }[]>`
    update terminal_attempt set until = now() + make_interval(secs => ${HELD_SECONDS})
    where workstation_id = ${key.workstationId} and attempt_id = ${key.attemptId} and holder = ${holder}
    returning is_cancelled as "isCancelled"`;
  return rows[0]?.isCancelled === true;
}

export async function noteCancelled({ sql }: Database, key: AttemptKey): Promise<void> {
  await sql`
    update terminal_attempt set is_cancelled = true
    where workstation_id = ${key.workstationId} and attempt_id = ${key.attemptId} and state in ('waiting', 'asking')`;
}

/** Writes an outcome down. What is known already stays. */
export async function noteTold({ sql }: Database, key: AttemptKey, told: Told): Promise<void> {
  const isApproved = told.outcome === 'approved';
  const card = isApproved ? JSON.stringify(told.card) : null;
  await sql`
    update terminal_attempt set state = ${told.outcome}, reason = ${isApproved ? null : told.reason}, prompt = null,
      approved_minor = ${isApproved ? told.approvedMinor : 0}, card = ${card},
      reference = ${isApproved ? told.reference : null},
      holder = null, until = null, version = version + 1, changed_at = now()
    where workstation_id = ${key.workstationId} and attempt_id = ${key.attemptId}
      and (state in ('waiting', 'asking') or (state = 'unknown' and ${told.outcome} <> 'unknown'))`;
}

/** Takes over from a server that fell silent: what was never sent is over, anything else is unknown. */
export async function takeOver({ sql }: Database, key: AttemptKey): Promise<void> {
  await sql`
    update terminal_attempt set state = case state when 'waiting' then 'declined' else 'unknown' end,
      reason = case state when 'waiting' then 'never-arrived' else 'server-restarted' end,
      prompt = null, holder = null, until = null, version = version + 1, changed_at = now()
    where workstation_id = ${key.workstationId} and attempt_id = ${key.attemptId}
      and state in ('waiting', 'asking') and until < now()`;
}

/** As the till is told. */
export function stateOf(row: AttemptRow): TerminalAttemptState {
  const { attemptId, state, prompt, reason, approvedMinor, version } = row;
  // Proof of the cast: `noteTold` alone writes the column.
  const { slip, ...card } = row.card === null ? {} : (JSON.parse(row.card) as AnsweredCard);
  const told = slip === undefined ? card : { ...card, slip: [...slip] };
  return { attemptId, state, prompt, reason, approvedMinor, card: told, version };
}
