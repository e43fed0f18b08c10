// Decides what a batch of rows does to the catalogue: which items are new, which change, which stay as they are,
// and which rows are refused because of what else is in the file or in the catalogue. Pure, so that a dry run and
// a real one decide the same.
//
//   row ──seen before in this file?──► refused
//    └──► item by sku, or by barcode ──none──► added
//                     └──same after the row──► unchanged, else ──► changed

import type { CategoryId, ItemId, TaxGroupId } from '../../shared/domain/ids.ts';
import type { Item } from '../../shared/domain/item.ts';
import type { LocalizedText } from '../../shared/domain/localized-text.ts';
import { refuse, type Refusal } from '../../shared/domain/refusal.ts';
import { LIST_MAX } from '../../shared/protocol/limits.ts';
import type { ImportRow } from './read-row.ts';

export type PlanRefusal =
  | 'repeated-in-file'
  | 'barcode-of-several-items'
  | 'sku-of-another-item'
  | 'too-many-barcodes'
  | 'name-missing'
  | 'price-missing';

export type RefusedRow = { readonly line: number; readonly refusal: Refusal<PlanRefusal> };

export type BatchPlan = {
  readonly added: readonly Item[];
  readonly changed: readonly { readonly before: Item; readonly after: Item }[];
  readonly unchangedCount: number;
  readonly refused: readonly RefusedRow[];
  /** Lines that named an item in this batch, to be seen by the next. */
  readonly named: ReadonlyMap<string, number>;
};

export type PlanGiven = {
  readonly defaults: {
    readonly priceMinor: number | null;
    readonly taxGroupId: TaxGroupId;
    readonly categoryId: CategoryId;
  };
  /** Live items that the rows name, by sku and by barcode. */
  readonly bySku: ReadonlyMap<string, Item>;
  readonly byBarcode: ReadonlyMap<string, readonly Item[]>;
  /** Ids of items among them that were deleted; a row that names one brings it back. */
  readonly deletedIds: ReadonlySet<string>;
  /** Lines of the file that named an item in a batch before this one. */
  readonly seen: ReadonlyMap<string, number>;
  /** First ordinal that is free. */
  readonly nextOrdinal: number;
  readonly newId: (ordinal: number) => ItemId;
};

export function planBatch(rows: readonly ImportRow[], given: PlanGiven): BatchPlan {
  const added: Item[] = [];
  const changed: { before: Item; after: Item }[] = [];
  const refused: RefusedRow[] = [];
  const named = new Map<string, number>();
  let unchangedCount = 0;
  for (const row of rows) {
    const verdict = planRow(row, { ...given, named }, given.nextOrdinal + added.length);
    if ('refusal' in verdict) refused.push({ line: row.line, refusal: verdict.refusal });
    else if (verdict.before === null) added.push(verdict.after);
    else if (isSame(verdict.before, verdict.after) && !given.deletedIds.has(verdict.after.id))
      unchangedCount += 1;
    else changed.push({ before: verdict.before, after: verdict.after });
  }
  return { added, changed, unchangedCount, refused, named };
}

type Verdict =
  | { readonly refusal: Refusal<PlanRefusal> }
  | { readonly before: Item | null; readonly after: Item };

type RowGiven = PlanGiven & { readonly named: Map<string, number> };

function planRow(row: ImportRow, given: RowGiven, ordinal: number): Verdict {
  const lineOf = (key: string): number | undefined => given.named.get(key) ?? given.seen.get(key);
  const key = row.sku === null ? `b ${row.barcode ?? ''}` : `s ${row.sku}`;
  const repeats = lineOf(key);
  if (repeats !== undefined) return { refusal: refuse('repeated-in-file', { line: repeats }) };
  const owners = row.barcode === null ? [] : (given.byBarcode.get(row.barcode) ?? []);
  if (row.sku === null && owners.length > 1) {
    return { refusal: refuse('barcode-of-several-items', { items: owners.length }) };
  }
  const before = owners.length > 0 && row.sku === null ? (owners[0] ?? null) : itemBySku(row, given);
  const verdict = before === null ? newItem(row, given, ordinal) : changedItem(before, row);
  if ('refusal' in verdict) return verdict;
  const itemKey = `i ${verdict.after.id}`;
  const other = lineOf(itemKey);
  if (other !== undefined) return { refusal: refuse('repeated-in-file', { line: other }) };
  given.named.set(key, row.line);
  given.named.set(itemKey, row.line);
  return verdict;
}

/** The sku of a row: its own, or its barcode as a person reads it (13 digits, or 8 of a GTIN-8). */
export function skuOf(row: Pick<ImportRow, 'sku' | 'barcode'>): string {
  return row.sku ?? (row.barcode ?? '').replace(/^0{6}(?=\d{8}$)|^0(?=\d{13}$)/u, '');
}

// Without a column of skus only a deleted item is found by the sku that its barcode would give.
function itemBySku(row: ImportRow, given: PlanGiven): Item | null {
  const item = given.bySku.get(skuOf(row));
  if (item === undefined) return null;
  return row.sku !== null || given.deletedIds.has(item.id) ? item : null;
}

function newItem(row: ImportRow, given: PlanGiven, ordinal: number): Verdict {
  const sku = skuOf(row);
  if (given.bySku.has(sku)) return { refusal: refuse('sku-of-another-item', { sku }) };
  const { en } = row.names;
  if (en === undefined) return { refusal: refuse('name-missing') };
  const priceMinor = row.priceMinor ?? given.defaults.priceMinor;
  if (priceMinor === null) return { refusal: refuse('price-missing') };
  const after: Item = {
    id: given.newId(ordinal),
    ordinal,
    sku,
    name: { ...row.names, en },
    categoryId: row.categoryId ?? given.defaults.categoryId,
    unit: row.unit ?? 'piece',
    priceMinor,
    taxGroupId: row.taxGroupId ?? given.defaults.taxGroupId,
    barcodes: row.barcode === null ? [] : [row.barcode],
  };
  return { before: null, after };
}

// Only what the file says is changed; barcodes are added to those the item has.
function changedItem(before: Item, row: ImportRow): Verdict {
  const name: LocalizedText = { ...before.name, ...row.names };
  const isNewCode = row.barcode !== null && !before.barcodes.includes(row.barcode);
  if (isNewCode && before.barcodes.length >= LIST_MAX.barcodes) {
    return { refusal: refuse('too-many-barcodes', { max: LIST_MAX.barcodes }) };
  }
  const after: Item = {
    ...before,
    name,
    categoryId: row.categoryId ?? before.categoryId,
    unit: row.unit ?? before.unit,
    priceMinor: row.priceMinor ?? before.priceMinor,
    taxGroupId: row.taxGroupId ?? before.taxGroupId,
    barcodes: isNewCode && row.barcode !== null ? [...before.barcodes, row.barcode] : before.barcodes,
  };
  return { before, after };
}

// Both have the properties of `before` in its order, so their texts are the same exactly when they are.
function isSame(before: Item, after: Item): boolean {
  return JSON.stringify(before) === JSON.stringify(after);
}
