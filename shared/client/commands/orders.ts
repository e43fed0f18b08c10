// Commands of quotations, customer orders and layaways. Placing and moving an order is one entry; money and goods go the
// ordinary way to tender, with a cart that names the order.

import { businessDay } from '../../domain/business-day.ts';
import type { Cart } from '../../domain/cart.ts';
import { isOpenOrder, type CustomerOrder, type OrderKind } from '../../domain/customer-order.ts';
import { asCartId, asOrderId, type ItemId, type OrderId } from '../../domain/ids.ts';
import { addAmounts } from '../../domain/money.ts';
import type { Operator } from '../../domain/operator.ts';
import { DEFAULT_ORDER_RULES } from '../../domain/order-rules.ts';
import { checkPermission } from '../../domain/permissions.ts';
import { placeOrder } from '../../domain/place-order.ts';
import { accept, refuse, type Outcome } from '../../domain/refusal.ts';
import { depositCart, handOverCart, quotedCart } from '../../domain/settle-order.ts';
import type { StoreSettings } from '../../domain/store.ts';
import type { TransactionLine } from '../../domain/transaction.ts';
import type { Parts } from '../parts.ts';
import type { CustomerCommands } from '../customer-commands.ts';
import type { OrderCommands } from '../order-commands.ts';
import type { PassportDifference, PassportMissing, PassportTaken } from '../passport-desk.ts';
import type { TillSession } from '../session.ts';
import { createChangeCart } from './change-cart.ts';
import { checkAuthority } from './decide-prices.ts';
import { readySession } from './ready-session.ts';

const FACT_OF_KIND = {
  quotation: 'quotation-made',
  'customer-order': 'customer-order-placed',
  layaway: 'layaway-opened',
} as const satisfies Readonly<Record<OrderKind, string>>;

export type PlacingCommands = Omit<OrderCommands, 'cancelOrder' | 'orders' | keyof CustomerCommands>;

export function createOrderCommands(parts: Parts): PlacingCommands {
  const { addItem } = createChangeCart(parts.desk);
  /** Puts the cart that `make` gives in front of the cashier. */
  const openCart = (
    id: OrderId,
    make: (order: CustomerOrder, at: AtDesk) => Outcome<Cart>,
  ): Outcome<null> => {
    const at = atDesk(parts);
    if (!at.ok) return at;
    if (parts.cart.peek() !== null) return refuse('cart-open');
    const order = parts.orders.byId(id);
    if (order === null) return refuse('order-not-found');
    const cart = make(order, at.value);
    if (!cart.ok) return cart;
    // Groups decide about prices of goods that are added to a quotation.
    const groups =
      order.customerId === undefined ? undefined : parts.customerBook.byId(order.customerId)?.groups;
    parts.setCart({
      ...cart.value,
      ...(groups === undefined ? {} : { customerGroups: groups }),
      pricedAt: parts.desk.now(),
    });
    return accept(null);
  };

  return {
    orderByNumber: (number) => parts.orders.byNumber(number),
    reserved: (id) => parts.orders.reserved.value.get(id) ?? 0,
    async placeOrder(asked) {
      const at = atDesk(parts);
      if (!at.ok) return at;
      const { session, operator, settings, workstationNumber } = at.value;
      const view = parts.cart.peek();
      if (view === null) return refuse('cart-empty');
      const current = checkCurrentOrder(parts, view.cart);
      if (!current.ok) return current;
      const authorised = checkAuthority(parts.desk, parts.promotionsOf, view.cart);
      if (!authorised.ok) return authorised;
      const id = asOrderId(parts.given.newId());
      const written = await session.journal.append(
        FACT_OF_KIND[asked.kind],
        (place) => {
          const placed = placeOrder(view.cart, settings, {
            ...asked,
            id,
            now: place.recordedAt,
            position: place,
            workstationNumber,
            operatorId: operator.id,
            rules: settings.orderRules ?? DEFAULT_ORDER_RULES,
            computed: view,
          });
          return placed.ok ? accept({ order: placed.value }) : placed;
        },
        operator.id,
      );
      if (!written.ok) return written;
      parts.setCart(null);
      const order = parts.orders.byId(id);
      return order === null ? refuse('order-not-found') : accept(order);
    },
    payOnOrder: (id, amountMinor) => openCart(id, (order, { head }) => depositCart(order, amountMinor, head)),
    handOverOrder: (id) => openCart(id, (order, { head }) => handOverCart(order, head)),
    recallQuotation: (id) => openCart(id, (order, { head, today }) => quotedCart(order, head, today)),
    renewQuotation(id) {
      const at = atDesk(parts);
      if (!at.ok) return at;
      if (parts.cart.peek() !== null) return refuse('cart-open');
      const order = parts.orders.byId(id);
      if (order === null) return refuse('order-not-found');
      if (order.kind !== 'quotation') return refuse('order-not-quotation');
      if (!isOpenOrder(order)) return refuse('order-not-open', { number: order.number });
      return accept(renewed(parts, addItem, order));
    },
    async markArrived(id) {
      const at = atDesk(parts);
      if (!at.ok) return at;
      const order = parts.orders.byId(id);
      if (order === null) return refuse('order-not-found');
      if (order.kind !== 'customer-order' || order.state !== 'open') {
        return refuse('order-not-open', { number: order.number });
      }
      const { session, operator } = at.value;
      const written = await session.journal.append(
        'customer-order-arrived',
        () => accept({ orderId: id }),
        operator.id,
      );
      return written.ok ? accept(null) : written;
    },
  };
}

/** Puts the goods of a quotation into a new cart at today's prices, and says what costs something else than it did. */
function renewed(
  parts: Parts,
  addItem: ReturnType<typeof createChangeCart>['addItem'],
  { lines, customerId }: CustomerOrder,
): PassportTaken {
  const missing: PassportMissing[] = [];
  for (const { itemId, name, quantityMilli } of lines) {
    const item = parts.desk.itemOf(itemId);
    const added = item === null ? refuse('passport-item-unknown') : addItem(item, { quantityMilli });
    if (!added.ok) missing.push({ itemId, name, quantityMilli, reason: added.reason });
  }
  const cart = parts.openCart();
  const groups = customerId === undefined ? undefined : parts.customerBook.byId(customerId)?.groups;
  if (cart !== null && customerId !== undefined) {
    parts.setCart({ ...cart, customerId, ...(groups === undefined ? {} : { customerGroups: groups }) });
  }
  const isThere = (itemId: ItemId): boolean => missing.every((one) => one.itemId !== itemId);
  const today = totalsByItem(parts.cart.peek()?.lines ?? []);
  const differences = [...totalsByItem(lines)].flatMap(([itemId, shown]): readonly PassportDifference[] => {
    const priceMinor = today.get(itemId)?.grossMinor ?? 0;
    const { grossMinor: shownMinor, name, quantityMilli } = shown;
    return isThere(itemId) && priceMinor !== shownMinor
      ? [{ itemId, name, quantityMilli, shownMinor, priceMinor }]
      : [];
  });
  return { lineCount: lines.length - missing.length, differences, missing };
}

type ItemTotal = Pick<TransactionLine, 'name' | 'quantityMilli' | 'grossMinor'>;

function totalsByItem(lines: readonly TransactionLine[]): ReadonlyMap<ItemId, ItemTotal> {
  const totals = new Map<ItemId, ItemTotal>();
  for (const { itemId, name, quantityMilli, grossMinor } of lines) {
    const before = totals.get(itemId);
    totals.set(itemId, {
      name,
      quantityMilli: (before?.quantityMilli ?? 0) + quantityMilli,
      grossMinor: addAmounts(before?.grossMinor ?? 0, grossMinor),
    });
  }
  return totals;
}

export type AtDesk = {
  readonly session: TillSession;
  readonly operator: Operator;
  readonly settings: StoreSettings;
  readonly workstationNumber: number;
  readonly head: Pick<Cart, 'id' | 'storeId' | 'workstationId' | 'operatorId'>;
  /** Business day by the corrected clock. */
  readonly today: string;
};

/** Who stands at the till, where everything that moves an order begins. Practice moves none. */
export function atDesk(parts: Parts): Outcome<AtDesk> {
  const ready = readySession(parts);
  if (!ready.ok) return ready;
  const operator = parts.operator.peek();
  const permitted = checkPermission(operator, 'sell');
  if (!permitted.ok) return permitted;
  const [settings, identity] = [parts.settings.peek(), parts.identity.peek()];
  if (operator === null || settings === null || identity === null) return refuse('not-ready');
  if (parts.till.peek()?.isTraining === true) return refuse('order-in-training');
  const { storeId, workstationId, workstationNumber } = identity.enrolment;
  return accept({
    session: ready.value,
    operator,
    settings,
    workstationNumber,
    head: { id: asCartId(parts.given.newId()), storeId, workstationId, operatorId: operator.id },
    today: businessDay(parts.desk.now(), settings.store),
  });
}

/**
 * Is the order still as it was when the cart was made of it? Somebody may have paid on it or ended it meanwhile, here or (as
 * far as this till knows) elsewhere.
 */
export function checkCurrentOrder(
  parts: Pick<Parts, 'orders'>,
  { order: settlement, channelOrder }: Pick<Cart, 'order' | 'channelOrder'>,
): Outcome<null, 'order-not-found' | 'order-not-open' | 'order-changed'> {
  if (settlement === undefined || channelOrder !== undefined) return accept(null);
  const { orderId, orderNumber: number, beforeMinor } = settlement;
  const order = parts.orders.byId(orderId);
  if (order === null) return refuse('order-not-found');
  if (!isOpenOrder(order)) return refuse('order-not-open', { number });
  return Math.max(0, order.paidMinor) === beforeMinor ? accept(null) : refuse('order-changed', { number });
}
