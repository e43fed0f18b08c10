// Quotations, orders and layaways of the fake workstation: the real rules and the real fold, and nothing written down.

import type { ReadonlySignal } from '@preact/signals';
import { signal } from '@preact/signals';
import type { CartDesk } from '../../shared/client/cart-desk.ts';
import type { OrderCommands } from '../../shared/client/order-commands.ts';
import { createOrdersView } from '../../shared/client/orders-view.ts';
import type { CartView } from '../../shared/client/runtime.ts';
import { businessDay } from '../../shared/domain/business-day.ts';
import { buildTransaction } from '../../shared/domain/build-transaction.ts';
import type { Cart } from '../../shared/domain/cart.ts';
import type { CustomerOrder } from '../../shared/domain/customer-order.ts';
import { cleanCustomer, sameContact } from '../../shared/domain/customer.ts';
import type { Fact, FactBodies, FactKind } from '../../shared/domain/fact.ts';
import { asCartId, asCustomerId, asOrderId, asTransactionId } from '../../shared/domain/ids.ts';
import { DEFAULT_ORDER_RULES } from '../../shared/domain/order-rules.ts';
import { placeOrder } from '../../shared/domain/place-order.ts';
import { accept, refuse, type Outcome } from '../../shared/domain/refusal.ts';
import { cancelSettlement, depositCart, handOverCart, quotedCart } from '../../shared/domain/settle-order.ts';
import type { StoreSettings } from '../../shared/domain/store.ts';
import { settleInCash } from '../../shared/domain/tender.ts';
import type { Customer } from '../../shared/protocol/documents.ts';

export const FAKE_CUSTOMERS: readonly Customer[] = [
  { id: asCustomerId('customer-1'), name: 'Grace Bennett', phone: '+49 30 231250' },
  { id: asCustomerId('customer-2'), name: 'Zofia Wójcik', phone: '+49 40 669690' },
  { id: asCustomerId('customer-3'), name: 'سارا احمدی', phone: '+49 30 231251' },
];

export type FakeOrdersGiven = {
  readonly cart: ReadonlySignal<CartView | null>;
  readonly desk: CartDesk;
  readonly settings: StoreSettings;
  readonly now: () => string;
};

const KINDS = {
  quotation: 'quotation-made',
  'customer-order': 'customer-order-placed',
  layaway: 'layaway-opened',
} as const;

/** The commands, and `record` for what else is about an order: its transactions. */
export function createFakeOrders(given: FakeOrdersGiven): {
  readonly commands: OrderCommands;
  readonly record: <Kind extends FactKind>(kind: Kind, body: FactBodies[Kind]) => void;
} {
  const { desk, settings, now } = given;
  const view = createOrdersView(() => 'fake');
  let sequence = 40;

  const record = <Kind extends FactKind>(kind: Kind, body: FactBodies[Kind]): void => {
    sequence += 1;
    const entry = { kind, body, epoch: 1, sequence, workstationId: 'fake', recordedAt: now() };
    // Only what the fold reads.
    view.addOwn(entry as unknown as Fact);
  };
  const place = () => ({
    now: now(),
    position: { epoch: 1, sequence: sequence + 1 },
    workstationNumber: 2,
  });
  const head = () => ({
    id: asCartId(`cart-of-order-${String(sequence)}`),
    storeId: settings.store.id,
    workstationId: desk.identity()?.workstationId ?? ('fake' as Cart['workstationId']),
    operatorId: desk.operator()?.id ?? ('nobody' as Cart['operatorId']),
  });
  const show = (id: string, make: (order: CustomerOrder) => Outcome<Cart>): Outcome<null> => {
    const order = view.byId(id);
    if (order === null) return refuse('order-not-found');
    if (desk.cart() !== null) return refuse('cart-open');
    const cart = make(order);
    if (!cart.ok) return cart;
    desk.setCart(cart.value);
    return accept(null);
  };
  const today = () => businessDay(now(), settings.store);
  const customers = signal(FAKE_CUSTOMERS);
  const recordCustomer: OrderCommands['recordCustomer'] = (asked) => {
    const details = cleanCustomer(asked);
    if (!details.ok) return Promise.resolve(details);
    const { customerId: id = asCustomerId(`customer-${String(customers.peek().length + 1)}`) } = asked;
    const same = sameContact(customers.peek(), details.value, id);
    if (same.length > 0 && asked.isAnotherPerson !== true)
      return Promise.resolve(refuse('customer-known', { count: same.length }));
    const consents = asked.consents
      .filter(({ isGiven }) => isGiven)
      .map(({ purpose }) => ({ purpose, at: now() }));
    const customer: Customer = { id, ...details.value, consents };
    customers.value = [...customers.peek().filter((one) => one.id !== id), customer];
    return Promise.resolve(accept(customer));
  };
  const commands: OrderCommands = {
    orders: view.orders,
    customers,
    customersReachedBy: (contact, but) => sameContact(customers.peek(), { name: '', ...contact }, but),
    recordCustomer,
    isFirstPurchase: () => Promise.resolve(false),
    orderByNumber: (number) => view.byNumber(number),
    reserved: (id) => view.reserved.value.get(id) ?? 0,
    placeOrder(asked) {
      const open = given.cart.peek();
      if (open === null) return Promise.resolve(refuse('cart-empty'));
      const id = asOrderId(`order-${String(sequence)}`);
      const rules = settings.orderRules ?? DEFAULT_ORDER_RULES;
      const { operatorId } = head();
      const placed = placeOrder(open.cart, settings, {
        ...asked,
        ...place(),
        id,
        operatorId,
        rules,
        computed: open,
      });
      if (!placed.ok) return Promise.resolve(placed);
      record(KINDS[asked.kind], { order: placed.value });
      desk.setCart(null);
      const order = view.byId(id);
      return Promise.resolve(order === null ? refuse('order-not-found') : accept(order));
    },
    payOnOrder: (id, amountMinor) => show(id, (order) => depositCart(order, amountMinor, head())),
    handOverOrder: (id) => show(id, (order) => handOverCart(order, head())),
    recallQuotation: (id) => show(id, (order) => quotedCart(order, head(), today())),
    // The fake keeps no catalogue by id: a quotation is looked at here, and made again at a till with one.
    renewQuotation: () => refuse('order-not-found'),
    markArrived(id) {
      record('customer-order-arrived', { orderId: id });
      return Promise.resolve(accept(null));
    },
    cancelOrder({ orderId, reasonCode, isInCash = false }) {
      const order = view.byId(orderId);
      if (order === null) return Promise.resolve(refuse('order-not-found'));
      const settlement = cancelSettlement(order, { today: today(), reasonCode, approvalId: null, isInCash });
      if (!settlement.ok) return Promise.resolve(settlement);
      const cartOfRefund: Cart = {
        ...head(),
        currency: order.currency,
        lines: [],
        lastLineNumber: 0,
        order: settlement.value,
      };
      if (settlement.value.refunds?.some(({ kind }) => kind !== 'cash') === true) {
        desk.setCart(cartOfRefund);
        return Promise.resolve(accept({ kind: 'to-refund' }));
      }
      const paid = settleInCash(-settlement.value.refundedMinor, 0, { stepMinor: 1 });
      if (!paid.ok) return Promise.resolve(paid);
      const built = buildTransaction(cartOfRefund, settings, {
        ...place(),
        id: asTransactionId(`cancelled-${String(sequence)}`),
        tenders: paid.value.tenders,
        ordinalOf: () => 0,
      });
      if (!built.ok) return Promise.resolve(built);
      const transaction = built.value;
      record('transaction-completed', { transaction });
      // The screens read the transaction and the hash of the entry, nothing else of it.
      const fact = { hash: 'c0ffee'.padEnd(64, '0'), body: { transaction } };
      const sale = { transaction, fact: fact as unknown as Fact<'transaction-completed'> };
      return Promise.resolve(accept({ kind: 'ended', sale }));
    },
  };
  return { commands, record };
}
