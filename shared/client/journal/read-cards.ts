// Card payments that are still open, read from the journal on this device at its start: from the oldest open one that was
// noted, and in any case through the newest entries. What was asked and never answered before the till stopped is unknown
// from here on, and the journal says so.

import { attemptOf, foldCards, type CardPayment } from '../../domain/card-payment.ts';
import type { JournalPosition } from '../../domain/fact.ts';
import { compareJournalPositions } from '../../domain/journal.ts';
import { accept } from '../../domain/refusal.ts';
import { parseStored, type FactStore } from './fact-store.ts';
import type { Journal } from './journal.ts';

const STEP = 200;
/** Entries that are read although nothing was noted, in case the note is gone. */
const NEWEST = 200;

/** The open payments as of the newest entry. */
export async function readCards(
  store: FactStore,
  since: JournalPosition | null,
): Promise<readonly CardPayment[]> {
  const newest = await store.tail(NEWEST);
  const [first] = newest;
  if (first === undefined) return [];
  let cards: readonly CardPayment[] = [];
  if (since !== null && compareJournalPositions(since, first) < 0) {
    let position: JournalPosition = { epoch: since.epoch, sequence: Math.max(0, since.sequence - 1) };
    for (;;) {
      const facts = (await store.after(position, STEP)).map(parseStored);
      for (const fact of facts) cards = foldCards(cards, fact);
      const last = facts.at(-1);
      if (last === undefined || facts.length < STEP) return cards;
      position = last;
    }
  }
  for (const fact of newest) cards = foldCards(cards, fact);
  return cards;
}

/** Writes down that nobody heard the answers of what was asked before the till stopped. */
export async function noteUnanswered(journal: Journal, cards: readonly CardPayment[]): Promise<void> {
  for (const payment of cards) {
    if (payment.state !== 'awaiting-card' && payment.state !== 'reversal-pending') continue;
    const attemptId = attemptOf(payment);
    await journal.append('card-answered', () =>
      accept({ attemptId, outcome: 'unknown', approvedMinor: 0, by: 'restart', reason: 'restarted' }),
    );
  }
}
