// Stock pages as they replicate: on hand of 256 items by slot, and for each workstation the newest fact that moved
// one of them. A page says the same whatever runs the facts were folded in.

import type { StockPage } from '../../shared/protocol/documents.ts';
import { asWorkstationId } from '../../shared/domain/ids.ts';
import { ITEMS_PER_PAGE, stockPageId } from '../../shared/protocol/limits.ts';
import { storeScope } from '../db/caller.ts';
import type { Transaction, TransactionSql } from '../db/database.ts';
import { publishDocuments, type PublishedDocument } from '../db/feed.ts';

export const STOCK_COLLECTION = 'stock';
const PAGES_AT_ONCE_MAX = 64;

/** Publishes these pages of a store from the rows as the transaction sees them. */
export async function publishStockPages(
  transaction: Transaction,
  storeId: string,
  pages: readonly number[],
): Promise<void> {
  for (let from = 0; from < pages.length; from += PAGES_AT_ONCE_MAX) {
    const documents = await readStockPages(
      transaction.sql,
      storeId,
      pages.slice(from, from + PAGES_AT_ONCE_MAX),
    );
    await publishDocuments(transaction, {
      scope: storeScope(storeId),
      collection: STOCK_COLLECTION,
      documents,
    });
  }
}

/** The documents of these pages, in their order. */
export async function readStockPages(
  sql: TransactionSql,
  storeId: string,
  pages: readonly number[],
): Promise<readonly PublishedDocument[]> {
  // One row per page: 256 numbers cross the wire as one text instead of as 256 rows.
  const stock = await sql<{ page: number; slots: string }[]>`
    select p.page, string_agg((s.ordinal - p.page * ${ITEMS_PER_PAGE}::integer) || ':' || s.on_hand_milli, ',') as slots
    from unnest(${[...pages]}::integer[]) as p (page)
    join stock_on_hand s on s.store_id = ${storeId} and s.ordinal >= p.page * ${ITEMS_PER_PAGE}::integer
                        and s.ordinal < (p.page + 1) * ${ITEMS_PER_PAGE}::integer
    group by p.page`;
  const through = await sql<{ page: number; workstation_id: string; epoch: number; sequence: number }[]>`
    select page, workstation_id, epoch, sequence from stock_page_through
    where store_id = ${storeId} and page = any(${[...pages]}::integer[])
    order by page, workstation_id`;
  const slotsOf = new Map(stock.map((row) => [row.page, row.slots]));
  return pages.map((page) => {
    const document: StockPage = {
      id: stockPageId(page),
      page,
      onHandMilli: readSlots(slotsOf.get(page) ?? ''),
      through: through
        .filter((row) => row.page === page)
        .map((row) => ({
          workstationId: asWorkstationId(row.workstation_id),
          epoch: row.epoch,
          sequence: row.sequence,
        })),
    };
    return { id: document.id, body: JSON.stringify(document) };
  });
}

function readSlots(text: string): number[] {
  const slots = Array.from({ length: ITEMS_PER_PAGE }, () => 0);
  for (const entry of text === '' ? [] : text.split(',')) {
    const [slot, onHand] = entry.split(':');
    slots[Number(slot)] = Number(onHand);
  }
  return slots;
}
