// Orders of the store as this till shows them: what the server has folded, and own entries that it had not folded in when it
// wrote the document. So a till sees its own deposits at once, with or without a network, and nothing jumps when the server
// answers. An order of another till is known here from when it was replicated.

import { computed, signal, type ReadonlySignal } from '@preact/signals-core';
import { isOpenOrder, ORDER_KINDS, type CustomerOrder } from '../domain/customer-order.ts';
import type { Fact } from '../domain/fact.ts';
import { foldOrder, isFolded, ordersOfFact } from '../domain/fold-order.ts';
import { asOrderId, type ItemId, type OrderId } from '../domain/ids.ts';
import { createChannelOrdersView, type ChannelOrdersView } from './channel-orders-view.ts';

export type OrdersView = {
  /** Newest first. */
  readonly orders: ReadonlySignal<readonly CustomerOrder[]>;
  /** Orders of channels: they stand in the same collection, and are folded by rules of their own. */
  readonly channels: ChannelOrdersView;
  /** Put aside for customers of orders that are open, by item: on hand, and not for sale. */
  readonly reserved: ReadonlySignal<ReadonlyMap<ItemId, number>>;
  byId(id: string): CustomerOrder | null;
  byNumber(number: string): CustomerOrder | null;
  /** Documents of the `orders` collection; null takes one away. */
  take(changes: readonly { readonly id: string; readonly content: unknown }[]): void;
  addOwn(fact: Fact): void;
};

export function createOrdersView(workstationId: () => string | null): OrdersView {
  const channels = createChannelOrdersView(workstationId);
  const fromServer = new Map<string, CustomerOrder>();
  const own = new Map<string, readonly Fact[]>();
  const all = signal<ReadonlyMap<string, CustomerOrder>>(new Map());

  const show = (ids: Iterable<OrderId>): void => {
    const next = new Map(all.peek());
    for (const id of ids) {
      const base = fromServer.get(id) ?? null;
      const newer = (own.get(id) ?? []).filter((fact) => !isFolded(base, fact));
      if (newer.length === 0) own.delete(id);
      else own.set(id, newer);
      let order = base;
      for (const fact of newer) order = foldOrder(id, order, fact);
      if (order === null) next.delete(id);
      else next.set(id, order);
    }
    all.value = next;
  };

  return {
    orders: computed(() =>
      [...all.value.values()].sort((one, other) => (one.placedAt > other.placedAt ? -1 : 1)),
    ),
    channels,
    reserved: computed(() => reservedBy(all.value.values())),
    byId: (id) => all.peek().get(id) ?? null,
    byNumber(number) {
      const wanted = number.trim().toUpperCase();
      return [...all.peek().values()].find((order) => order.number === wanted) ?? null;
    },
    take(changes) {
      channels.take(changes);
      const changed: OrderId[] = [];
      for (const { id, content } of changes) {
        if (content === null) fromServer.delete(id);
        else if (isCustomerOrder(content)) fromServer.set(id, content);
        else continue;
        changed.push(asOrderId(id));
      }
      if (changed.length > 0) show(changed);
    },
    addOwn(fact) {
      channels.addOwn(fact);
      const ids = ordersOfFact(fact);
      for (const id of ids) own.set(id, [...(own.get(id) ?? []), fact]);
      if (ids.length > 0) show(ids);
    },
  };
}

/** Layaways lie aside from the beginning, goods of a customer order from when they are here. */
function reservedBy(orders: Iterable<CustomerOrder>): ReadonlyMap<ItemId, number> {
  const reserved = new Map<ItemId, number>();
  for (const order of orders) {
    const isAside =
      order.kind === 'layaway' || (order.kind === 'customer-order' && order.state === 'arrived');
    if (!isAside || !isOpenOrder(order)) continue;
    for (const { itemId, quantityMilli, isService } of order.lines) {
      if (isService === true) continue;
      reserved.set(itemId, (reserved.get(itemId) ?? 0) + quantityMilli);
    }
  }
  return reserved;
}

// The server checked what it published; other documents of the collection have another kind.
function isCustomerOrder(content: unknown): content is CustomerOrder {
  if (typeof content !== 'object' || content === null) return false;
  const kind: unknown = Reflect.get(content, 'kind');
  return ORDER_KINDS.some((known) => known === kind) && Array.isArray(Reflect.get(content, 'through'));
}
