// How the till stands, read from the journal on this device: openings and closings are found by their subject, and of the
// rest only the entries of the session that is open are read.

import type { Fact, JournalPosition } from '../../domain/fact.ts';
import { foldTill, NEW_TILL, type TillState } from '../../domain/till-session.ts';
import { parseStored, TILL_MARKS, type FactStore } from './fact-store.ts';

const STEP = 200;

/**
 * The till as of `head`; null when that cannot be known, because entries before the oldest one that is here may have
 * opened or closed it.
 */
export async function readTill(store: FactStore, head: JournalPosition): Promise<TillState | null> {
  const marks = await store.about(TILL_MARKS);
  const opening = marks.findLast((fact) => fact.kind === 'till-opened') ?? null;
  if (marks.length === 0) {
    const isWhole = head.sequence === 0 || (await store.at({ epoch: 1, sequence: 1 })) !== null;
    return isWhole ? NEW_TILL : null;
  }
  let state = fold(NEW_TILL, marks);
  if (state.open === null || opening === null) return state;
  let position: JournalPosition = opening;
  for (;;) {
    const stored = await store.after(position, STEP);
    const facts = stored.map(parseStored);
    state = fold(state, facts);
    const last = facts.at(-1);
    if (last === undefined || facts.length < STEP) return state;
    position = last;
  }
}

const fold = (state: TillState, facts: readonly Fact[]): TillState => {
  let next = state;
  for (const fact of facts) next = foldTill(next, fact);
  return next;
};
