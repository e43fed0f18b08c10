// What is done with an order at a till: money taken onto its account, goods handed over, a quotation made real, money given
// back. Each makes the cart (or the settlement) that the ordinary way to tender then completes.

import type { Cart, CartLine } from './cart.ts';
import { isExpired, isOpenOrder, leftToPay, type CustomerOrder } from './customer-order.ts';
import { depositTaxes } from './deposit-tax.ts';
import { addAmounts, sumAmounts } from './money.ts';
import { cancellationOf } from './order-rules.ts';
import { inCash, refundParts } from './order-refund.ts';
import { negateTaxRow, type OrderSettlement } from './order-settlement.ts';
import { accept, refuse, type Outcome } from './refusal.ts';
import type { TransactionLine } from './transaction.ts';

type Head = Pick<Cart, 'id' | 'storeId' | 'workstationId' | 'operatorId'>;

export type OrderRefusal = 'order-not-open' | 'order-is-quotation';

/** Least and most that may be paid onto an order now. */
export function paymentBounds(order: CustomerOrder): {
  readonly minMinor: number;
  readonly maxMinor: number;
} {
  const maxMinor = leftToPay(order);
  const { depositMinimumMinor = 1, instalmentMinimumMinor = 1 } = order.terms ?? {};
  const least = order.paidMinor > 0 ? instalmentMinimumMinor : depositMinimumMinor;
  return { minMinor: Math.min(maxMinor, Math.max(1, least)), maxMinor };
}

/** A cart without goods that takes this much onto the account. */
export function depositCart(
  order: CustomerOrder,
  amountMinor: number,
  head: Head,
): Outcome<Cart, OrderRefusal | 'deposit-out-of-bounds'> {
  const open = checkOpen(order);
  if (!open.ok) return open;
  const { minMinor, maxMinor } = paymentBounds(order);
  const isAmount = Number.isSafeInteger(amountMinor) && amountMinor >= minMinor && amountMinor <= maxMinor;
  if (!isAmount || maxMinor === 0) return refuse('deposit-out-of-bounds', { minMinor, maxMinor });
  const taxes =
    order.terms?.depositTax === 'at-deposit' ? depositTaxes(amountMinor, order.taxes, order.taxRules) : [];
  return accept({
    ...cartOf(order, head, []),
    order: { ...nothing(order, 'deposit'), takenMinor: amountMinor, taxes },
  });
}

/** A cart with the goods of the order at its prices; what was paid is redeemed when it is completed. */
export function handOverCart(order: CustomerOrder, head: Head): Outcome<Cart, OrderRefusal> {
  const open = checkOpen(order);
  if (!open.ok) return open;
  return accept({
    ...cartOf(order, head, heldLines(order)),
    order: {
      ...nothing(order, 'completion'),
      redeemedMinor: Math.max(0, order.paidMinor),
      taxes: order.depositTaxes.map(negateTaxRow),
    },
  });
}

/** A cart with the goods of a quotation: at its prices while they are held. Refuses one that was sold. */
export function quotedCart(
  order: CustomerOrder,
  head: Head,
  today: string,
): Outcome<Cart, 'order-not-open' | 'order-not-quotation' | 'quotation-expired'> {
  if (order.kind !== 'quotation') return refuse('order-not-quotation');
  if (!isOpenOrder(order)) return refuse('order-not-open', { number: order.number });
  if (isExpired(order, today)) return refuse('quotation-expired', { validUntil: order.validUntil ?? '' });
  return accept({ ...cartOf(order, head, heldLines(order)), order: nothing(order, 'conversion') });
}

/**
 * What giving an order up does to its account, and how the money goes back: as it came, or in cash where that was decided. Tax that
 * its deposits declared is taken off again.
 */
export function cancelSettlement(
  order: CustomerOrder,
  given: {
    readonly today: string;
    readonly reasonCode: string;
    readonly approvalId: string | null;
    readonly isInCash?: boolean;
  },
): Outcome<OrderSettlement, OrderRefusal> {
  const open = checkOpen(order);
  if (!open.ok) return open;
  const { reasonCode, approvalId } = given;
  const kept = order.terms ?? { feeMinor: 0 };
  const ended = cancellationOf(Math.max(0, order.paidMinor), kept, given.today);
  const { refundedMinor } = ended;
  const refunds =
    given.isInCash === true && refundedMinor > 0
      ? [inCash(refundedMinor)]
      : refundParts(order.payments ?? [], refundedMinor);
  return accept({
    ...nothing(order, 'cancellation'),
    ...ended,
    refunds,
    taxes: order.depositTaxes.map(negateTaxRow),
    reasonCode,
    ...(approvalId === null ? {} : { approvalId }),
  });
}

function checkOpen(order: CustomerOrder): Outcome<null, OrderRefusal> {
  if (order.kind === 'quotation') return refuse('order-is-quotation');
  return isOpenOrder(order) ? accept(null) : refuse('order-not-open', { number: order.number });
}

function nothing(order: CustomerOrder, step: OrderSettlement['step']): OrderSettlement {
  return {
    orderId: order.id,
    orderNumber: order.number,
    step,
    orderTotalMinor: order.totals.grossMinor,
    beforeMinor: Math.max(0, order.paidMinor),
    takenMinor: 0,
    redeemedMinor: 0,
    refundedMinor: 0,
    forfeitedMinor: 0,
    taxes: [],
  };
}

function cartOf(order: CustomerOrder, head: Head, lines: readonly CartLine[]): Cart {
  return {
    ...head,
    currency: order.currency,
    ...(order.customerId === undefined ? {} : { customerId: order.customerId }),
    lines,
    lastLineNumber: Math.max(0, ...lines.map(({ lineNumber }) => lineNumber)),
  };
}

/** The lines of an order as a cart holds them: what changed their prices has become one price that is held. */
export function heldLines(order: Pick<CustomerOrder, 'lines' | 'number'>): readonly CartLine[] {
  return order.lines.map((line): CartLine => {
    const {
      extendedMinor,
      modifiers = [],
      netMinor: _net,
      taxMinor: _tax,
      grossMinor: _gross,
      ...kept
    } = line;
    return {
      ...kept,
      heldPrice: { orderNumber: order.number, priceMinor: priceOf(extendedMinor, modifiers) },
    };
  });
}

function priceOf(extendedMinor: number, modifiers: NonNullable<TransactionLine['modifiers']>): number {
  return addAmounts(extendedMinor, sumAmounts(modifiers.map(({ amountMinor }) => amountMinor)));
}
