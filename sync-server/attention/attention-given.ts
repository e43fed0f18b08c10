// What deciding about Needs attention is given: it knows no other module of the server, and what others do is handed in.

import type { FactBodies } from '../../shared/domain/fact.ts';
import type { StoreId } from '../../shared/domain/ids.ts';
import type { OrderMove } from '../../shared/domain/order/order-move.ts';
import type { Order, OrderPlacement } from '../../shared/domain/order/order.ts';
import type { Outcome } from '../../shared/domain/refusal.ts';
import type { Database, Transaction } from '../db/database.ts';

export type AttentionEvent = {
  readonly kind: 'attention-resolved';
  readonly body: FactBodies['attention-resolved'];
};

/** The desk of a store, as far as deciding needs it. */
export type DeskAtWork = {
  readonly transaction: Transaction;
  readonly write: (
    event:
      | AttentionEvent
      | {
          readonly kind: 'channel-order-moved';
          readonly body: { readonly orderId: string; readonly move: OrderMove };
        },
  ) => void;
};

export type AttentionGiven = {
  readonly database: Database;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly newCode: () => Promise<string>;
  readonly placeOrder: (
    placement: OrderPlacement,
    contact: { readonly name: string; readonly phone?: string; readonly email?: string },
  ) => Promise<Outcome<Order>>;
  readonly moveOrder: (
    place: { readonly storeId: StoreId; readonly orderId: string },
    move: OrderMove,
  ) => Promise<Outcome<Order>>;
  readonly decide: <Value>(
    place: { readonly storeId: StoreId; readonly orderId: string },
    work: (desk: DeskAtWork, order: Order | null) => Promise<Value>,
  ) => Promise<Value>;
  /** Entries of the server's journal in a store; the server is enrolled there before. */
  readonly append: (
    transaction: Transaction,
    storeId: StoreId,
    events: readonly AttentionEvent[],
  ) => Promise<void>;
  readonly enrol: (storeId: StoreId) => Promise<void>;
  /** Tries a delivery to a receiver once more; false when there is none. */
  readonly replay: (transaction: Transaction, deliveryId: string) => Promise<boolean>;
  /** Sends a message that was given up once more. */
  readonly resend: (transaction: Transaction, messageId: string) => Promise<boolean>;
};
