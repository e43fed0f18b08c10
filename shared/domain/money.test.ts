import { describe, expect, test } from 'vitest';
import {
  addAmounts,
  allocateByWeight,
  applyRate,
  divideRounded,
  multiplyByQuantity,
  multiplyDivide,
  negateAmount,
  roundToStep,
  sumAmounts,
} from './money.ts';

describe('rounding', () => {
  test.each([
    ['half-up', 5, 2, 3],
    ['half-up', -5, 2, -3],
    ['half-up', 4, 3, 1],
    ['half-even', 5, 2, 2],
    ['half-even', 7, 2, 4],
    ['half-even', -5, 2, -2],
    ['half-even', 251, 100, 3],
    ['down', 299, 100, 2],
    ['down', -299, 100, -2],
    ['up', 201, 100, 3],
    ['up', -201, 100, -3],
    ['up', 200, 100, 2],
  ] as const)('%s of %i ÷ %i is %i', (mode, numerator, denominator, expected) => {
    expect(divideRounded(numerator, denominator, mode)).toBe(expected);
  });

  test('a quotient just below a half is not rounded up by a float', () => {
    expect(divideRounded(9_007_199_254_740_990, 9_007_199_254_740_991, 'down')).toBe(0);
    expect(divideRounded(4_503_599_627_370_495, 9_007_199_254_740_991, 'half-up')).toBe(0);
    expect(divideRounded(4_503_599_627_370_496, 9_007_199_254_740_991, 'half-up')).toBe(1);
  });

  test('nothing is ever minus zero', () => {
    expect(Object.is(divideRounded(-1, 100, 'half-up'), 0)).toBe(true);
    expect(Object.is(negateAmount(0), 0)).toBe(true);
  });

  test('cash of 15.04 in steps of 0.05 is 15.05, cut down it is 15.00', () => {
    expect(roundToStep(15_04, 5, 'half-up')).toBe(15_05);
    expect(roundToStep(15_04, 5, 'down')).toBe(15_00);
    expect(roundToStep(-15_04, 5, 'half-up')).toBe(-15_05);
  });
});

describe('rates and quantities', () => {
  test('23 % of 10.00 is 2.30', () => {
    expect(applyRate(10_00, 230_000, 'half-up')).toBe(2_30);
  });

  test('1.234 kg at 8.99 is 11.09', () => {
    expect(multiplyByQuantity(8_99, 1234)).toBe(11_09);
  });

  test('a product beyond 2^53 is exact', () => {
    expect(multiplyDivide(9_007_199_254_740_991, 999_999, 1_000_000)).toBe(9_007_190_247_541_736);
    expect(multiplyByQuantity(1_000_000_000_001, 1_001)).toBe(1_001_000_000_001);
  });
});

describe('bounds', () => {
  test('a sum beyond the safe integers is a bug and throws', () => {
    expect(() => addAmounts(9_007_199_254_740_991, 1)).toThrow(RangeError);
    expect(() => sumAmounts([9_007_199_254_740_991, -1, 2])).toThrow(RangeError);
    expect(() => multiplyByQuantity(9_007_199_254_740_991, 2_000)).toThrow(RangeError);
  });

  test('a fraction of a minor unit is a bug and throws', () => {
    expect(() => addAmounts(0.1, 0.2)).toThrow(RangeError);
    expect(() => sumAmounts([Number.NaN])).toThrow(RangeError);
  });
});

describe('splitting', () => {
  test('10.00 over three equal parts gives the cent that is left to the first', () => {
    expect(allocateByWeight(10_00, [1, 1, 1])).toEqual([3_34, 3_33, 3_33]);
  });

  test('the largest remainder gets what is left, whatever its place', () => {
    expect(allocateByWeight(10_10, [20_00, 56_04])).toEqual([2_66, 7_44]);
    expect(allocateByWeight(100, [1, 2, 3, 1])).toEqual([14, 29, 43, 14]);
  });

  test('a refund splits like the sale, with the sign turned', () => {
    expect(allocateByWeight(-10_00, [1, 1, 1])).toEqual([-3_34, -3_33, -3_33]);
  });

  test('weights that are all zero count as equal', () => {
    expect(allocateByWeight(5, [0, 0])).toEqual([3, 2]);
  });

  test('a weight of zero beside others gets nothing', () => {
    expect(allocateByWeight(7, [0, 1, 0])).toEqual([0, 7, 0]);
  });

  test('no parts can hold nothing, but never something', () => {
    expect(allocateByWeight(0, [])).toEqual([]);
    expect(() => allocateByWeight(1, [])).toThrow(RangeError);
    expect(() => allocateByWeight(1, [-1, 2])).toThrow(RangeError);
  });

  test('large amounts split exactly', () => {
    const parts = allocateByWeight(9_000_000_000_000_001, [3_000_000_007, 6_000_000_011]);
    expect(parts).toEqual([3_000_000_001_000_000, 5_999_999_999_000_001]);
  });
});
