// A cart of 100 lines under 500 active promotions, computed whole (promotions, discounts, taxes, totals) as after every
// scan of a cashier.

import { cartTotals } from '../../shared/domain/cart-totals.ts';
import { asCategoryId, asItemId } from '../../shared/domain/ids.ts';
import { promotionContextOf } from '../../shared/domain/promotion-context.ts';
import type {
  Promotion,
  PromotionCondition,
  PromotionReward,
} from '../../shared/domain/promotions/promotion.ts';
import { aCart, anItem, PER_LINE, TAX_GROUPS } from '../support/domain-builders.ts';
import type { Bench } from './bench.ts';
import { limited, told } from './row.ts';
import { median, percentile } from './statistics.ts';

const LINES = 100;
const PROMOTIONS = 500;
const CATEGORIES = 20;
const GOAL_MS = 5;

function aCartOf100Lines() {
  return aCart(
    ...Array.from({ length: LINES }, (_, place) => ({
      item: anItem({
        sku: `ITEM-${String(place)}`,
        priceMinor: 99 + ((place * 137) % 4_000),
        categoryId: asCategoryId(`category-${String(place % CATEGORIES)}`),
      }),
      quantityMilli: (1 + (place % 4)) * 1000,
    })),
  );
}

// A shop's usual mix: most are about one item or category, one in ten about the whole cart, all of them may apply.
function aPromotion(number: number): Promotion {
  const rewards: readonly PromotionReward[] = [
    { kind: 'percent-off', ratePpm: 50_000 + (number % 10) * 10_000, roundedOn: 'sum' },
    { kind: 'amount-off-units', amountMinor: 5 + (number % 20) },
    { kind: 'cheapest-percent', ratePpm: 1_000_000, units: 1 },
    { kind: 'group-for-price', priceMinor: 2_50 },
    { kind: 'amount-off-sum', amountMinor: 1_00 },
  ];
  const conditions: readonly (readonly PromotionCondition[])[] = [
    [],
    [{ kind: 'quantity-at-least', minUnits: 2 }],
    [{ kind: 'spend-at-least', minMinor: 20_00 }],
    [{ kind: 'hours', weekdays: [1, 2, 3, 4, 5, 6, 7], fromMinute: 0, toMinute: 1440 }],
  ];
  const reward = rewards[number % rewards.length] ?? rewards[0];
  if (reward === undefined) throw new Error('there is no reward');
  const scope =
    number % 10 === 0
      ? {}
      : number % 3 === 0
        ? { categoryIds: [asCategoryId(`category-${String(number % CATEGORIES)}`)] }
        : { itemIds: [asItemId(`item-ITEM-${String((number * 7) % LINES)}`)] };
  return {
    id: `promotion-${String(number).padStart(3, '0')}`,
    name: `Promotion ${String(number)}`,
    priority: number % 5,
    scope,
    conditions: conditions[number % conditions.length] ?? [],
    reward,
    ...(reward.kind === 'group-for-price' || reward.kind === 'cheapest-percent' ? { groupSize: 3 } : {}),
    ...(number % 25 === 0 ? { exclusiveGroup: `group-${String(number % 3)}` } : {}),
  };
}

export const promotions: Bench = {
  name: 'promotions',
  about: 'a cart of 100 lines under 500 active promotions (Node)',
  run({ isQuick }) {
    const cart = aCartOf100Lines();
    const all = Array.from({ length: PROMOTIONS }, (_, number) => aPromotion(number));
    const context = promotionContextOf({ timeZone: 'Europe/Warsaw', dayStartsAtMinute: 0 })(cart, {
      channel: 'till',
      now: '2026-03-02T10:00:00.000Z',
    });
    const times: number[] = [];
    let applied = 0;
    for (let round = 0; round < (isQuick ? 50 : 1_000); round += 1) {
      const started = performance.now();
      const { explanations } = cartTotals(cart, PER_LINE, TAX_GROUPS, {
        promotions: { promotions: all, context },
      });
      times.push(performance.now() - started);
      applied = explanations.filter(({ reason }) => reason === null).length;
    }
    const warm = times.slice(Math.floor(times.length / 10));
    const name = `cart of ${String(LINES)} lines × ${String(PROMOTIONS)} promotions`;
    return Promise.resolve([
      limited(`${name}, p99`, percentile(warm, 0.99), { unit: 'ms', atMost: GOAL_MS }),
      told(`${name}, median`, median(warm), 'ms'),
      told(`${name}: promotions that applied`, applied, 'promotions'),
    ]);
  },
};
