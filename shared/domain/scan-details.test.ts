import { describe, expect, it } from 'vitest';
import { gtinCheckDigit } from './gtin-check-digit.ts';
import { priceCheckDigit } from './price-check-digit.ts';
import { scanDetails } from './scan-details.ts';
import { parseScannedCode } from './scanned-code.ts';
import { soughtCode } from './sought-code.ts';

const GIVEN = { today: '2026-11-22', minorDigits: 2 };
const PIECES = { unit: 'piece', priceMinor: 250 } as const;
const CHEESE = { unit: 'kilogram', priceMinor: 1299 } as const;

const withCheckDigit = (digits: string) => `${digits}${String(gtinCheckDigit(digits))}`;

describe('what a scanned code says about goods', () => {
  it('is found by its GTIN and brings lot, serial number and last day', () => {
    const code = ']d20109520123456788172612310010ABC';
    expect(parseScannedCode(code)).toMatchObject({ kind: 'wrong-fields' });
    const right = parseScannedCode(']d201095201234567881726123110ABC\u001d21S-7');
    expect(right).toMatchObject({ kind: 'gs1', key: '09520123456788' });
    expect(soughtCode('scanned', right)).toBe('09520123456788');
    expect(scanDetails(right, PIECES, GIVEN)).toEqual({
      quantityMilli: null,
      unitPriceMinor: null,
      lot: 'ABC',
      serial: 'S-7',
      lastDay: '2026-12-31',
    });
  });

  it('keeps small letters of a lot and reads Persian digits that were typed', () => {
    const typed = parseScannedCode('(01)۰۹۵۲۰۱۲۳۴۵۶۷۸۸(10)aB');
    expect(scanDetails(typed, PIECES, GIVEN).lot).toBe('aB');
  });

  it('weighs goods sold by weight and leaves the weight of counted goods unsaid', () => {
    const code = parseScannedCode('(01)09520123456788(3103)000195');
    expect(scanDetails(code, CHEESE, GIVEN).quantityMilli).toBe(195);
    expect(scanDetails(code, PIECES, GIVEN).quantityMilli).toBeNull();
    expect(scanDetails(parseScannedCode('(02)09520123456788(37)6(30)4'), PIECES, GIVEN).quantityMilli).toBe(
      4000,
    );
  });

  it('never sells more by weight than the label asks for', () => {
    const patterns = [{ template: '22IIIIIPPPPPC', decimals: 2 }];
    for (const priceMinor of [1, 999, 1000, 1299, 54_321]) {
      const label = withCheckDigit(`2212345${String(priceMinor).padStart(5, '0')}`);
      const { quantityMilli } = scanDetails(parseScannedCode(label, { patterns }), CHEESE, GIVEN);
      const costs = Math.round(((quantityMilli ?? 0) * CHEESE.priceMinor) / 1000);
      expect(costs).toBeLessThanOrEqual(priceMinor);
      expect(priceMinor - costs).toBeLessThanOrEqual(1);
    }
  });

  it('takes the price of the label where the item has an open price, and nowhere else', () => {
    const patterns = [{ template: '22IIIIIPPPPPC', decimals: 2 }];
    const code = parseScannedCode(withCheckDigit('221234500999'), { patterns });
    const open = { ...PIECES, openPrice: { minMinor: 0, maxMinor: 10_000 } };
    expect(scanDetails(code, open, GIVEN)).toMatchObject({ quantityMilli: 1000, unitPriceMinor: 999 });
    expect(scanDetails(code, PIECES, GIVEN)).toMatchObject({ quantityMilli: null, unitPriceMinor: null });
  });

  it('says nothing about plain codes', () => {
    expect(scanDetails(parseScannedCode('5901234123457'), PIECES, GIVEN).lastDay).toBeNull();
    expect(soughtCode('5901234123457', parseScannedCode('5901234123457'))).toBe('5901234123457');
    expect(soughtCode(']E05901234123457', parseScannedCode(']E05901234123457'))).toBe('5901234123457');
  });
});

describe('the check digit of a price inside a code', () => {
  it('is that of the General Specifications', () => {
    expect(priceCheckDigit('2875')).toBe(9);
    expect(priceCheckDigit('14685')).toBe(6);
    expect(priceCheckDigit('123')).toBeNull();
  });

  it('refuses a price that was misread although the code as a whole fits', () => {
    const patterns = [{ template: '22IIIIIVPPPPC', decimals: 2 }];
    const label = (check: string) => withCheckDigit(`2254321${check}2875`);
    expect(parseScannedCode(label('9'), { patterns })).toMatchObject({ kind: 'price-embedded', value: 2875 });
    expect(parseScannedCode(label('8'), { patterns })).toMatchObject({ kind: 'gtin' });
  });
});
