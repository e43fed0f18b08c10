// The newest transactions of this workstation, newest first, from its own journal: complete with or without a
// network.

import { compareJournalPositions } from '../../domain/journal.ts';
import type { Parts } from '../parts.ts';
import type { OwnTransaction, Workstation } from '../runtime.ts';

/** Entries looked through for each transaction wanted; sign-ons and reprints stand between them. */
const ENTRIES_PER_TRANSACTION = 3;
const ENTRIES_MAX = 3_000;

export function createOwnTransactions(parts: Parts): Workstation['ownTransactions'] {
  return async (limit) => {
    const session = parts.session();
    if (session === null || limit <= 0) return [];
    const acknowledged = session.book.acknowledged();
    const entries = await session.store.tail(Math.min(ENTRIES_MAX, limit * ENTRIES_PER_TRANSACTION + 10));
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
