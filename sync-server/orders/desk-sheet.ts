// The sheet of a store's desk: the facts that it has not seen, the orders and books that they name, and these written back. Only whoever
// holds the cursor of the store reads and writes it.

import { NO_RIGHTS, type RightsBook } from '../../shared/domain/escrow/rights-book.ts';
import type { StoreId } from '../../shared/domain/ids.ts';
import type { Order } from '../../shared/domain/order/order.ts';
import type { Transaction } from '../db/database.ts';
import type { DeskFact, DeskSheet } from './fold-order-facts.ts';
import { partsOf } from './rights-pages.ts';

export const FACTS_AT_ONCE = 1000;

/** Kinds of facts that move orders or rights. */
export const KINDS = [
  'channel-order-placed',
  'channel-order-moved',
  'rights-moved',
  'stock-received',
  'transaction-completed',
] as const;

type FactRow = {
  readonly position: number;
  readonly isServer: boolean;
  readonly body: string;
};

/** The next facts after the cursor, up to so many bytes, at least one; `last` is the position of the last. */
export async function readFacts(
  { sql }: Transaction,
  storeId: StoreId,
  bytesMax: number | null,
): Promise<{ readonly rows: readonly DeskFact[]; readonly last: number }> {
  const rows = await sql<FactRow[]>`
    select position, "isServer", body from (
    select f.position, w.kind = 'server' as "isServer", f.body,
           sum(octet_length(f.body)) over (order by f.position) - octet_length(f.body) as bytes_before
    from fact f join workstation w on w.id = f.workstation_id
    where f.store_id = ${storeId} and f.kind = any(${[...KINDS]}::text[]) and f.mark is distinct from 'kept'
      and f.position > (select position from channel_cursor where store_id = ${storeId})
    order by f.position limit ${FACTS_AT_ONCE}) as waiting
    where ${bytesMax}::bigint is null or bytes_before < ${bytesMax}::bigint
    order by position`;
  return {
    // Admitted and not kept, so each fits the schema of its kind.
    rows: rows.map(({ isServer, body }) => toDeskFact(isServer, JSON.parse(body) as never)),
    last: rows.at(-1)?.position ?? 0,
  };
}

const toDeskFact = (isServer: boolean, fact: DeskFact['fact']): DeskFact =>
  // `event` pairs kind and body as the fact does; they are the same object's.
  ({ isServer, fact, kind: fact.kind, event: { kind: fact.kind, body: fact.body } }) as DeskFact;

export type Touched = {
  readonly orderIds: readonly string[];
  readonly itemIds: readonly string[];
  readonly ordinals?: ReadonlyMap<string, number>;
};

/** Orders and items that the facts name; the items of the orders are added when these are read. */
export function touchedBy(facts: readonly DeskFact[]): Touched {
  const orderIds = new Set<string>();
  const itemIds = new Set<string>();
  const ordinals = new Map<string, number>();
  const touch = (places: readonly { readonly itemId: string; readonly ordinal: number }[]): void => {
    for (const { itemId, ordinal } of places) {
      itemIds.add(itemId);
      ordinals.set(itemId, ordinal);
    }
  };
  for (const { fact } of facts) {
    switch (fact.kind) {
      case 'channel-order-placed':
        orderIds.add(fact.body.order.id);
        touch(fact.body.order.lines);
        break;
      case 'channel-order-moved':
        orderIds.add(fact.body.orderId);
        if (fact.body.move.kind === 'propose-substitute') touch([fact.body.move.substitute]);
        break;
      case 'rights-moved':
        for (const { itemId } of fact.body.moves) itemIds.add(itemId);
        break;
      case 'stock-received':
        touch(fact.body.movements);
        break;
      case 'transaction-completed':
        if (fact.body.transaction.channelOrder !== undefined) {
          orderIds.add(fact.body.transaction.channelOrder.orderId);
        }
        touch(fact.body.transaction.stockMovements);
        break;
    }
  }
  return { orderIds: [...orderIds], itemIds: [...itemIds], ordinals };
}

/** Orders and books as they are, of what the facts touch. */
export async function readSheet(
  { sql }: Transaction,
  storeId: StoreId,
  touched: Touched,
): Promise<DeskSheet> {
  const rows = await sql<{ id: string; body: string }[]>`
    select id, body from channel_order where store_id = ${storeId} and id = any(${[...touched.orderIds]}::text[])`;
  // Orders and books are written below only, as JSON of these types.
  const orders = new Map(rows.map(({ id, body }) => [id, JSON.parse(body) as Order]));
  const items = [...orders.values()].flatMap(({ lines }) =>
    lines.flatMap(({ itemId, substitute }) => [itemId, ...(substitute === null ? [] : [substitute.itemId])]),
  );
  const books = await sql<{ item_id: string; book: string }[]>`
    select item_id, book from stock_rights
    where store_id = ${storeId} and item_id = any(${[...new Set<string>([...touched.itemIds, ...items])]}::text[])`;
  return {
    orders,
    books: new Map(books.map(({ item_id, book }) => [item_id, JSON.parse(book) as RightsBook])),
    changedItems: new Set(),
    ordinals: new Map(touched.ordinals),
    takenBy: new Map(),
  };
}

/** Writes back the orders, and the books of the items that changed. `at` is an ISO instant. */
export async function writeSheet(
  { sql }: Transaction,
  storeId: StoreId,
  given: { readonly sheet: DeskSheet; readonly at: string },
): Promise<void> {
  const { sheet, at } = given;
  const orders = [...sheet.orders.values()].map((order) => ({
    id: order.id,
    code: order.code,
    state: order.state,
    due: order.dueAt,
    body: JSON.stringify(order),
  }));
  if (orders.length > 0) {
    await sql`
      insert into channel_order (id, store_id, code, state, due_at, body, changed_at)
      select id, ${storeId}, code, state, due::timestamptz, body, ${at}::timestamptz
      from json_to_recordset(${JSON.stringify(orders)}::text::json)
           as given (id text, code text, state text, due text, body text)
      on conflict (id) do update set state = excluded.state, due_at = excluded.due_at, body = excluded.body,
        changed_at = excluded.changed_at`;
  }
  const books = [...sheet.changedItems].sort().map((item) => {
    const book = sheet.books.get(item) ?? NO_RIGHTS;
    const { storeMilli, channelsMilli, promisedMilli } = partsOf(book);
    return {
      item,
      ordinal: sheet.ordinals.get(item) ?? null,
      book: JSON.stringify(book),
      store: storeMilli,
      channels: channelsMilli,
      promised: promisedMilli,
      short: storeMilli < 0,
      taken: sheet.takenBy.has(item) ? JSON.stringify(sheet.takenBy.get(item)) : null,
    };
  });
  if (books.length > 0) {
    await sql`
      insert into stock_rights (store_id, item_id, ordinal, book, store_milli, channels_milli, promised_milli, is_short, taken_by)
      select ${storeId}, item, ordinal, book, store, channels, promised, short, taken
      from json_to_recordset(${JSON.stringify(books)}::text::json)
           as given (item text, ordinal integer, book text, store bigint, channels bigint, promised bigint, short boolean,
                     taken text)
      on conflict (store_id, item_id) do update set book = excluded.book, store_milli = excluded.store_milli,
        channels_milli = excluded.channels_milli, promised_milli = excluded.promised_milli,
        is_short = excluded.is_short, ordinal = coalesce(excluded.ordinal, stock_rights.ordinal),
        taken_by = coalesce(excluded.taken_by, stock_rights.taken_by)`;
  }
}
