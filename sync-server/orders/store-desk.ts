// The desk of a store's orders and rights: whoever changes them holds the store's cursor row, brings both up to date with the
// facts of the store, decides, and writes facts. What facts do is computed in one place, in the order of the feed, so that the
// tables come out the same when they are folded again from the first fact.
//
//   lock cursor ─► fold what is new ─► decide ─► facts by the server's workstation ─► fold them too ─► publish, jobs

import type { FactBodies } from '../../shared/domain/fact.ts';
import type { StoreId } from '../../shared/domain/ids.ts';
import type { Order } from '../../shared/domain/order/order.ts';
import type { FeedbackGiven } from '../../shared/domain/order/order-facts.ts';
import type { RightsBook } from '../../shared/domain/escrow/rights-book.ts';
import { NO_RIGHTS } from '../../shared/domain/escrow/rights-book.ts';
import { raiseAttention, type AttentionRaised } from '../db/attention.ts';
import { inTransaction, type Database, type Transaction } from '../db/database.ts';
import { foldOrderFacts, type DeskFact, type DeskSheet } from './fold-order-facts.ts';
import { publishOrderDocuments } from './order-documents.ts';
import { partsOf, publishRightsPages } from './rights-pages.ts';
import type { OrderChanged } from './order-changed.ts';

/** What the server writes into its own journal; the bodies are those of the fact kinds. */
export type AppendFacts = (
  transaction: Transaction,
  storeId: StoreId,
  events: readonly DeskEvent[],
) => Promise<void>;

export type DeskEvent =
  | Extract<
      DeskFact,
      { readonly kind: 'channel-order-placed' | 'channel-order-moved' | 'rights-moved' }
    >['event']
  /** Changes nothing at the desk: what a person decided, beside what it did. */
  | { readonly kind: 'attention-resolved'; readonly body: FactBodies['attention-resolved'] }
  /** Moves nothing: it is written for what people want to know. */
  | { readonly kind: 'feedback-given'; readonly body: FeedbackGiven };

export type DeskGiven = {
  readonly database: Database;
  readonly append: AppendFacts;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Called inside the transaction for every order that changed: messages, webhooks and timers are made here. */
  readonly onChanged: (transaction: Transaction, changed: readonly OrderChanged[]) => Promise<void>;
};

export type DeskPlace = {
  readonly storeId: StoreId;
  readonly orderIds: readonly string[];
  readonly itemIds: readonly string[];
};

export type Desk = {
  readonly transaction: Transaction;
  readonly order: (id: string) => Order | null;
  readonly book: (itemId: string) => RightsBook;
  /** Items whose rights the facts that were folded just now have changed. */
  readonly movedItems: ReadonlySet<string>;
  /** Facts of the server; they are folded when the work is done. */
  readonly write: (event: DeskEvent) => void;
};

const FACTS_AT_ONCE = 1000;

/** Runs `work` at the desk of a store. It may run more than once, as every transaction. */
export async function atDesk<Value>(
  given: DeskGiven,
  place: {
    readonly storeId: StoreId;
    readonly orderIds: readonly string[];
    readonly itemIds: readonly string[];
  },
  work: (desk: Desk) => Promise<Value> | Value,
): Promise<Value> {
  return inTransaction(given.database, async (transaction) => {
    const { storeId } = place;
    const caughtUp: CatchUp = { storeId, changed: new Map(), movedItems: new Set() };
    const { changed, movedItems } = caughtUp;
    await lockDesk(transaction, storeId);
    await catchUp(transaction, given, caughtUp);
    const itemIds = [...place.itemIds, ...movedItems];
    const sheet = await readSheet(transaction, storeId, { orderIds: place.orderIds, itemIds });
    const events: DeskEvent[] = [];
    const value = await work({
      transaction,
      order: (id) => sheet.orders.get(id) ?? null,
      book: (itemId) => sheet.books.get(itemId) ?? NO_RIGHTS,
      movedItems: new Set(movedItems),
      write: (event) => events.push(event),
    });
    if (events.length > 0) {
      await given.append(transaction, storeId, events);
      await catchUp(transaction, given, caughtUp);
    }
    await publishOrderDocuments(transaction, storeId, [...changed.values()]);
    await publishRightsPages(transaction, storeId, movedItems);
    await given.onChanged(transaction, [...changed.values()]);
    return value;
  });
}

async function lockDesk({ sql }: Transaction, storeId: StoreId): Promise<void> {
  await sql`insert into channel_cursor (store_id, has_pages) values (${storeId}, true)
    on conflict (store_id) do nothing`;
  await sql`select position from channel_cursor where store_id = ${storeId} for update`;
}

type CatchUp = {
  readonly storeId: StoreId;
  readonly changed: Map<string, OrderChanged>;
  readonly movedItems: Set<string>;
};

/** Folds facts that the desk has not seen. The cursor row is locked, so nobody else does. */
async function catchUp(
  transaction: Transaction,
  given: DeskGiven,
  { storeId, changed, movedItems }: CatchUp,
): Promise<void> {
  const { sql } = transaction;
  for (;;) {
    const facts = await readFacts(transaction, storeId);
    if (facts.rows.length === 0) break;
    const touched = touchedBy(facts.rows);
    const sheet = await readSheet(transaction, storeId, touched);
    const before = new Map(sheet.orders);
    const problems = foldOrderFacts(sheet, facts.rows);
    await writeSheet(transaction, storeId, { sheet, at: new Date(given.now()).toISOString() });
    const at = new Date(given.now()).toISOString();
    const raised = problems.map((problem): AttentionRaised => ({ ...problem, at }));
    if (raised.length > 0) await raiseAttention(transaction, storeId, raised);
    for (const itemId of sheet.changedItems) movedItems.add(itemId);
    for (const [id, order] of sheet.orders) {
      if (before.get(id) === order) continue;
      changed.set(id, { order, before: changed.get(id)?.before ?? before.get(id) ?? null });
    }
    await sql`update channel_cursor set position = ${facts.last} where store_id = ${storeId}`;
    if (facts.rows.length < FACTS_AT_ONCE) break;
  }
}

const KINDS = [
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

async function readFacts(
  { sql }: Transaction,
  storeId: StoreId,
): Promise<{ readonly rows: readonly DeskFact[]; readonly last: number }> {
  const rows = await sql<FactRow[]>`
    select f.position, w.kind = 'server' as "isServer", f.body
    from fact f join workstation w on w.id = f.workstation_id
    where f.store_id = ${storeId} and f.kind = any(${[...KINDS]}::text[]) and f.mark is distinct from 'kept'
      and f.position > (select position from channel_cursor where store_id = ${storeId})
    order by f.position limit ${FACTS_AT_ONCE}`;
  return {
    // Admitted and not kept, so each fits the schema of its kind.
    rows: rows.map(({ isServer, body }) => toDeskFact(isServer, JSON.parse(body) as never)),
    last: rows.at(-1)?.position ?? 0,
  };
}

const toDeskFact = (isServer: boolean, fact: DeskFact['fact']): DeskFact =>
  // `event` pairs kind and body as the fact does; they are the same object's.
  ({ isServer, fact, kind: fact.kind, event: { kind: fact.kind, body: fact.body } }) as DeskFact;

type Touched = {
  readonly orderIds: readonly string[];
  readonly itemIds: readonly string[];
  readonly ordinals?: ReadonlyMap<string, number>;
};

/** Orders and items that the facts name; the items of the orders are added when these are read. */
function touchedBy(facts: readonly DeskFact[]): Touched {
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

async function readSheet({ sql }: Transaction, storeId: StoreId, touched: Touched): Promise<DeskSheet> {
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

async function writeSheet(
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
