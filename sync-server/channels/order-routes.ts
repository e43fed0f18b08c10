// Reservations and orders of a channel: place them, look at them, cancel them, answer about a substitute. What cannot be promised is
// refused at once (409 units-short) with what could be; nothing is promised in part.

import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Integer, Object, Optional, String } from 'typebox';
import { asItemId, asStoreId } from '../../shared/domain/ids.ts';
import { openOrder, orderTotalMinor, type OrderPlacement } from '../../shared/domain/order/order.ts';
import { checkQuantity } from '../../shared/domain/quantity.ts';
import type { Store } from '../../shared/domain/store.ts';
import { plainId } from '../../shared/protocol/bounds.ts';
import { RequestRefused } from '../db/request-refused.ts';
import type { ChannelCaller } from './api-keys.ts';
import { badCursor, storeFor, unknownItem } from './catalogue-routes.ts';
import type { ChannelsGiven } from './channels-given.ts';
import { claimCart, readCart, unclaimCart } from './kept-carts.ts';
import { answerOnce } from './once.ts';
import { placeSchema, substituteAnswer, type PlaceRequest } from './order-schemas.ts';
import { notPossible } from './not-possible.ts';
import { feedbackOf, findOrder, orderView, type OrderRow } from './order-view.ts';
import { isPromisable, priceFor, readItems, readPriceRules } from './price-items.ts';

const closed = { additionalProperties: false } as const;
const params = Object({ id: plainId }, closed);
const PAGE = 50;
const HOLD_MINUTES = { reservation: 48 * 60, order: 7 * 24 * 60 } as const;
const answers = (description: string) => ({
  '2xx': { description, type: 'object', additionalProperties: true },
});

export function orderRoutes(root: FastifyInstance, given: ChannelsGiven): void {
  const app = root.withTypeProvider<TypeBoxTypeProvider>();
  const { database, gate } = given;
  const guard = { onRequest: gate.require('orders') };
  const schema = { tags: ['channels'], security: [{ channelKey: [] }] };

  for (const kind of ['reservation', 'order'] as const) {
    const summary =
      kind === 'reservation'
        ? 'Keep goods in a store for somebody (idempotency-key needed)'
        : 'Order goods for collection: paid here, with a deposit, or paid on collection (idempotency-key needed)';
    app.post(
      `/${kind}s`,
      {
        onRequest: gate.require('orders', 'placing'),
        schema: { ...schema, summary, body: placeSchema, response: answers('The order as it was placed') },
      },
      (request, reply) => {
        const caller = gate.callerOf(request);
        if (caller.isPublished) assertVisitorMay(request.body);
        gate.countWrite(request);
        return answerOnce(database, { caller, request, reply }, async (id) => {
          await place(given, { caller, kind, id, request: request.body });
          return { status: 201, body: await orderView(given, await findOrder(given, caller, { id })) };
        });
      },
    );
  }

  app.get(
    '/orders',
    {
      ...guard,
      schema: {
        ...schema,
        summary: 'Orders of this channel, in the order of their last change',
        querystring: Object(
          {
            after: Optional(String({ pattern: '^[A-Za-z0-9_-]{1,120}$', maxLength: 120 })),
            limit: Optional(Integer({ minimum: 1, maximum: PAGE })),
          },
          closed,
        ),
        response: answers('A page'),
      },
    },
    async (request) => {
      const { after, limit = PAGE } = request.query;
      const { channel } = gate.callerOf(request);
      const from = after === undefined ? { changed: 0, id: '' } : readOrderCursor(after);
      const rows = await database.sql<(OrderRow & { readonly id: string; readonly changed: number })[]>`
        select o.id, o.body, o.token_number, s.number as store_number, ${feedbackOf(database)} as feedback,
               floor(extract(epoch from o.changed_at) * 1000)::bigint as changed
        from channel_order o join store s on s.id = o.store_id
        where o.body::json ->> 'channel' = ${channel}
          and (floor(extract(epoch from o.changed_at) * 1000)::bigint, o.id) > (${from.changed}::bigint, ${from.id}::text)
        order by floor(extract(epoch from o.changed_at) * 1000)::bigint, o.id limit ${limit}`;
      const last = rows.at(-1);
      // Written by the order desk only, as JSON of Order.
      const found = rows.map((row) => ({ row, order: JSON.parse(row.body) as never }));
      return {
        orders: await Promise.all(found.map((each) => orderView(given, each))),
        next: last === undefined || rows.length < limit ? null : orderCursor(last),
      };
    },
  );

  app.get(
    '/orders/:id',
    { ...guard, schema: { ...schema, summary: 'One order', params, response: answers('The order') } },
    async (request) => orderView(given, await findOrder(given, gate.callerOf(request), request.params)),
  );

  app.post(
    '/orders/:id/cancel',
    {
      ...guard,
      schema: {
        ...schema,
        summary: 'Give an order up; refused once the store has taken it',
        params,
        response: answers('The order'),
      },
    },
    async (request) => {
      const caller = gate.callerOf(request);
      const { order } = await findOrder(given, caller, request.params);
      const moved = await given.moveOrder(
        { storeId: order.storeId, orderId: order.id },
        { kind: 'release', reasonCode: 'cancelled' },
      );
      if (!moved.ok) throw notPossible(moved);
      return orderView(given, await findOrder(given, caller, request.params));
    },
  );

  app.post(
    '/orders/:id/substitute-answers',
    {
      ...guard,
      schema: {
        ...schema,
        summary: 'The customer agrees to a substitute, or does not',
        params,
        body: substituteAnswer,
        response: answers('The order'),
      },
    },
    async (request) => {
      const caller = gate.callerOf(request);
      const { order } = await findOrder(given, caller, request.params);
      const moved = await given.moveOrder(
        { storeId: order.storeId, orderId: order.id },
        { kind: 'answer-substitute', ...request.body },
      );
      if (!moved.ok) throw notPossible(moved);
      return orderView(given, await findOrder(given, caller, request.params));
    },
  );
}

const orderCursor = ({ changed, id }: { readonly changed: number; readonly id: string }): string =>
  Buffer.from(`${changed} ${id}`).toString('base64url');

function readOrderCursor(cursor: string): { readonly changed: number; readonly id: string } {
  const text = Buffer.from(cursor, 'base64url').toString('latin1');
  const [, changed, id] = /^(\d{1,15}) ([A-Za-z0-9._:-]{1,64})$/u.exec(text) ?? [];
  if (changed === undefined || id === undefined) throw badCursor();
  return { changed: Number(changed), id };
}

type Placing = {
  readonly caller: ChannelCaller;
  readonly kind: 'reservation' | 'order';
  readonly id: string;
  readonly request: PlaceRequest;
};

/** Places the order, once: a repeat that finds it placed does nothing. A cart is taken for it first. */
async function place(given: ChannelsGiven, placing: Placing): Promise<void> {
  const { caller, id, request } = placing;
  const known = await given.database.sql`select 1 from channel_order where id = ${id}`;
  if (known.length > 0) return;
  const placement = await makePlacement(given, placing);
  if ('cartId' in request)
    await claimCart(given, caller, { cartId: request.cartId, orderId: id, code: placement.code });
  const { name, phone, email } = request.customer;
  const contact = {
    name,
    ...(phone === undefined ? {} : { phone }),
    ...(email === undefined ? {} : { email }),
  };
  try {
    const placed = await given.placeOrder(placement, contact);
    if (!placed.ok) throw notPossible(placed);
  } catch (error) {
    if ('cartId' in request) await unclaimCart(given, id);
    throw error;
  }
}

/** A visitor has paid nothing yet, is kept goods for as long as everybody, and must be reachable. */
function assertVisitorMay({ payment, holdMinutes, customer }: PlaceRequest): void {
  const isReachable = customer.email !== undefined || customer.phone !== undefined;
  const isOnCollection = payment === undefined || payment.kind === 'on-collection';
  if (isReachable && isOnCollection && holdMinutes === undefined) return;
  throw new RequestRefused({
    status: 400,
    code: isReachable ? 'visitor-pays-on-collection' : 'contact-missing',
    detail: isReachable
      ? 'With a published key goods are paid on collection and kept for as long as the shop keeps them. Nothing was promised.'
      : 'Give an e-mail address or a telephone number, so that the store can reach the customer. Nothing was promised.',
  });
}

/** The order as it is to be promised, with the prices of this channel and moment. */
async function makePlacement(
  given: ChannelsGiven,
  { caller, kind, id, request }: Placing,
): Promise<OrderPlacement> {
  const { database } = given;
  const storeId = await storeFor(given, request.storeId);
  const wanted =
    'lines' in request ? request.lines : (await readCart(given.database.sql, caller, request.cartId)).lines;
  const items = await readItems(
    database,
    wanted.map(({ itemId }) => itemId),
  );
  const rules = await readPriceRules(database);
  const placedAt = new Date(given.now()).toISOString();
  const lines = wanted.map(({ itemId, quantityMilli }, place) => {
    const item = items.get(itemId);
    if (item === undefined || !isPromisable(item)) throw unknownItem(itemId);
    if (!checkQuantity(quantityMilli, item.unit).ok) throw badQuantity(itemId);
    const { ordinal, sku, name, unit } = item;
    const unitPriceMinor = priceFor(item, {
      rules,
      quantityMilli,
      channel: caller.channel,
      storeId,
      now: placedAt,
    });
    return {
      lineNumber: place + 1,
      itemId: asItemId(itemId),
      ordinal,
      sku,
      name,
      unit,
      quantityMilli,
      unitPriceMinor,
    };
  });
  const [row] = await database.sql<{ body: string }[]>`select body from store where id = ${storeId}`;
  const { currency, defaultLanguage } = JSON.parse(row?.body ?? '{}') as Store; // Ours, and storeFor has found it.
  const holdMinutes = request.holdMinutes ?? HOLD_MINUTES[kind];
  const placement: OrderPlacement = {
    id,
    code: await given.newCode(),
    storeId: asStoreId(storeId),
    channel: caller.channel,
    kind,
    currency,
    language: request.language ?? defaultLanguage,
    payment: request.payment ?? { kind: 'on-collection' },
    lines,
    placedAt,
    dueAt: new Date(given.now() + holdMinutes * 60_000).toISOString(),
  };
  checkMoney(placement, request.expectedTotalMinor);
  return placement;
}

function checkMoney(placement: OrderPlacement, expectedTotalMinor: number | undefined): void {
  const totalMinor = orderTotalMinor(openOrder(placement));
  const { payment } = placement;
  const isPaidRight =
    payment.kind === 'on-collection' ||
    (payment.kind === 'paid' ? payment.amountMinor === totalMinor : payment.amountMinor < totalMinor);
  if ((expectedTotalMinor ?? totalMinor) === totalMinor && isPaidRight) return;
  throw new RequestRefused({
    status: 409,
    code: 'total-differs',
    detail:
      'The order comes to something else than the channel says. Nothing was promised. Show the customer the new total.',
    extra: { totalMinor },
  });
}

const badQuantity = (itemId: string): RequestRefused =>
  new RequestRefused({
    status: 400,
    code: 'quantity-not-whole',
    detail: `The quantity of "${itemId}" is not possible: pieces are whole (1000 is one). Nothing was changed.`,
  });
