// Carts that a channel keeps for its customers: lines and quantities, priced again whenever they are read, with the difference shown
// where a price has changed since. A cart promises nothing; placing an order does. A code moves it to a till, and back.

import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Object, String } from 'typebox';
import { mergePassportLines } from '../../shared/domain/cart-passport.ts';
import { asItemId } from '../../shared/domain/ids.ts';
import { plainId } from '../../shared/protocol/bounds.ts';
import { inTransaction } from '../db/database.ts';
import type { ChannelCaller } from './api-keys.ts';
import { storeFor, unknownItem } from './catalogue-routes.ts';
import type { ChannelsGiven } from './channels-given.ts';
import { assertOpen, readCart, unknownCart, type KeptLine } from './kept-carts.ts';
import { claimCartByCode, newPassport } from './move-cart.ts';
import { answerOnce } from './once.ts';
import { cartSchema, changedCartSchema, type CartRequest } from './order-schemas.ts';
import { priceFor, readItems, readPriceRules, viewOf } from './price-items.ts';

const closed = { additionalProperties: false } as const;
const params = Object({ id: plainId }, closed);
const answers = (description: string) => ({
  '2xx': { description, type: 'object', additionalProperties: true },
});

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
        summary:
          'The cart as it is to be from now on; with "base" (the lines it was made from) it is merged line by line with what others changed since',
        params,
        body: changedCartSchema,
        response: answers('The cart'),
      },
    },
    async (request) => {
      const caller = gate.callerOf(request);
      await changeCart(given, caller, { id: request.params.id, wanted: request.body });
      return cartView(given, caller, request.params.id);
    },
  );

  app.post(
    '/carts/:id/passport',
    {
      ...guard,
      schema: {
        ...schema,
        summary: 'A code, good for a quarter of an hour and one use, that moves the cart to a till',
        params,
        response: answers('The code'),
      },
    },
    async (request, reply) => {
      const caller = gate.callerOf(request);
      const { id } = request.params;
      assertOpen(await readCart(database.sql, caller, id));
      gate.countWrite(request);
      return reply.code(201).send(await newPassport(database.sql, id, given.now));
    },
  );

  app.post(
    '/passports/:code/claim',
    {
      ...guard,
      schema: {
        ...schema,
        summary: 'The cart that a till gave away with this code',
        params: Object({ code: String({ minLength: 1, maxLength: 64 }) }, closed),
        response: answers('The cart'),
      },
    },
    async (request) => {
      const caller = gate.callerOf(request);
      const id = await gate.lookUp(request, () =>
        claimCartByCode(given, caller.selector, request.params.code),
      );
      return cartView(given, caller, id);
    },
  );
}

async function changeCart(
  given: ChannelsGiven,
  caller: ChannelCaller,
  { id, wanted }: { readonly id: string; readonly wanted: CartRequest },
): Promise<void> {
  // Priced before the transaction, which then holds the cart's row for a moment only.
  const priced = await priceCart(given, caller, wanted);
  await inTransaction(given.database, async ({ sql }) => {
    const rows = await sql`
      select 1 from channel_cart where id = ${id} and selector = ${caller.selector} for update`;
    if (rows.length === 0) throw unknownCart();
    const kept = await readCart(sql, caller, id);
    assertOpen(kept);
    const lines =
      wanted.base === undefined
        ? priced.lines
        : mergeKept({ base: wanted.base, mine: priced.lines, theirs: kept.lines });
    await sql`
      update channel_cart set body = ${JSON.stringify({ ...priced, lines })}, version = version + 1, changed_at = now()
      where id = ${id}`;
  });
}

/** Lines that both know keep the price at which they were last shown. */
function mergeKept(given: {
  readonly base: CartRequest['lines'];
  readonly mine: readonly KeptLine[];
  readonly theirs: readonly KeptLine[];
}): readonly KeptLine[] {
  const shown = new Map([...given.theirs, ...given.mine].map((line) => [line.itemId, line.shownMinor]));
  const base = given.base.map((line) => ({ ...line, itemId: asItemId(line.itemId) }));
  return mergePassportLines({ ...given, base }).map((line) => ({
    ...line,
    shownMinor: shown.get(line.itemId) ?? 0,
  }));
}

async function priceCart(
  given: ChannelsGiven,
  caller: ChannelCaller,
  request: CartRequest,
): Promise<{ readonly storeId: string; readonly lines: readonly KeptLine[] }> {
  const storeId = await storeFor(given, request.storeId);
  const priced = await pricesOf(given, caller, { storeId, lines: request.lines });
  return {
    storeId,
    lines: priced.map(({ itemId, quantityMilli, priceMinor }) => ({
      itemId: asItemId(itemId),
      quantityMilli,
      shownMinor: priceMinor,
    })),
  };
}

async function cartView(given: ChannelsGiven, caller: ChannelCaller, id: string) {
  const cart = await readCart(given.database.sql, caller, id);
  const priced = await pricesOf(given, caller, cart);
  return {
    id,
    version: cart.version,
    storeId: cart.storeId,
    place: cart.place,
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
  cart: {
    readonly storeId: string;
    readonly lines: readonly { readonly itemId: string; readonly quantityMilli: number }[];
  },
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
