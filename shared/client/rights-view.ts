// Rights of the store's items as this till knows them: what the desk of the store last said, and own facts that the desk had not taken
// in by then. So a promise shows within a moment of being made, and an own sale at once; nothing jumps when the desk answers.

import { compareJournalPositions } from '../domain/journal.ts';
import type { Fact, JournalPosition } from '../domain/fact.ts';
import type { CartId, ItemId } from '../domain/ids.ts';
import type { ItemRights } from '../domain/order/counter-stock.ts';
import { foldChannelOrder, movedBy } from '../domain/order/fold-channel-order.ts';
import type { Order } from '../domain/order/order.ts';
import type { ReservedTaken } from '../domain/transaction.ts';
import { rightsOfFact, type RightsDelta } from '../domain/order/rights-of-fact.ts';

const SLOTS = 256;

export type RightsPageContent = {
  readonly page: number;
  readonly storeMilli: readonly number[];
  readonly channelsMilli: readonly number[];
  readonly promisedMilli: readonly number[];
  readonly through: readonly (JournalPosition & { readonly workstationId: string })[];
};

export type RightsView = {
  /** Null while no page with this place has come: then nothing is known to be promised. */
  rights(place: { readonly itemId: ItemId; readonly ordinal: number }): ItemRights | null;
  takePage(page: RightsPageContent): void;
  dropPage(page: number): void;
  /** Documents of the `orders` collection: what a move does depends on what the order was before it. */
  takeOrders(changes: readonly { readonly id: string; readonly content: unknown }[]): void;
  addOwn(fact: Fact): void;
  /** What somebody agreed to take from promises for a cart. It is for this window only, as approvals are. */
  readonly agreed: Map<CartId, ReservedTaken>;
};

type OwnDelta = RightsDelta & JournalPosition;

export function createRightsView(workstationId: () => string | null): RightsView {
  const pages = new Map<number, RightsPageContent>();
  const own = new Map<ItemId, readonly OwnDelta[]>();
  const orders = new Map<string, Order>();
  return {
    agreed: new Map(),
    rights({ itemId, ordinal }) {
      const page = pages.get(Math.floor(ordinal / SLOTS));
      if (page === undefined) return null;
      const slot = ordinal % SLOTS;
      const mark = page.through.find((one) => one.workstationId === workstationId());
      let [storeMilli, channelsMilli, promisedMilli] = [
        page.storeMilli[slot] ?? 0,
        page.channelsMilli[slot] ?? 0,
        page.promisedMilli[slot] ?? 0,
      ];
      const deltas = own.get(itemId) ?? [];
      const newer =
        mark === undefined ? deltas : deltas.filter((one) => compareJournalPositions(one, mark) > 0);
      // Pages only ever move forward, so what one contains is contained from then on.
      if (newer.length === 0) own.delete(itemId);
      else if (newer.length < deltas.length) own.set(itemId, newer);
      for (const delta of newer) {
        storeMilli += delta.storeMilli;
        channelsMilli += delta.channelsMilli;
        promisedMilli += delta.promisedMilli;
      }
      return { storeMilli, channelsMilli, promisedMilli };
    },
    takePage: (page) => void pages.set(page.page, page),
    dropPage: (page) => void pages.delete(page),
    takeOrders(changes) {
      for (const { id, content } of changes) {
        const order = orderOf(content);
        if (order === null) orders.delete(id);
        else orders.set(id, order);
      }
    },
    addOwn(fact) {
      const { epoch, sequence } = fact;
      for (const delta of rightsOfFact(fact, (id) => orders.get(id) ?? null)) {
        own.set(delta.itemId, [...(own.get(delta.itemId) ?? []), { ...delta, epoch, sequence }]);
      }
      const before = orders.get(movedBy(fact)?.orderId ?? '');
      if (before === undefined) return;
      const after = foldChannelOrder(before, fact, { by: fact.workstationId, isAdmitted: true });
      if (after !== null) orders.set(before.id, after);
    },
  };
}

// The server checked what it published; other documents of the collection have another kind.
function orderOf(content: unknown): Order | null {
  if (typeof content !== 'object' || content === null) return null;
  if (Reflect.get(content, 'kind') !== 'channel-order') return null;
  return Reflect.get(content, 'order') as Order;
}
