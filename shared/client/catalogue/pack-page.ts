// Packs a stored page into byte arrays: a record is then a slice that is decoded and parsed alone. Names in five
// scripts would take two bytes a letter as JavaScript strings; as UTF-8 the whole catalogue fits its budget, and
// handing it to another thread copies nothing.

import { PAGE_SLOTS, type Facets, type StoredPage } from './compact-page.ts';
import type { PackedPage } from './messages.ts';

/** Place of no category; a page has far fewer than 65,535 of them. */
export const NO_CATEGORY = 65_535;
const LINE_END = 10;

const encoder = new TextEncoder();

/** The packed form; a deleted item is an empty record with no key. */
export function packPage(stored: StoredPage): PackedPage {
  const facets = JSON.parse(stored.facets) as Facets; // Written by compactPage.
  const records = encoder.encode(stored.records);
  const categorySlots = new Uint16Array(PAGE_SLOTS).fill(NO_CATEGORY);
  facets.categories.forEach((category, slot) => {
    if (category >= 0) categorySlots[slot] = category;
  });
  return {
    page: stored.page,
    itemCount: stored.count,
    keys: Float64Array.from(facets.keys),
    keySlots: Uint8Array.from(facets.keySlots),
    records,
    offsets: lineOffsets(records),
    strings: facets.strings,
    categorySlots,
    favouriteSlots: Uint8Array.from(facets.favourites),
  };
}

/** Start of each line; the one after the last stands one past its (missing) line end. */
function lineOffsets(records: Uint8Array): Uint32Array<ArrayBuffer> {
  const offsets = new Uint32Array(PAGE_SLOTS + 1).fill(records.length + 1);
  offsets[0] = 0;
  let slot = 1;
  for (
    let at = records.indexOf(LINE_END);
    at !== -1 && slot <= PAGE_SLOTS;
    at = records.indexOf(LINE_END, at + 1)
  ) {
    offsets[slot] = at + 1;
    slot += 1;
  }
  return offsets;
}
