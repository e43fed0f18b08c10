// The price book as it arrives, document by document: sorted by what they are, and with its revision as soon as all of them
// are here. While only some have come, prices are those of what is here, and no revision is claimed.

import {
  BOOK_VERSION_ID,
  EMPTY_MARK,
  joinMarks,
  markOf,
  textOfMark,
  type Mark,
} from '../domain/price-book-version.ts';
import type { BookVersion } from '../domain/promotion-document.ts';
import { priceBookOf, type PriceBook, type PromotionDocument } from '../domain/promotion-document.ts';
import type { DocumentChange } from './replication/reference-documents.ts';

/** Takes changes in and answers with the book as it is then. */
export function createPriceBookKeeper(): (changes: readonly DocumentChange[]) => PriceBook {
  const documents = new Map<string, PromotionDocument>();
  const marks = new Map<string, Mark>();
  let mark = EMPTY_MARK;
  let version: BookVersion | null = null;

  const take = (id: string, document: PromotionDocument | null) => {
    mark = joinMarks(mark, marks.get(id) ?? EMPTY_MARK);
    if (id === BOOK_VERSION_ID) version = document?.type === 'version' ? document.body : null;
    if (document === null) {
      documents.delete(id);
      marks.delete(id);
      return;
    }
    const own = markOf(document);
    documents.set(id, document);
    marks.set(id, own);
    mark = joinMarks(mark, own);
  };

  return (changes) => {
    // Checked against promotionDocument by the server.
    for (const { id, content } of changes) take(id, content as unknown as PromotionDocument | null);
    const book = priceBookOf([...documents.values()]);
    return version !== null && version.mark === textOfMark(mark)
      ? { ...book, revision: version.revision }
      : book;
  };
}
