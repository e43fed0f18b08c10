import { describe, expect, test } from 'vitest';
import { catalogueKey, catalogueKeys, expandUpcE, parseBarcode } from './barcode.ts';
import { embeddedValueIn, isEmbeddedPattern } from './embedded-barcode.ts';
import { gtinCheckDigit } from './gtin-check-digit.ts';

describe('GTIN', () => {
  test.each([
    ['4006381333931', 'gtin-13', '04006381333931'],
    ['036000291452', 'gtin-12', '00036000291452'],
    ['96385074', 'gtin-8', '00000096385074'],
    ['10012345678902', 'gtin-14', '10012345678902'],
    ['04252614', 'upc-e', '00042100005264'],
  ])('%s is a %s and is kept as %s', (code, form, gtin14) => {
    expect(parseBarcode(code)).toMatchObject({ kind: 'gtin', form, gtin14, key: gtin14 });
    expect(catalogueKey(code)).toBe(gtin14);
  });

  test('UPC-A and the same code as EAN-13 find the same item', () => {
    expect(catalogueKey('036000291452')).toBe(catalogueKey('0036000291452'));
  });

  test('a wrong check digit is named, and the digits can still be looked up as printed', () => {
    expect(parseBarcode('4006381333932')).toEqual({
      kind: 'unknown',
      reason: 'wrong-check-digit',
      key: '4006381333932',
    });
  });

  test('the check digit of 629104150021 is 3', () => {
    expect(gtinCheckDigit('629104150021')).toBe(3);
  });

  test.each([
    ['2112345012346', true],
    ['0212345678909', true],
    ['4006381333931', false],
  ])('%s is meant for the shop itself: %s', (code, isInStore) => {
    expect(parseBarcode(code)).toMatchObject({ isInStore });
  });

  test('a keyboard set to Persian types the same code', () => {
    expect(catalogueKey('۴۰۰۶۳۸۱۳۳۳۹۳۱')).toBe('04006381333931');
  });
});

describe('UPC-E', () => {
  test.each([
    ['04252614', '042100005264'],
    ['425261', '042100005264'],
    ['01234531', '012300000451'],
    ['01234532', null],
    ['01234505', '012000003455'],
    ['01234565', '012345000065'],
    ['654321', '065100004327'],
    ['21234565', null],
    ['12345', null],
  ])('%s expands to %s', (code, upcA) => {
    expect(expandUpcE(code)).toBe(upcA);
  });

  test('eight digits that are a GTIN-8 and a UPC-E at once are looked up as both', () => {
    expect(catalogueKeys('01234565')).toContain('00012345000065');
    expect(catalogueKeys('01234565')).toContain(catalogueKey('01234565'));
  });
});

describe('other codes', () => {
  test('a code of the shop is looked up in capitals, as printed', () => {
    expect(parseBarcode(' sku-12a ')).toEqual({ kind: 'other', key: 'SKU-12A' });
    expect(parseBarcode('12345')).toEqual({ kind: 'other', key: '12345' });
  });

  test.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['A\u0000B', 'unreadable'],
    ['A\uFFFD', 'unreadable'],
    ['9'.repeat(300), 'too-long'],
  ])('%j is unknown: %s', (code, reason) => {
    expect(parseBarcode(code)).toMatchObject({ kind: 'unknown', reason });
  });

  test('zeros alone are no GTIN', () => {
    expect(parseBarcode('0000000000000')).toMatchObject({ kind: 'other' });
  });
});

describe('codes with a weight or price inside', () => {
  const patterns = [
    { template: '21IIIIIWWWWWC', decimals: 3 },
    { template: '22IIIIIVPPPPC', decimals: 2 },
  ];

  test('1.234 kg of item 12345', () => {
    const code = parseBarcode('2112345012346', { patterns });
    expect(code).toEqual({
      kind: 'weight-embedded',
      key: '02112345000008',
      itemDigits: '12345',
      value: 1234,
      decimals: 3,
    });
    expect(catalogueKeys('2112345012346', { patterns })).toContain('02112345000008');
  });

  test('the key is the code of the item that a scale prints with weight zero', () => {
    expect(catalogueKey('2112345000008')).toBe('02112345000008');
  });

  test('9.99 of item 54321', () => {
    const digits = '225432150999';
    const code = parseBarcode(`${digits}${String(gtinCheckDigit(digits))}`, { patterns });
    expect(code).toMatchObject({ kind: 'price-embedded', itemDigits: '54321', value: 999, decimals: 2 });
  });

  test('a misread weight is never sold: the check digit must hold', () => {
    expect(parseBarcode('2112345012347', { patterns })).toMatchObject({ reason: 'wrong-check-digit' });
  });

  test('values are scaled exactly or not at all', () => {
    const code = { kind: 'price-embedded', key: '', itemDigits: '1', value: 1250, decimals: 2 } as const;
    expect(embeddedValueIn(code, 3)).toBe(12_500);
    expect(embeddedValueIn(code, 2)).toBe(1250);
    expect(embeddedValueIn(code, 1)).toBe(125);
    expect(embeddedValueIn(code, 0)).toBeNull();
  });

  test.each([
    ['21IIIIIWWWWWC', 3, true],
    ['21IIIIIWWPPPC', 2, false],
    ['21WWWWWWWWWWC', 2, false],
    ['21IIIIIWWWWWX', 2, false],
    ['21IIIIIWWWWWC', 6, false],
  ])('%s with %i decimals is a pattern: %s', (template, decimals, expected) => {
    expect(isEmbeddedPattern({ template, decimals })).toBe(expected);
  });
});
