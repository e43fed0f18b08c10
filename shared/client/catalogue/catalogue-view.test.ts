// Finding items by code, place and category in packed pages.

import { describe, expect, test } from 'vitest';
import { aPage, anItem } from '../../../tests/support/a-shop.ts';
import { asCategoryId } from '../../domain/ids.ts';
import type { Item } from '../../domain/item.ts';
import { createCatalogueView } from './catalogue-view.ts';
import { compactPage } from './compact-page.ts';
import { joinKeys } from './key-index.ts';
import { numericKey } from './numeric-key.ts';
import { packPage } from './pack-page.ts';

const pack = (items: readonly Item[]) => packPage(compactPage(aPage(items)));

function viewOf(...pages: (readonly Item[])[]) {
  const view = createCatalogueView();
  view.takePages(pages.map(pack));
  return view;
}

describe('catalogue view', () => {
  test('an item comes back from its page exactly as the server wrote it', () => {
    const item = anItem(257, {
      name: { en: 'Tea', fa: 'چای', pl: 'Herbata' },
      barcodes: ['05901234123457'],
      picture: 'media/tea.svg',
      favourite: true,
      variant: { styleId: 's', size: 'M' },
    });
    expect(viewOf([item]).itemAt(257)).toEqual(item);
  });

  test('any form of a GTIN, a shop code and the SKU find the item', () => {
    const item = anItem(3, { barcodes: ['05901234123457', 'LOCKER 7'] });
    const view = viewOf([anItem(2), item]);
    for (const code of ['5901234123457', '05901234123457', 'locker 7', 'SKU-3', ' sku-3 ']) {
      expect([code, view.findByCode(code)]).toEqual([code, [item]]);
    }
    expect(view.findByCode('5901234123458')).toEqual([]);
    expect(view.findByCode('')).toEqual([]);
  });

  test('a code that two items share gives both', () => {
    const view = viewOf([anItem(0, { barcodes: ['X1'] }), anItem(5, { barcodes: ['X1'] })]);
    expect(view.findByCode('x1').map((item) => item.ordinal)).toEqual([0, 5]);
  });

  test('a changed page replaces what was found before; a dropped page finds nothing', () => {
    const view = viewOf([anItem(0, { barcodes: ['X1'] })]);
    view.takePages([pack([anItem(0, { barcodes: ['X2'], priceMinor: 7 })])]);
    expect(view.findByCode('X1')).toEqual([]);
    expect(view.findByCode('X2')[0]?.priceMinor).toBe(7);
    view.dropPages([0]);
    expect(view.findByCode('X2')).toEqual([]);
    expect(view.itemCount()).toBe(0);
  });

  test('keys that come before their page say which page is missing', () => {
    const view = createCatalogueView();
    const page = pack([anItem(512, { barcodes: ['05901234123457'] })]);
    view.takeKeys(joinKeys([page]));
    expect(view.findByCode('5901234123457')).toEqual([]);
    expect(view.missingPagesOf('5901234123457')).toEqual([2]);
    expect(view.itemCount()).toBe(1);
    view.takePages([page]);
    expect(view.missingPagesOf('5901234123457')).toEqual([]);
    expect(view.findByCode('5901234123457')).toHaveLength(1);
  });

  test('kept keys never replace a page that has come already', () => {
    const view = viewOf([anItem(0, { barcodes: ['NEW'] })]);
    view.takeKeys(joinKeys([pack([anItem(0, { barcodes: ['OLD'] })])]));
    expect(view.findByCode('NEW')).toHaveLength(1);
    expect(view.findByCode('OLD')).toEqual([]);
  });

  test('a category lists its items in catalogue order, a part at a time, over pages', () => {
    const fruit = asCategoryId('fruit');
    const view = viewOf(
      [anItem(300, { categoryId: fruit })],
      [anItem(0), anItem(1, { categoryId: fruit }), anItem(2, { categoryId: fruit })],
    );
    expect(view.inCategory('fruit', 10, 0).map((item) => item.ordinal)).toEqual([1, 2, 300]);
    expect(view.inCategory('fruit', 1, 1).map((item) => item.ordinal)).toEqual([2]);
    expect(view.inCategory('none', 10, 0)).toEqual([]);
  });

  test('an item is found by id wherever it stands', () => {
    const view = viewOf([anItem(0), anItem(255)], [anItem(300)]);
    expect(view.byId('item-255')?.ordinal).toBe(255);
    expect(view.byId('item-300')?.ordinal).toBe(300);
    expect(view.byId('item-30')).toBeNull();
  });

  test('favourites keep catalogue order', () => {
    const view = viewOf([anItem(9, { favourite: true }), anItem(4, { favourite: true }), anItem(5)]);
    expect(view.favourites().map((item) => item.ordinal)).toEqual([4, 9]);
  });
});

describe('numeric keys', () => {
  test('fourteen digits are their own number and anything else is a larger one', () => {
    expect(numericKey('05901234123457')).toBe(5_901_234_123_457);
    expect(numericKey('SKU-1')).toBeGreaterThan(99_999_999_999_999);
    expect(Number.isSafeInteger(numericKey('ü'.repeat(64)))).toBe(true);
    expect(numericKey('SKU-1')).not.toBe(numericKey('SKU-2'));
  });
});
