// What a shop asks of quotations, customer orders and layaways: settings of the store, and the terms that are fixed from them
// when the customer agrees. Later changes of the settings change nothing about orders that are open.

import { addAmounts, applyRate } from './money.ts';

export type OrderRules = {
  /** How long a quotation holds its prices. */
  readonly quotationDays: number;
  /** Least first payment, of the whole. */
  readonly orderDepositPpm: number;
  readonly layawayDepositPpm: number;
  /** Least payment after the first; the last may be less. */
  readonly minimumInstalmentMinor: number;
  /** Instalments a layaway may have besides its deposit, and days between them. */
  readonly instalmentsMax: number;
  readonly instalmentDays: number;
  /** What is kept of what was paid when the customer gives up: a sum and a part of the whole, together. */
  readonly cancellationFeeMinor: number;
  readonly cancellationFeePpm: number;
  /** Days after the last instalment is due (or an order was wanted) from which all that was paid is kept; null: never. */
  readonly forfeitAfterDays: number | null;
  /** When tax on a deposit is due: as it is paid (the rule in the EU), or with the goods. */
  readonly depositTax: DepositTax;
};

export type DepositTax = 'at-deposit' | 'at-completion';

/** What a shop starts with: nothing is kept, a fifth down, tax as in the EU. */
export const DEFAULT_ORDER_RULES: OrderRules = {
  quotationDays: 14,
  orderDepositPpm: 200_000,
  layawayDepositPpm: 200_000,
  minimumInstalmentMinor: 1,
  instalmentsMax: 12,
  instalmentDays: 30,
  cancellationFeeMinor: 0,
  cancellationFeePpm: 0,
  forfeitAfterDays: null,
  depositTax: 'at-deposit',
};

/** What was agreed with this order. */
export type OrderTerms = {
  readonly depositMinimumMinor: number;
  readonly instalmentMinimumMinor: number;
  /** Kept of what was paid when the customer gives up. */
  readonly feeMinor: number;
  /** From this day on everything is kept. */
  readonly forfeitOn?: string;
  readonly depositTax: DepositTax;
};

/** The terms of an order of this total. `lastDay` is when the last instalment is due, or the goods are wanted. */
export function orderTerms(
  totalMinor: number,
  rules: OrderRules,
  given: { readonly kind: 'customer-order' | 'layaway'; readonly lastDay: string | null },
): OrderTerms {
  const depositPpm = given.kind === 'layaway' ? rules.layawayDepositPpm : rules.orderDepositPpm;
  const feeMinor = addAmounts(
    rules.cancellationFeeMinor,
    applyRate(totalMinor, rules.cancellationFeePpm, 'half-up'),
  );
  const forfeitOn =
    rules.forfeitAfterDays === null || given.lastDay === null
      ? {}
      : { forfeitOn: dayAfter(given.lastDay, rules.forfeitAfterDays) };
  return {
    depositMinimumMinor: Math.min(totalMinor, applyRate(totalMinor, depositPpm, 'up')),
    instalmentMinimumMinor: Math.max(1, rules.minimumInstalmentMinor),
    feeMinor: Math.min(totalMinor, feeMinor),
    ...forfeitOn,
    depositTax: rules.depositTax,
  };
}

/** What is kept and what is given back when an order with this much on its account ends on `today`. */
export function cancellationOf(
  paidMinor: number,
  terms: Pick<OrderTerms, 'feeMinor' | 'forfeitOn'>,
  today: string,
): { readonly forfeitedMinor: number; readonly refundedMinor: number } {
  const isForfeited = terms.forfeitOn !== undefined && today >= terms.forfeitOn;
  const forfeitedMinor = isForfeited ? paidMinor : Math.min(paidMinor, terms.feeMinor);
  return { forfeitedMinor, refundedMinor: addAmounts(paidMinor, -forfeitedMinor) };
}

/** The calendar day so many days after another (YYYY-MM-DD). */
export function dayAfter(day: string, days: number): string {
  const at = new Date(`${day}T00:00:00.000Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}
