// Packs a page as the server sends it (strings, one line per slot) into byte arrays: a record is then a slice
// that is decoded and parsed alone. Names in five scripts would take two bytes a letter as JavaScript strings;
// as UTF-8 the whole catalogue fits its budget, and handing it to another thread copies nothing.

import { catalogueKey } from '../../domain/barcode.ts';
import type { PackedPage } from './messages.ts';
import { numericKey } from './numeric-key.ts';

export const PAGE_SLOTS = 256;
export const NO_CATEGORY = 255;

/** A page document, as far as a workstation keeps it. */
export type CataloguePageContent = {
  readonly id: string;
  readonly page: number;
  readonly count: number;
  readonly barcodes: string;
  readonly search: string;
  readonly records: string;
};

const encoder = new TextEncoder();

/** The packed form; a deleted item is an empty record with no key. */
export function packPage(content: CataloguePageContent): PackedPage {
  const lines = content.records === '' ? [] : content.records.split('\n').slice(0, PAGE_SLOTS);
  const offsets = new Uint32Array(PAGE_SLOTS + 1);
  const encoded = lines.map((line) => encoder.encode(line));
  const records = new Uint8Array(encoded.reduce((sum, part) => sum + part.length, 0));
  const categories: string[] = [];
  const categorySlots = new Uint8Array(PAGE_SLOTS).fill(NO_CATEGORY);
  const favourites: number[] = [];
  let end = 0;
  for (let slot = 0; slot < PAGE_SLOTS; slot += 1) {
    const part = encoded[slot];
    const line = lines[slot];
    offsets[slot] = end;
    if (part === undefined || line === undefined || line === '') continue;
    records.set(part, end);
    end += part.length;
    categorySlots[slot] = categoryOf(line, categories);
    if (line.includes('"favourite":true')) favourites.push(slot);
  }
  offsets[PAGE_SLOTS] = end;
  return {
    page: content.page,
    itemCount: content.count,
    ...packKeys(content.barcodes, lines),
    records,
    offsets,
    categories,
    categorySlots,
    favouriteSlots: Uint8Array.from(favourites),
  };
}

// Lines of `code slot`; a code may hold spaces, the slot stands after the last one. An item is also found by its
// SKU, which is typed and printed on shelf labels.
function packKeys(barcodes: string, lines: readonly string[]): Pick<PackedPage, 'keys' | 'keySlots'> {
  const entries: { readonly key: number; readonly slot: number }[] = [];
  lines.forEach((line, slot) => {
    const sku = skuOf(line);
    if (sku !== null) entries.push({ key: numericKey(catalogueKey(sku)), slot });
  });
  for (const line of barcodes.split('\n')) {
    const gap = line.lastIndexOf(' ');
    if (gap <= 0) continue;
    entries.push({ key: numericKey(catalogueKey(line.slice(0, gap))), slot: Number(line.slice(gap + 1)) });
  }
  entries.sort((left, right) => left.key - right.key);
  return {
    keys: Float64Array.from(entries, (entry) => entry.key),
    keySlots: Uint8Array.from(entries, (entry) => entry.slot),
  };
}

function skuOf(line: string): string | null {
  const found = /"sku":("(?:[^"\\]|\\.)*")/.exec(line)?.[1];
  return found === undefined ? null : (JSON.parse(found) as string); // The pattern matches one JSON string.
}

// Found by text, because parsing every record of a large catalogue would take longer than loading it.
function categoryOf(line: string, categories: string[]): number {
  const found = /"categoryId":"((?:[^"\\]|\\.)*)"/.exec(line)?.[1];
  if (found === undefined) return NO_CATEGORY;
  const known = categories.indexOf(found);
  if (known !== -1) return known;
  return categories.length < NO_CATEGORY ? categories.push(found) - 1 : NO_CATEGORY;
}
