// What a till remembers of payments beside its journal, in the small store outside of the database: where the oldest card
// payment that is still open stands, so that a start reads from there, which vouchers were used here, and what was handed over
// for the cart that is open, so that a reload in the middle of paying forgets no money on the counter. All of it are notes:
// without them a start reads the newest entries, the server finds a voucher's second use, and money is counted again.

import type { CardPayment } from '../../domain/card-payment.ts';
import type { Fact } from '../../domain/fact.ts';
import { compareJournalPositions } from '../../domain/journal.ts';
import type { JournalPosition } from '../../domain/journal-position.ts';
import type { UsedCoupon } from '../../domain/transaction.ts';
import type { TextStore } from '../ports.ts';
import type { CollectedTenders } from './tender-view.ts';

/** Vouchers remembered, the newest; a till takes a few a day. */
const VOUCHERS_MAX = 2_000;

type UsedVoucher = readonly [number: string, receiptNumber: string];

export type PayMemory = {
  /** Where to begin to look for open card payments; null: there were none. */
  openCardsSince(): JournalPosition | null;
  keepCards(cards: readonly CardPayment[]): void;
  voucherUsedOn(number: string): string | null;
  /** The receipt on which this till took the coupon (of this customer) before, or null. */
  couponUsedOn(coupon: UsedCoupon): string | null;
  /** What had been handed over when this was kept last; of a cart that is done by now, it belongs to nothing. */
  keptTenders(): CollectedTenders | null;
  keepTenders(collected: CollectedTenders | null): void;
  /** Takes in what an entry says of vouchers and coupons: used by a sale, free again by its void. */
  takeIn(fact: Fact): void;
};

export function createPayMemory(textStore: TextStore, namespace: string): PayMemory {
  const cardsKey = `tillandsia.cards${namespace}`;
  const tendersKey = `tillandsia.tenders${namespace}`;
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
    couponUsedOn: (coupon) => vouchers().find(([used]) => used === couponKey(coupon))?.[1] ?? null,
    keptTenders: () => tendersOf(read(tendersKey)),
    keepTenders(collected) {
      write(tendersKey, collected === null || collected.drafts.length === 0 ? null : collected);
    },
    takeIn(fact) {
      if (fact.kind !== 'transaction-completed') return;
      const { tenders, receiptNumber, isTraining, usedCoupons = [], voids } = fact.body.transaction;
      const moved = [
        ...tenders.flatMap(({ voucher, amountMinor }) =>
          voucher === undefined ? [] : [{ number: voucher.number, isUsed: amountMinor > 0 }],
        ),
        ...usedCoupons.map((coupon) => ({ number: couponKey(coupon), isUsed: true })),
      ];
      const numbers = new Set(moved.map(({ number }) => number));
      if ((numbers.size === 0 && voids === undefined) || isTraining === true) return;
      const others = vouchers().filter(
        ([number, usedOn]) => !numbers.has(number) && usedOn !== voids?.receiptNumber,
      );
      const used = moved.flatMap(({ number, isUsed }): readonly UsedVoucher[] =>
        isUsed ? [[number, receiptNumber]] : [],
      );
      write(vouchersKey, [...others, ...used].slice(-VOUCHERS_MAX));
    },
  };
}

/** Stands among the vouchers; none of those has a line break in its number. */
const couponKey = ({ code, customerId }: UsedCoupon): string => `coupon\n${code}\n${customerId ?? ''}`;

/** Where the oldest of them stands; null when there are none. */
export function oldestOpen(cards: readonly CardPayment[]): JournalPosition | null {
  const [first] = cards.map(({ at }) => at).sort(compareJournalPositions);
  return first === undefined ? null : { epoch: first.epoch, sequence: first.sequence };
}

const KEPT_KINDS: ReadonlySet<unknown> = new Set(['cash', 'foreign-cash', 'voucher']);

function tendersOf(value: unknown): CollectedTenders | null {
  if (typeof value !== 'object' || value === null || !('cartId' in value) || !('drafts' in value))
    return null;
  const { cartId, drafts } = value;
  if (typeof cartId !== 'string' || !Array.isArray(drafts)) return null;
  const isOurs = drafts.every(
    (draft: unknown) =>
      typeof draft === 'object' && draft !== null && 'kind' in draft && KEPT_KINDS.has(draft.kind),
  );
  // Written by keepTenders alone; the sale checks every tender again before it is final.
  return isOurs ? { cartId, drafts: drafts as CollectedTenders['drafts'] } : null;
}

function positionOf(value: unknown): JournalPosition | null {
  if (typeof value !== 'object' || value === null || !('epoch' in value) || !('sequence' in value))
    return null;
  const { epoch, sequence } = value;
  return typeof epoch === 'number' && typeof sequence === 'number' ? { epoch, sequence } : null;
}
