// Which moves of an order its customer is told about.

import { isEnded, type Order, type OrderState } from '../../shared/domain/order/order.ts';

export type MessageEvent =
  | 'placed'
  | 'ready'
  | 'reminder'
  | 'rejected'
  | 'released'
  | 'expired'
  | 'handed-over'
  /** The store sold it to somebody else, and is sorry. */
  | 'apology'
  /** Another store has it, and keeps it. */
  | 'moved'
  | 'postponed'
  /** Something else is offered for a line. */
  | 'substitute';

const TOLD: ReadonlySet<OrderState> = new Set([
  'placed',
  'ready',
  'rejected',
  'released',
  'expired',
  'handed-over',
]);

/** Reasons of an order that ended at one store; the message follows from them. */
export const SOLD_IN_STORE = 'sold-in-store';
export const MOVED_TO_STORE = 'moved-to-other-store';

/** The newest thing to tell of a change, or null: whoever misses a step in between needs only the last. */
export function messageEventOf(order: Order, before: Order | null): MessageEvent | null {
  if (order.state === before?.state || !TOLD.has(order.state)) return offerOf(order, before);
  const reasonCode = order.history.at(-1)?.reasonCode;
  // The order that goes on at the other store tells of it.
  if (order.state === 'released' && reasonCode === MOVED_TO_STORE) return null;
  if (order.state === 'released' && reasonCode === SOLD_IN_STORE) return 'apology';
  if (order.state === 'placed' && order.continues !== undefined) return 'moved';
  // Every state in TOLD is an event of the same name.
  return order.state as MessageEvent;
}

/** What is offered while the order stays where it is. */
function offerOf(order: Order, before: Order | null): MessageEvent | null {
  if (before === null || isEnded(order)) return null;
  const isAsked = order.lines.some(
    ({ substitute }, place) =>
      substitute?.consent === 'asked' && before.lines[place]?.substitute?.consent !== 'asked',
  );
  if (isAsked) return 'substitute';
  return order.dueAt === before.dueAt ? null : 'postponed';
}

export function formatQuantity(quantityMilli: number, locale: string): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 3 }).format(quantityMilli / 1000);
}
