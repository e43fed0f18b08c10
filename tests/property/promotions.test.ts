// Promotions never invent or lose a cent, never go below a floor, and do not depend on the order of anything.

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sumAmounts } from '../../shared/domain/money.ts';
import { applyPromotions } from '../../shared/domain/promotions/apply-promotions.ts';
import type {
  Promotion,
  PromotionContext,
  PromotionLine,
  PromotionReward,
} from '../../shared/domain/promotions/promotion.ts';
import { holds } from './holds.ts';

const context: PromotionContext = {
  coupons: ['SPRING'],
  customerGroups: ['staff'],
  isFirstPurchase: false,
  channel: 'till',
  businessDay: '2026-03-02',
  weekday: 1,
  minuteOfDay: 600,
};

const ITEMS = ['a', 'b', 'c', 'd'] as const;
const itemIds = fc.subarray([...ITEMS], { minLength: 1 });
const scope = fc.oneof(
  fc.constant({}),
  fc.record({ itemIds }),
  fc.record({ leavesOutReduced: fc.boolean() }),
);
const ratePpm = fc.integer({ min: 0, max: 1_000_000 });
const amountMinor = fc.integer({ min: 0, max: 100_00 });

const line: fc.Arbitrary<PromotionLine> = fc
  .record({
    itemId: fc.constantFrom(...ITEMS),
    units: fc.integer({ min: 1, max: 12 }),
    unitPriceMinor: fc.integer({ min: 0, max: 50_00 }),
    floorMinor: fc.integer({ min: 0, max: 60_00 }),
    isReduced: fc.boolean(),
  })
  .map(({ itemId, units, unitPriceMinor, floorMinor, isReduced }) => {
    const minimumUnitPriceMinor = floorMinor > 30_00 ? 0 : floorMinor;
    return { lineNumber: 1, itemId, units, unitPriceMinor, isReduced, minimumUnitPriceMinor };
  });

const lines = fc
  .array(line, { minLength: 1, maxLength: 8 })
  .map((all) => all.map((each, place) => Object.assign({}, each, { lineNumber: place + 1 })));

const reward: fc.Arbitrary<PromotionReward> = fc.oneof(
  fc.record({
    kind: fc.constant('percent-off' as const),
    ratePpm,
    roundedOn: fc.constantFrom('unit', 'sum'),
  }),
  fc.record({ kind: fc.constant('amount-off-units' as const), amountMinor }),
  fc.record({ kind: fc.constant('amount-off-sum' as const), amountMinor }),
  fc.record({ kind: fc.constant('sum-for-price' as const), priceMinor: amountMinor }),
  fc.record({ kind: fc.constant('group-for-price' as const), priceMinor: amountMinor }),
  fc.record({
    kind: fc.constant('cheapest-percent' as const),
    ratePpm,
    units: fc.integer({ min: 1, max: 2 }),
  }),
  fc.record({
    kind: fc.constant('buy-get' as const),
    buyUnits: fc.integer({ min: 1, max: 3 }),
    getUnits: fc.integer({ min: 1, max: 2 }),
    get: fc.record({ itemIds }),
    ratePpm,
    isAdded: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('first-and-further' as const),
    firstMinor: amountMinor,
    furtherMinor: amountMinor,
    maxUnits: fc.option(fc.integer({ min: 1, max: 5 })),
  }),
  fc.record({
    kind: fc.constant('points-multiplier' as const),
    timesMilli: fc.integer({ min: 0, max: 5_000 }),
  }),
);

const promotion: fc.Arbitrary<Omit<Promotion, 'id'>> = fc.record(
  {
    name: fc.constant('promotion'),
    priority: fc.integer({ min: 0, max: 2 }),
    scope,
    conditions: fc.oneof(
      fc.constant([]),
      amountMinor.map((minMinor) => [{ kind: 'spend-at-least' as const, minMinor }]),
      fc.constant([{ kind: 'coupon' as const, code: 'SPRING' }]),
    ),
    reward,
    groupSize: fc.integer({ min: 1, max: 4 }),
    maxUnits: fc.integer({ min: 1, max: 10 }),
    pick: fc.constantFrom('line-order', 'dearest', 'cheapest'),
    maxDiscountMinor: amountMinor,
    exclusiveGroup: fc.constantFrom('x', 'y'),
    usesUnits: fc.boolean(),
  },
  { requiredKeys: ['name', 'priority', 'scope', 'conditions', 'reward'] },
);

const promotions = fc
  .array(promotion, { maxLength: 6 })
  .map((all) => all.map((each, place): Promotion => Object.assign({ id: `p${String(place)}` }, each)));

describe('any cart under any promotions', () => {
  test('discounts of lines, of promotions and of units agree', () => {
    holds(
      fc.property(lines, promotions, (cartLines, all) => {
        const cart = applyPromotions(cartLines, all, context);
        expect(sumAmounts(cart.outcomes.map((outcome) => outcome.discountMinor))).toBe(cart.discountMinor);
        expect(cart.outcomes).toHaveLength(all.length);
        for (const [place, promoted] of cart.lines.entries()) {
          const before = cartLines[place];
          const shelfMinor = (before?.units ?? 0) * (before?.unitPriceMinor ?? 0);
          expect(promoted.priceMinor + promoted.discountMinor).toBe(shelfMinor);
          expect(sumAmounts(promoted.discounts.map((each) => each.amountMinor))).toBe(promoted.discountMinor);
          expect(sumAmounts(promoted.units.map((unit) => unit.count * unit.priceMinor))).toBe(
            promoted.priceMinor,
          );
          expect(sumAmounts(promoted.units.map((unit) => unit.count))).toBe(before?.units);
        }
      }),
    );
  });

  test('no unit goes below its minimum price, or above its shelf price', () => {
    holds(
      fc.property(lines, promotions, (cartLines, all) => {
        for (const [place, promoted] of applyPromotions(cartLines, all, context).lines.entries()) {
          const before = cartLines[place];
          const floorMinor = Math.min(before?.minimumUnitPriceMinor ?? 0, before?.unitPriceMinor ?? 0);
          for (const unit of promoted.units) {
            expect(unit.priceMinor).toBeGreaterThanOrEqual(floorMinor);
            expect(unit.priceMinor).toBeLessThanOrEqual(before?.unitPriceMinor ?? 0);
          }
        }
      }),
    );
  });

  test('no promotion takes more than its own limit', () => {
    holds(
      fc.property(lines, promotions, (cartLines, all) => {
        for (const outcome of applyPromotions(cartLines, all, context).outcomes) {
          const maxMinor =
            all.find(({ id }) => id === outcome.promotionId)?.maxDiscountMinor ?? Number.MAX_SAFE_INTEGER;
          expect(outcome.discountMinor).toBeLessThanOrEqual(maxMinor);
        }
      }),
    );
  });

  test('the order in which promotions were declared does not matter', () => {
    const declared = promotions.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    holds(
      fc.property(lines, declared, (cartLines, [one, other]) => {
        const [left, right] = [
          applyPromotions(cartLines, one, context),
          applyPromotions(cartLines, other, context),
        ];
        expect(right).toEqual(left);
      }),
    );
  });

  test('the order in which lines were entered does not change the total', () => {
    const entered = lines.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    holds(
      fc.property(entered, promotions, ([one, other], all) => {
        const [left, right] = [applyPromotions(one, all, context), applyPromotions(other, all, context)];
        expect(right.discountMinor).toBe(left.discountMinor);
        expect(right.outcomes).toEqual(left.outcomes);
      }),
    );
  });
});
