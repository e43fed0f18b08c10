// Orders of channels of the fake workstation: the real rules and the real fold over a few orders in every state, and nothing written down.

import type { ReadonlySignal } from '@preact/signals';
import type { CartDesk } from '../../shared/client/cart-desk.ts';
import type { ChannelOrderCommands, StoreMove } from '../../shared/client/channel-order-commands.ts';
import { createChannelOrdersView } from '../../shared/client/channel-orders-view.ts';
import type { CartView } from '../../shared/client/runtime.ts';
import type { Cart } from '../../shared/domain/cart.ts';
import type { Fact, FactBodies, FactKind } from '../../shared/domain/fact.ts';
import { asCartId } from '../../shared/domain/ids.ts';
import type { Item } from '../../shared/domain/item.ts';
import {
  collectionCart,
  isPaidHere,
  orderMovements,
  returnCart,
} from '../../shared/domain/order/collect-order.ts';
import { moveOrder } from '../../shared/domain/order/move-order.ts';
import type { HandOver, OrderMove, ReturnMove } from '../../shared/domain/order/order-move.ts';
import { openOrder, type Order, type OrderPlacement } from '../../shared/domain/order/order.ts';
import { pickByScan } from '../../shared/domain/order/pick-by-scan.ts';
import { trackingCode } from '../../shared/domain/order/tracking-code.ts';
import { accept, refuse, type Outcome } from '../../shared/domain/refusal.ts';
import type { StoreSettings } from '../../shared/domain/store.ts';

export type FakeChannelOrdersGiven = {
  readonly cart: ReadonlySignal<CartView | null>;
  readonly desk: CartDesk;
  readonly settings: StoreSettings;
  readonly items: readonly Item[];
  readonly now: () => string;
};

/** As the fake workstation says who it is. */
const OWN = 'f0e1d2c3-fake';
const MINUTE_MS = 60_000;

/** The commands, and `record` for the sales that hand goods over. */
export function createFakeChannelOrders(given: FakeChannelOrdersGiven): {
  readonly commands: ChannelOrderCommands;
  readonly record: <Kind extends FactKind>(kind: Kind, body: FactBodies[Kind]) => void;
} {
  const { desk, settings, now } = given;
  const view = createChannelOrdersView(() => OWN);
  let sequence = 100;
  view.take(sampleOrders(given).map((content) => ({ id: content.order.id, content })));

  const record = <Kind extends FactKind>(kind: Kind, body: FactBodies[Kind]): void => {
    sequence += 1;
    const entry = { kind, body, epoch: 1, sequence, workstationId: OWN, recordedAt: now() };
    // Only what the fold reads.
    view.addOwn(entry as unknown as Fact);
  };
  const orderOf = (id: string): Outcome<Order> => {
    const known = view.byId(id);
    return known === null ? refuse('order-not-found') : accept(known.order);
  };
  const move = (id: string, what: StoreMove): Outcome<Order> => {
    const order = orderOf(id);
    if (!order.ok) return order;
    const moved = moveOrder(order.value, what, { by: OWN, at: now() });
    if (!moved.ok) return moved;
    record('channel-order-moved', { orderId: id, move: what });
    // Nobody else is there: the server takes an acceptance in at once.
    if (what.kind === 'accept')
      view.take([{ id, content: documentOf({ ...moved.value, holder: OWN }, 'Grace Bennett') }]);
    return moved;
  };
  const goods = (
    id: string,
    what: HandOver | ReturnMove,
    cartOf: typeof collectionCart | typeof returnCart,
  ): Outcome<'done' | 'cart'> => {
    const order = orderOf(id);
    if (!order.ok) return order;
    const moved = moveOrder(order.value, what, { by: OWN, at: now() });
    if (!moved.ok) return moved;
    if (!isPaidHere(order.value)) {
      const movements = orderMovements(order.value, moved.value);
      record('channel-order-moved', { orderId: id, move: what, movements });
      return accept('done');
    }
    if (desk.cart() !== null) return refuse('cart-open');
    const head = {
      id: asCartId(`cart-of-${id}`),
      storeId: settings.store.id,
      workstationId: OWN as Cart['workstationId'],
      operatorId: desk.operator()?.id ?? ('nobody' as Cart['operatorId']),
    };
    // Each maker is handed the move that it was made for.
    const cart = cartOf(order.value, what as HandOver & ReturnMove, {
      head,
      settings,
      itemOf: (item) => desk.itemOf(item),
    });
    if (!cart.ok) return cart;
    desk.setCart(cart.value);
    return accept('cart');
  };
  const commands: ChannelOrderCommands = {
    channelOrders: view.orders,
    channelOrder: (id) => view.byId(id),
    channelOrderByCode: (code) => view.byCode(code),
    moveChannelOrder: (id, what) => Promise.resolve(move(id, what)),
    pickScanned(id, { items, quantityMilli }) {
      const order = orderOf(id);
      if (!order.ok) return Promise.resolve(order);
      const scanned = { itemIds: items.map((item) => item.id), quantityMilli: quantityMilli ?? null };
      const picked = pickByScan(order.value, scanned);
      if (!picked.ok) return Promise.resolve(picked);
      const moved = move(id, { kind: 'pick', ...picked.value });
      return Promise.resolve(moved.ok ? picked : moved);
    },
    readPickup: () => Promise.resolve(refuse('pickup-not-a-token')),
    collectChannelOrder({ orderId, approval: _approval, ...asked }) {
      const done = goods(orderId, { kind: 'hand-over', ...asked }, collectionCart);
      return Promise.resolve(done.ok ? accept(done.value === 'cart' ? 'to-pay' : 'handed-over') : done);
    },
    returnChannelOrder({ orderId, lines, reasonCode }) {
      const done = goods(orderId, { kind: 'return', lines, reasonCode }, returnCart);
      return Promise.resolve(done.ok ? accept(done.value === 'cart' ? 'to-refund' : 'returned') : done);
    },
    tillsOfStore: () =>
      Promise.resolve(accept([{ workstationId: 'w3', workstationNumber: 3, name: 'Back counter' }])),
    nextTrackingCode: () => accept(trackingCode({ block: 9, place: (sequence += 1), chance: 77 })),
  };
  return { commands, record };
}

const documentOf = (order: Order, name: string) => ({
  kind: 'channel-order' as const,
  order,
  contact: { name, phone: '+49 30 231250', email: 'customer@example.org' },
  ...(order.holder === OWN ? { holderNumber: 2 } : {}),
});

const NAMES = ['Grace Bennett', 'Zofia Wójcik', 'سارا احمدی', 'Amir Farahani', 'Nina Orlova', 'Jonas Keller'];
const PAST: readonly (readonly OrderMove['kind'][])[] = [
  [],
  [],
  ['accept'],
  ['accept', 'start-picking'],
  ['accept', 'start-picking', 'pick', 'make-ready'],
  ['accept', 'start-picking', 'pick', 'make-ready', 'hand-over'],
];

function sampleOrders(given: FakeChannelOrdersGiven) {
  const at = Date.parse(given.now());
  const goods = given.items.filter(({ unit, bundle }) => unit === 'piece' && bundle === undefined);
  return PAST.map((moves, place) => {
    let order = openOrder(placement(given, goods, { at, place }));
    for (const kind of moves) {
      for (const move of movesOf(kind, order)) {
        const moved = moveOrder(order, move, {
          by: OWN,
          at: given.now(),
          isAdmitted: true,
          entry: { epoch: 1, sequence: 1 },
        });
        if (moved.ok) order = moved.value;
      }
    }
    return documentOf(order, NAMES[place] ?? 'Customer');
  });
}

function movesOf(kind: OrderMove['kind'], order: Order): readonly OrderMove[] {
  if (kind === 'pick') {
    return order.lines.map(({ lineNumber, quantityMilli }) => ({
      kind: 'pick',
      lineNumber,
      pickedMilli: quantityMilli,
      isShort: false,
    }));
  }
  if (kind === 'hand-over') {
    return [{ kind, tokenId: `${order.id}:1`, identity: 'token', collectedBy: 'customer', refused: [] }];
  }
  return kind === 'accept' || kind === 'start-picking' || kind === 'make-ready' ? [{ kind }] : [];
}

function placement(
  given: FakeChannelOrdersGiven,
  goods: readonly Item[],
  { at, place }: { readonly at: number; readonly place: number },
): OrderPlacement {
  const lines = goods.slice(place * 3, place * 3 + 1 + (place % 3)).map((item, index) => ({
    lineNumber: index + 1,
    itemId: item.id,
    ordinal: item.ordinal,
    sku: item.sku,
    name: item.name,
    unit: item.unit,
    quantityMilli: 1000 * (1 + (index % 2)),
    unitPriceMinor: item.priceMinor,
  }));
  return {
    id: `channel-order-${place}`,
    code: trackingCode({ block: 1, place, chance: 123_456 + place }),
    storeId: given.settings.store.id,
    channel: place % 2 === 0 ? 'web' : 'app',
    kind: place % 3 === 0 ? 'order' : 'reservation',
    currency: given.settings.store.currency,
    language: 'en',
    payment:
      place === 1 ? { kind: 'paid', amountMinor: 12_00, reference: 'psp-1' } : { kind: 'on-collection' },
    lines,
    placedAt: new Date(at - (place + 1) * 17 * MINUTE_MS).toISOString(),
    dueAt: new Date(at + (place * 90 - 30) * MINUTE_MS).toISOString(),
  };
}
