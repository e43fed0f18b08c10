// What a channel reads before anything is ordered: stores, items with pictures and prices of the channel, and how many of each a
// store can promise. What can be promised is exact, because the channels hold those rights themselves; what lies in the store is
// told with its age.

import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Integer, Literal, Object, Optional, String } from 'typebox';
import { asStoreId, type StoreId } from '../../shared/domain/ids.ts';
import type { Category, Item } from '../../shared/domain/item.ts';
import type { Store } from '../../shared/domain/store.ts';
import { plainId } from '../../shared/protocol/bounds.ts';
import { RequestRefused } from '../db/request-refused.ts';
import type { ChannelsGiven } from './channels-given.ts';
import { isPromisable, priceFor, readItems, readPriceRules, viewOf, type ItemView } from './price-items.ts';

const closed = { additionalProperties: false } as const;
const PAGE_MAX = 100;
const PAGE = 50;
const ITEMS_ASKED_MAX = 50;
const QUERY_WORDS_MAX = 8;

const itemsQuery = Object(
  {
    query: Optional(String({ minLength: 1, maxLength: 100 })),
    categoryId: Optional(plainId),
    /** Only what the shop shows first. */
    isFavourite: Optional(Literal('true')),
    storeId: Optional(plainId),
    after: Optional(String({ pattern: '^[A-Za-z0-9_-]{1,24}$', maxLength: 24 })),
    limit: Optional(Integer({ minimum: 1, maximum: PAGE_MAX })),
  },
  closed,
);
const availabilityQuery = Object(
  { itemId: String({ minLength: 1, maxLength: 2000 }), storeId: Optional(plainId) },
  closed,
);
const answers = (description: string) => ({
  200: { description, type: 'object', additionalProperties: true },
});

export function catalogueRoutes(root: FastifyInstance, given: ChannelsGiven): void {
  const app = root.withTypeProvider<TypeBoxTypeProvider>();
  const { database, gate } = given;
  const guard = { onRequest: gate.require('catalogue') };
  const schema = { tags: ['channels'], security: [{ channelKey: [] }] };

  app.get(
    '/stores',
    {
      ...guard,
      schema: { ...schema, summary: 'Stores that keep orders ready', response: answers('Stores') },
    },
    async () => ({ stores: await readStores(given) }),
  );

  app.get(
    '/categories',
    {
      ...guard,
      schema: { ...schema, summary: 'Categories of items, in their order', response: answers('Categories') },
    },
    async () => {
      const rows = await database.sql<{ body: string }[]>`select body from category order by position, id`;
      // Written by the server alone, as JSON of Category.
      const categories = rows.map(({ body }) => JSON.parse(body) as Category);
      return { categories: categories.map(({ id, name, tone }) => ({ id, name, tone })) };
    },
  );

  app.get(
    '/items',
    {
      ...guard,
      schema: {
        ...schema,
        summary: 'Items with prices of this channel',
        querystring: itemsQuery,
        response: answers('A page'),
      },
    },
    async (request) => {
      const { query, categoryId, isFavourite, storeId, after, limit = PAGE } = request.query;
      const { channel } = gate.callerOf(request);
      const store = await storeFor(given, storeId);
      const from = after === undefined ? -1 : readCursor(after);
      const words = (query ?? '').split(/\s+/u).slice(0, QUERY_WORDS_MAX);
      // The whole text first: only where all words stand somewhere are the names taken out of it.
      const patterns = words.map((word) => `%${escapeLike(word)}%`);
      const rows = await database.sql<{ ordinal: number; body: string }[]>`
        select ordinal, body from item
        where not is_deleted and ordinal > ${from}
          and (${categoryId ?? null}::text is null or category_id = ${categoryId ?? null})
          and (${isFavourite === undefined} or body like '%"favourite":true%')
          and (${query ?? null}::text is null or sku = ${query ?? ''}
               or (body ilike all (${patterns}::text[]) and body::json ->> 'name' ilike all (${patterns}::text[]))
               or exists (select 1 from item_barcode b where b.item_id = item.id and b.code = lpad(${query ?? ''}, 14, '0')))
        order by ordinal limit ${limit}`;
      // Written by the server alone, as JSON of Item.
      const items = rows.map(({ body }) => JSON.parse(body) as Item);
      const last = rows.at(-1);
      return {
        items: await priced(given, items, { channel, storeId: store }),
        next: last === undefined || rows.length < limit ? null : cursorOf(last.ordinal),
      };
    },
  );

  app.get(
    '/items/:id',
    {
      ...guard,
      schema: {
        ...schema,
        summary: 'One item, with what each store can promise of it',
        params: Object({ id: plainId }, closed),
        querystring: Object({ storeId: Optional(plainId) }, closed),
        response: answers('The item'),
      },
    },
    async (request) => {
      const { id } = request.params;
      const store = await storeFor(given, request.query.storeId);
      const item = (await readItems(database, [id])).get(id);
      if (item === undefined) throw unknownItem(id);
      const { channel } = gate.callerOf(request);
      const [view] = await priced(given, [item], { channel, storeId: store });
      return { item: view, availability: await availability(given, [item], null) };
    },
  );

  app.get(
    '/availability',
    {
      ...guard,
      schema: {
        ...schema,
        summary: 'What each store can promise of items (itemId=a,b,c)',
        querystring: availabilityQuery,
        response: answers('By item and store'),
      },
    },
    async (request) => {
      const ids = request.query.itemId.split(',');
      if (ids.length > ITEMS_ASKED_MAX) throw tooMany();
      const items = await readItems(database, ids);
      const missing = ids.find((id) => !items.has(id));
      if (missing !== undefined) throw unknownItem(missing);
      const storeId =
        request.query.storeId === undefined ? null : await storeFor(given, request.query.storeId);
      return { availability: await availability(given, [...items.values()], storeId) };
    },
  );
}

async function priced(
  given: ChannelsGiven,
  items: readonly Item[],
  place: { readonly channel: string; readonly storeId: StoreId },
): Promise<readonly ItemView[]> {
  const rules = await readPriceRules(given.database);
  const now = new Date(given.now()).toISOString();
  return items.map((item) => viewOf(item, priceFor(item, { rules, quantityMilli: 1000, now, ...place })));
}

type StoreView = Pick<
  Store,
  'id' | 'number' | 'name' | 'addressLines' | 'timeZone' | 'currency' | 'location' | 'hours'
>;

async function readStores({ database }: ChannelsGiven): Promise<readonly StoreView[]> {
  const rows = await database.sql<
    { body: string }[]
  >`select body from store where kind = 'shop' order by number`;
  return rows.map(({ body }) => {
    const { id, number, name, addressLines, timeZone, currency, location, hours } = JSON.parse(body) as Store; // Ours.
    return {
      id,
      number,
      name,
      addressLines,
      timeZone,
      currency,
      ...(location === undefined ? {} : { location }),
      ...(hours === undefined ? {} : { hours }),
    };
  });
}

/** The store that was named, or the first one: prices may differ by store. Refuses one that keeps no orders. */
export async function storeFor(given: ChannelsGiven, storeId: string | undefined): Promise<StoreId> {
  const stores = await readStores(given);
  const store = storeId === undefined ? stores[0] : stores.find(({ id }) => id === storeId);
  if (store === undefined) throw unknownStore();
  return asStoreId(store.id);
}

async function availability(given: ChannelsGiven, items: readonly Item[], storeId: StoreId | null) {
  const rows = await given.database.sql<
    { item_id: string; store_id: string; promisable: number; on_hand: number; heard: Date | null }[]
  >`
    select i.id as item_id, s.id as store_id, greatest(0, coalesce(r.channels_milli, 0)) as promisable,
           greatest(0, coalesce(h.on_hand_milli, 0)) as on_hand,
           (select max(received_at) from fact f join workstation w on w.id = f.workstation_id
            where f.store_id = s.id and w.kind = 'pos') as heard
    from item i cross join store s
    left join stock_rights r on r.store_id = s.id and r.item_id = i.id
    left join stock_on_hand h on h.store_id = s.id and h.ordinal = i.ordinal
    where s.kind = 'shop' and i.id = any(${items.map(({ id }) => id)}::text[])
      and (${storeId}::text is null or s.id = ${storeId})
    order by i.ordinal, s.number`;
  const asOf = new Date(given.now()).toISOString();
  const byId = new Map(items.map((item) => [globalThis.String(item.id), item]));
  return rows.map((row) => {
    const item = byId.get(row.item_id);
    return {
      itemId: row.item_id,
      storeId: row.store_id,
      promisableMilli: item !== undefined && isPromisable(item) ? row.promisable : 0,
      asOf,
      inStoreMilli: row.on_hand,
      inStoreAsOf: row.heard?.toISOString() ?? null,
    };
  });
}

const cursorOf = (place: number): string => Buffer.from(`p${place}`).toString('base64url');

/** The place that a cursor of ours stands for; anything else is refused. */
function readCursor(cursor: string): number {
  const [, digits] = /^p(\d{1,15})$/u.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? [];
  if (digits === undefined) throw badCursor();
  return Number(digits);
}

const escapeLike = (text: string): string => text.replaceAll(/[\\%_]/gu, (found) => `\\${found}`);

export const badCursor = (): RequestRefused =>
  new RequestRefused({
    status: 400,
    code: 'bad-cursor',
    detail: 'The place to go on from is not one that was given out here. Start again without "after".',
  });

export const unknownItem = (id: string): RequestRefused =>
  new RequestRefused({ status: 404, code: 'item-unknown', detail: `There is no item "${id}" to be sold.` });

const unknownStore = (): RequestRefused =>
  new RequestRefused({
    status: 404,
    code: 'store-unknown',
    detail: 'There is no such store that keeps orders ready.',
  });

const tooMany = (): RequestRefused =>
  new RequestRefused({
    status: 400,
    code: 'too-many-items',
    detail: `Ask for at most ${ITEMS_ASKED_MAX} items at once. Nothing was changed.`,
  });
