// One record of a file as a row for the catalogue, or the reason why it is refused. A row is taken whole or not at
// all; nothing is guessed and nothing is cut to fit.

import { BARCODE_MAX, catalogueKey, parseBarcode } from '../../shared/domain/barcode.ts';
import type { CategoryId, TaxGroupId } from '../../shared/domain/ids.ts';
import type { UnitOfMeasure } from '../../shared/domain/item.ts';
import { LANGUAGES, type Language } from '../../shared/domain/localized-text.ts';
import { parseDecimal } from '../../shared/domain/parse-decimal.ts';
import { accept, refuse, type Outcome } from '../../shared/domain/refusal.ts';
import { TEXT_MAX } from '../../shared/protocol/limits.ts';
import type { ColumnMap, ItemField } from './column-map.ts';

export type ImportRow = {
  readonly line: number;
  /** As printed; null where the file has no column of them. */
  readonly sku: string | null;
  /** As it is looked up; null where there is none. */
  readonly barcode: string | null;
  readonly names: { readonly [Each in Language]?: string };
  /** Minor units; null where the file has no price. */
  readonly priceMinor: number | null;
  readonly taxGroupId: TaxGroupId | null;
  readonly categoryId: CategoryId | null;
  readonly unit: UnitOfMeasure | null;
};

export type RowContext = {
  readonly columns: ColumnMap;
  /** Digits of the currency's minor unit. */
  readonly currencyDigits: number;
  readonly priceMaxMinor: number;
  /** Tax groups by letter and id, categories by id and name, both lower-case. */
  readonly taxGroups: ReadonlyMap<string, TaxGroupId>;
  readonly categories: ReadonlyMap<string, CategoryId>;
};

export type RowRefusal =
  | 'too-few-columns'
  | 'text-unreadable'
  | 'control-character'
  | 'key-missing'
  | 'code-too-long'
  | 'wrong-check-digit'
  | 'name-missing'
  | 'name-too-long'
  | 'price-not-understood'
  | 'price-not-allowed'
  | 'tax-unknown'
  | 'category-unknown'
  | 'unit-unknown';

const UNITS: Readonly<Record<string, UnitOfMeasure>> = {
  piece: 'piece',
  pc: 'piece',
  pcs: 'piece',
  kilogram: 'kilogram',
  kg: 'kilogram',
  litre: 'litre',
  liter: 'litre',
  l: 'litre',
  metre: 'metre',
  meter: 'metre',
  m: 'metre',
};

/** Reads the fields of a record that begins on `line`. */
export function readRow(
  fields: readonly string[],
  line: number,
  context: RowContext,
): Outcome<ImportRow, RowRefusal> {
  const cells = new Map<ItemField, string>();
  for (const [field, place] of context.columns) {
    const cell = fields[place];
    if (cell === undefined) return refuse('too-few-columns', { field, columns: fields.length });
    const text = cell.trim();
    if (/\uFFFD|\p{Cs}/u.test(text)) return refuse('text-unreadable', { field });
    if (/\p{Cc}/u.test(text)) return refuse('control-character', { field });
    cells.set(field, text.normalize('NFC'));
  }
  const codes = readCodes(cells);
  if (!codes.ok) return codes;
  const names = readNames(cells);
  if (!names.ok) return names;
  const priceMinor = readPrice(cells.get('price'), context);
  if (!priceMinor.ok) return priceMinor;
  const choices = readChoices(cells, context);
  if (!choices.ok) return choices;
  return accept({ line, ...codes.value, names: names.value, priceMinor: priceMinor.value, ...choices.value });
}

function readCodes(
  cells: ReadonlyMap<ItemField, string>,
): Outcome<Pick<ImportRow, 'sku' | 'barcode'>, RowRefusal> {
  const sku = textOrNull(cells.get('sku'));
  const printed = textOrNull(cells.get('barcode'));
  // Items are told apart by their sku where the file has a column for it, else by their barcode.
  if (cells.has('sku') ? sku === null : printed === null) {
    return refuse('key-missing', { field: cells.has('sku') ? 'sku' : 'barcode' });
  }
  if (sku !== null && sku.length > TEXT_MAX.code)
    return refuse('code-too-long', { field: 'sku', max: TEXT_MAX.code });
  if (printed === null) return accept({ sku, barcode: null });
  if (printed.length > Math.min(BARCODE_MAX, TEXT_MAX.code)) {
    return refuse('code-too-long', { field: 'barcode', max: TEXT_MAX.code });
  }
  const read = parseBarcode(printed);
  if (read.kind === 'unknown') {
    return read.reason === 'wrong-check-digit'
      ? refuse('wrong-check-digit', { barcode: printed })
      : refuse('text-unreadable', { field: 'barcode' });
  }
  return accept({ sku, barcode: catalogueKey(printed) });
}

function readNames(cells: ReadonlyMap<ItemField, string>): Outcome<ImportRow['names'], RowRefusal> {
  const names: { [Each in Language]?: string } = {};
  for (const language of LANGUAGES) {
    const own = cells.get(`name.${language}`);
    const name = textOrNull(own) ?? (language === 'en' ? textOrNull(cells.get('name')) : null);
    if (name === null) continue;
    if (name.length > TEXT_MAX.name) return refuse('name-too-long', { language, max: TEXT_MAX.name });
    names[language] = name;
  }
  const hasNameColumn = cells.has('name') || cells.has('name.en');
  return hasNameColumn && names.en === undefined ? refuse('name-missing') : accept(names);
}

function readPrice(text: string | undefined, context: RowContext): Outcome<number | null, RowRefusal> {
  if (text === undefined || text === '') return accept(null);
  const price = parseDecimal(text, context.currencyDigits);
  if (!price.ok) return refuse('price-not-understood', { price: text, digits: context.currencyDigits });
  const isAllowed = price.value >= 0 && price.value <= context.priceMaxMinor;
  return isAllowed ? price : refuse('price-not-allowed', { price: text });
}

function readChoices(
  cells: ReadonlyMap<ItemField, string>,
  context: RowContext,
): Outcome<Pick<ImportRow, 'taxGroupId' | 'categoryId' | 'unit'>, RowRefusal> {
  const tax = textOrNull(cells.get('tax'));
  const category = textOrNull(cells.get('category'));
  const unitText = textOrNull(cells.get('unit'));
  const taxGroupId = tax === null ? null : context.taxGroups.get(tax.toLowerCase());
  if (taxGroupId === undefined) return refuse('tax-unknown', { tax: tax ?? '' });
  const categoryId = category === null ? null : context.categories.get(category.toLowerCase());
  if (categoryId === undefined) return refuse('category-unknown', { category: category ?? '' });
  const unit = unitText === null ? null : unitOf(unitText.toLowerCase());
  if (unit === undefined) return refuse('unit-unknown', { unit: unitText ?? '' });
  return accept({ taxGroupId, categoryId, unit });
}

function unitOf(text: string): UnitOfMeasure | undefined {
  return Object.hasOwn(UNITS, text) ? UNITS[text] : undefined;
}

function textOrNull(text: string | undefined): string | null {
  return text === undefined || text === '' ? null : text;
}
