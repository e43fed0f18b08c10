// Rewrites the pages that were touched, and no others, into every scope that holds the catalogue.

import type { Transaction } from '../db/database.ts';
import { publishDocuments, type PublishedDocument } from '../db/feed.ts';
import { cataloguePageId, ITEMS_PER_PAGE } from '../../shared/protocol/limits.ts';
import { CATALOGUE_SCOPES, itemOfBody } from './item-rows.ts';
import { emptyPage, pageDocument, placeOf } from './page-document.ts';

export const CATALOGUE_COLLECTION = 'catalogue_pages';

/** Pages that are read and written in one statement: 4,096 items, about 4 MB. */
const STATEMENT_PAGES_MAX = 16;

/** The numbers of the pages that hold these ordinals, each once, ascending. */
export function pagesOf(ordinals: Iterable<number>): readonly number[] {
  const pages = new Set<number>();
  for (const ordinal of ordinals) pages.add(placeOf(ordinal).page);
  return [...pages].toSorted((one, other) => one - other);
}

/**
 * Publishes these pages from the items as this transaction sees them; a page without items is published as
 * deleted. The caller holds `lockCatalogue`.
 */
export async function publishPages(transaction: Transaction, pages: readonly number[]): Promise<void> {
  for (let from = 0; from < pages.length; from += STATEMENT_PAGES_MAX) {
    const documents = await readPages(transaction, pages.slice(from, from + STATEMENT_PAGES_MAX));
    for (const scope of CATALOGUE_SCOPES) {
      await publishDocuments(transaction, { scope, collection: CATALOGUE_COLLECTION, documents });
    }
  }
}

async function readPages(
  transaction: Transaction,
  pages: readonly number[],
): Promise<readonly PublishedDocument[]> {
  const rows = await transaction.sql<{ page: number; body: string }[]>`
    select item.ordinal / ${ITEMS_PER_PAGE}::bigint as page, item.body
    from unnest(${[...pages]}::bigint[]) as wanted (page)
    join item on item.ordinal >= wanted.page * ${ITEMS_PER_PAGE}::bigint
             and item.ordinal < (wanted.page + 1) * ${ITEMS_PER_PAGE}::bigint
    where not item.is_deleted`;
  const byPage = new Map<number, string[]>(pages.map((page) => [page, []]));
  for (const row of rows) byPage.get(row.page)?.push(row.body);
  return pages.map((page) => {
    const document = pageDocument(page, (byPage.get(page) ?? []).map(itemOfBody));
    const id = cataloguePageId(page);
    return document === null
      ? { id, body: JSON.stringify(emptyPage(page)), deleted: true }
      : { id, body: JSON.stringify(document) };
  });
}
