// A page as it is kept on the disk of a workstation: the items of the server's page without what repeats. Names
// of members are gone, strings that items share stand once per page, and what a start needs (keys, categories,
// favourites) is beside the records, so that no item has to be parsed before it is sold.
//
//   record line = [id, sku, names by language, category, unit, price, tax group, barcodes, picture, rest?]
//                                              └── places in `strings`, -1 for none ──┘

import { catalogueKey } from '../../domain/barcode.ts';
import { asCategoryId, asItemId, asTaxGroupId } from '../../domain/ids.ts';
import type { Item, UnitOfMeasure } from '../../domain/item.ts';
import { LANGUAGES, type LocalizedText } from '../../domain/localized-text.ts';
import { numericKey } from './numeric-key.ts';

export const PAGE_SLOTS = 256;

/** A page document as the server sends it, as far as it is used: one line per slot in each string. */
export type ServerPage = {
  readonly id: string;
  readonly page: number;
  readonly count: number;
  readonly barcodes: string;
  readonly search: string;
  readonly records: string;
};

/** The page as it is kept. */
export type StoredPage = {
  readonly id: string;
  readonly page: number;
  readonly count: number;
  readonly search: string;
  readonly records: string;
  /** JSON of Facets. */
  readonly facets: string;
};

export type Facets = {
  readonly strings: readonly string[];
  /** Numeric keys of all codes, ascending, and the slot of each. */
  readonly keys: readonly number[];
  readonly keySlots: readonly number[];
  /** Place of the category in `strings` by slot, -1 for an empty slot. */
  readonly categories: readonly number[];
  readonly favourites: readonly number[];
};

type CompactItem = readonly [
  id: string,
  sku: string,
  names: readonly (string | 0)[],
  category: number,
  unit: number,
  priceMinor: number,
  taxGroup: number,
  barcodes: readonly string[],
  picture: number,
  rest?: Readonly<Record<string, unknown>>,
];

/** Compacts what the server sent; an item that cannot be read leaves its slot empty. */
export function compactPage(source: ServerPage): StoredPage {
  const strings: string[] = [];
  const places = new Map<string, number>();
  const place = (text: string): number => {
    const known = places.get(text);
    if (known !== undefined) return known;
    places.set(text, strings.length);
    return strings.push(text) - 1;
  };
  const keys: { readonly key: number; readonly slot: number }[] = [];
  const addKey = (code: string, slot: number) => keys.push({ key: numericKey(catalogueKey(code)), slot });
  const categories: number[] = [];
  const favourites: number[] = [];
  const lines = source.records
    .split('\n')
    .slice(0, PAGE_SLOTS)
    .map((line, slot) => {
      categories[slot] = -1;
      const item = readItem(line);
      if (item === null) return '';
      categories[slot] = place(item.categoryId);
      if (item.favourite === true) favourites.push(slot);
      addKey(item.sku, slot);
      return JSON.stringify(compactItem(item, place));
    });
  // Lines of `code slot`; a code may hold spaces, the slot stands after the last one.
  for (const line of source.barcodes.split('\n')) {
    const gap = line.lastIndexOf(' ');
    if (gap > 0) addKey(line.slice(0, gap), Number(line.slice(gap + 1)));
  }
  keys.sort((left, right) => left.key - right.key);
  const facets: Facets = {
    strings,
    keys: keys.map((entry) => entry.key),
    keySlots: keys.map((entry) => entry.slot),
    categories,
    favourites,
  };
  const { id, page, count, search } = source;
  return { id, page, count, search, records: lines.join('\n'), facets: JSON.stringify(facets) };
}

/** The item of a record line. */
export function expandItem(line: string, ordinal: number, strings: readonly string[]): Item {
  const [id, sku, names, category, unit, priceMinor, taxGroup, barcodes, picture, rest] = JSON.parse(
    line,
  ) as CompactItem; // Written by compactItem.
  const name: Record<string, string> = {};
  names.forEach((text, place) => {
    const language = LANGUAGES[place];
    if (language !== undefined && text !== 0) name[language] = text;
  });
  const pictureText = strings[picture];
  return {
    id: asItemId(id),
    ordinal,
    sku,
    name: name as LocalizedText, // `en` is always there: the first of LANGUAGES, and the server requires it.
    categoryId: asCategoryId(strings[category] ?? ''),
    unit: (strings[unit] ?? 'piece') as UnitOfMeasure, // Taken from an Item.
    priceMinor,
    taxGroupId: asTaxGroupId(strings[taxGroup] ?? ''),
    barcodes,
    ...(pictureText === undefined ? {} : { picture: pictureText }),
    ...rest,
  };
}

function compactItem(item: Item, place: (text: string) => number): CompactItem {
  const {
    id,
    sku,
    name,
    categoryId,
    unit,
    priceMinor,
    taxGroupId,
    barcodes,
    picture,
    ordinal: _,
    ...rest
  } = item;
  const names = LANGUAGES.map((language) => name[language] ?? 0);
  const pictureAt = picture === undefined ? -1 : place(picture);
  const compact = [
    id,
    sku,
    names,
    place(categoryId),
    place(unit),
    priceMinor,
    place(taxGroupId),
    barcodes,
    pictureAt,
  ] as const;
  return Object.keys(rest).length === 0 ? compact : [...compact, rest];
}

function readItem(line: string): Item | null {
  if (line === '') return null;
  try {
    return JSON.parse(line) as Item; // The server checked it against itemSchema when it wrote the page.
  } catch {
    return null;
  }
}
