import { describe, expect, test } from 'vitest';
import { couponLimit, usedCoupons } from './coupon-use.ts';
import { asCustomerId } from './ids.ts';
import type { CouponLimit, Promotion } from './promotions/promotion.ts';

const coupon = (id: string, code: string, limit?: CouponLimit): Pick<Promotion, 'id' | 'conditions'> => ({
  id,
  conditions: [{ kind: 'coupon', code, ...(limit === undefined ? {} : { limit }) }],
});
const PROMOTIONS = [
  coupon('open', 'WELCOME'),
  coupon('first', 'GOLDEN', 'once'),
  coupon('each', 'FRIEND', 'once-per-customer'),
  { id: 'none', conditions: [] },
];
const lines = (...ids: readonly string[]) => [
  { modifiers: ids.map((promotionId) => ({ promotionId })) },
  { modifiers: [{}] },
  {},
];
const GRACE = asCustomerId('grace');

describe('coupons that a sale uses up', () => {
  test('only limited ones, only those that took something off, each once and sorted', () => {
    expect(usedCoupons(lines('open', 'first', 'none', 'first'), PROMOTIONS, GRACE)).toEqual([
      { code: 'GOLDEN' },
    ]);
    expect(usedCoupons(lines('first', 'each'), PROMOTIONS, GRACE)).toEqual([
      { code: 'FRIEND', customerId: GRACE },
      { code: 'GOLDEN' },
    ]);
    expect(usedCoupons(lines('open'), PROMOTIONS, GRACE)).toEqual([]);
    expect(usedCoupons([], PROMOTIONS, undefined)).toEqual([]);
  });

  test('one for each customer without a customer is used by everybody', () => {
    expect(usedCoupons(lines('each'), PROMOTIONS, undefined)).toEqual([{ code: 'FRIEND' }]);
  });

  test('of two promotions with one code the stricter limit counts, whichever of them applied', () => {
    const both = [coupon('a', 'X', 'once-per-customer'), coupon('b', 'X', 'once')];
    expect(couponLimit('X', both)).toBe('once');
    expect(usedCoupons(lines('a'), both, GRACE)).toEqual([{ code: 'X' }]);
    expect(couponLimit('WELCOME', PROMOTIONS)).toBeNull();
    expect(couponLimit('UNKNOWN', PROMOTIONS)).toBeNull();
  });
});
