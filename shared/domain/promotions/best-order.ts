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

/** The promotions in the best order found; given sorted by id, ties keep that order. The state ends as it was. */
export function bestOrder(
  promotions: readonly Promotion[],
  state: PromotionState,
  context: PromotionContext,
  rules: PromotionRules,
): readonly Promotion[] {
  const trial = new Trial(state, context, rules);
  return independentSets(promotions, state).flatMap((set) => {
    if (set.length === 1) return set;
    return set.length <= ORDERED_MAX ? trial.bestOfAll(set) : trial.bestOf(likelyOrders(set, state, trial));
  });
}

type Tried = { readonly order: readonly Promotion[]; readonly discountMinor: number };

// Tries orders on the cart itself and takes each of them back.
class Trial {
  readonly #state: PromotionState;
  readonly #context: PromotionContext;
  readonly #rules: PromotionRules;

  constructor(state: PromotionState, context: PromotionContext, rules: PromotionRules) {
    this.#state = state;
    this.#context = context;
    this.#rules = rules;
  }

  bestOf(orders: readonly (readonly Promotion[])[]): readonly Promotion[] {
    let best: Tried = { order: [], discountMinor: -1 };
    for (const order of orders) {
      const discountMinor = this.discountOf(order);
      if (discountMinor > best.discountMinor) best = { order, discountMinor };
    }
    return best.order;
  }

  /** Of all orders, those that begin alike share the work of their beginning. */
  bestOfAll(set: readonly Promotion[]): readonly Promotion[] {
    return this.#bestFrom([], set, 0, { order: set, discountMinor: -1 }).order;
  }

  discountOf(order: readonly Promotion[]): number {
    const mark = this.#state.mark();
    let discountMinor = 0;
    for (const promotion of order) {
      const step = this.#take(promotion);
      discountMinor += step.discountMinor;
      if (step.isLast) break;
    }
    this.#state.backTo(mark);
    return discountMinor;
  }

  #bestFrom(
    before: readonly Promotion[],
    left: readonly Promotion[],
    discountMinor: number,
    best: Tried,
  ): Tried {
    if (left.length === 0)
      return discountMinor > best.discountMinor ? { order: before, discountMinor } : best;
    let found = best;
    for (const promotion of left) {
      const mark = this.#state.mark();
      const step = this.#take(promotion);
      const order = [...before, promotion];
      const rest = left.filter((other) => other !== promotion);
      const sum = discountMinor + step.discountMinor;
      // Behind a promotion that nothing follows, the order of the others does not matter.
      if (!step.isLast) found = this.#bestFrom(order, rest, sum, found);
      else if (sum > found.discountMinor) found = { order: [...order, ...rest], discountMinor: sum };
      this.#state.backTo(mark);
    }
    return found;
  }

  #take(promotion: Promotion): { readonly discountMinor: number; readonly isLast: boolean } {
    if (unmetCondition(promotion, this.#state, this.#context) !== null)
      return { discountMinor: 0, isLast: false };
    const { places, runs, discountMinor } = reward(this.#state, promotion, this.#rules);
    this.#state.replace(places, runs);
    return { discountMinor, isLast: discountMinor > 0 && promotion.isLast === true };
  }
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
    const known = sets.get(leader);
    if (known === undefined) sets.set(leader, [promotion]);
    else known.push(promotion);
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
  trial: Trial,
): readonly (readonly Promotion[])[] {
  const isLarge = set.length > COMPARED_MAX;
  const known = set.map((promotion, place) => ({
    promotion,
    place,
    alone: isLarge ? 0 : trial.discountOf([promotion]),
    width: touchedPlaces(state, promotion).length,
  }));
  const ordered = (compare: (a: (typeof known)[number], b: (typeof known)[number]) => number) =>
    [...known].sort((a, b) => compare(a, b) || a.place - b.place).map(({ promotion }) => promotion);
  const restrictedFirst = ordered((a, b) => a.width - b.width || b.alone - a.alone);
  return isLarge ? [set, restrictedFirst] : [set, restrictedFirst, ordered((a, b) => b.alone - a.alone)];
}
