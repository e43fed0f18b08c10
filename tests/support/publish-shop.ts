// What a till needs from the server before it can sell: settings of the store, somebody who may, and goods. Published as head office does,
// for tests that start real tills.

import type { Item } from '../../shared/domain/item.ts';
import type { StoreSettings } from '../../shared/domain/store.ts';
import type { Database } from '../../sync-server/db/database.ts';
import { inTransaction } from '../../sync-server/db/database.ts';
import { publishDocuments } from '../../sync-server/db/feed.ts';
import { aPage, anOperator, aSettings } from './a-shop.ts';

type Document = { readonly id: string; readonly [more: string]: unknown };

/** One document in a collection of a scope. */
export async function publishDocument(
  database: Database,
  place: { readonly scope: string; readonly collection: string },
  document: Document,
): Promise<void> {
  const documents = [{ id: document.id, body: JSON.stringify(document) }];
  await inTransaction(database, (transaction) => publishDocuments(transaction, { ...place, documents }));
}

/** Store s1 with the operator of `anOperator()` and these goods; `settings` where a test needs its own. */
export async function publishShop(
  database: Database,
  given: { readonly items: readonly Item[]; readonly settings?: StoreSettings },
): Promise<void> {
  const operator = anOperator();
  const store = (collection: string) => ({ scope: 'store:s1', collection });
  await database.sql`insert into operator (id, number, is_active, body)
    values (${operator.id}, ${operator.number}, true, ${JSON.stringify(operator)})`;
  await publishDocument(database, store('settings'), { id: 'store', ...(given.settings ?? aSettings()) });
  await publishDocument(database, store('staff'), { ...operator });
  const page = aPage([...given.items]);
  await publishDocument(database, { scope: 'company', collection: 'catalogue_pages' }, page);
}
