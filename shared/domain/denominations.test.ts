import { describe, expect, test } from 'vitest';
import { CURRENCY_CODES, currencyOf } from './currency.ts';
import { countCash, denominationsOf } from './denominations.ts';

describe('counted cash', () => {
  test('whatever can be paid in cash can be counted out in pieces, save where prices end in thousands', () => {
    const without = CURRENCY_CODES.filter((code) => {
      const [smallest] = denominationsOf(code);
      return smallest !== undefined && currencyOf(code).cashStepMinor % smallest !== 0;
    });
    expect(without).toEqual(['IRR', 'IRT']);
  });

  test('is the sum of its pieces and of what was counted as a sum', () => {
    const pieces = [
      { valueMinor: 5000, count: 3 },
      { valueMinor: 1, count: 7 },
    ];
    expect(countCash({ pieces, otherMinor: 12 }, 'EUR')).toEqual({ ok: true, value: 150_19 });
  });

  test.each([
    [
      'a value that the currency does not have',
      { pieces: [{ valueMinor: 3, count: 1 }], otherMinor: 0 },
      'denomination-unknown',
    ],
    [
      'a value twice',
      {
        pieces: [
          { valueMinor: 5, count: 1 },
          { valueMinor: 5, count: 1 },
        ],
        otherMinor: 0,
      },
      'denomination-unknown',
    ],
    ['a negative count', { pieces: [{ valueMinor: 5, count: -1 }], otherMinor: 0 }, 'count-out-of-bounds'],
    ['half a coin', { pieces: [{ valueMinor: 5, count: 0.5 }], otherMinor: 0 }, 'count-out-of-bounds'],
    [
      'a scanned code',
      { pieces: [{ valueMinor: 5, count: 5901234123457 }], otherMinor: 0 },
      'count-out-of-bounds',
    ],
    ['a negative sum', { pieces: [], otherMinor: -1 }, 'count-out-of-bounds'],
    ['a sum beyond any drawer', { pieces: [], otherMinor: 9e15 }, 'count-out-of-bounds'],
  ])('%s is refused', (_, counted, reason) => {
    expect(countCash(counted, 'EUR')).toMatchObject({ ok: false, reason });
  });

  test('a currency without a list is counted as a sum', () => {
    expect(denominationsOf('XAF')).toEqual([]);
    expect(countCash({ pieces: [], otherMinor: 500 }, 'XAF')).toEqual({ ok: true, value: 500 });
  });
});
