// Items as the page documents that workstations pull: 256 to a page by ordinal, strings only, because strings are
// the one thing that is cheap on every hop (database, wire, IndexedDB, worker). Lines are by slot; an empty line
// is a slot without an item.
//
//   records   JSON of Item        ┐
//   search    folded words        ├ line n = slot n
//   prices    minor units         ┘
//   barcodes  'code slot' lines, codes as they are looked up, in the order of the slots

import { foldForSearch } from '../../shared/domain/fold-for-search.ts';
import { asItemId, type ItemId } from '../../shared/domain/ids.ts';
import type { Item } from '../../shared/domain/item.ts';
import { LANGUAGES } from '../../shared/domain/localized-text.ts';
import type { CataloguePage } from '../../shared/protocol/documents.ts';
import { cataloguePageId, ITEMS_PER_PAGE } from '../../shared/protocol/limits.ts';

/** The page of an ordinal and its slot in it. */
export function placeOf(ordinal: number): { readonly page: number; readonly slot: number } {
  const slot = ordinal % ITEMS_PER_PAGE;
  return { page: (ordinal - slot) / ITEMS_PER_PAGE, slot };
}

/** The id of an item that gets this ordinal. Ordinals are never given out twice, and so neither are ids. */
export function itemIdOf(ordinal: number): ItemId {
  return asItemId(`i${String(ordinal).padStart(6, '0')}`);
}

/** The document of a page, or null when no item is on it (the page is then deleted). */
export function pageDocument(page: number, items: readonly Item[]): CataloguePage | null {
  if (items.length === 0) return null;
  const sorted = items.toSorted((one, other) => one.ordinal - other.ordinal);
  const slots = sorted.map((item) => slotOn(page, item));
  const used = (slots.at(-1) ?? 0) + 1;
  const records = Array.from({ length: used }, () => '');
  const search = [...records];
  const prices = [...records];
  const barcodes: string[] = [];
  for (const [index, item] of sorted.entries()) {
    const slot = slots[index] ?? 0;
    if (records[slot] !== '') throw new Error(`two items have the ordinal ${item.ordinal}`);
    records[slot] = JSON.stringify(item);
    search[slot] = searchLine(item);
    prices[slot] = String(item.priceMinor);
    for (const code of item.barcodes) barcodes.push(`${code} ${slot}`);
  }
  return {
    id: cataloguePageId(page),
    page,
    count: sorted.length,
    barcodes: barcodes.join('\n'),
    search: search.join('\n'),
    prices: prices.join('\n'),
    records: records.join('\n'),
  };
}

/** What a deleted page leaves behind: every property, because clients check deleted documents too. */
export function emptyPage(page: number): CataloguePage {
  return { id: cataloguePageId(page), page, count: 0, barcodes: '', search: '', prices: '', records: '' };
}

/** What the search of a workstation looks through for one item: every different word of sku and names, folded. */
export function searchLine(item: Item): string {
  const texts = [item.sku, ...LANGUAGES.map((language) => item.name[language] ?? '')];
  const words = new Set(texts.flatMap((text) => foldForSearch(text).split(' ')));
  words.delete('');
  return [...words].join(' ');
}

function slotOn(page: number, item: Item): number {
  const place = placeOf(item.ordinal);
  if (place.page !== page) throw new Error(`item ${item.id} is not on page ${page}`);
  return place.slot;
}
