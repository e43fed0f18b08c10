import { describe, expect, test } from 'vitest';
import type { ExchangeRate } from './exchange-rate.ts';
import { foreignCashAt, foreignNeeded, ratesAt, valueOfForeign } from './foreign-cash.ts';

const rate = (changes: Partial<ExchangeRate> = {}): ExchangeRate => ({
  currency: 'USD',
  rateMicro: 920_000,
  perUnits: 1,
  validFrom: '2026-01-01T00:00:00.000Z',
  setBy: 'Head office',
  ...changes,
});

describe('what foreign cash is worth', () => {
  test('50 dollars at 0.92 are 46 euros', () => {
    expect(valueOfForeign(foreignCashAt(rate(), 50_00, 'EUR'))).toBe(46_00);
  });
  test('half a cent is rounded up', () => {
    // 0.75 × 0.92 = 0.69; 0.01 × 0.92 = 0.0092 → 0.01; 0.25 × 0.5 = 0.125 → 0.13
    expect(valueOfForeign(foreignCashAt(rate(), 75, 'EUR'))).toBe(69);
    expect(valueOfForeign(foreignCashAt(rate({ rateMicro: 500_000 }), 25, 'EUR'))).toBe(13);
  });
  test('currencies count in digits of their own', () => {
    // 100 yen are 0.61 euro: 5,000 yen are 30.50 euro.
    const yen = rate({ currency: 'JPY', rateMicro: 610_000, perUnits: 100 });
    expect(valueOfForeign(foreignCashAt(yen, 5_000, 'EUR'))).toBe(30_50);
    // One euro is 60,000 toman, which have no digits.
    const euro = rate({ currency: 'EUR', rateMicro: 60_000_000_000 });
    expect(valueOfForeign(foreignCashAt(euro, 20_00, 'IRT'))).toBe(1_200_000);
    // One Kuwaiti dinar (three digits) is 3.2 dollars.
    const dinar = rate({ currency: 'KWD', rateMicro: 3_200_000 });
    expect(valueOfForeign(foreignCashAt(dinar, 10_500, 'USD'))).toBe(33_60);
  });
  test('what is needed covers what is due', () => {
    const asked = foreignCashAt(rate(), 0, 'EUR');
    const needed = foreignNeeded(40_00, asked);
    expect(needed).toBe(43_48);
    expect(valueOfForeign({ ...asked, foreignMinor: needed })).toBeGreaterThanOrEqual(40_00);
  });
  test('a value beyond what is counted exactly is an error, not a number', () => {
    const euro = rate({ currency: 'EUR', rateMicro: Number.MAX_SAFE_INTEGER });
    expect(() => valueOfForeign(foreignCashAt(euro, Number.MAX_SAFE_INTEGER, 'IRT'))).toThrow(RangeError);
  });
});

describe('which rate is good', () => {
  const older = rate({ rateMicro: 900_000 });
  const newer = rate({ validFrom: '2026-03-01T00:00:00.000Z' });
  const coming = rate({ validFrom: '2026-06-01T00:00:00.000Z', rateMicro: 950_000 });
  const ended = rate({ currency: 'GBP', validUntil: '2026-02-01T00:00:00.000Z' });

  test('the newest that has begun, of currencies whose time is not over', () => {
    expect(ratesAt([coming, newer, older, ended], '2026-03-02T10:00:00.000Z')).toEqual([newer]);
    expect(ratesAt([coming, newer, older, ended], '2026-01-15T10:00:00.000Z')).toEqual([ended, older]);
  });
  test('none before the first begins', () => {
    expect(ratesAt([newer], '2025-12-31T00:00:00.000Z')).toEqual([]);
  });
});
