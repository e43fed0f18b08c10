import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { earnPoints, pointsOf, POINTS_ONCE_MILLI } from './earned-points.ts';

const line = (lineNumber: number, grossMinor: number) => ({ lineNumber, grossMinor });
const ONE_FOR_ONE = { spendMinor: 100 };
const once = () => POINTS_ONCE_MILLI;

describe('points of a purchase', () => {
  test('one for each unit of money, rounded down once for all of it', () => {
    expect(earnPoints([line(1, 1_99), line(2, 1_99)], ONE_FOR_ONE, once)).toEqual({
      points: 3,
      spendMinor: 100,
    });
    expect(earnPoints([line(1, 99)], ONE_FOR_ONE, once)).toBeNull();
    expect(earnPoints([], ONE_FOR_ONE, once)).toBeNull();
  });

  test('lines that a promotion multiplies are stated, and the others are not', () => {
    const double = (lineNumber: number) => (lineNumber === 2 ? 2_500 : POINTS_ONCE_MILLI);
    expect(earnPoints([line(1, 10_00), line(2, 10_00)], ONE_FOR_ONE, double)).toEqual({
      points: 35,
      spendMinor: 100,
      times: [{ lineNumber: 2, timesMilli: 2_500 }],
    });
  });

  test('sums that cannot be counted are refused', () => {
    const most = Number.MAX_SAFE_INTEGER;
    const stated = { spendMinor: 1, times: [{ lineNumber: 1, timesMilli: 100_000 }] };
    expect(() => pointsOf([line(1, most)], stated)).toThrow(RangeError);
  });

  test('a void takes exactly back what was given, and no order of lines changes anything', () => {
    const lines = fc.array(fc.integer({ min: -100_000_00, max: 100_000_00 }), { maxLength: 20 });
    fc.assert(
      fc.property(
        lines,
        fc.integer({ min: 1, max: 10_000 }),
        fc.integer({ min: 0, max: 100_000 }),
        (amounts, spendMinor, timesMilli) => {
          const all = amounts.map((amount, place) => line(place + 1, amount));
          const stated = { spendMinor, times: [{ lineNumber: 1, timesMilli }] };
          const points = pointsOf(all, stated);
          const mirrored = all.map(({ lineNumber, grossMinor }) => line(lineNumber, 0 - grossMinor));
          expect(points + pointsOf(mirrored, stated)).toBe(0);
          expect(pointsOf(all.toReversed(), stated)).toBe(points);
        },
      ),
    );
  });
});
