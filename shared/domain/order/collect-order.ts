// The goods of an order at the counter: what is handed over and what comes back, as a cart where the till takes or gives money, and as
// stock movements where the channel has taken it. A deposit that the channel took is redeemed like one of the till's own; money
// that the channel took and that no goods stand against is the channel's to give back.

import type { Cart, CartLine } from '../cart.ts';
import { cartTotals } from '../cart-totals.ts';
import { asOrderId, type ItemId } from '../ids.ts';
import type { Item } from '../item.ts';
import { multiplyByQuantity, sumAmounts } from '../money.ts';
import { newLine } from '../new-line.ts';
import type { OrderSettlement } from '../order-settlement.ts';
import { accept, refuse, type Outcome } from '../refusal.ts';
import type { StoreSettings } from '../store.ts';
import type { StockMovement } from '../transaction.ts';
import type { HandOver, ReturnMove } from './order-move.ts';
import { orderTotalMinor, type Order, type OrderedItem, type OrderLine } from './order.ts';
import { unitsMoved } from './promise-units.ts';

export type CollectGiven = {
  readonly head: Pick<Cart, 'id' | 'storeId' | 'workstationId' | 'operatorId'>;
  readonly settings: Pick<StoreSettings, 'taxRules' | 'taxGroups'>;
  readonly itemOf: (id: ItemId) => Item | null;
};

export type CollectRefusal = 'item-unknown' | 'tax-group-unknown';

/** Does the till take the money for this order? Else the channel has taken all of it. */
export const isPaidHere = ({ payment }: Pick<Order, 'payment'>): boolean => payment.kind !== 'paid';

/** What the line is about: the substitute that the customer agreed to, or what was ordered. */
export const boughtOf = (line: OrderLine): OrderedItem =>
  line.substitute?.consent === 'given' ? line.substitute : line;

/**
 * The cart in which the goods of an order are paid on collection, at the prices that the customer was told. What is refused at the
 * counter is not in it. A deposit is redeemed as far as there are goods for it.
 */
export function collectionCart(
  order: Order,
  move: HandOver,
  given: CollectGiven,
): Outcome<Cart, CollectRefusal> {
  const refused = new Map(move.refused.map((each) => [each.lineNumber, each.quantityMilli]));
  const lines = linesOf(order, given, (line) => ({
    quantityMilli: line.pickedMilli - (refused.get(line.lineNumber) ?? 0),
  }));
  if (!lines.ok) return lines;
  const cart = cartOf(order, lines.value, given);
  const settlement = depositSettlement(order, cart, given.settings);
  return accept({
    ...cart,
    channelOrder: { orderId: order.id, code: order.code, move },
    ...(settlement === null ? {} : { order: settlement }),
  });
}

/** The cart in which goods that were paid for here come back: the refund goes the ordinary way to tender. */
export function returnCart(
  order: Order,
  move: ReturnMove,
  given: CollectGiven,
): Outcome<Cart, CollectRefusal> {
  const back = new Map(move.lines.map((each) => [each.lineNumber, each.quantityMilli]));
  const receiptNumber = order.history.findLast((step) => step.move === 'hand-over')?.receiptNumber;
  const lines = linesOf(order, given, (line) => ({
    quantityMilli: back.get(line.lineNumber) ?? 0,
    direction: 'return',
    reasonCode: move.reasonCode,
    ...(receiptNumber === undefined ? {} : { original: { receiptNumber, lineNumber: line.lineNumber } }),
  }));
  if (!lines.ok) return lines;
  return accept({
    ...cartOf(order, lines.value, given),
    channelOrder: { orderId: order.id, code: order.code, move },
  });
}

/** What leaves the stock, or comes back to it, between two states of an order that no sale of the till goes with. */
export function orderMovements(before: Order, after: Order): readonly StockMovement[] {
  const ordinals = new Map<ItemId, number>(
    after.lines.map((line) => [boughtOf(line).itemId, boughtOf(line).ordinal]),
  );
  return [...unitsMoved(before, after)].map(([itemId, amount]) => ({
    itemId,
    ordinal: ordinals.get(itemId) ?? 0,
    quantityMilli: -amount,
    reason: amount > 0 ? ('sale' as const) : ('return' as const),
  }));
}

/**
 * Money that the channel took and that it has to give back, now that the order has ended: what was paid there beyond the goods that the
 * customer has kept. Goods that were paid for at the till and came back were refunded there.
 */
export function refundDueMinor(order: Order): number {
  const { payment, state } = order;
  if (payment.kind === 'on-collection') return 0;
  if (state === 'handed-over' || state === 'returned') {
    const kept = order.lines.map((line) => {
      const left = payment.kind === 'paid' ? line.handedOverMilli - line.returnedMilli : line.handedOverMilli;
      return multiplyByQuantity(boughtOf(line).unitPriceMinor, left);
    });
    return Math.max(0, payment.amountMinor - sumAmounts(kept));
  }
  return state === 'rejected' || state === 'released' || state === 'expired' ? payment.amountMinor : 0;
}

type LineOptions = Pick<CartLine, 'quantityMilli'> &
  Partial<Pick<CartLine, 'direction' | 'original' | 'reasonCode'>>;

function linesOf(
  order: Order,
  given: CollectGiven,
  optionsOf: (line: OrderLine) => LineOptions,
): Outcome<readonly CartLine[], CollectRefusal> {
  const lines: CartLine[] = [];
  for (const line of order.lines) {
    const { quantityMilli, ...options } = optionsOf(line);
    if (quantityMilli <= 0) continue;
    const { itemId, sku, unitPriceMinor } = boughtOf(line);
    const item = given.itemOf(itemId);
    if (item === null) return refuse('item-unknown', { sku, lineNumber: line.lineNumber });
    if (given.settings.taxGroups[item.taxGroupId] === undefined) return refuse('tax-group-unknown', { sku });
    lines.push({
      ...newLine(item, line.lineNumber, quantityMilli, { unitPriceMinor, ...options }),
      heldPrice: {
        orderNumber: order.code,
        priceMinor: multiplyByQuantity(unitPriceMinor, quantityMilli),
      },
    });
  }
  return accept(lines);
}

function cartOf(order: Order, lines: readonly CartLine[], { head }: CollectGiven): Cart {
  return {
    ...head,
    currency: order.currency,
    lines,
    lastLineNumber: Math.max(0, ...lines.map(({ lineNumber }) => lineNumber)),
  };
}

/** What the channel took beforehand, as the account of an order that ends with this sale. */
function depositSettlement(
  order: Order,
  cart: Cart,
  settings: Pick<StoreSettings, 'taxRules' | 'taxGroups'>,
): OrderSettlement | null {
  if (order.payment.kind !== 'deposit') return null;
  const { grossMinor } = cartTotals(cart, settings.taxRules, settings.taxGroups).totals;
  const redeemedMinor = Math.min(order.payment.amountMinor, grossMinor);
  return {
    orderId: asOrderId(order.id),
    orderNumber: order.code,
    step: 'completion',
    orderTotalMinor: orderTotalMinor(order),
    beforeMinor: redeemedMinor,
    takenMinor: 0,
    redeemedMinor,
    refundedMinor: 0,
    forfeitedMinor: 0,
    taxes: [],
  };
}
