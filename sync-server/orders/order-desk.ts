// What the server does with orders of channels: place one, cancel one, call its time, and keep the shares of a store in order. Each is
// one transaction at the store's desk; what it cannot promise it refuses, and nothing is changed then.

import { DEFAULT_SHARE_POLICY, type SharePolicy } from '../../shared/domain/escrow/share-policy.ts';
import { rightsOf } from '../../shared/domain/escrow/rights-book.ts';
import { asStoreId, type ItemId, type StoreId } from '../../shared/domain/ids.ts';
import { moveOrder, type MoveRefusal } from '../../shared/domain/order/move-order.ts';
import type { OrderMove } from '../../shared/domain/order/order-move.ts';
import {
  CHANNELS,
  isEnded,
  openOrder,
  promisedUnits,
  type Order,
  type OrderPlacement,
} from '../../shared/domain/order/order.ts';
import { accept, refuse, type Outcome } from '../../shared/domain/refusal.ts';
import type { Transaction } from '../db/database.ts';
import { raiseOversold } from './oversold.ts';
import { takeFeedback, type FeedbackRefusal, type SaidFeedback } from './feedback.ts';
import { createPlacingQueue } from './placing-queue.ts';
import { rebalanceFacts } from './rebalance.ts';
import { ensureRightsPages } from './rights-pages.ts';
import { atDesk, takeInBacklog, type Desk, type DeskGiven } from './store-desk.ts';

export type Contact = { readonly name: string; readonly phone?: string; readonly email?: string };

export type PlaceRefusal = 'order-units-short' | 'order-unknown' | MoveRefusal;

/** Items whose shares one transaction puts right. */
const ITEMS_AT_ONCE = 4000;

export type OrderDesk = {
  readonly place: (placement: OrderPlacement, contact: Contact) => Promise<Outcome<Order, PlaceRefusal>>;
  /** A move of the channels: a customer cancels, or answers about a substitute. */
  readonly move: (
    place: { readonly storeId: StoreId; readonly orderId: string },
    move: OrderMove,
  ) => Promise<Outcome<Order, PlaceRefusal>>;
  /** The time of an order is over: it is ended at once where the channels hold it, else its holder is told. */
  readonly callTime: (place: { readonly storeId: StoreId; readonly orderId: string }) => Promise<void>;
  /** What a customer thought of an order: recorded, kept beside it, and given to the tills of its store. */
  readonly takeFeedback: (
    place: { readonly storeId: StoreId; readonly orderId: string },
    said: SaidFeedback,
  ) => Promise<Outcome<Order, FeedbackRefusal>>;
  /** Work in the transaction of the desk about an order that has not ended; nothing happens otherwise. */
  readonly withOpenOrder: (
    place: { readonly storeId: string; readonly orderId: string },
    work: (transaction: Transaction, order: Order) => Promise<void>,
  ) => Promise<void>;
  /** Work at the desk about one order and what a person decided about it; its facts are written with what `work` answers. */
  readonly decide: <Value>(
    place: { readonly storeId: StoreId; readonly orderId: string },
    work: (desk: Desk, order: Order | null) => Promise<Value>,
  ) => Promise<Value>;
  /**
   * Takes in what has happened in the store and puts its shares right. `isWhole` looks at every item. Stops between two transactions when
   * `isOver`.
   */
  readonly tend: (storeId: StoreId, isWhole: boolean, isOver?: () => boolean) => Promise<void>;
};

export function createOrderDesk(given: DeskGiven, policy: SharePolicy = DEFAULT_SHARE_POLICY): OrderDesk {
  const nowText = (): string => new Date(given.now()).toISOString();
  const placeTogether = createPlacingQueue<Placing, Outcome<Order, PlaceRefusal>>((storeId, requests) =>
    placeAll(given, asStoreId(storeId), requests),
  );
  return {
    place: (placement, contact) => placeTogether(placement.storeId, { placement, contact }),
    move({ storeId, orderId }, move) {
      return atDesk(given, { storeId, orderIds: [orderId], itemIds: [] }, (desk) => {
        const order = desk.order(orderId);
        if (order === null) return refuse('order-unknown');
        const moved = moveOrder(order, move, { by: CHANNELS, at: nowText(), isAdmitted: true });
        if (moved.ok) desk.write({ kind: 'channel-order-moved', body: { orderId, move } });
        return moved;
      });
    },
    callTime({ storeId, orderId }) {
      return atDesk(given, { storeId, orderIds: [orderId], itemIds: [] }, async (desk) => {
        const order = desk.order(orderId);
        if (order === null || isEnded(order)) return;
        const write = (move: OrderMove): void =>
          desk.write({ kind: 'channel-order-moved', body: { orderId, move } });
        const isHolderGone = order.holder !== CHANNELS && (await isOutOfService(desk, order.holder));
        if (order.timeCalledAt === null) write({ kind: 'call-time' });
        if (isHolderGone) write({ kind: 'take-back' });
        if (order.holder === CHANNELS || isHolderGone) write({ kind: 'expire' });
      });
    },
    takeFeedback: ({ storeId, orderId }, said) =>
      atDesk(given, { storeId, orderIds: [orderId], itemIds: [] }, (desk) =>
        takeFeedback(desk, { orderId, storeId, said, now: given.now() }),
      ),
    async withOpenOrder({ storeId, orderId }, work) {
      await atDesk(given, { storeId: asStoreId(storeId), orderIds: [orderId], itemIds: [] }, async (desk) => {
        const order = desk.order(orderId);
        if (order !== null && !isEnded(order)) await work(desk.transaction, order);
      });
    },
    decide: ({ storeId, orderId }, work) =>
      atDesk(given, { storeId, orderIds: [orderId], itemIds: [] }, (desk) => work(desk, desk.order(orderId))),
    async tend(storeId, isWhole, isOver = () => false) {
      if (isWhole) await ensureRightsPages(given.database, storeId);
      const moved = await takeInBacklog(given, storeId, isOver);
      // What is short is looked at every time: whoever ended an order has freed its units since.
      const all = [...new Set([...(await itemsOf(given, storeId, isWhole)), ...moved])];
      // In parts, as the backlog is taken in; the first part also takes in what is new and looks at its items.
      for (let from = 0; from === 0 || from < all.length; from += ITEMS_AT_ONCE) {
        if (isOver()) return;
        const part = all.slice(from, from + ITEMS_AT_ONCE);
        await atDesk(given, { storeId, orderIds: [], itemIds: part }, (desk) => {
          const items = new Set([...part, ...desk.movedItems]);
          for (const body of rebalanceFacts(items, desk.book, policy))
            desk.write({ kind: 'rights-moved', body });
        });
      }
      await raiseOversold(given, storeId);
    },
  };
}

type Placing = { readonly placement: OrderPlacement; readonly contact: Contact };

/** Places orders of one store in one transaction; those that came first have the units. */
function placeAll(
  given: DeskGiven,
  storeId: StoreId,
  requests: readonly Placing[],
): Promise<readonly Outcome<Order, PlaceRefusal>[]> {
  const orders = requests.map(({ placement }) => openOrder(placement));
  const itemIds = orders.flatMap((order) => [...promisedUnits(order).keys()]);
  const orderIds = requests.map(({ placement }) => placement.id);
  return atDesk(given, { storeId, orderIds, itemIds }, async (desk) => {
    const taken = new Map<string, number>();
    const placed: Placing[] = [];
    const known = new Map<string, Order>();
    const answers = requests.map((request, at): Outcome<Order, PlaceRefusal> => {
      // Asked for twice at the same time, such as by a till that got no answer: it is one order.
      const before = desk.order(request.placement.id) ?? known.get(request.placement.id) ?? null;
      if (before !== null) return accept(before);
      const order = orders[at] ?? openOrder(request.placement);
      const wanted = promisedUnits(order);
      const short = firstShort(desk, wanted, taken);
      if (short !== null) return refuse('order-units-short', short);
      for (const [itemId, amount] of wanted) taken.set(itemId, (taken.get(itemId) ?? 0) + amount);
      placed.push(request);
      known.set(order.id, order);
      desk.write({ kind: 'channel-order-placed', body: { order: request.placement } });
      return accept(order);
    });
    await keepContacts(desk, placed);
    return answers;
  });
}

async function keepContacts({ transaction: { sql } }: Desk, placed: readonly Placing[]): Promise<void> {
  const rows = placed.map(({ placement: { id }, contact: { name, phone, email } }) => ({
    id,
    name,
    phone,
    email,
  }));
  await sql`
    insert into channel_order_contact (order_id, name, phone, email)
    select id, name, phone, email from json_to_recordset(${JSON.stringify(rows)}::text::json)
      as given (id text, name text, phone text, email text)
    on conflict (order_id) do nothing`;
}

function firstShort(
  desk: Desk,
  wanted: ReadonlyMap<ItemId, number>,
  taken: ReadonlyMap<string, number>,
): { readonly itemId: string; readonly availableMilli: number } | null {
  for (const [itemId, amount] of wanted) {
    const available = Math.max(0, rightsOf(desk.book(itemId), CHANNELS) - (taken.get(itemId) ?? 0));
    if (available < amount) return { itemId, availableMilli: available };
  }
  return null;
}

async function isOutOfService({ transaction }: Desk, workstationId: string): Promise<boolean> {
  const rows = await transaction.sql`
    select 1 from workstation where id = ${workstationId} and revoked_at is not null`;
  return rows.length > 0;
}

async function itemsOf(
  { database }: DeskGiven,
  storeId: StoreId,
  isWhole: boolean,
): Promise<readonly string[]> {
  const rows = await database.sql<{ item_id: string }[]>`
    select item_id from stock_rights
    where store_id = ${storeId} and (${isWhole}::boolean or is_short) order by item_id`;
  return rows.map((row) => row.item_id);
}
