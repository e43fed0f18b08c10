import { describe, expect, test } from 'vitest';
import { applyPromotions, type PromotedCart } from './apply-promotions.ts';
import type { Promotion, PromotionContext, PromotionLine, PromotionRules } from './promotion.ts';

const context: PromotionContext = {
  coupons: [],
  customerGroups: [],
  isFirstPurchase: false,
  channel: 'till',
  businessDay: '2026-03-02',
  weekday: 1,
  minuteOfDay: 600,
};

function aLine(
  itemId: string,
  units: number,
  unitPriceMinor: number,
  more: Partial<PromotionLine> = {},
): PromotionLine {
  return { lineNumber: 1, itemId, units, unitPriceMinor, ...more };
}

function aPromotion(reward: Promotion['reward'], changes: Partial<Promotion> = {}): Promotion {
  return { id: 'promotion', name: 'Promotion', priority: 0, scope: {}, conditions: [], reward, ...changes };
}

const percent = (ratePpm: number, changes: Partial<Promotion> = {}): Promotion =>
  aPromotion({ kind: 'percent-off', ratePpm, roundedOn: 'sum' }, changes);
const amount = (amountMinor: number, changes: Partial<Promotion> = {}): Promotion =>
  aPromotion({ kind: 'amount-off-sum', amountMinor }, changes);

const discounts = (cart: PromotedCart): number[] => cart.lines.map((line) => line.discountMinor);
const unitPrices = (cart: PromotedCart): number[][] =>
  cart.lines.map((line) =>
    line.units.flatMap(({ count, priceMinor }) => Array<number>(count).fill(priceMinor)),
  );

describe('percent and amount off', () => {
  test('10 % of 9.99 and 5.00 is 1.50, shared 1.00 and 0.50', () => {
    const cart = applyPromotions([aLine('a', 1, 9_99), aLine('b', 1, 5_00)], [percent(100_000)], context);
    expect(discounts(cart)).toEqual([1_00, 50]);
  });

  test('25.00 off goes past what a minimum price lets, cents to the first units', () => {
    const lines = [aLine('shirt', 1, 50_00, { minimumUnitPriceMinor: 45_00 }), aLine('mug', 3, 20_00)];
    const cart = applyPromotions(lines, [amount(25_00)], context);
    expect(unitPrices(cart)).toEqual([[45_00], [13_33, 13_33, 13_34]]);
  });

  test('no more is taken off than there is', () => {
    const cart = applyPromotions(
      [aLine('a', 3, 10_56), aLine('b', 1, 60_00)],
      [amount(80_00), amount(20_00, { id: 'x' })],
      context,
    );
    expect(cart.discountMinor).toBe(91_68);
  });

  test('a cap limits a percentage, and the cents can go to the first lines', () => {
    const lines = [aLine('a', 1, 120_00), aLine('b', 1, 230_00), aLine('c', 1, 300_00)];
    const rules: PromotionRules = { percentOf: 'current', order: 'listed', remainderTo: 'first' };
    const capped = percent(150_000, { maxDiscountMinor: 50_00 });
    expect(discounts(applyPromotions(lines, [capped], context, rules))).toEqual([9_24, 17_69, 23_07]);
  });

  test('the whole order for 4.20', () => {
    const cart = applyPromotions(
      [aLine('a', 1, 12_30)],
      [aPromotion({ kind: 'sum-for-price', priceMinor: 4_20 })],
      context,
    );
    expect(cart.lines[0]?.priceMinor).toBe(4_20);
  });

  test('15.00 off each unit of 13.95 is 13.95, on one unit only', () => {
    const off = aPromotion({ kind: 'amount-off-units', amountMinor: 15_00 }, { maxUnits: 1 });
    expect(discounts(applyPromotions([aLine('a', 3, 13_95)], [off], context))).toEqual([13_95]);
  });

  test('reduced items and prices out of range are left out', () => {
    const lines = [aLine('a', 1, 15_00, { isReduced: true }), aLine('b', 1, 40_00), aLine('c', 1, 60_00)];
    const scope = { leavesOutReduced: true, maxUnitPriceMinor: 50_00 };
    expect(discounts(applyPromotions(lines, [percent(100_000, { scope })], context))).toEqual([0, 4_00, 0]);
  });
});

describe('groups', () => {
  test('3 for 40.00, the seventh at its own price', () => {
    const deal = aPromotion({ kind: 'group-for-price', priceMinor: 40_00 }, { groupSize: 3 });
    const cart = applyPromotions([aLine('a', 7, 15_00)], [deal], context);
    expect(cart.lines[0]?.priceMinor).toBe(95_00);
  });

  test('three different prices for 10.00 together, the cents shared exactly', () => {
    const deal = aPromotion({ kind: 'group-for-price', priceMinor: 10_00 }, { groupSize: 3 });
    const cart = applyPromotions(
      [aLine('a', 1, 5_00), aLine('b', 1, 4_00), aLine('c', 1, 3_33)],
      [deal],
      context,
    );
    expect(cart.discountMinor).toBe(2_33);
    expect(cart.lines.reduce((sum, line) => sum + line.priceMinor, 0)).toBe(10_00);
  });

  test('a group that is cheaper already stays as it is', () => {
    const deal = aPromotion({ kind: 'group-for-price', priceMinor: 50_00 }, { groupSize: 3 });
    expect(applyPromotions([aLine('a', 3, 15_00)], [deal], context).discountMinor).toBe(0);
  });

  test('the cheapest of each three, dearest first', () => {
    const free = aPromotion(
      { kind: 'cheapest-percent', ratePpm: 1_000_000, units: 1 },
      { groupSize: 3, pick: 'dearest' },
    );
    const lines = [aLine('a', 1, 60_00), aLine('b', 1, 40_00), aLine('c', 1, 80_00), aLine('d', 3, 10_00)];
    expect(discounts(applyPromotions(lines, [free], context))).toEqual([0, 40_00, 0, 10_00]);
  });

  test('half of the cheapest unit, 30.00 at most', () => {
    const half = aPromotion(
      { kind: 'cheapest-percent', ratePpm: 500_000, units: 1 },
      { maxDiscountMinor: 30_00 },
    );
    expect(applyPromotions([aLine('a', 2, 320_00)], [half], context).discountMinor).toBe(30_00);
  });

  test('tiers by spend inside complete groups', () => {
    const tiers = [
      { from: 0, ratePpm: 100_000 },
      { from: 20_00, ratePpm: 200_000 },
      { from: 40_00, ratePpm: 300_000 },
    ];
    const tiered = aPromotion({ kind: 'tiered-percent', by: 'spend', tiers }, { groupSize: 3 });
    expect(
      discounts(applyPromotions([aLine('a', 2, 10_00), aLine('b', 1, 20_00)], [tiered], context)),
    ).toEqual([6_00, 6_00]);
  });

  test('1.13 off the first, 2.11 off each further one', () => {
    const flexible = aPromotion({
      kind: 'first-and-further',
      firstMinor: 1_13,
      furtherMinor: 2_11,
      maxUnits: 3,
    });
    expect(discounts(applyPromotions([aLine('a', 5, 99_00)], [flexible], context))).toEqual([5_35]);
  });
});

describe('buy and get', () => {
  const buy = (changes: object): Promotion =>
    aPromotion(
      {
        kind: 'buy-get',
        buyUnits: 2,
        get: { itemIds: ['cup'] },
        getUnits: 1,
        ratePpm: 1_000_000,
        isAdded: false,
        ...changes,
      },
      { scope: { itemIds: ['tea'] } },
    );

  test('two teas give one cup, five teas give two', () => {
    const lines = [aLine('tea', 5, 4_00), aLine('cup', 3, 7_00)];
    expect(discounts(applyPromotions(lines, [buy({})], context))).toEqual([0, 14_00]);
  });

  test('of the same item, the units that earn are not given away', () => {
    const same = buy({ get: { itemIds: ['tea'] } });
    expect(applyPromotions([aLine('tea', 3, 4_00)], [same], context).discountMinor).toBe(4_00);
    expect(applyPromotions([aLine('tea', 2, 4_00)], [same], context).discountMinor).toBe(0);
    expect(applyPromotions([aLine('tea', 1_000_000, 4_00)], [same], context).discountMinor).toBe(
      333_333 * 4_00,
    );
  });

  test('units that come on top of the cart are told, not taken off', () => {
    const cart = applyPromotions([aLine('tea', 4, 4_00)], [buy({ isAdded: true })], context);
    expect(cart.addedUnits).toEqual([{ promotionId: 'promotion', units: 2 }]);
    expect(cart.discountMinor).toBe(0);
  });
});

describe('conditions', () => {
  const lines = [aLine('a', 1, 50_00)];
  test.each([
    ['coupon-missing', { kind: 'coupon', code: 'SPRING' }],
    ['customer-not-in-group', { kind: 'customer-group', group: 'staff' }],
    ['not-first-purchase', { kind: 'first-purchase' }],
    ['other-channel', { kind: 'channel', channels: ['web'] }],
    ['spend-too-low', { kind: 'spend-at-least', minMinor: 50_01 }],
    ['quantity-too-low', { kind: 'quantity-at-least', minUnits: 2 }],
    ['quantity-too-low', { kind: 'line-quantity-at-least', minUnits: 2 }],
    ['items-missing', { kind: 'contains', scope: { itemIds: ['b'] } }],
    ['outside-hours', { kind: 'hours', weekdays: [1], fromMinute: 601, toMinute: 700 }],
    ['outside-hours', { kind: 'hours', weekdays: [2], fromMinute: 0, toMinute: 1440 }],
    ['outside-days', { kind: 'days', from: '2026-03-03', to: '2026-03-09' }],
  ] as const)('says why not: %s', (reason, condition) => {
    const [outcome] = applyPromotions(lines, [amount(1_00, { conditions: [condition] })], context).outcomes;
    expect(outcome).toEqual({ promotionId: 'promotion', discountMinor: 0, reason });
  });

  test('happy hour past midnight belongs to the evening before', () => {
    const condition = { kind: 'hours', weekdays: [7], fromMinute: 1320, toMinute: 120 } as const;
    const at = (weekday: number, minuteOfDay: number): number =>
      applyPromotions(lines, [amount(1_00, { conditions: [condition] })], {
        ...context,
        weekday,
        minuteOfDay,
      }).discountMinor;
    expect([at(7, 1400), at(1, 60), at(7, 60), at(1, 1400)]).toEqual([1_00, 1_00, 0, 0]);
  });

  test('a threshold is measured after earlier promotions', () => {
    const second = amount(10_00, { id: 'b', conditions: [{ kind: 'spend-at-least', minMinor: 40_00 }] });
    const first = amount(15_00, { id: 'a', priority: 1 });
    expect(applyPromotions(lines, [second, first], context).discountMinor).toBe(15_00);
  });
});

describe('several promotions', () => {
  test('the higher priority comes first', () => {
    const cart = applyPromotions(
      [aLine('a', 1, 100_00)],
      [amount(10_00, { id: 'a', priority: 1 }), percent(200_000, { id: 'b', priority: 4 })],
      context,
    );
    expect(cart.discountMinor).toBe(30_00);
  });

  test('of equal priority the order that is best for the customer counts', () => {
    const lines = [aLine('a', 1, 6_00), aLine('b', 1, 4_00)];
    const both = amount(5_00, { id: '1', scope: { itemIds: ['a', 'b'] } });
    const one = amount(10_00, { id: '2', scope: { itemIds: ['a'] } });
    expect(applyPromotions(lines, [both, one], context).discountMinor).toBe(10_00);
  });

  test('of an exclusive group only the best applies, and the others say so', () => {
    const cart = applyPromotions(
      [aLine('a', 1, 100_00)],
      [
        amount(5_00, { id: 'a', exclusiveGroup: 'spring' }),
        percent(100_000, { id: 'b', exclusiveGroup: 'spring' }),
      ],
      context,
    );
    expect(cart.discountMinor).toBe(10_00);
    expect(cart.outcomes).toContainEqual({ promotionId: 'a', discountMinor: 0, reason: 'another-is-better' });
  });

  test('nothing applies after a promotion that is the last', () => {
    const cart = applyPromotions(
      [aLine('a', 1, 100_00)],
      [percent(500_000, { id: 'a', priority: 2, isLast: true }), amount(1_00, { id: 'b' })],
      context,
    );
    expect(cart.outcomes).toContainEqual({
      promotionId: 'b',
      discountMinor: 0,
      reason: 'stopped-by-another',
    });
  });

  test('a unit is used once by promotions that use units', () => {
    const lines = [aLine('a', 4, 15_00)];
    const half = aPromotion(
      { kind: 'cheapest-percent', ratePpm: 500_000, units: 1 },
      { id: 'h', groupSize: 2, usesUnits: true },
    );
    const fifth = percent(200_000, { id: 'f', groupSize: 2, usesUnits: true });
    expect(applyPromotions(lines, [fifth, half], context).discountMinor).toBe(15_00);
  });

  test('percentages of the shelf price add up instead of following each other', () => {
    const rules: PromotionRules = { percentOf: 'original', order: 'listed', remainderTo: 'largest' };
    const lines = [aLine('a', 2, 10_00), aLine('b', 1, 5_00)];
    const cart = applyPromotions(
      lines,
      [percent(100_000, { id: 'a' }), percent(200_000, { id: 'b' })],
      context,
      rules,
    );
    expect(cart.discountMinor).toBe(7_50);
  });

  test('what each promotion took from a line is written down and adds up', () => {
    const cart = applyPromotions(
      [aLine('a', 1, 100_00)],
      [amount(10_00, { id: 'a', priority: 1 }), percent(100_000, { id: 'b' })],
      context,
    );
    expect(cart.lines[0]).toMatchObject({
      discountMinor: 19_00,
      priceMinor: 81_00,
      discounts: [
        { promotionId: 'a', amountMinor: 10_00 },
        { promotionId: 'b', amountMinor: 9_00 },
      ],
    });
  });
});

describe('points', () => {
  const double = (changes: Partial<Promotion> = {}, timesMilli = 2_000): Promotion =>
    aPromotion({ kind: 'points-multiplier', timesMilli }, { id: 'double', ...changes });
  const times = (cart: PromotedCart) => cart.lines.map(({ pointsTimesMilli }) => pointsTimesMilli);

  test('are multiplied on lines of the scope, nothing gets cheaper, and the highest of several counts', () => {
    const lines = [aLine('a', 2, 10_00), aLine('b', 1, 5_00)];
    const offers = [
      double({ scope: { itemIds: ['a'] } }),
      double({ id: 'triple', scope: { itemIds: ['a'] } }, 3_000),
    ];
    const cart = applyPromotions(lines, offers, context);
    expect(cart.discountMinor).toBe(0);
    expect(times(cart)).toEqual([3_000, undefined]);
    expect(cart.outcomes.map(({ promotionId, reason }) => [promotionId, reason])).toEqual([
      ['double', null],
      ['triple', null],
    ]);
  });

  test('wait for what makes goods cheaper: their threshold is measured after it', () => {
    const conditions = [{ kind: 'spend-at-least', minMinor: 18_00 }] as const;
    const spend = (ratePpm: number) =>
      applyPromotions(
        [aLine('a', 2, 10_00)],
        [double({ conditions }), percent(ratePpm, { id: 'z' })],
        context,
      );
    expect(times(spend(100_000))).toEqual([2_000]);
    expect(times(spend(200_000))).toEqual([undefined]);
    expect(spend(200_000).outcomes).toContainEqual({
      promotionId: 'double',
      discountMinor: 0,
      reason: 'spend-too-low',
    });
  });

  test('without a line in scope nothing is said to be given', () => {
    const [outcome] = applyPromotions(
      [aLine('a', 1, 1_00)],
      [double({ scope: { itemIds: ['x'] } })],
      context,
    ).outcomes;
    expect(outcome).toMatchObject({ reason: 'nothing-to-take-off' });
  });
});
