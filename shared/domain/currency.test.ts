import { describe, expect, test } from 'vitest';
import { cashStepOf, CURRENCY_CODES, currencyOf, isCurrencyCode } from './currency.ts';

describe('currencies', () => {
  test.each([
    ['EUR', 2, 1],
    ['JPY', 0, 1],
    ['KWD', 3, 1],
    ['CLF', 4, 1],
    ['CHF', 2, 5],
    ['DKK', 2, 50],
    ['SEK', 2, 100],
    ['NZD', 2, 10],
    ['HUF', 0, 5],
    ['IRR', 0, 1],
    ['IRT', 0, 1],
  ])('%s counts in %i digits and pays cash in steps of %i', (code, digits, cashStepMinor) => {
    expect(currencyOf(code)).toMatchObject({ digits, cashStepMinor });
  });

  test('card networks count forint and rial in hundredths although nobody else does', () => {
    expect(currencyOf('HUF').isoDigits).toBe(2);
    expect(currencyOf('IRR').isoDigits).toBe(2);
  });

  test('every code is three letters and stands in one group only', () => {
    expect(CURRENCY_CODES.every((code) => /^[A-Z]{3}$/.test(code))).toBe(true);
    expect(new Set(CURRENCY_CODES).size).toBe(CURRENCY_CODES.length);
    expect(CURRENCY_CODES).toHaveLength(167);
  });

  test('a code that no store can trade in is not known', () => {
    expect(isCurrencyCode('XXX')).toBe(false);
    expect(() => currencyOf('eur')).toThrow(RangeError);
  });

  test("a Finnish store's own step of 0.05 wins over the euro's", () => {
    expect(cashStepOf({ currency: 'EUR' })).toBe(1);
    expect(cashStepOf({ currency: 'EUR', cashRoundingStepMinor: 5 })).toBe(5);
  });
});
