// Carts that a channel keeps for its customers: lines and quantities, priced again whenever they are read, with the difference shown
// where a price has changed since. A cart promises nothing; placing an order does.

import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Object } from 'typebox';
import { plainId } from '../../shared/protocol/bounds.ts';
import { RequestRefused } from '../db/request-refused.ts';
import type { ChannelCaller } from './api-keys.ts';
import { storeFor, unknownItem } from './catalogue-routes.ts';
import type { ChannelsGiven } from './channels-given.ts';
import { answerOnce } from './once.ts';
import { cartSchema } from './order-schemas.ts';
import { priceFor, readItems, readPriceRules, viewOf } from './price-items.ts';

const closed = { additionalProperties: false } as const;
const params = Object({ id: plainId }, closed);
const answers = (description: string) => ({
  '2xx': { description, type: 'object', additionalProperties: true },
});

type CartLine = { readonly itemId: string; readonly quantityMilli: number; readonly shownMinor: number };
type KeptCart = { readonly storeId: string; readonly lines: readonly CartLine[] };
type CartRequest = {
  readonly storeId?: string;
  readonly lines: readonly { readonly itemId: string; readonly quantityMilli: number }[];
};

export function cartRoutes(root: FastifyInstance, given: ChannelsGiven): void {
  const app = root.withTypeProvider<TypeBoxTypeProvider>();
  const { database, gate } = given;
  const guard = { onRequest: gate.require('carts') };
  const schema = { tags: ['channels'], security: [{ channelKey: [] }] };

  app.post(
    '/carts',
    {
      ...guard,
      schema: {
        ...schema,
        summary: 'Keep a cart (idempotency-key needed)',
        body: cartSchema,
        response: answers('The cart'),
      },
    },
    (request, reply) => {
      const caller = gate.callerOf(request);
      return answerOnce(database, { caller, request, reply }, async (id) => {
        const cart = await priceCart(given, caller, request.body);
        await database.sql`
          insert into channel_cart (id, selector, body) values (${id}, ${caller.selector}, ${JSON.stringify(cart)})
          on conflict (id) do nothing`;
        return { status: 201, body: await cartView(given, caller, id) };
      });
    },
  );

  app.get(
    '/carts/:id',
    {
      ...guard,
      schema: { ...schema, summary: 'A cart at the prices of now', params, response: answers('The cart') },
    },
    (request) => cartView(given, gate.callerOf(request), request.params.id),
  );

  app.put(
    '/carts/:id',
    {
      ...guard,
      schema: {
        ...schema,
        summary: 'The cart as it is to be from now on',
        params,
        body: cartSchema,
        response: answers('The cart'),
      },
    },
    async (request) => {
      const caller = gate.callerOf(request);
      const { id } = request.params;
      const cart = await priceCart(given, caller, request.body);
      const changed = await database.sql`
        update channel_cart set body = ${JSON.stringify(cart)}, version = version + 1, changed_at = now()
        where id = ${id} and selector = ${caller.selector} returning 1`;
      if (changed.length === 0) throw unknownCart();
      return cartView(given, caller, id);
    },
  );
}

/** A cart of this key; those of others are not there for it. */
export async function readCart(
  given: ChannelsGiven,
  caller: ChannelCaller,
  id: string,
): Promise<KeptCart & { readonly version: number }> {
  const [row] = await given.database.sql<{ body: string; version: number }[]>`
    select body, version from channel_cart where id = ${id} and selector = ${caller.selector}`;
  if (row === undefined) throw unknownCart();
  return { ...(JSON.parse(row.body) as KeptCart), version: row.version }; // Written by priceCart only.
}

async function priceCart(
  given: ChannelsGiven,
  caller: ChannelCaller,
  request: CartRequest,
): Promise<KeptCart> {
  const storeId = await storeFor(given, request.storeId);
  const priced = await pricesOf(given, caller, { storeId, lines: request.lines });
  return {
    storeId,
    lines: priced.map(({ itemId, quantityMilli, priceMinor }) => ({
      itemId,
      quantityMilli,
      shownMinor: priceMinor,
    })),
  };
}

async function cartView(given: ChannelsGiven, caller: ChannelCaller, id: string) {
  const cart = await readCart(given, caller, id);
  const priced = await pricesOf(given, caller, cart);
  return {
    id,
    version: cart.version,
    storeId: cart.storeId,
    lines: priced.map(({ item, quantityMilli, priceMinor }, place) => ({
      item: viewOf(item, priceMinor),
      quantityMilli,
      /** What one unit costs more (or less) than when the line was put in. */
      changeMinor: priceMinor - (cart.lines[place]?.shownMinor ?? priceMinor),
    })),
  };
}

async function pricesOf(
  given: ChannelsGiven,
  caller: ChannelCaller,
  cart: { readonly storeId: string; readonly lines: CartRequest['lines'] },
) {
  const items = await readItems(
    given.database,
    cart.lines.map(({ itemId }) => itemId),
  );
  const rules = await readPriceRules(given.database);
  const storeId = await storeFor(given, cart.storeId);
  const now = new Date(given.now()).toISOString();
  return cart.lines.map(({ itemId, quantityMilli }) => {
    const item = items.get(itemId);
    if (item === undefined) throw unknownItem(itemId);
    const priceMinor = priceFor(item, { rules, quantityMilli, channel: caller.channel, storeId, now });
    return { item, itemId, quantityMilli, priceMinor };
  });
}

const unknownCart = (): RequestRefused =>
  new RequestRefused({ status: 404, code: 'cart-unknown', detail: 'This key has no such cart.' });
