import { describe, expect, test } from 'vitest';
import { asCategoryId, asItemId, asTaxGroupId } from '../../shared/domain/ids.ts';
import type { Item } from '../../shared/domain/item.ts';
import { planBatch, type PlanGiven } from './plan-batch.ts';
import type { ImportRow } from './read-row.ts';

function aRow(given: Partial<ImportRow> = {}): ImportRow {
  return {
    line: 1,
    sku: 'S1',
    barcode: null,
    names: { en: 'Milk' },
    priceMinor: 119,
    taxGroupId: null,
    categoryId: null,
    unit: null,
    ...given,
  };
}
function anItem(given: Partial<Item> = {}): Item {
  return {
    id: asItemId('i7'),
    ordinal: 7,
    sku: 'S1',
    name: { en: 'Milk', fa: 'شیر' },
    categoryId: asCategoryId('dairy'),
    unit: 'piece',
    priceMinor: 119,
    taxGroupId: asTaxGroupId('reduced'),
    barcodes: ['03017620422003'],
    favourite: true,
    ...given,
  };
}
function aPlan(
  rows: readonly ImportRow[],
  given: { items?: readonly Item[]; deleted?: readonly string[] } & Partial<PlanGiven> = {},
) {
  const items = given.items ?? [];
  const byBarcode = new Map<string, Item[]>();
  for (const item of items)
    for (const code of item.barcodes) byBarcode.set(code, [...(byBarcode.get(code) ?? []), item]);
  return planBatch(rows, {
    defaults: { priceMinor: 199, taxGroupId: asTaxGroupId('standard'), categoryId: asCategoryId('imported') },
    bySku: new Map(items.map((item) => [item.sku, item])),
    byBarcode,
    deletedIds: new Set(given.deleted ?? []),
    seen: new Map(),
    nextOrdinal: 100,
    newId: (ordinal) => asItemId(`i${String(ordinal)}`),
    ...given,
  });
}

describe('planning a batch of rows', () => {
  test('new items follow each other in the catalogue and get what the file leaves open', () => {
    const plan = aPlan([aRow(), aRow({ line: 2, sku: 'S2', priceMinor: null, barcode: '03017620422003' })]);
    expect(plan.added).toEqual([
      {
        id: 'i100',
        ordinal: 100,
        sku: 'S1',
        name: { en: 'Milk' },
        categoryId: 'imported',
        unit: 'piece',
        priceMinor: 119,
        taxGroupId: 'standard',
        barcodes: [],
      },
      {
        id: 'i101',
        ordinal: 101,
        sku: 'S2',
        name: { en: 'Milk' },
        categoryId: 'imported',
        unit: 'piece',
        priceMinor: 199,
        taxGroupId: 'standard',
        barcodes: ['03017620422003'],
      },
    ]);
  });

  test('what the file does not name stays as it is', () => {
    const before = anItem();
    const plan = aPlan([aRow({ priceMinor: 129 })], { items: [before] });
    expect(plan.changed).toEqual([{ before, after: { ...before, priceMinor: 129 } }]);
  });

  test('a row that says what is known changes nothing', () => {
    const plan = aPlan([aRow({ barcode: '03017620422003' })], { items: [anItem()] });
    expect(plan).toMatchObject({ unchangedCount: 1, added: [], changed: [], refused: [] });
  });

  test('a further barcode joins those the item has', () => {
    const plan = aPlan([aRow({ barcode: '00000096385074' })], { items: [anItem()] });
    expect(plan.changed[0]?.after.barcodes).toEqual(['03017620422003', '00000096385074']);
  });

  test('without a column of skus the barcode tells items apart and becomes the sku as people read it', () => {
    const rows = ['03017620422003', '00000096385074', '10012345678902'].map((barcode, place) =>
      aRow({ line: place, sku: null, barcode }),
    );
    expect(aPlan(rows).added.map((item) => item.sku)).toEqual([
      '3017620422003',
      '96385074',
      '10012345678902',
    ]);
    expect(
      aPlan([aRow({ sku: null, barcode: '03017620422003', names: { en: 'Fresh milk' } })], {
        items: [anItem()],
      }).changed[0]?.after,
    ).toMatchObject({ id: 'i7', name: { en: 'Fresh milk', fa: 'شیر' } });
  });

  test('the same item twice in a file is refused the second time, also in another batch', () => {
    const plan = aPlan([aRow({ line: 4 }), aRow({ line: 9, priceMinor: 1 })]);
    expect(plan.refused).toEqual([
      { line: 9, refusal: { ok: false, reason: 'repeated-in-file', details: { line: 4 } } },
    ]);
    expect(aPlan([aRow({ line: 5_000 })], { seen: plan.named }).refused[0]?.refusal.details).toEqual({
      line: 4,
    });
  });

  test('two barcodes of one item are one item', () => {
    const item = anItem({ barcodes: ['03017620422003', '00000096385074'] });
    const rows = [
      aRow({ line: 1, sku: null, barcode: '03017620422003' }),
      aRow({ line: 2, sku: null, barcode: '00000096385074' }),
    ];
    expect(aPlan(rows, { items: [item] }).refused.map((each) => each.line)).toEqual([2]);
  });

  test('a barcode of several items, a taken sku, no price and no name are refused', () => {
    const twins = [anItem(), anItem({ id: asItemId('i8'), sku: 'S2' })];
    const reasons = (rows: readonly ImportRow[], given: Parameters<typeof aPlan>[1]) =>
      aPlan(rows, given).refused.map(({ refusal }) => refusal.reason);
    expect(reasons([aRow({ sku: null, barcode: '03017620422003' })], { items: twins })).toEqual([
      'barcode-of-several-items',
    ]);
    const owner = anItem({ sku: '3017620422003', barcodes: [] });
    expect(reasons([aRow({ sku: null, barcode: '03017620422003' })], { items: [owner] })).toEqual([
      'sku-of-another-item',
    ]);
    const defaults = { priceMinor: null, taxGroupId: asTaxGroupId('a'), categoryId: asCategoryId('c') };
    expect(reasons([aRow({ priceMinor: null })], { defaults })).toEqual(['price-missing']);
    expect(reasons([aRow({ names: { fa: 'شیر' } })], {})).toEqual(['name-missing']);
  });

  test('a deleted item comes back under its own id', () => {
    const plan = aPlan([aRow()], { items: [anItem()], deleted: ['i7'] });
    expect(plan.changed.map((change) => change.after.id)).toEqual(['i7']);
  });
});
