// Which moves of an order its customer is told about.

import type { Order, OrderState } from '../../shared/domain/order/order.ts';

export type MessageEvent =
  | 'placed'
  | 'ready'
  | 'reminder'
  | 'rejected'
  | 'released'
  | 'expired'
  | 'handed-over';

const TOLD: ReadonlySet<OrderState> = new Set([
  'placed',
  'ready',
  'rejected',
  'released',
  'expired',
  'handed-over',
]);

/** The newest thing to tell of a change, or null: whoever misses a step in between needs only the last. */
export function messageEventOf(order: Order, before: Order | null): MessageEvent | null {
  if (order.state === before?.state || !TOLD.has(order.state)) return null;
  // Every state in TOLD is an event of the same name.
  return order.state as MessageEvent;
}

export function formatQuantity(quantityMilli: number, locale: string): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 3 }).format(quantityMilli / 1000);
}
