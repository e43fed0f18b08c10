// Which version of the price book somebody holds. The server publishes the revision together with a mark over all documents
// of the book; a workstation that has received only some of them has another mark and knows that it cannot say a revision.
// The mark finds accidents, not lies: a lie about the revision is found when the server computes the sale again.

import { canonicalJson } from './canonical-json.ts';
import type { PromotionDocument } from './promotion-document.ts';

/** Id of the document that says the version, among the promotions. */
export const BOOK_VERSION_ID = 'price-book-version';

/** Two halves of 32 bits. */
export type Mark = readonly [number, number];

export const EMPTY_MARK: Mark = [0, 0];

/** The mark of one document; of what decides about no price the empty one. */
export function markOf(document: PromotionDocument): Mark {
  if (document.type !== 'promotion' && document.type !== 'price-rule') return EMPTY_MARK;
  const text = canonicalJson(document);
  let [high, low] = [0xdead_beef, 0x41c6_ce57];
  for (let place = 0; place < text.length; place += 1) {
    const code = text.charCodeAt(place);
    high = Math.imul(high ^ code, 2_654_435_761);
    low = Math.imul(low ^ code, 1_597_334_677);
  }
  const mixedHigh =
    Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909);
  const mixedLow =
    Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909);
  return [mixedHigh >>> 0, mixedLow >>> 0];
}

/** Adds a document's mark to that of the others, or takes it out again: the order does not matter. */
export function joinMarks(one: Mark, other: Mark): Mark {
  return [(one[0] ^ other[0]) >>> 0, (one[1] ^ other[1]) >>> 0];
}

export const textOfMark = ([high, low]: Mark): string =>
  high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');

/** The mark of a whole book. */
export function markOfBook(documents: Iterable<PromotionDocument>): string {
  let mark = EMPTY_MARK;
  for (const document of documents) mark = joinMarks(mark, markOf(document));
  return textOfMark(mark);
}
