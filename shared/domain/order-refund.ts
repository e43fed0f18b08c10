// How the money of an order goes back when it is given up: to where it came from. Cards first, each up to what it paid, then vouchers,
// and cash last, so that money from a card never leaves the drawer and what the shop keeps is kept of the cash. Parts add up to what
// goes back, to the minor unit.

import { addAmounts, negateAmount, sumAmounts } from './money.ts';
import type { OrderPayment, RefundPart } from './order-payment.ts';
import type { OrderSettlement } from './order-settlement.ts';
import { accept, refuse, type Outcome } from './refusal.ts';
import type { Tender } from './transaction.ts';

/** Ways that are kept with an order; what came in more ways goes back in cash. */
export const PAYMENTS_KEPT = 60;

/** Parts besides cash; with it no more than one transaction has tenders. What is beyond goes back in cash. */
const NAMED_PARTS_MAX = 15;

/** The payments of an account after one more deposit, or after a deposit was voided. Their sum is what was taken. */
export function paymentsAfter(
  payments: readonly OrderPayment[],
  tenders: readonly Tender[],
  takenMinor: number,
): readonly OrderPayment[] {
  const named = tenders.flatMap(paymentOf);
  const namedMinor = sumAmounts(named.map(({ amountMinor }) => amountMinor));
  // What cash settles is what the others leave: rounding to coins is the shop's, not the customer's.
  const cash: OrderPayment = {
    kind: 'cash',
    source: '',
    amountMinor: addAmounts(takenMinor, negateAmount(namedMinor)),
  };
  const sums = new Map(payments.map((payment) => [keyOf(payment), payment]));
  for (const payment of [...named, cash]) {
    const before = sums.get(keyOf(payment));
    const amountMinor = addAmounts(before?.amountMinor ?? 0, payment.amountMinor);
    if (before === undefined && sums.size >= PAYMENTS_KEPT && payment.kind !== 'cash') continue;
    if (amountMinor === 0) sums.delete(keyOf(payment));
    else sums.set(keyOf(payment), { ...payment, ...before, amountMinor });
  }
  return [...sums.values()];
}

/** The parts in which so much goes back, in the order in which they are given. */
export function refundParts(payments: readonly OrderPayment[], refundedMinor: number): readonly RefundPart[] {
  const parts: RefundPart[] = [];
  let leftMinor = refundedMinor;
  for (const kind of ['card', 'voucher'] as const) {
    for (const payment of payments.filter((one) => one.kind === kind && one.amountMinor > 0)) {
      const amountMinor = Math.min(leftMinor, payment.amountMinor);
      if (amountMinor <= 0 || parts.length >= NAMED_PARTS_MAX) continue;
      parts.push({ ...payment, amountMinor });
      leftMinor = addAmounts(leftMinor, negateAmount(amountMinor));
    }
  }
  return leftMinor > 0 ? [...parts, inCash(leftMinor)] : parts;
}

/** Everything in cash: somebody who may decide so has, because a card is gone. */
export const inCash = (amountMinor: number): RefundPart => ({ kind: 'cash', source: '', amountMinor });

/** Parts that the tenders have not given back yet, in their order. */
export function partsLeft(
  parts: readonly RefundPart[],
  given: readonly { readonly kind: string; readonly amountMinor: number }[],
): readonly RefundPart[] {
  let left = parts;
  for (const { kind, amountMinor } of given) {
    let sizeMinor = Math.abs(amountMinor);
    left = left.flatMap((part) => {
      if (part.kind !== kind || sizeMinor <= 0) return [part];
      const takenMinor = Math.min(sizeMinor, part.amountMinor);
      sizeMinor -= takenMinor;
      return takenMinor === part.amountMinor ? [] : [{ ...part, amountMinor: part.amountMinor - takenMinor }];
    });
  }
  return left;
}

/**
 * Do the tenders give back by card and by voucher what the settlement says? The rest is cash, because tenders add up.
 * `refund-to-original` {kind, amountMinor}: so much goes back in that way. Settlements without parts say nothing about it.
 */
export function checkRefund(
  settlement: OrderSettlement | undefined,
  tenders: readonly Tender[],
): Outcome<null, 'refund-to-original'> {
  if (settlement?.refunds === undefined) return accept(null);
  for (const kind of ['card', 'voucher'] as const) {
    const wanted = sumOf(settlement.refunds, kind);
    if (sumOf(tenders, kind) !== negateAmount(wanted)) {
      return refuse('refund-to-original', { kind, amountMinor: wanted });
    }
  }
  return accept(null);
}

function paymentOf({ kind, amountMinor, card, voucher }: Tender): readonly OrderPayment[] {
  if (kind === 'card') {
    const label = [card?.scheme, card?.lastDigits].filter((text) => text !== undefined).join(' ');
    return [{ kind, source: card?.attemptId ?? '', amountMinor, ...(label === '' ? {} : { label }) }];
  }
  return kind === 'voucher' ? [{ kind, source: voucher?.number ?? '', amountMinor }] : [];
}

const keyOf = ({ kind, source }: OrderPayment): string => `${kind} ${source}`;

function sumOf(
  rows: readonly { readonly kind: string; readonly amountMinor: number }[],
  kind: string,
): number {
  return sumAmounts(rows.flatMap((row) => (row.kind === kind ? [row.amountMinor] : [])));
}
