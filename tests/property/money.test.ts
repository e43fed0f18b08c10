// Parts add up: whatever is split, and however a fraction is rounded.

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allocateExact } from '../../shared/domain/allocate-exact.ts';
import {
  allocateByWeight,
  divideRounded,
  divideRoundedBig,
  multiplyDivide,
  roundToStep,
  sumAmounts,
} from '../../shared/domain/money.ts';
import { checkTenders, dueInCash, quickAmounts, settleInCash } from '../../shared/domain/tender.ts';
import { holds } from './holds.ts';

const amount = fc.maxSafeInteger();
const mode = fc.constantFrom('half-up', 'half-even', 'down', 'up');
const weights = fc.array(fc.integer({ min: 0, max: 1_000_000_000 }), { minLength: 1, maxLength: 30 });
const small = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });

describe('splitting an amount', () => {
  test('the parts sum to it', () => {
    holds(
      fc.property(amount, weights, (total, parts) => sumAmounts(allocateByWeight(total, parts)) === total),
    );
  });

  test('no part is more than one unit away from its exact share', () => {
    holds(
      fc.property(amount, weights, (total, parts) => {
        const sum = BigInt(sumAmounts(parts));
        fc.pre(sum > 0n);
        for (const [place, part] of allocateByWeight(total, parts).entries()) {
          const off = BigInt(part) * sum - BigInt(total) * BigInt(parts[place] ?? 0);
          expect(off < sum && -off < sum).toBe(true);
        }
      }),
    );
  });

  test('a refund splits as the sale did, with the sign turned', () => {
    holds(
      fc.property(small, weights, (total, parts) => {
        const turned = allocateByWeight(-total, parts).map((part) => (part === 0 ? 0 : -part));
        expect(turned).toEqual(allocateByWeight(total, parts));
      }),
    );
  });

  test('a larger weight never gets less', () => {
    holds(
      fc.property(fc.nat(), weights, (total, parts) => {
        const split = allocateByWeight(total, parts);
        for (const [a, left] of parts.entries()) {
          for (const [b, right] of parts.entries()) {
            if (left > right) expect(split[a]).toBeGreaterThanOrEqual(split[b] ?? 0);
          }
        }
      }),
    );
  });

  test('the rounded sum of exact amounts of any sign is given back to them whole', () => {
    const numerators = fc.array(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), {
      minLength: 1,
      maxLength: 20,
    });
    const over = fc.bigInt({ min: 1n, max: 10n ** 9n });
    const step = fc.constantFrom(1, 5, 100);
    holds(
      fc.property(numerators, over, mode, step, (exact, denominator, rounding, stepMinor) => {
        const sum = exact.reduce((left, right) => left + right, 0n);
        const total = divideRoundedBig(sum, denominator * BigInt(stepMinor), rounding) * stepMinor;
        expect(sumAmounts(allocateExact(total, exact, denominator))).toBe(total);
      }),
    );
  });
});

describe('rounding', () => {
  test('numbers and big integers round alike', () => {
    holds(
      fc.property(amount, fc.integer({ min: 1 }), mode, (numerator, denominator, rounding) => {
        expect(divideRoundedBig(BigInt(numerator), BigInt(denominator), rounding)).toBe(
          divideRounded(numerator, denominator, rounding),
        );
      }),
    );
  });

  test('is symmetrical and less than one unit off', () => {
    holds(
      fc.property(small, fc.integer({ min: 1, max: 1_000_000 }), mode, (numerator, denominator, rounding) => {
        const rounded = divideRounded(numerator, denominator, rounding);
        expect(divideRounded(-numerator, denominator, rounding)).toBe(rounded === 0 ? 0 : -rounded);
        expect(Math.abs(rounded * denominator - numerator)).toBeLessThan(denominator);
      }),
    );
  });

  test('a product and quotient by the same number is the number', () => {
    holds(
      fc.property(amount, fc.integer({ min: 1 }), (value, by) => multiplyDivide(value, by, by) === value),
    );
  });

  test('rounding to a step twice changes nothing', () => {
    holds(
      fc.property(small, fc.constantFrom(1, 5, 10, 50, 100), mode, (value, step, rounding) => {
        const once = roundToStep(value, step, rounding);
        expect(roundToStep(once, step, rounding)).toBe(once);
        expect(Math.abs(once % step)).toBe(0);
      }),
    );
  });
});

describe('settling in cash', () => {
  const step = fc.constantFrom(1, 5, 10, 100).map((stepMinor) => ({ stepMinor }));

  test('tenders and cash rounding come to what was due, and change to what was handed over', () => {
    holds(
      fc.property(small, fc.nat(), step, (dueMinor, extraMinor, cash) => {
        const tenderedMinor = Math.max(0, dueInCash(dueMinor, cash)) + extraMinor;
        const settled = settleInCash(dueMinor, tenderedMinor, cash);
        if (!settled.ok) {
          expect(settled.reason).toBe('over-tendered');
          return;
        }
        const { tenders, cashRoundingMinor } = settled.value;
        expect(sumAmounts(tenders.map((tender) => tender.amountMinor))).toBe(dueMinor + cashRoundingMinor);
        expect(Math.abs(cashRoundingMinor)).toBeLessThanOrEqual(cash.stepMinor / 2);
        for (const tender of tenders) {
          if (dueMinor > 0) expect(tender.tenderedMinor - tender.changeMinor).toBe(tender.amountMinor);
        }
        expect(checkTenders(dueMinor, tenders, cash)).toEqual(settled);
      }),
    );
  });

  test('every quick amount is enough and can be paid', () => {
    holds(
      fc.property(fc.integer({ min: 1, max: 1_000_000_000 }), step, (dueMinor, cash) => {
        const amounts = quickAmounts(dueMinor, cash);
        expect(amounts).toEqual([...new Set(amounts)].sort((left, right) => left - right));
        for (const tendered of amounts) {
          expect(tendered % cash.stepMinor).toBe(0);
          expect(settleInCash(dueMinor, tendered, cash).ok).toBe(true);
        }
      }),
    );
  });
});
