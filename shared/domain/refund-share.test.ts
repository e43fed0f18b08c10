import { describe, expect, test } from 'vitest';
import { aPercentTax } from '../../tests/support/domain-builders.ts';
import { mapUnitPrice } from './price-mapping.ts';
import { refundShare, remainingRefundable, returnableMilli } from './refund-share.ts';

describe('a part of a line that comes back', () => {
  test('one of two pieces takes half of price and tax back', () => {
    const quantity = { soldMilli: 2000, alreadyReturnedMilli: 0, returnedMilli: 1000 };
    expect([20_00, 3_00, 1_00].map((amount) => refundShare(amount, quantity))).toEqual([10_00, 1_50, 50]);
  });

  test('three pieces one by one give the whole 10.00 back', () => {
    const refunds = [0, 1000, 2000].map((alreadyReturnedMilli) =>
      refundShare(10_00, { soldMilli: 3000, alreadyReturnedMilli, returnedMilli: 1000 }),
    );
    expect(refunds).toEqual([3_33, 3_34, 3_33]);
  });

  test('more than was sold gives back what was sold', () => {
    expect(refundShare(20_00, { soldMilli: 2000, alreadyReturnedMilli: 0, returnedMilli: 5000 })).toBe(20_00);
    expect(refundShare(20_00, { soldMilli: 2000, alreadyReturnedMilli: 2000, returnedMilli: 1000 })).toBe(0);
  });

  test('what is left to come back and to refund is never below zero', () => {
    expect(returnableMilli({ soldMilli: 2000, alreadyReturnedMilli: 3000 })).toBe(0);
    expect(remainingRefundable(100_00, [30_00, 20_00])).toBe(50_00);
    expect(remainingRefundable(100_00, [130_00])).toBe(0);
  });
});

describe('a price under other taxes', () => {
  const included = { components: [aPercentTax(21)] };
  const onTop = { components: [aPercentTax(21, { isIncludedInPrice: false })] };

  test('121.00 with 21 % inside is 100.00 where tax comes on top, and 20.00 with 7 % inside is 18.69 for export', () => {
    expect(mapUnitPrice(121_00, included, onTop)).toBe(100_00);
    expect(mapUnitPrice(20_00, { components: [aPercentTax(7)] }, { components: [] })).toBe(18_69);
  });

  test('from one rate inside the price to another', () => {
    expect(mapUnitPrice(121_00, included, { components: [aPercentTax(10)] })).toBe(110_00);
    expect(mapUnitPrice(100_00, onTop, included)).toBe(121_00);
  });
});
