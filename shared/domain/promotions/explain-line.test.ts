import { describe, expect, test } from 'vitest';
import { applyPromotions } from './apply-promotions.ts';
import { explainLine, type LineAsked } from './explain-line.ts';
import type { Promotion, PromotionContext, PromotionLine } from './promotion.ts';

const context: PromotionContext = {
  coupons: [],
  customerGroups: [],
  isFirstPurchase: false,
  channel: 'till',
  businessDay: '2026-03-02',
  weekday: 1,
  minuteOfDay: 600,
};
const aPromotion = (id: string, change: Partial<Promotion> = {}): Promotion => ({
  id,
  name: `Offer ${id}`,
  priority: 0,
  scope: {},
  conditions: [],
  reward: { kind: 'percent-off', ratePpm: 100_000, roundedOn: 'sum' },
  ...change,
});
const aLine = (lineNumber: number, itemId: string, unitPriceMinor: number): PromotionLine => ({
  lineNumber,
  itemId,
  categoryId: itemId === 'tea' ? 'drinks' : 'food',
  units: 1,
  unitPriceMinor,
});

function explain(promotions: readonly Promotion[], lines: readonly PromotionLine[], place: number) {
  const promoted = applyPromotions(lines, promotions, context);
  const line = lines[place];
  if (line === undefined) throw new Error('no line');
  const asked: LineAsked = { ...line, isReduced: false };
  const discounts = promoted.lines[place]?.discounts ?? [];
  return explainLine(asked, { promotions, outcomes: promoted.outcomes, discounts }).map(
    ({ promotionId, discountMinor, reason }) => [promotionId, discountMinor, reason],
  );
}

describe('explainLine', () => {
  const tea = aLine(1, 'tea', 1000);
  const bread = aLine(2, 'bread', 400);

  test('names what was given and why the others were not, and nothing that is about other goods', () => {
    const promotions = [
      aPromotion('coupon', { conditions: [{ kind: 'coupon', code: 'SPRING' }] }),
      aPromotion('of-drinks', { scope: { categoryIds: ['drinks'] } }),
      aPromotion('of-food', { scope: { categoryIds: ['food'] } }),
    ];
    expect(explain(promotions, [tea, bread], 0)).toEqual([
      ['of-drinks', 100, null],
      ['coupon', 0, 'coupon-missing'],
    ]);
  });

  test('says that an offer went to other goods of the cart', () => {
    const cheapest = aPromotion('cheapest', {
      reward: { kind: 'cheapest-percent', ratePpm: 1_000_000, units: 1 },
    });
    expect(explain([cheapest], [tea, bread], 0)).toEqual([['cheapest', 0, 'went-to-others']]);
    expect(explain([cheapest], [tea, bread], 1)).toEqual([['cheapest', 400, null]]);
  });

  test('the goods that come cheaper with others are concerned as well as those that are bought', () => {
    const pair = aPromotion('pair', {
      scope: { itemIds: ['tea'] },
      reward: {
        kind: 'buy-get',
        buyUnits: 2,
        get: { itemIds: ['bread'] },
        getUnits: 1,
        ratePpm: 1_000_000,
        isAdded: false,
      },
    });
    expect(explain([pair], [tea, bread], 0)).toEqual([['pair', 0, 'nothing-to-take-off']]);
    expect(explain([pair], [tea, bread], 1)).toEqual([['pair', 0, 'nothing-to-take-off']]);
  });

  test('goods at a reduced price are not asked about offers that leave them out, nor beyond price bounds', () => {
    const promotions = [
      aPromotion('full-price', { scope: { leavesOutReduced: true } }),
      aPromotion('dear', { scope: { minUnitPriceMinor: 2000 } }),
    ];
    const outcomes = promotions.map(({ id }) => ({ promotionId: id, discountMinor: 0, reason: null }));
    const line = { ...tea, isReduced: true };
    expect(explainLine(line, { promotions, outcomes, discounts: [] })).toEqual([]);
  });
});
