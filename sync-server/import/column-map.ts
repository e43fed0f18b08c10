// Which column of the file holds what. Columns are named by the header line, or counted from 1 where there is none.

import { accept, refuse, type Outcome } from '../../shared/domain/refusal.ts';
import { LANGUAGES } from '../../shared/domain/localized-text.ts';
import { parseBarcode } from '../../shared/domain/barcode.ts';

export const ITEM_FIELDS = ['sku', 'barcode', 'name', 'price', 'tax', 'category', 'unit'] as const;
/** A plain field, or a name in one language: `name.fa`. */
export type ItemField = (typeof ITEM_FIELDS)[number] | `name.${(typeof LANGUAGES)[number]}`;

/** Place of each field's column, from 0. */
export type ColumnMap = ReadonlyMap<ItemField, number>;

const FIELDS: readonly string[] = [...ITEM_FIELDS, ...LANGUAGES.map((language) => `name.${language}`)];

/** Reads `sku=StockCode,name=Description`; several texts are read as one. */
export function parseMapOption(
  texts: readonly string[],
): Outcome<ReadonlyMap<ItemField, string>, 'map-not-understood' | 'map-names-twice'> {
  const map = new Map<ItemField, string>();
  for (const pair of texts.flatMap((text) => text.split(',')).map((each) => each.trim())) {
    if (pair === '') continue;
    const [, field = '', column = ''] = /^([^=]+)=(.+)$/u.exec(pair) ?? [];
    if (!isItemField(field.trim())) return refuse('map-not-understood', { pair, fields: FIELDS.join(', ') });
    const known = field.trim();
    if (!isItemField(known) || map.has(known)) return refuse('map-names-twice', { pair });
    map.set(known, column.trim());
  }
  return accept(map);
}

/**
 * The columns by the first record of the file. Without a wish the header's own words are used; a file without
 * header whose first record is a barcode and a text is read as barcode and name.
 */
export function locateColumns(
  first: readonly string[],
  given: { readonly wished: ReadonlyMap<ItemField, string>; readonly hasHeader: boolean | null },
): Outcome<
  { readonly columns: ColumnMap; readonly isFirstRecordHeader: boolean },
  'column-missing' | 'columns-unknown'
> {
  const { wished, hasHeader } = given;
  const header = first.map((cell) => cell.trim().toLowerCase());
  const columns = new Map<ItemField, number>();
  const isCounted = [...wished.values()].every((column) => /^\d+$/u.test(column));
  if (hasHeader === false || (hasHeader === null && wished.size > 0 && isCounted && looksLikeGoods(first))) {
    for (const [field, column] of wished.size === 0 ? GOODS_COLUMNS : wished) {
      const place = Number(column) - 1;
      if (!Number.isInteger(place) || place < 0 || place >= first.length) {
        return refuse('column-missing', { field, column, columns: first.length });
      }
      columns.set(field, place);
    }
    return accept({ columns, isFirstRecordHeader: false });
  }
  if (wished.size === 0 && hasHeader === null && looksLikeGoods(first)) {
    return accept({
      columns: new Map([
        ['barcode', 0],
        ['name', 1],
      ]),
      isFirstRecordHeader: false,
    });
  }
  const wishes =
    wished.size > 0 ? wished : new Map(FIELDS.filter(isItemField).map((field) => [field, field]));
  for (const [field, column] of wishes) {
    const named = header.indexOf(column.toLowerCase());
    const place = named < 0 && /^\d+$/u.test(column) ? Number(column) - 1 : named;
    if (place >= 0 && place < first.length) columns.set(field, place);
    else if (wished.size > 0) return refuse('column-missing', { field, column, columns: first.join(', ') });
  }
  return columns.size === 0
    ? refuse('columns-unknown', { columns: first.join(', ') })
    : accept({ columns, isFirstRecordHeader: true });
}

const GOODS_COLUMNS: ReadonlyMap<ItemField, string> = new Map([
  ['barcode', '1'],
  ['name', '2'],
]);

function looksLikeGoods([code = '', name = '']: readonly string[]): boolean {
  return parseBarcode(code).kind === 'gtin' && name !== '';
}

function isItemField(text: string): text is ItemField {
  return FIELDS.includes(text);
}
