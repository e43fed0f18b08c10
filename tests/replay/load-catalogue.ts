// Gives the server the items of an invoice file, each with its stock code as the sku, in the way an import does: rows,
// pages and feed in one transaction. The price is the one line's price that came first; every line of the replay brings
// its own, as the file has it.

import { asCategoryId, asItemId, asTaxGroupId } from '../../shared/domain/ids.ts';
import type { Item } from '../../shared/domain/item.ts';
import { insertItems, lockCatalogue, nextOrdinal } from '../../sync-server/catalogue/item-rows.ts';
import { pagesOf, publishPages } from '../../sync-server/catalogue/publish-pages.ts';
import { inTransaction, openDatabase } from '../../sync-server/db/database.ts';
import { SILENT_LOG } from '../../sync-server/db/log.ts';
import path from 'node:path';

/** Adds one item per stock code; the answer is the item id of each code. */
export async function loadCatalogue(
  dataFolder: string,
  descriptions: ReadonlyMap<string, string>,
): Promise<Map<string, string>> {
  const database = openDatabase(
    {
      kind: 'socket',
      path: path.join(dataFolder, 'postgres', '.s.PGSQL.5432'),
      database: 'tillandsia',
      user: 'tillandsia',
    },
    { log: SILENT_LOG, random: Math.random, connections: 2 },
  );
  try {
    return await inTransaction(database, async (transaction) => {
      await lockCatalogue(transaction);
      const first = await nextOrdinal(transaction.sql);
      const [category] = await transaction.sql<
        { id: string }[]
      >`select id from category order by position limit 1`;
      const [taxGroup] = await transaction.sql<
        { id: string }[]
      >`select id from tax_group order by letter limit 1`;
      if (category === undefined || taxGroup === undefined)
        throw new Error('the store has no category or no tax group');
      const rows = [...descriptions].map(([code, description], index) => {
        const item: Item = {
          id: asItemId(`replay-${index + 1}`),
          ordinal: first + index,
          sku: code,
          name: { en: description === '' ? code : description },
          categoryId: asCategoryId(category.id),
          unit: 'piece',
          priceMinor: 100,
          taxGroupId: asTaxGroupId(taxGroup.id),
          barcodes: [],
        };
        return { item, costMinor: null };
      });
      await insertItems(transaction, rows);
      await publishPages(transaction, pagesOf(rows.map((row) => row.item.ordinal)));
      return new Map(rows.map(({ item }) => [item.sku, item.id]));
    });
  } finally {
    await database.close();
  }
}
