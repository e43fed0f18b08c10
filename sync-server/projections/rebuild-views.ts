// Drops the views of every store, folds them again from the first fact, and compares: a view that comes out
// different was wrong. Each store is one transaction, during which its folding waits; selling does not.

import { createHash, type Hash } from 'node:crypto';
import type { CustomerOrder } from '../../shared/domain/customer-order.ts';
import { storeScope } from '../db/caller.ts';
import { inTransaction, type Database, type Transaction, type TransactionSql } from '../db/database.ts';
import { publishDocuments } from '../db/feed.ts';
import { foldFacts } from './fold-facts.ts';
import { foldOrders, ORDER_COLLECTION, publishOrders } from './fold-orders.ts';
import { foldPayments } from './fold-payments.ts';
import { foldResumed } from './fold-resumed.ts';
import { foldTills } from './fold-tills.ts';
import { FACTS_AT_ONCE_MAX, lockCursor, readFacts, storeNumberOf } from './fold-store.ts';
import { readStockPages, STOCK_COLLECTION } from './stock-pages.ts';
import { writeViews } from './write-views.ts';

export const VIEWS = [
  'stock_on_hand',
  'stock_page_through',
  'transaction_view',
  'item_sales',
  'customer_order',
  'resumed_sale',
  'code_use',
  'card_attempt',
  'till_session_view',
  'stock_pages',
  'order_documents',
] as const;
export type ViewName = (typeof VIEWS)[number];

export type RebuiltView = {
  readonly storeId: string;
  readonly view: ViewName;
  readonly rows: number;
  /** Is the rebuilt view the same as the one before, byte for byte? */
  readonly isEqual: boolean;
};

/** Rebuilds all views and says of each whether it was right. What was wrong is put right. */
export async function rebuildViews(
  database: Database,
  onView: (view: RebuiltView) => void = () => undefined,
): Promise<readonly RebuiltView[]> {
  const stores = await database.sql<{ id: string }[]>`select id from store order by id`;
  const results: RebuiltView[] = [];
  for (const { id } of stores) {
    const views = await inTransaction(database, (transaction) => rebuildStore(transaction, id));
    for (const view of views) onView(view);
    results.push(...views);
  }
  return results;
}

type Fingerprint = { readonly rows: number; readonly digest: string };

async function rebuildStore(transaction: Transaction, storeId: string): Promise<readonly RebuiltView[]> {
  const { sql } = transaction;
  const upTo = (await lockCursor(sql, storeId, 'wait')) ?? 0;
  const before = await fingerprints(sql, storeId);
  await sql`delete from stock_on_hand where store_id = ${storeId}`;
  await sql`delete from stock_page_through where store_id = ${storeId}`;
  await sql`delete from transaction_view where store_id = ${storeId}`;
  await sql`delete from item_sales where store_id = ${storeId}`;
  await sql`delete from customer_order where store_id = ${storeId}`;
  await sql`delete from resumed_sale where store_id = ${storeId}`;
  await sql`delete from code_use where store_id = ${storeId}`;
  await sql`delete from card_attempt where store_id = ${storeId}`;
  await sql`delete from till_session_view where store_id = ${storeId}`;
  await foldAgain(sql, storeId, upTo);
  const after = await fingerprints(sql, storeId);
  const pages = await republishPages(transaction, storeId);
  const orders = await republishOrders(transaction, storeId);
  const tables = VIEWS.filter((view) => view !== 'stock_pages' && view !== 'order_documents');
  const views = tables.map((view) => ({
    storeId,
    view,
    rows: after.get(view)?.rows ?? 0,
    isEqual: before.get(view)?.digest === after.get(view)?.digest,
  }));
  return [
    ...views,
    { storeId, view: 'stock_pages', rows: pages.count, isEqual: pages.different === 0 },
    { storeId, view: 'order_documents', rows: orders.count, isEqual: orders.different === 0 },
  ];
}

async function foldAgain(sql: TransactionSql, storeId: string, upTo: number): Promise<void> {
  const storeNumber = await storeNumberOf(sql, storeId);
  for (let after = 0; after < upTo;) {
    const facts = await readFacts(sql, { storeId, after, upTo, limit: FACTS_AT_ONCE_MAX });
    const last = facts.at(-1);
    if (last === undefined) return;
    await writeViews(sql, storeId, foldFacts(facts, storeNumber));
    await foldOrders(sql, storeId, facts);
    await foldResumed(sql, storeId, facts);
    await foldPayments(sql, storeId, facts);
    await foldTills(sql, storeId, facts);
    after = last.position;
  }
}

/** Publishes pages that came out different; those that are right are left alone, so that no till pulls again. */
async function republishPages(
  transaction: Transaction,
  storeId: string,
): Promise<{ readonly count: number; readonly different: number }> {
  const { sql } = transaction;
  const scope = storeScope(storeId);
  const pages = await sql<{ page: number }[]>`
    select distinct page from stock_page_through where store_id = ${storeId} order by page`;
  const documents = await readStockPages(
    sql,
    storeId,
    pages.map((row) => row.page),
  );
  const present = await sql<{ id: string; body: string }[]>`
    select id, body from document
    where scope = ${scope} and collection = ${STOCK_COLLECTION} and not deleted and id like 'p%'`;
  const bodies = new Map(present.map((row) => [row.id, row.body]));
  const wrong = documents.filter((document) => bodies.get(document.id) !== document.body);
  const known = new Set(documents.map((document) => document.id));
  const extra = present
    .filter((row) => !known.has(row.id))
    .map(({ id, body }) => ({ id, body, deleted: true }));
  await publishDocuments(transaction, {
    scope,
    collection: STOCK_COLLECTION,
    documents: [...wrong, ...extra],
  });
  return { count: documents.length, different: wrong.length + extra.length };
}

/** The same for orders; one that has left the tills stays away. Documents of other kinds in the collection are not ours. */
async function republishOrders(
  transaction: Transaction,
  storeId: string,
): Promise<{ readonly count: number; readonly different: number }> {
  const { sql } = transaction;
  const rows = await sql<{ body: string; published: string | null }[]>`
    select o.body, d.body as published
    from customer_order o left join document d on d.scope = ${storeScope(storeId)}
      and d.collection = ${ORDER_COLLECTION} and d.id = o.id
    where o.store_id = ${storeId} and d.deleted is not true order by o.id`;
  const wrong = rows.filter(({ body, published }) => body !== published);
  // Written by writeOrders, always as JSON of CustomerOrder.
  const orders = wrong.map(({ body }) => JSON.parse(body) as CustomerOrder);
  await publishOrders(transaction, storeId, orders);
  return { count: rows.length, different: wrong.length };
}

async function fingerprints(
  sql: TransactionSql,
  storeId: string,
): Promise<ReadonlyMap<ViewName, Fingerprint>> {
  const queries = {
    stock_on_hand: sql<Line[]>`
      select t::text as line from stock_on_hand t where store_id = ${storeId} order by ordinal`,
    stock_page_through: sql<Line[]>`
      select t::text as line from stock_page_through t where store_id = ${storeId}
      order by page, workstation_id`,
    transaction_view: sql<Line[]>`
      select t::text as line from transaction_view t where store_id = ${storeId} order by receipt_number`,
    item_sales: sql<Line[]>`
      select t::text as line from item_sales t where store_id = ${storeId}
      order by business_day, item_id, currency`,
    customer_order: sql<Line[]>`
      select t::text as line from customer_order t where store_id = ${storeId} order by id`,
    resumed_sale: sql<Line[]>`
      select t::text as line from resumed_sale t where store_id = ${storeId} order by cart_id`,
    code_use: sql<Line[]>`
      select t::text as line from code_use t where store_id = ${storeId} order by kind, code, customer_id`,
    card_attempt: sql<Line[]>`
      select t::text as line from card_attempt t where store_id = ${storeId}
      order by workstation_id, attempt_id`,
    till_session_view: sql<Line[]>`
      select t::text as line from till_session_view t where store_id = ${storeId}
      order by workstation_id, till_session_id`,
  };
  const found = new Map<ViewName, Fingerprint>();
  found.set('stock_on_hand', await fingerprint(queries.stock_on_hand.cursor(ROWS_AT_ONCE)));
  found.set('stock_page_through', await fingerprint(queries.stock_page_through.cursor(ROWS_AT_ONCE)));
  found.set('transaction_view', await fingerprint(queries.transaction_view.cursor(ROWS_AT_ONCE)));
  found.set('item_sales', await fingerprint(queries.item_sales.cursor(ROWS_AT_ONCE)));
  found.set('customer_order', await fingerprint(queries.customer_order.cursor(ROWS_AT_ONCE)));
  found.set('resumed_sale', await fingerprint(queries.resumed_sale.cursor(ROWS_AT_ONCE)));
  found.set('code_use', await fingerprint(queries.code_use.cursor(ROWS_AT_ONCE)));
  found.set('card_attempt', await fingerprint(queries.card_attempt.cursor(ROWS_AT_ONCE)));
  found.set('till_session_view', await fingerprint(queries.till_session_view.cursor(ROWS_AT_ONCE)));
  return found;
}

type Line = { readonly line: string };
const ROWS_AT_ONCE = 5_000;

async function fingerprint(rows: AsyncIterable<readonly Line[]>): Promise<Fingerprint> {
  const hash: Hash = createHash('sha256');
  let count = 0;
  for await (const batch of rows) {
    for (const { line } of batch) hash.update(line).update('\n');
    count += batch.length;
  }
  return { rows: count, digest: hash.digest('hex') };
}
