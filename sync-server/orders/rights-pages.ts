// Rights as tills get them: for 256 items by slot, what the counter holds, what the channels may promise and what is promised to
// orders; and for each workstation the newest fact that the desk has taken in. Written in the transaction that changes the rights.

import { holdersOf, rightsOf, type RightsBook } from '../../shared/domain/escrow/rights-book.ts';
import { asWorkstationId, type StoreId } from '../../shared/domain/ids.ts';
import type { ItemRights } from '../../shared/domain/order/counter-stock.ts';
import { CHANNELS } from '../../shared/domain/order/order.ts';
import type { FoldedThrough, RightsPage } from '../../shared/protocol/documents.ts';
import { ITEMS_PER_PAGE, rightsPageId } from '../../shared/protocol/limits.ts';
import { storeScope } from '../db/caller.ts';
import { inTransaction, type Database, type Transaction, type TransactionSql } from '../db/database.ts';
import { publishDocuments } from '../db/feed.ts';
import { STORE } from './fold-order-facts.ts';

const STOCK_COLLECTION = 'stock';
const PAGES_AT_ONCE_MAX = 64;
const BOOKS_AT_ONCE = 1000;

/** The three parts of a book; they add up to what is there. */
export function partsOf(book: RightsBook): ItemRights {
  const storeMilli = rightsOf(book, STORE);
  const channelsMilli = rightsOf(book, CHANNELS);
  const promisedMilli = holdersOf(book)
    .filter((holder) => holder !== STORE && holder !== CHANNELS)
    .reduce((sum, holder) => sum + rightsOf(book, holder), 0);
  return { storeMilli, channelsMilli, promisedMilli };
}

/** Publishes the pages of these items as the transaction sees them. The caller holds the desk of the store. */
export async function publishRightsPages(
  transaction: Transaction,
  storeId: StoreId,
  itemIds: Iterable<string>,
): Promise<void> {
  const ids = [...itemIds];
  if (ids.length === 0) return;
  const rows = await transaction.sql<{ page: number }[]>`
    select distinct (ordinal - ordinal % ${ITEMS_PER_PAGE}::integer) / ${ITEMS_PER_PAGE}::integer as page
    from stock_rights where store_id = ${storeId} and item_id = any(${ids}::text[]) and ordinal is not null`;
  await publishPages(
    transaction,
    storeId,
    rows.map(({ page }) => page).sort((one, other) => one - other),
  );
}

async function publishPages(
  transaction: Transaction,
  storeId: StoreId,
  pages: readonly number[],
): Promise<void> {
  if (pages.length === 0) return;
  const through = await readThrough(transaction.sql, storeId);
  for (let from = 0; from < pages.length; from += PAGES_AT_ONCE_MAX) {
    const some = pages.slice(from, from + PAGES_AT_ONCE_MAX);
    const documents = await readPages(transaction.sql, storeId, { pages: some, through });
    await publishDocuments(transaction, {
      scope: storeScope(storeId),
      collection: STOCK_COLLECTION,
      documents: documents.map((document) => ({ id: document.id, body: JSON.stringify(document) })),
    });
  }
}

/** The newest fact of each workstation that the desk has folded: everything up to its cursor, whatever its kind. */
async function readThrough(sql: TransactionSql, storeId: StoreId): Promise<readonly FoldedThrough[]> {
  const rows = await sql<{ workstation_id: string; epoch: number; sequence: number }[]>`
    select w.id as workstation_id, f.epoch, f.sequence
    from workstation w
    cross join lateral (
      select epoch, sequence from fact
      where workstation_id = w.id
        and position <= (select position from channel_cursor where store_id = ${storeId})
      order by epoch desc, sequence desc limit 1
    ) f
    where w.store_id = ${storeId} order by w.id`;
  return rows.map(({ workstation_id, epoch, sequence }) => ({
    workstationId: asWorkstationId(workstation_id),
    epoch,
    sequence,
  }));
}

async function readPages(
  sql: TransactionSql,
  storeId: StoreId,
  given: { readonly pages: readonly number[]; readonly through: readonly FoldedThrough[] },
): Promise<readonly RightsPage[]> {
  const rows = await sql<
    { ordinal: number; store_milli: number; channels_milli: number; promised_milli: number }[]
  >`
    select r.ordinal, r.store_milli, r.channels_milli, r.promised_milli
    from unnest(${[...given.pages]}::integer[]) as p (page)
    join stock_rights r on r.store_id = ${storeId} and r.ordinal >= p.page * ${ITEMS_PER_PAGE}::integer
                       and r.ordinal < (p.page + 1) * ${ITEMS_PER_PAGE}::integer`;
  return given.pages.map((page) => {
    const slots = { store: noSlots(), channels: noSlots(), promised: noSlots() };
    for (const row of rows) {
      const slot = row.ordinal - page * ITEMS_PER_PAGE;
      if (slot < 0 || slot >= ITEMS_PER_PAGE) continue;
      slots.store[slot] = row.store_milli;
      slots.channels[slot] = row.channels_milli;
      slots.promised[slot] = row.promised_milli;
    }
    return {
      id: rightsPageId(page),
      page,
      storeMilli: slots.store,
      channelsMilli: slots.channels,
      promisedMilli: slots.promised,
      through: [...given.through],
    };
  });
}

const noSlots = (): number[] => Array.from({ length: ITEMS_PER_PAGE }, () => 0);

/** Pages of a store whose rights are older than pages are: its parts are computed once from its books. */
export async function ensureRightsPages(database: Database, storeId: StoreId): Promise<void> {
  await inTransaction(database, async (transaction) => {
    const { sql } = transaction;
    const [cursor] = await sql<{ has_pages: boolean }[]>`
      select has_pages from channel_cursor where store_id = ${storeId} for update`;
    if (cursor === undefined || cursor.has_pages) return;
    for (let after = ''; ;) {
      const rows = await sql<{ item_id: string; book: string }[]>`
        select item_id, book from stock_rights
        where store_id = ${storeId} and item_id > ${after} order by item_id limit ${BOOKS_AT_ONCE}`;
      const last = rows.at(-1);
      if (last === undefined) break;
      after = last.item_id;
      const parts = rows.map(({ item_id: item, book }) => {
        const { storeMilli: store, promisedMilli: promised } = partsOf(JSON.parse(book) as RightsBook);
        return { item, store, promised };
      });
      await sql`
        update stock_rights r set store_milli = given.store, promised_milli = given.promised
        from json_to_recordset(${JSON.stringify(parts)}::text::json) as given (item text, store bigint, promised bigint)
        where r.store_id = ${storeId} and r.item_id = given.item`;
      await publishRightsPages(
        transaction,
        storeId,
        parts.map(({ item }) => item),
      );
    }
    await sql`update channel_cursor set has_pages = true where store_id = ${storeId}`;
  });
}
