// What the routes about other stores are given; they know no other module of the server.

import type { FastifyRequest } from 'fastify';
import type { StoreId } from '../../shared/domain/ids.ts';
import type { Order, OrderPlacement } from '../../shared/domain/order/order.ts';
import type { Outcome } from '../../shared/domain/refusal.ts';
import type { Database } from '../db/database.ts';

export type Wanted = { readonly itemId: string; readonly quantityMilli: number };

export type AisleGiven = {
  readonly database: Database;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly newCode: () => Promise<string>;
  readonly placeOrder: (
    placement: OrderPlacement,
    contact: { readonly name: string; readonly phone?: string; readonly email?: string },
  ) => Promise<Outcome<Order>>;
  /** Lines as they are promised, with the prices of that channel and store; refuses what cannot be promised. */
  readonly price: (
    wanted: readonly Wanted[],
    place: { readonly channel: string; readonly storeId: StoreId; readonly now: string },
  ) => Promise<Outcome<OrderPlacement['lines']>>;
  readonly requireToken: (options?: {
    readonly scope?: 'store';
  }) => (request: FastifyRequest) => Promise<void>;
};
