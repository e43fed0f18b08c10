// The work of promotions.bench.ts, by itself, because it is bundled as the apps are before it is measured: the loader of TypeScript
// gives every closure a name when it is made, which took a quarter of the time.

import { cartTotals } from '../../shared/domain/cart-totals.ts';
import { asCategoryId, asItemId } from '../../shared/domain/ids.ts';
import { promotionContextOf } from '../../shared/domain/promotion-context.ts';
import type { Promotion, PromotionCondition } from '../../shared/domain/promotions/promotion.ts';
import { aCart, anItem, PER_LINE, TAX_GROUPS } from '../support/domain-builders.ts';

export const LINES = 100;
export const PROMOTIONS = 500;
const CATEGORIES = 20;
const CATALOGUE = 5_000;

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

// A shop's usual mix: of 500 promotions 440 are about ten items each of a catalogue of 5,000, 50 about a category (one in two
// needs a coupon or a customer group), 10 about the whole cart from a spend on, of which one may apply.
export function usualPromotion(number: number): Promotion {
  if (number < 440) {
    const itemIds = Array.from({ length: 10 }, (_, place) =>
      asItemId(`item-ITEM-${String((number * 113 + place * 499) % CATALOGUE)}`),
    );
    return promotionOf(number, { itemIds }, []);
  }
  if (number < 490) {
    const categoryIds = [asCategoryId(`category-${String(number % CATEGORIES)}`)];
    const isOpen = number % 2 === 0;
    return promotionOf(
      number,
      { categoryIds },
      isOpen ? [] : [{ kind: 'coupon', code: `C${String(number)}` }],
    );
  }
  return {
    ...promotionOf(number, {}, [{ kind: 'spend-at-least', minMinor: 20_00 }]),
    exclusiveGroup: 'whole-cart',
  };
}

// The hardest mix: every promotion touches the cart, and one in ten touches all of it.
export function hardPromotion(number: number): Promotion {
  if (number % 10 === 0) return promotionOf(number, {}, []);
  return number % 3 === 0
    ? promotionOf(number, { categoryIds: [asCategoryId(`category-${String(number % CATEGORIES)}`)] }, [])
    : promotionOf(number, { itemIds: [asItemId(`item-ITEM-${String((number * 7) % LINES)}`)] }, []);
}

const REWARDS: readonly Pick<Promotion, 'reward' | 'groupSize'>[] = [
  { reward: { kind: 'percent-off', ratePpm: 100_000, roundedOn: 'sum' } },
  { reward: { kind: 'amount-off-units', amountMinor: 5 } },
  { reward: { kind: 'cheapest-percent', ratePpm: 1_000_000, units: 1 }, groupSize: 3 },
  { reward: { kind: 'group-for-price', priceMinor: 2_50 }, groupSize: 3 },
  { reward: { kind: 'amount-off-sum', amountMinor: 1_00 } },
];

function promotionOf(
  number: number,
  scope: Promotion['scope'],
  conditions: readonly PromotionCondition[],
): Promotion {
  const given = REWARDS[number % REWARDS.length];
  if (given === undefined) throw new Error('there is no reward');
  const id = `promotion-${String(number).padStart(3, '0')}`;
  return { id, name: `Promotion ${String(number)}`, priority: number % 5, scope, conditions, ...given };
}

/** Milliseconds of each computation after the first tenth, and how many promotions applied. */
export function timesOf(
  promotion: (number: number) => Promotion,
  rounds: number,
): { readonly times: readonly number[]; readonly applied: number } {
  const cart = aCartOf100Lines();
  const all = Array.from({ length: PROMOTIONS }, (_, number) => promotion(number));
  const context = promotionContextOf({ timeZone: 'Europe/Warsaw', dayStartsAtMinute: 0 })(cart, {
    channel: 'till',
    now: '2026-03-02T10:00:00.000Z',
  });
  const times: number[] = [];
  let applied = 0;
  for (let round = 0; round < rounds; round += 1) {
    const started = performance.now();
    const { explanations } = cartTotals(cart, PER_LINE, TAX_GROUPS, {
      promotions: { promotions: all, context },
    });
    times.push(performance.now() - started);
    applied = explanations.filter(({ reason }) => reason === null).length;
  }
  return { times: times.slice(Math.floor(times.length / 10)), applied };
}
