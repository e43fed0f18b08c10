// What of a sold line's amount goes back with a part of its quantity. Parts that come back one by one add up to the
// whole line exactly, because each refund is the difference of two rounded running shares.

import { addAmounts, multiplyDivide } from './money.ts';
import type { RoundingMode } from './tax.ts';

export type ReturnedQuantity = {
  readonly soldMilli: number;
  /** What had come back before. */
  readonly alreadyReturnedMilli: number;
  readonly returnedMilli: number;
};

/** How much of the quantity can still come back: never below 0. */
export function returnableMilli(quantity: Omit<ReturnedQuantity, 'returnedMilli'>): number {
  return Math.max(0, quantity.soldMilli - quantity.alreadyReturnedMilli);
}

/**
 * The share of `amountMinor` (price, net or one tax of the line) that goes back. A quantity beyond what is left to
 * come back is cut to it; the caller decides whether to refuse it first.
 */
export function refundShare(
  amountMinor: number,
  quantity: ReturnedQuantity,
  rounding: RoundingMode = 'half-up',
): number {
  const { soldMilli, alreadyReturnedMilli } = quantity;
  if (soldMilli <= 0) throw new RangeError('a line without quantity has nothing to come back');
  const before = Math.min(alreadyReturnedMilli, soldMilli);
  const after = Math.min(before + Math.max(0, quantity.returnedMilli), soldMilli);
  const shareUpTo = (milli: number): number => multiplyDivide(amountMinor, milli, soldMilli, rounding);
  return addAmounts(shareUpTo(after), -shareUpTo(before));
}

/** What of a paid amount has not been refunded yet; refunds are positive amounts. Never below 0. */
export function remainingRefundable(paidMinor: number, refundsMinor: readonly number[]): number {
  let left = paidMinor;
  for (const refund of refundsMinor) left = addAmounts(left, -refund);
  return Math.max(0, left);
}
