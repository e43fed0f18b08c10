// The catalogue as the selling thread holds it: packed pages in memory, so that a scan is answered inside the
// key handler. Keys may come before the pages they point into; such a code is answered a moment later.

import { catalogueKey, catalogueKeys } from '../../domain/barcode.ts';
import type { Item } from '../../domain/item.ts';
import type { KeyIndex, PackedPage } from './messages.ts';
import { numericKey } from './numeric-key.ts';
import { expandItem, PAGE_SLOTS } from './compact-page.ts';

type PageKeys = Pick<PackedPage, 'keys' | 'keySlots'>;

export type CatalogueView = {
  /** Items that carry the code (barcode in any form, or SKU); best match first. */
  findByCode(code: string): readonly Item[];
  /** Pages that hold the code and have not come yet. */
  missingPagesOf(code: string): readonly number[];
  itemAt(ordinal: number): Item | null;
  byId(id: string): Item | null;
  inCategory(categoryId: string, limit: number, offset: number): readonly Item[];
  favourites(): readonly Item[];
  itemCount(): number;
  hasPage(page: number): boolean;
  takeKeys(index: KeyIndex): void;
  takePages(pages: readonly PackedPage[]): void;
  dropPages(pages: readonly number[]): void;
};

const decoder = new TextDecoder();
/** Items whose place is remembered by id, so that a cart can show them again without a search. */
const KNOWN_IDS_MAX = 20_000;

export function createCatalogueView(): CatalogueView {
  const pages = new Map<number, PackedPage>();
  const keysByPage = new Map<number, PageKeys>();
  const ordinalsById = new Map<string, number>();
  let promisedCount = 0;

  const itemAt = (ordinal: number): Item | null => {
    const page = pages.get(Math.floor(ordinal / PAGE_SLOTS));
    const item = page === undefined ? null : itemIn(page, ordinal % PAGE_SLOTS);
    if (item !== null) {
      if (ordinalsById.size >= KNOWN_IDS_MAX) ordinalsById.clear();
      ordinalsById.set(item.id, ordinal);
    }
    return item;
  };
  const ordinalsOf = (key: string): readonly number[] => {
    const wanted = numericKey(key);
    const found: number[] = [];
    for (const [page, { keys, keySlots }] of keysByPage) {
      for (let at = lowerBound(keys, wanted); keys[at] === wanted; at += 1) {
        found.push(page * PAGE_SLOTS + (keySlots[at] ?? 0));
      }
    }
    return found;
  };
  const sortedPages = () => [...pages.keys()].sort((left, right) => left - right);

  return {
    findByCode(code) {
      const found = new Map<string, Item>();
      for (const key of catalogueKeys(code)) {
        for (const ordinal of ordinalsOf(key)) {
          const item = itemAt(ordinal);
          if (item !== null && carries(item, key)) found.set(item.id, item);
        }
      }
      return [...found.values()];
    },
    missingPagesOf(code) {
      const needed = catalogueKeys(code).flatMap(ordinalsOf);
      return [...new Set(needed.map((ordinal) => Math.floor(ordinal / PAGE_SLOTS)))].filter(
        (page) => !pages.has(page),
      );
    },
    itemAt,
    byId(id) {
      const known = ordinalsById.get(id);
      const item = known === undefined ? null : itemAt(known);
      if (item?.id === id) return item;
      const needle = encodedId(id);
      for (const [number, page] of pages) {
        const slot = slotHolding(page, needle);
        const found = slot === -1 ? null : itemAt(number * PAGE_SLOTS + slot);
        if (found?.id === id) return found;
      }
      return null;
    },
    inCategory(categoryId, limit, offset) {
      const found: Item[] = [];
      let toSkip = offset;
      for (const number of sortedPages()) {
        const page = pages.get(number);
        const wanted = page?.strings.indexOf(categoryId) ?? -1;
        if (page === undefined || wanted === -1) continue;
        for (let slot = 0; slot < PAGE_SLOTS; slot += 1) {
          if (page.categorySlots[slot] !== wanted) continue;
          if (toSkip > 0) toSkip -= 1;
          else {
            const item = itemAt(number * PAGE_SLOTS + slot);
            if (item !== null) found.push(item);
            if (found.length >= limit) return found;
          }
        }
      }
      return found;
    },
    favourites() {
      return sortedPages().flatMap((number) =>
        [...(pages.get(number)?.favouriteSlots ?? [])]
          .map((slot) => itemAt(number * PAGE_SLOTS + slot))
          .filter((item) => item !== null),
      );
    },
    itemCount: () =>
      Math.max(
        promisedCount,
        [...pages.values()].reduce((sum, page) => sum + page.itemCount, 0),
      ),
    hasPage: (page) => pages.has(page),
    takeKeys(index) {
      let at = 0;
      index.pages.forEach((page, place) => {
        const count = index.counts[place] ?? 0;
        // A page that has come already is newer than what was kept from the last run.
        if (!pages.has(page)) {
          keysByPage.set(page, {
            keys: index.keys.subarray(at, at + count),
            keySlots: index.slots.subarray(at, at + count),
          });
        }
        at += count;
      });
      promisedCount = index.itemCount;
    },
    takePages(arrived) {
      for (const page of arrived) {
        pages.set(page.page, page);
        keysByPage.set(page.page, page);
      }
      if (pages.size >= keysByPage.size) promisedCount = 0;
    },
    dropPages(numbers) {
      for (const page of numbers) {
        pages.delete(page);
        keysByPage.delete(page);
      }
      promisedCount = 0;
    },
  };
}

function itemIn(page: PackedPage, slot: number): Item | null {
  const start = page.offsets[slot] ?? 0;
  const end = (page.offsets[slot + 1] ?? 0) - 1;
  if (end <= start) return null;
  const line = decoder.decode(page.records.subarray(start, end));
  return expandItem(line, page.page * PAGE_SLOTS + slot, page.strings);
}

// Different codes may share a numeric key; the item itself says whether it is meant.
function carries(item: Item, key: string): boolean {
  return catalogueKey(item.sku) === key || item.barcodes.some((code) => catalogueKey(code) === key);
}

function lowerBound(keys: Float64Array, wanted: number): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

const encodedId = (id: string): Uint8Array => new TextEncoder().encode(`[${JSON.stringify(id)},`);

/** Slot whose record begins with the bytes, or -1. */
function slotHolding(page: PackedPage, needle: Uint8Array): number {
  const { records, offsets } = page;
  for (let slot = 0; slot < PAGE_SLOTS; slot += 1) {
    const start = offsets[slot] ?? 0;
    let same = 0;
    while (same < needle.length && records[start + same] === needle[same]) same += 1;
    if (same === needle.length) return slot;
  }
  return -1;
}
