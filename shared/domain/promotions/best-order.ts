// In which order promotions of equal priority cost the customer least. Promotions that share no line and no threshold do
// not influence each other, so they are split into independent sets first. A set of up to ORDERED_MAX is tried in every
// order; a larger one in three orders (by id, most restricted first, largest discount first), of which the best counts; one
// beyond COMPARED_MAX in the first two. The bounds keep a cart of 100 lines under 500 promotions within milliseconds.

import { unmetCondition } from './conditions.ts';
import type { Promotion, PromotionContext, PromotionRules } from './promotion.ts';
import { placesInScope, WHOLE_CART, type PromotionState } from './promotion-state.ts';
import { reward, touchedPlaces } from './reward.ts';

/** Sets of so many promotions are tried in every order: 24 orders. */
export const ORDERED_MAX = 4;
/** Up to so many promotions the discount of each alone is compared too. */
export const COMPARED_MAX = 30;

/** The promotions in the best order found; given sorted by id, ties keep that order. */
export function bestOrder(
  promotions: readonly Promotion[],
  state: PromotionState,
  context: PromotionContext,
  rules: PromotionRules,
): readonly Promotion[] {
  const discountOf = (order: readonly Promotion[]): number => discountInOrder(order, state, context, rules);
  return independentSets(promotions, state).flatMap((set) => {
    if (set.length === 1) return set;
    const orders = set.length <= ORDERED_MAX ? permutations(set) : likelyOrders(set, state, discountOf);
    let best = { order: set, discountMinor: -1 };
    for (const order of orders) {
      const discountMinor = discountOf(order);
      if (discountMinor > best.discountMinor) best = { order, discountMinor };
    }
    return best.order;
  });
}

function discountInOrder(
  order: readonly Promotion[],
  state: PromotionState,
  context: PromotionContext,
  rules: PromotionRules,
): number {
  let now = state;
  let discountMinor = 0;
  for (const promotion of order) {
    if (unmetCondition(promotion, now, context) !== null) continue;
    const rewarded = reward(now, promotion, rules);
    discountMinor += rewarded.discountMinor;
    now = rewarded.state;
    if (rewarded.discountMinor > 0 && promotion.isLast === true) break;
  }
  return discountMinor;
}

// Union of promotions that meet on a line, or whose threshold measures a line that another one lowers.
function independentSets(
  promotions: readonly Promotion[],
  state: PromotionState,
): readonly (readonly Promotion[])[] {
  const leaderOfLine = new Map<number, number>();
  const leaders = promotions.map((_, place) => place);
  const leaderOf = (place: number): number => {
    let leader = place;
    while (leaders[leader] !== undefined && leaders[leader] !== leader) leader = leaders[leader] ?? leader;
    return leader;
  };
  for (const [place, promotion] of promotions.entries()) {
    for (const line of linesThatMatter(promotion, state)) {
      const other = leaderOfLine.get(line);
      if (other === undefined) {
        leaderOfLine.set(line, place);
        continue;
      }
      const [left, right] = [leaderOf(other), leaderOf(place)];
      leaders[Math.max(left, right)] = Math.min(left, right);
    }
  }
  const sets = new Map<number, Promotion[]>();
  for (const [place, promotion] of promotions.entries()) {
    const leader = leaderOf(place);
    sets.set(leader, [...(sets.get(leader) ?? []), promotion]);
  }
  return [...sets.values()];
}

function linesThatMatter(promotion: Promotion, state: PromotionState): ReadonlySet<number> {
  const matter = new Set(touchedPlaces(state, promotion));
  for (const condition of promotion.conditions) {
    if (condition.kind !== 'spend-at-least') continue;
    for (const place of placesInScope(state, condition.scope ?? WHOLE_CART).places) matter.add(place);
  }
  return matter;
}

function likelyOrders(
  set: readonly Promotion[],
  state: PromotionState,
  discountOf: (order: readonly Promotion[]) => number,
): readonly (readonly Promotion[])[] {
  const isLarge = set.length > COMPARED_MAX;
  const known = set.map((promotion, place) => ({
    promotion,
    place,
    alone: isLarge ? 0 : discountOf([promotion]),
    width: touchedPlaces(state, promotion).length,
  }));
  const ordered = (compare: (a: (typeof known)[number], b: (typeof known)[number]) => number) =>
    [...known].sort((a, b) => compare(a, b) || a.place - b.place).map(({ promotion }) => promotion);
  const restrictedFirst = ordered((a, b) => a.width - b.width || b.alone - a.alone);
  return isLarge ? [set, restrictedFirst] : [set, restrictedFirst, ordered((a, b) => b.alone - a.alone)];
}

/** All orders, beginning with the one given. */
function permutations<Value>(values: readonly Value[]): readonly (readonly Value[])[] {
  if (values.length <= 1) return [values];
  return values.flatMap((first, place) =>
    permutations(values.filter((_, other) => other !== place)).map((rest) => [first].concat(rest)),
  );
}
