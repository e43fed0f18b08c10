// Reads and writes entries of the journal in the `facts` collection. An insert is answered only after the
// stored text has been read back and found equal; reads go to the storage itself, past RxDB's document cache.

import type { RxCollection } from 'rxdb/plugins/core';
import type { Fact, JournalPosition } from '../../domain/fact.ts';
import { settledMinor } from '../../domain/order-settlement.ts';
import { FIRST_JOURNAL_KEY, journalKey, type StoredFact } from '../storage/till-database.ts';
import type { SealedFact } from './seal-fact.ts';

/** Entries read in one step; keeps a long journal from being in memory at once. */
const READ_STEP = 500;
/** Named, because RxDB's planner would take another index and then refuse to count by it. */
const KEY_INDEX = ['key'];

/** Never purged: by them the next start knows how epochs and the till stand. They are few. */
const KEPT_KINDS: ReadonlySet<string> = new Set<Fact['kind']>([
  'epoch-started',
  'till-opened',
  'till-closed',
  'training-switched',
]);

/** Subject of openings and closings of the till: they are found without reading the journal. */
export const TILL_MARKS = 'till';

export type FactStore = {
  /** Writes once and reads back; rejects unless the very same text is on disk. */
  insert(sealed: SealedFact): Promise<void>;
  /** Has this very text been stored at its place? */
  holds(sealed: SealedFact): Promise<boolean>;
  at(position: JournalPosition): Promise<Fact | null>;
  newest(): Promise<Fact | null>;
  /** Stored entries after `position`, in journal order. */
  after(position: JournalPosition, limit: number): Promise<readonly StoredFact[]>;
  /** The newest `limit` entries, newest last. */
  tail(limit: number): Promise<readonly Fact[]>;
  about(subject: string): Promise<readonly Fact[]>;
  countAfter(position: JournalPosition): Promise<number>;
  /** Removes entries up to `position` that were recorded before `before`, at most `limit`. */
  purge(position: JournalPosition, before: string, limit: number): Promise<number>;
};

/** The stored text as a fact; it was canonical when written and is compared by hash where that matters. */
export function parseStored(stored: StoredFact): Fact {
  return JSON.parse(stored.body) as Fact; // Written by `insert` from a Fact.
}

/** The entries in `collection`; `hint` is where the end of the journal is believed to be (the canary). */
export function createFactStore(
  collection: RxCollection<StoredFact>,
  hint: () => JournalPosition,
): FactStore {
  const readBack = async (key: string): Promise<StoredFact | null> => {
    const [found] = await collection.internalStorageInstance.findDocumentsById([key], false);
    return found ?? null;
  };
  const range = async (from: string, to: string, limit: number): Promise<StoredFact[]> => {
    const found = await collection
      .find({ selector: { key: { $gt: from, $lte: to } }, sort: [{ key: 'asc' }], index: KEY_INDEX, limit })
      .exec();
    return found.map((document) => document.toJSON());
  };
  const END = journalKey(99_999, 999_999_999);

  const store: FactStore = {
    async insert(sealed) {
      await collection.insert(toStored(sealed));
      if (!(await store.holds(sealed))) throw new Error('The entry could not be read back from the disk.');
    },
    async holds({ fact, body }) {
      const found = await readBack(journalKey(fact.epoch, fact.sequence));
      return found !== null && found.body === body;
    },
    async at(position) {
      const found = await readBack(journalKey(position.epoch, position.sequence));
      return found === null ? null : parseStored(found);
    },
    async newest() {
      const last = (await newestStored(1)).at(-1);
      return last === undefined ? null : parseStored(last);
    },
    after: (position, limit) => range(journalKey(position.epoch, position.sequence), END, limit),
    async tail(limit) {
      return (await newestStored(limit)).map(parseStored);
    },
    async about(subject) {
      const found = await collection.find({ selector: { subject }, sort: [{ key: 'asc' }] }).exec();
      return found.map((document) => parseStored(document.toJSON()));
    },
    countAfter: (position) =>
      collection
        .count({
          selector: { key: { $gt: journalKey(position.epoch, position.sequence), $lte: END } },
          index: KEY_INDEX,
        })
        .exec(),
    async purge(position, before, limit) {
      const end = journalKey(position.epoch, position.sequence);
      const old: string[] = [];
      // What is kept stays at the front for good, so the search goes on behind it.
      let from = FIRST_JOURNAL_KEY;
      while (old.length < limit) {
        const oldest = await range(from, end, limit - old.length);
        const last = oldest.at(-1);
        if (last === undefined) break;
        from = last.key;
        old.push(
          ...oldest
            .filter((stored) => stored.recordedAt < before && !KEPT_KINDS.has(stored.kind))
            .map((stored) => stored.key),
        );
      }
      if (old.length === 0) return 0;
      await collection.bulkRemove(old);
      await collection.internalStorageInstance.cleanup(0);
      return old.length;
    },
  };

  // RxDB never sorts backwards by an index and steps over skipped rows one by one, so the end of the journal
  // is looked for near the hint first, and found by halving the range of positions when it is elsewhere.
  const newestStored = async (limit: number): Promise<readonly StoredFact[]> => {
    const hinted = Math.max(0, toNumber(hint()) - limit);
    const near = await store.countAfter(toPosition(hinted));
    if (near > 0 && near <= limit + READ_STEP) {
      return (await store.after(toPosition(hinted), limit + READ_STEP)).slice(-limit);
    }
    let below = 0;
    let above = toNumber({ epoch: hint().epoch + 2, sequence: 0 });
    while (above - below > 1) {
      const middle = Math.floor((below + above) / 2);
      if ((await store.countAfter(toPosition(middle))) > limit) below = middle;
      else above = middle;
    }
    return store.after(toPosition(below), limit + 1).then((found) => found.slice(-limit));
  };
  return store;
}

// A position as one number, so that halving works over several epochs.
const EPOCH_SPAN = 1_000_000_000;
const toNumber = (position: JournalPosition): number => position.epoch * EPOCH_SPAN + position.sequence;
const toPosition = (value: number): JournalPosition => ({
  epoch: Math.floor(value / EPOCH_SPAN),
  sequence: value % EPOCH_SPAN,
});

function toStored({ fact, body }: SealedFact): StoredFact {
  const key = journalKey(fact.epoch, fact.sequence);
  return {
    key,
    subject: subjectOf(fact),
    kind: fact.kind,
    recordedAt: fact.recordedAt,
    amountMinor: amountOf(fact),
    body,
  };
}

function subjectOf(fact: Fact): string {
  switch (fact.kind) {
    case 'transaction-completed':
      return fact.body.transaction.id;
    case 'receipt-reprinted':
      return fact.body.transactionId;
    case 'operator-signed-on':
    case 'operator-signed-off':
    case 'pin-failed':
    case 'operator-unlocked':
      return fact.body.operatorId;
    case 'action-approved':
      // The PIN was right, which ends the failures in a row of whoever approved.
      return fact.body.approverId;
    case 'clocked-in':
    case 'clocked-out':
      return fact.body.operatorId;
    case 'till-opened':
    case 'till-closed':
    case 'training-switched':
      return TILL_MARKS;
    case 'cash-moved':
    case 'till-counted':
    case 'x-report-made':
      return fact.body.tillSessionId;
    case 'cart-action':
    case 'card-attempted':
      return fact.body.cartId;
    case 'print-discarded':
      return fact.body.printId;
    case 'card-answered':
      return fact.body.attemptId;
    case 'quotation-made':
    case 'customer-order-placed':
    case 'layaway-opened':
      return fact.body.order.id;
    case 'customer-recorded':
      return fact.body.customerId;
    case 'customer-order-arrived':
    case 'channel-order-moved':
    case 'feedback-given':
      return fact.body.orderId;
    case 'channel-order-placed':
      return fact.body.order.id;
    case 'attention-resolved':
    case 'settings-changed':
    case 'no-sale':
    case 'epoch-started':
    case 'stock-received':
    case 'price-changed':
    case 'rights-moved':
      return '';
  }
}

export function amountOf(fact: Fact): number {
  if (fact.kind !== 'transaction-completed') return 0;
  const { isTraining, totals, order } = fact.body.transaction;
  return isTraining === true ? 0 : settledMinor(totals.grossMinor, order);
}
