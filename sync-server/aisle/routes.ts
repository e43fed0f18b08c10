// Other stores, for a till that has contact: what each can promise of an item, an order kept there for a customer, and for the call
// centre the orders of everybody.

import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Object, String } from 'typebox';
import { asItemId, asStoreId } from '../../shared/domain/ids.ts';
import { aisleOrder, aisleOrders, aisleRequest, aisleStock } from '../../shared/protocol/aisle-messages.ts';
import { plainId } from '../../shared/protocol/bounds.ts';
import { callerOf } from '../db/caller.ts';
import { createRateLimit } from '../db/rate-limit.ts';
import { tooOften } from '../db/request-refused.ts';
import type { AisleGiven } from './aisle-given.ts';
import { findOrders, placeElsewhere, requirePermission } from './place-elsewhere.ts';

const closed = { additionalProperties: false } as const;

export function aisleRoutes(root: FastifyInstance, given: AisleGiven): void {
  const app = root.withTypeProvider<TypeBoxTypeProvider>();
  const onRequest = given.requireToken({ scope: 'store' });
  const quota = createRateLimit({ burst: 60, perMinute: 120, now: given.now });
  const guard = (request: FastifyRequest): void => {
    const waitMs = quota.take(callerOf(request).workstationId);
    if (waitMs > 0) throw tooOften(waitMs);
  };

  app.get(
    '/aisle/stock',
    {
      onRequest,
      schema: {
        tags: ['orders'],
        summary: 'What each store has of an item, and what it can promise now',
        querystring: Object({ itemId: plainId }, closed),
        response: { 200: aisleStock },
      },
    },
    async (request) => {
      guard(request);
      const { itemId } = request.query;
      const own = callerOf(request).storeId;
      const rows = await given.database.sql<
        { id: string; name: string; on_hand: number; promisable: number }[]
      >`
        select s.id, s.name, greatest(0, coalesce(h.on_hand_milli, 0)) as on_hand,
               greatest(0, coalesce(r.channels_milli, 0)) as promisable
        from store s
        join item i on i.id = ${itemId}
        left join stock_rights r on r.store_id = s.id and r.item_id = i.id
        left join stock_on_hand h on h.store_id = s.id and h.ordinal = i.ordinal
        where s.kind = 'shop' order by s.number`;
      return {
        itemId: asItemId(itemId),
        asOf: new Date(given.now()).toISOString(),
        stores: rows.map(({ id, name, on_hand: onHandMilli, promisable }) => ({
          storeId: asStoreId(id),
          name,
          isOwn: id === own,
          onHandMilli,
          promisableMilli: Math.min(promisable, onHandMilli),
        })),
      };
    },
  );

  app.post(
    '/aisle/orders',
    {
      onRequest,
      schema: {
        tags: ['orders'],
        summary: 'Keep goods of a store for a customer of this till or of the call centre',
        body: aisleRequest,
        response: { 200: aisleOrder },
      },
    },
    async (request) => {
      guard(request);
      return placeElsewhere(given, { callerStoreId: callerOf(request).storeId, request: request.body });
    },
  );

  app.get(
    '/aisle/orders',
    {
      onRequest,
      schema: {
        tags: ['orders'],
        summary: 'Orders of all stores by code, name, telephone or e-mail, for the call centre',
        querystring: Object({ operatorId: plainId, words: String({ minLength: 2, maxLength: 100 }) }, closed),
        response: { 200: aisleOrders },
      },
    },
    async (request) => {
      guard(request);
      const { operatorId, words } = request.query;
      const { storeId } = callerOf(request);
      await requirePermission(given, { storeId, operatorId, permission: 'take-calls' });
      return { orders: [...(await findOrders(given, { words }))] };
    },
  );
}
