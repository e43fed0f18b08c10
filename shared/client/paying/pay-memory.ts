// What a till remembers of payments beside its journal, in the small store outside of the database: where the oldest card
// payment that is still open stands, so that a start reads from there, and which vouchers were used here. Both are notes on
// the journal; without them a start reads the newest entries, and the server finds a voucher's second use.

import type { CardPayment } from '../../domain/card-payment.ts';
import type { Fact } from '../../domain/fact.ts';
import { compareJournalPositions } from '../../domain/journal.ts';
import type { JournalPosition } from '../../domain/journal-position.ts';
import type { TextStore } from '../ports.ts';

/** Vouchers remembered, the newest; a till takes a few a day. */
const VOUCHERS_MAX = 2_000;

type UsedVoucher = readonly [number: string, receiptNumber: string];

export type PayMemory = {
  /** Where to begin to look for open card payments; null: there were none. */
  openCardsSince(): JournalPosition | null;
  keepCards(cards: readonly CardPayment[]): void;
  voucherUsedOn(number: string): string | null;
  /** Takes in what an entry says of vouchers: used by a sale, free again by its void. */
  takeIn(fact: Fact): void;
};

export function createPayMemory(textStore: TextStore, namespace: string): PayMemory {
  const cardsKey = `tillandsia.cards${namespace}`;
  const vouchersKey = `tillandsia.vouchers${namespace}`;
  const read = (key: string): unknown => {
    try {
      return JSON.parse(textStore.getItem(key) ?? 'null') as unknown;
    } catch {
      return null;
    }
  };
  const write = (key: string, value: unknown): void => {
    try {
      if (value === null) textStore.removeItem(key);
      else textStore.setItem(key, JSON.stringify(value));
    } catch {
      // A full or forbidden store costs a reminder, never a payment: the journal has it all.
    }
  };
  const vouchers = (): readonly UsedVoucher[] => {
    const stored = read(vouchersKey);
    // Written below alone; anything else is as good as nothing.
    return Array.isArray(stored) ? (stored as readonly UsedVoucher[]) : [];
  };

  return {
    openCardsSince: () => positionOf(read(cardsKey)),
    keepCards(cards) {
      write(cardsKey, oldestOpen(cards));
    },
    voucherUsedOn: (number) => vouchers().find(([used]) => used === number)?.[1] ?? null,
    takeIn(fact) {
      if (fact.kind !== 'transaction-completed') return;
      const { tenders, voids, receiptNumber, isTraining } = fact.body.transaction;
      const numbers = new Set(
        tenders.flatMap(({ voucher }) => (voucher === undefined ? [] : [voucher.number])),
      );
      if (numbers.size === 0 || isTraining === true) return;
      const others = vouchers().filter(([number]) => !numbers.has(number));
      const used =
        voids === undefined ? [...numbers].map((number): UsedVoucher => [number, receiptNumber]) : [];
      write(vouchersKey, [...others, ...used].slice(-VOUCHERS_MAX));
    },
  };
}

/** Where the oldest of them stands; null when there are none. */
export function oldestOpen(cards: readonly CardPayment[]): JournalPosition | null {
  const [first] = cards.map(({ at }) => at).sort(compareJournalPositions);
  return first === undefined ? null : { epoch: first.epoch, sequence: first.sequence };
}

function positionOf(value: unknown): JournalPosition | null {
  if (typeof value !== 'object' || value === null || !('epoch' in value) || !('sequence' in value))
    return null;
  const { epoch, sequence } = value;
  return typeof epoch === 'number' && typeof sequence === 'number' ? { epoch, sequence } : null;
}
