// What the server has confirmed and what it has not: exact, because the status bar shows it and "synced" is
// only said at 0. Every change is written to the canary, so that a lost IndexedDB can still be told with
// number and amount. Only the server's high-water mark moves `acknowledged`; no clock and no checkpoint does.

import type { Fact, JournalHead } from '../../domain/fact.ts';
import { compareJournalPositions, EMPTY_JOURNAL } from '../../domain/journal.ts';
import type { Canary } from '../storage/canary.ts';
import { amountOf, type FactStore } from './fact-store.ts';

export type PendingBook = {
  readonly acknowledged: () => JournalHead;
  readonly pendingCount: () => number;
  /** Money of the pending entries, in minor units; of the first 500 of them. */
  readonly pendingAmountMinor: () => number;
  readonly oldestPendingAt: () => string | null;
  /** Reads the true numbers from the store; after boot and after every change of `acknowledged`. */
  recount(head: JournalHead): Promise<void>;
  /** An entry is on disk; the canary learns of it before anybody is told. */
  appended(fact: Fact): void;
  /** The server's high-water mark, forwards or (after a restore over there) backwards. */
  acknowledge(mark: JournalHead, head: JournalHead): Promise<void>;
};

/** Amounts are summed one step at a time; more pending entries than this are told by count alone. */
const AMOUNT_STEP = 500;

export function createPendingBook(given: {
  readonly store: FactStore;
  readonly canary: Canary;
  readonly workstationId: string;
  readonly onChange: (pending: {
    readonly pendingCount: number;
    readonly oldestPendingAt: string | null;
  }) => void;
  readonly onCanaryFailed: () => void;
}): PendingBook {
  const kept = given.canary.read();
  let acknowledged: JournalHead =
    kept?.workstationId === given.workstationId ? kept.acknowledged : EMPTY_JOURNAL;
  let head: JournalHead = EMPTY_JOURNAL;
  let pendingCount = 0;
  let pendingAmountMinor = 0;
  let oldestPendingAt: string | null = null;

  const publish = () => {
    const isWritten = given.canary.write({
      workstationId: given.workstationId,
      head,
      acknowledged,
      pendingCount,
      pendingAmountMinor,
    });
    if (!isWritten) given.onCanaryFailed();
    given.onChange({ pendingCount, oldestPendingAt });
  };

  const book: PendingBook = {
    acknowledged: () => acknowledged,
    pendingCount: () => pendingCount,
    pendingAmountMinor: () => pendingAmountMinor,
    oldestPendingAt: () => oldestPendingAt,
    async recount(newHead) {
      const mark = acknowledged;
      const [first, ...rest] = await given.store.after(mark, AMOUNT_STEP);
      const count = await given.store.countAfter(mark);
      // Entries that were appended while the store was being read are newer than `newHead` and counted too.
      if (compareJournalPositions(newHead, head) > 0) head = newHead;
      pendingCount = count;
      oldestPendingAt = first?.recordedAt ?? null;
      pendingAmountMinor = rest.reduce((sum, one) => sum + one.amountMinor, first?.amountMinor ?? 0);
      publish();
    },
    appended(fact) {
      head = { epoch: fact.epoch, sequence: fact.sequence, hash: fact.hash };
      pendingCount += 1;
      pendingAmountMinor += amountOf(fact);
      oldestPendingAt ??= fact.recordedAt;
      publish();
    },
    async acknowledge(mark, currentHead) {
      acknowledged = mark;
      if (mark.epoch === head.epoch && mark.sequence >= head.sequence) {
        pendingCount = 0;
        pendingAmountMinor = 0;
        oldestPendingAt = null;
        publish();
        return;
      }
      await book.recount(currentHead);
    },
  };
  return book;
}
