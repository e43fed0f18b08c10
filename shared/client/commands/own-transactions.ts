// The newest transactions of this workstation, newest first, from its own journal: complete with or without a
// network. A window that does not write looks at the journal as the writer has left it.

import type { Fact } from '../../domain/fact.ts';
import { compareJournalPositions, EMPTY_JOURNAL } from '../../domain/journal.ts';
import { parseStored } from '../journal/fact-store.ts';
import type { Parts } from '../parts.ts';
import type { OwnTransaction, Workstation } from '../runtime.ts';

/** Entries looked through for each transaction wanted; sign-ons and reprints stand between them. */
const ENTRIES_PER_TRANSACTION = 3;
const ENTRIES_MAX = 3_000;

export function createOwnTransactions(parts: Parts): Workstation['ownTransactions'] {
  return async (limit) => {
    if (limit <= 0 || parts.identity.peek() === null) return [];
    const session = parts.session();
    // The mark outside of the database is written with every entry, and every window can read it.
    const acknowledged = session?.book.acknowledged() ?? parts.canary.read()?.acknowledged ?? EMPTY_JOURNAL;
    const entries = await newestEntries(parts, Math.min(ENTRIES_MAX, limit * ENTRIES_PER_TRANSACTION + 10));
    const found: OwnTransaction[] = [];
    for (const fact of entries.toReversed()) {
      if (fact.kind !== 'transaction-completed' || found.length >= limit) continue;
      found.push({
        transaction: fact.body.transaction,
        sequence: fact.sequence,
        epoch: fact.epoch,
        hash: fact.hash,
        isDelivered: compareJournalPositions(fact, acknowledged) <= 0,
      });
    }
    return found;
  };
}

async function newestEntries(parts: Parts, count: number): Promise<readonly Fact[]> {
  const session = parts.session();
  if (session !== null) return session.store.tail(count);
  return (await parts.given.peekJournal(count)).map(parseStored);
}
