import { describe, expect, test } from 'vitest';
import { asCategoryId, asItemId, asTaxGroupId } from '../../shared/domain/ids.ts';
import type { Item } from '../../shared/domain/item.ts';
import type { CataloguePage } from '../../shared/protocol/documents.ts';
import { pageDocument, placeOf, searchLine } from './page-document.ts';

function anItem(ordinal: number, given: Partial<Item> = {}): Item {
  return {
    id: asItemId(`i${String(ordinal)}`),
    ordinal,
    sku: `SKU-${String(ordinal)}`,
    name: { en: 'Green velvet sofa', fa: 'مبل مخملی سبز', ru: 'Зелёный диван', pl: 'Zielona sofa' },
    categoryId: asCategoryId('furniture'),
    unit: 'piece',
    priceMinor: 79_900,
    taxGroupId: asTaxGroupId('standard'),
    barcodes: [],
    ...given,
  };
}

/** Items of a page as a workstation reads them back. */
function itemsOf(page: CataloguePage): (Item | null)[] {
  return page.records.split('\n').map((line) => (line === '' ? null : (JSON.parse(line) as Item)));
}

describe('catalogue page', () => {
  test('256 items are a page, by ordinal', () => {
    expect(placeOf(0)).toEqual({ page: 0, slot: 0 });
    expect(placeOf(255)).toEqual({ page: 0, slot: 255 });
    expect(placeOf(256)).toEqual({ page: 1, slot: 0 });
    expect(placeOf(99_999)).toEqual({ page: 390, slot: 159 });
  });

  test('items come back as they went in, whatever order they came in', () => {
    const items = [anItem(258), anItem(256, { barcodes: ['02000000002569', 'A 1'] }), anItem(257)];
    const page = pageDocument(1, items);
    expect(page?.id).toBe('000001');
    expect(page?.count).toBe(3);
    expect(page && itemsOf(page)).toEqual([items[1], items[2], items[0]]);
    expect(page?.barcodes).toBe('02000000002569 0\nA 1 0');
    expect(page?.prices).toBe('79900\n79900\n79900');
  });

  test('a slot without an item is an empty line in every string', () => {
    const page = pageDocument(0, [anItem(0), anItem(2, { priceMinor: 100 })]);
    expect(page?.count).toBe(2);
    expect(page?.prices).toBe('79900\n\n100');
    expect(page?.search.split('\n')[1]).toBe('');
    expect(page && itemsOf(page)[1]).toBeNull();
  });

  test('a page without items is no document, so that it is deleted', () => {
    expect(pageDocument(3, [])).toBeNull();
  });

  test('a name with a line break cannot break the lines of a page', () => {
    const page = pageDocument(0, [anItem(0, { name: { en: 'two\nlines\u2028three' } }), anItem(1)]);
    expect(page?.records.split('\n')).toHaveLength(2);
    expect(page?.search.split('\n')).toHaveLength(2);
    expect(page && itemsOf(page)[0]?.name.en).toBe('two\nlines\u2028three');
  });

  test('search holds every word of sku and names once, folded', () => {
    expect(searchLine(anItem(7))).toBe('sku 7 green velvet sofa مبل مخملی سبز зеленыи диван zielona');
  });

  test('an item of another page or a second one for a place is a fault', () => {
    expect(() => pageDocument(0, [anItem(256)])).toThrow('not on page 0');
    expect(() => pageDocument(0, [anItem(5), anItem(5, { id: asItemId('other') })])).toThrow('ordinal 5');
  });
});
