import { describe, expect, test } from 'vitest';
import { asCategoryId, asTaxGroupId } from '../../shared/domain/ids.ts';
import { LANGUAGES } from '../../shared/domain/localized-text.ts';
import { locateColumns, parseMapOption, type ItemField } from './column-map.ts';
import { readRow, type RowContext } from './read-row.ts';

const FIELDS: readonly ItemField[] = [
  'sku',
  'barcode',
  'name',
  'name.fa',
  'price',
  'tax',
  'category',
  'unit',
];
const context: RowContext = {
  columns: new Map(FIELDS.map((field, place) => [field, place])),
  currencyDigits: 2,
  priceMaxMinor: 1_000_000,
  taxGroups: new Map([
    ['a', asTaxGroupId('standard')],
    ['standard', asTaxGroupId('standard')],
  ]),
  categories: new Map([['drinks', asCategoryId('drinks')]]),
};

function read(given: Partial<Record<ItemField, string>>) {
  const row: Partial<Record<ItemField, string>> = { sku: 'S1', name: 'Milk', price: '1.99', ...given };
  return readRow(
    FIELDS.map((field) => row[field] ?? ''),
    7,
    context,
  );
}

describe('a row of an import', () => {
  test('is read whole', () => {
    const row = {
      barcode: '3017620422003',
      'name.fa': 'شیر',
      tax: 'A',
      category: 'Drinks',
      unit: 'kg',
    } as const;
    expect(read(row)).toEqual({
      ok: true,
      value: {
        line: 7,
        sku: 'S1',
        barcode: '03017620422003',
        names: { en: 'Milk', fa: 'شیر' },
        priceMinor: 199,
        taxGroupId: 'standard',
        categoryId: 'drinks',
        unit: 'kilogram',
      },
    });
  });

  test.each([
    ['1,99', 199],
    ['2', 200],
    ['0', 0],
    ['۱٫۵', 150],
    ['0.10', 10],
    ['2.550', 255],
  ])('the price %s is %d minor units', (price, priceMinor) => {
    expect(read({ price })).toMatchObject({ ok: true, value: { priceMinor } });
  });

  test.each([
    [{ price: '1.999' }, 'price-not-understood'],
    [{ price: '€ 2' }, 'price-not-understood'],
    [{ price: '1e3' }, 'price-not-understood'],
    [{ price: '1.234,50' }, 'price-not-understood'],
    [{ price: 'NaN' }, 'price-not-understood'],
    [{ price: '-1' }, 'price-not-allowed'],
    [{ price: '10000.01' }, 'price-not-allowed'],
    [{ barcode: '3017620422004' }, 'wrong-check-digit'],
    [{ barcode: '9'.repeat(65) }, 'code-too-long'],
    [{ sku: '' }, 'key-missing'],
    [{ sku: 'x'.repeat(65) }, 'code-too-long'],
    [{ name: '' }, 'name-missing'],
    [{ name: '   ' }, 'name-missing'],
    [{ name: 'x'.repeat(201) }, 'name-too-long'],
    [{ 'name.fa': 'ش'.repeat(201) }, 'name-too-long'],
    [{ name: 'a\u0000b' }, 'control-character'],
    [{ name: 'a\nb' }, 'control-character'],
    [{ name: 'caf\uFFFD' }, 'text-unreadable'],
    [{ name: 'a\uD800b' }, 'text-unreadable'],
    [{ tax: 'Z' }, 'tax-unknown'],
    [{ tax: 'constructor' }, 'tax-unknown'],
    [{ category: 'none' }, 'category-unknown'],
    [{ unit: 'constructor' }, 'unit-unknown'],
  ] as const)('%j is refused: %s', (given, reason) => {
    expect(read(given)).toMatchObject({ ok: false, reason });
  });

  test('a row that is too short is refused and never half read', () => {
    expect(readRow(['S1', '', 'Milk'], 1, context)).toMatchObject({ ok: false, reason: 'too-few-columns' });
  });

  test('texts are trimmed and composed, so that the same name is the same text', () => {
    expect(read({ name: '  Cafe\u0301 ' })).toMatchObject({ ok: true, value: { names: { en: 'Café' } } });
  });
});

describe('columns of a file', () => {
  const none = new Map<ItemField, string>();
  const mapped = (text: string) => {
    const map = parseMapOption([text]);
    return map.ok ? map.value : none;
  };

  test('are found by the words of the header, whatever their case', () => {
    const wished = mapped('sku=StockCode,name=Description,price=UnitPrice');
    const header = ['InvoiceNo', 'STOCKCODE', 'Description', 'UnitPrice'];
    expect(locateColumns(header, { wished, hasHeader: null })).toEqual({
      ok: true,
      value: {
        columns: new Map([
          ['sku', 1],
          ['name', 2],
          ['price', 3],
        ]),
        isFirstRecordHeader: true,
      },
    });
  });

  test('are counted from 1 in a file without header', () => {
    expect(
      locateColumns(['3017620422003', 'Spread'], { wished: mapped('barcode=1,name=2'), hasHeader: false }),
    ).toEqual({
      ok: true,
      value: {
        columns: new Map([
          ['barcode', 0],
          ['name', 1],
        ]),
        isFirstRecordHeader: false,
      },
    });
  });

  test('a barcode and a name need no map at all', () => {
    expect(locateColumns(['3017620422003', 'Spread'], { wished: none, hasHeader: null })).toMatchObject({
      ok: true,
      value: { isFirstRecordHeader: false },
    });
  });

  test('a header with our own words needs none either', () => {
    expect(locateColumns(['SKU', 'Name', 'name.ru', 'colour'], { wished: none, hasHeader: null })).toEqual({
      ok: true,
      value: {
        columns: new Map([
          ['sku', 0],
          ['name', 1],
          ['name.ru', 2],
        ]),
        isFirstRecordHeader: true,
      },
    });
  });

  test('a column that is not there and words nobody knows are refused', () => {
    expect(locateColumns(['a', 'b'], { wished: mapped('sku=c'), hasHeader: null })).toMatchObject({
      reason: 'column-missing',
    });
    expect(locateColumns(['a', 'b'], { wished: mapped('sku=3'), hasHeader: false })).toMatchObject({
      reason: 'column-missing',
    });
    expect(locateColumns(['a', 'b'], { wished: none, hasHeader: null })).toMatchObject({
      reason: 'columns-unknown',
    });
  });

  test.each(['sku', 'colour=2', 'sku=', '=x'])('the map "%s" is not understood', (text) => {
    expect(parseMapOption([text])).toMatchObject({ ok: false, reason: 'map-not-understood' });
  });

  test('a field has one column', () => {
    expect(parseMapOption(['sku=a', 'sku=b'])).toMatchObject({ ok: false, reason: 'map-names-twice' });
    expect(LANGUAGES.every((language) => parseMapOption([`name.${language}=x`]).ok)).toBe(true);
  });
});
