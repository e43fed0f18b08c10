// Cuts a journal into its till sessions, as the till folds them: an entry belongs to the session it names, entries that name
// none to the one that is open where they stand. Sessions are handed on when they close, so a long journal fits into memory.

import type { Fact } from '../../shared/domain/fact.ts';
import { sessionNamedBy } from '../../shared/domain/till-session.ts';
import type { ClosedSession } from './dsfinvk-closing.ts';
import { factOfEntry, type StoredEntry } from './read-journals.ts';

export type Unclosed = {
  /** Transactions of a session that is still open, or of none: they stand on no Z report yet. */
  transactions: number;
  /** Entries that do not fit their schema: their numbers cannot be relied on. */
  kept: number;
};

export async function* closedSessions(
  entries: AsyncIterable<StoredEntry>,
  unclosed: Unclosed,
): AsyncGenerator<ClosedSession> {
  let open: { readonly id: string; readonly entries: Fact[] } | null = null;
  for await (const entry of entries) {
    const fact = factOfEntry(entry);
    if (fact === null) {
      unclosed.kept += 1;
      continue;
    }
    if (fact.kind === 'till-opened') {
      unclosed.transactions += countOf(open?.entries ?? []);
      open = { id: fact.body.tillSessionId, entries: [] };
    }
    const belongs = open !== null && sessionNamedBy(fact, open.id) === open.id;
    if (open === null || !belongs) {
      if (fact.kind === 'transaction-completed') unclosed.transactions += 1;
      continue;
    }
    open.entries.push(fact);
    if (fact.kind !== 'till-closed') continue;
    yield { closing: fact, entries: open.entries };
    open = null;
  }
  unclosed.transactions += countOf(open?.entries ?? []);
}

const countOf = (entries: readonly Fact[]): number =>
  entries.filter(({ kind }) => kind === 'transaction-completed').length;
