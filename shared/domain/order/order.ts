// An order of a channel (web, app, call-centre, kiosk) that one store keeps ready or hands over: what was promised, how far it
// is, and whose turn it is. The person behind it is kept by reference only, so that personal data can be erased while the journal
// still verifies.
//
//   placed ─► accepted ─► picking ─► ready ─► handed-over ─► returned
//     └─ rejected ┘ (by the store)      └─ released (given up), expired (time is over): from every state before handing over

import type { ItemId, StoreId } from '../ids.ts';
import type { UnitOfMeasure } from '../item.ts';
import type { JournalPosition } from '../journal-position.ts';
import type { LocalizedText } from '../localized-text.ts';

export const ORDER_STATES = [
  'placed',
  'accepted',
  'picking',
  'ready',
  'handed-over',
  'rejected',
  'released',
  'expired',
  'returned',
] as const;
export type OrderState = (typeof ORDER_STATES)[number];

export const ORDER_CHANNELS = ['web', 'app', 'call-centre', 'kiosk', 'marketplace', 'store'] as const;
export type OrderChannel = (typeof ORDER_CHANNELS)[number];

/** Who may move an order on: the channels (the server), or the workstation that has taken it. */
export type OrderHolder = string;
export const CHANNELS: OrderHolder = 'channels';

export type OrderPayment =
  | { readonly kind: 'on-collection' }
  /** The channel has taken all of it. */
  | { readonly kind: 'paid'; readonly amountMinor: number; readonly reference: string }
  /** The channel has taken a part; the rest is due on collection. */
  | { readonly kind: 'deposit'; readonly amountMinor: number; readonly reference: string };

export type OrderedItem = {
  readonly itemId: ItemId;
  readonly ordinal: number;
  readonly sku: string;
  readonly name: LocalizedText;
  readonly unit: UnitOfMeasure;
  readonly quantityMilli: number;
  /** Price of one unit as the customer was told. */
  readonly unitPriceMinor: number;
};

export type Substitute = OrderedItem & { readonly consent: 'asked' | 'given' | 'refused' };

export type OrderLine = OrderedItem & {
  readonly lineNumber: number;
  readonly pickedMilli: number;
  /** Somebody looked and the rest is not there. */
  readonly isShort: boolean;
  readonly substitute: Substitute | null;
  readonly handedOverMilli: number;
  readonly returnedMilli: number;
};

/** What a channel has promised: the part that never changes, recorded when the order is placed. */
export type OrderPlacement = {
  readonly id: string;
  /** Tracking code, as the customer types it. */
  readonly code: string;
  readonly storeId: StoreId;
  readonly channel: OrderChannel;
  /** A reservation is kept to be looked at and bought; an order is bought. */
  readonly kind: 'reservation' | 'order';
  readonly currency: string;
  readonly language: 'en' | 'fa' | 'ar' | 'ru' | 'pl';
  readonly payment: OrderPayment;
  readonly lines: readonly (OrderedItem & { readonly lineNumber: number })[];
  /** Server time, ISO instant. */
  readonly placedAt: string;
  /** Until when the goods are kept, server time. */
  readonly dueAt: string;
  /** Tracking code of the order that this one goes on with, at another store. */
  readonly continues?: string;
  /** The store whose till asked for it, where that is another one. */
  readonly askedBy?: StoreId;
};

export type OrderStep = {
  readonly move: string;
  /** State after the move. */
  readonly state: OrderState;
  /** ISO instant; of the server for its own moves, of the device for a store's. */
  readonly at: string;
  readonly by: OrderHolder;
  readonly operatorId?: string;
  readonly reasonCode?: string;
  /** The entry of `by`'s journal that says so; absent for what was placed. */
  readonly entry?: JournalPosition;
  /** The sale or the return that the goods moved with. */
  readonly receiptNumber?: string;
};

/** A move that came too late or twice: nothing is dropped, a person looks at it. */
export type OrderIncident = {
  readonly move: string;
  readonly at: string;
  readonly by: OrderHolder;
  readonly reason: string;
  readonly entry?: JournalPosition;
};

export type Order = Omit<OrderPlacement, 'lines'> & {
  readonly state: OrderState;
  /** Only the holder may end the order. Silence of a holder is a no. */
  readonly holder: OrderHolder;
  readonly lines: readonly OrderLine[];
  /** The server has said that the time is over; the holder ends it as soon as it hears of that. */
  readonly timeCalledAt: string | null;
  readonly history: readonly OrderStep[];
  readonly incidents: readonly OrderIncident[];
};

const ENDED: ReadonlySet<OrderState> = new Set([
  'handed-over',
  'rejected',
  'released',
  'expired',
  'returned',
]);

/** Is nothing promised any more? */
export const isEnded = (order: Pick<Order, 'state'>): boolean => ENDED.has(order.state);

/** The order as it stands when it has just been placed. */
export function openOrder(placed: OrderPlacement): Order {
  return {
    ...placed,
    state: 'placed',
    holder: CHANNELS,
    lines: placed.lines.map((line) => ({
      ...line,
      pickedMilli: 0,
      isShort: false,
      substitute: null,
      handedOverMilli: 0,
      returnedMilli: 0,
    })),
    timeCalledAt: null,
    history: [{ move: 'place', state: 'placed', at: placed.placedAt, by: CHANNELS }],
    incidents: [],
  };
}

/** Units of each item that the order keeps from everybody else. An ended order keeps nothing. */
export function promisedUnits(order: Order): ReadonlyMap<ItemId, number> {
  const units = new Map<ItemId, number>();
  if (isEnded(order)) return units;
  for (const line of order.lines) {
    const { itemId, quantityMilli } = line.substitute?.consent === 'given' ? line.substitute : line;
    const isCut = line.isShort || order.state === 'ready';
    const promised = isCut ? line.pickedMilli : quantityMilli;
    if (promised > 0) units.set(itemId, (units.get(itemId) ?? 0) + promised);
  }
  return units;
}

/** What the customer pays for the units that were picked, or ordered while nobody has picked yet, in minor units. */
export function orderTotalMinor(order: Pick<Order, 'lines' | 'state'>): number {
  const isPicked = order.state === 'ready' || order.state === 'handed-over' || order.state === 'returned';
  let total = 0n;
  for (const line of order.lines) {
    const bought = line.substitute?.consent === 'given' ? line.substitute : line;
    const quantity = isPicked || line.isShort ? line.pickedMilli : bought.quantityMilli;
    // Half up on the third decimal of the quantity, as the till extends a price.
    total += (BigInt(bought.unitPriceMinor) * BigInt(quantity) * 2n + 1000n) / 2000n;
  }
  return Number(total);
}
