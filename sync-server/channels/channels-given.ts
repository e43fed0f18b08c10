// What the routes of the Channels API are given; they know no other module.

import type { StoreId } from '../../shared/domain/ids.ts';
import type { FeedbackStep } from '../../shared/domain/order/order-facts.ts';
import type { OrderMove } from '../../shared/domain/order/order-move.ts';
import type { Order, OrderPlacement } from '../../shared/domain/order/order.ts';
import type { Outcome } from '../../shared/domain/refusal.ts';
import type { Database } from '../db/database.ts';
import type { ChannelGate } from './channel-gate.ts';

export type ChannelsGiven = {
  readonly database: Database;
  readonly gate: ChannelGate;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly newId: () => string;
  readonly newCode: () => Promise<string>;
  readonly placeOrder: (
    placement: OrderPlacement,
    contact: { readonly name: string; readonly phone?: string; readonly email?: string },
  ) => Promise<Outcome<Order>>;
  readonly moveOrder: (
    place: { readonly storeId: StoreId; readonly orderId: string },
    move: OrderMove,
  ) => Promise<Outcome<Order>>;
  /** Token of an order that is ready to be collected. */
  readonly tokenOf: (given: {
    readonly order: Order;
    readonly tokenNumber: number;
    readonly storeNumber: number;
  }) => Promise<string | null>;
  readonly takeFeedback: (
    place: { readonly storeId: StoreId; readonly orderId: string },
    said: { readonly step: FeedbackStep; readonly stars: number; readonly text: string | null },
  ) => Promise<Outcome<Order>>;
};
