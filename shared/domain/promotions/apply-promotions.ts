// Applies all promotions to a cart: by priority, within one priority in the order that is best for the customer (or as
// listed), exclusive groups reduced to their best member. Deterministic: ties go to the smaller id, and neither the
// order of the lines' entry nor that of the declarations decides about money.

import { addAmounts, sumAmounts } from '../money.ts';
import { bestOrder } from './best-order.ts';
import { unmetCondition } from './conditions.ts';
import {
  DEFAULT_PROMOTION_RULES,
  type NotAppliedReason,
  type Promotion,
  type PromotionContext,
  type PromotionLine,
  type PromotionOutcome,
  type PromotionRules,
} from './promotion.ts';
import { PromotionState } from './promotion-state.ts';
import { reward, touchedPlaces, type Rewarded } from './reward.ts';

/** Promotions of one shop that are looked at for a cart; more are refused when they are edited. */
export const PROMOTIONS_MAX = 2000;

export type PromotedLine = {
  readonly lineNumber: number;
  /** What the line costs after all promotions. */
  readonly priceMinor: number;
  readonly discountMinor: number;
  /** Which promotion took what; sums to discountMinor. */
  readonly discounts: readonly { readonly promotionId: string; readonly amountMinor: number }[];
  /** Its points count so many times, in thousandths; absent: once. */
  readonly pointsTimesMilli?: number;
  /** Units by price, in order. */
  readonly units: readonly { readonly count: number; readonly priceMinor: number }[];
};

export type PromotedCart = {
  readonly lines: readonly PromotedLine[];
  readonly discountMinor: number;
  /** One for each promotion, in the order in which they were decided. */
  readonly outcomes: readonly PromotionOutcome[];
  /** Units that come free on top of the cart. */
  readonly addedUnits: readonly { readonly promotionId: string; readonly units: number }[];
};

/**
 * Prices of a cart after all promotions, with what each promotion did or why it did nothing. Unless the rules say that
 * the list decides, lines are looked at from the dearest to the cheapest, so that the order of scanning changes nothing.
 */
export function applyPromotions(
  entered: readonly PromotionLine[],
  promotions: readonly Promotion[],
  asked: PromotionContext,
  rules: PromotionRules = DEFAULT_PROMOTION_RULES,
): PromotedCart {
  const places = rules.order === 'listed' ? entered.map((_, place) => place) : canonicalPlaces(entered);
  const lines = places.flatMap((place) => entered[place] ?? []);
  const promoted = promoteLines(lines, promotions, contextFor(asked, places), rules);
  const back = new Map(places.map((place, at) => [place, promoted.lines[at]] as const));
  return { ...promoted, lines: entered.flatMap((_, place) => back.get(place) ?? []) };
}

function canonicalPlaces(lines: readonly PromotionLine[]): readonly number[] {
  const keyOf = (place: number): string => {
    const line = lines[place];
    const {
      itemId = '',
      categoryId = '',
      isReduced = false,
      minimumUnitPriceMinor = 0,
      units = 0,
    } = line ?? {};
    return [itemId, categoryId, String(isReduced), String(minimumUnitPriceMinor), String(units)].join('\n');
  };
  const keys = lines.map((_, place) => keyOf(place));
  const priceAt = (place: number): number => lines[place]?.unitPriceMinor ?? 0;
  return lines
    .map((_, place) => place)
    .sort((a, b) => priceAt(b) - priceAt(a) || compareTexts(keys[a] ?? '', keys[b] ?? '') || a - b);
}

function compareTexts(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

// Whoever measures net knows the lines as they were entered.
function contextFor(context: PromotionContext, places: readonly number[]): PromotionContext {
  const { netOf } = context;
  if (netOf === undefined) return context;
  return {
    ...context,
    netOf: (prices) => {
      const asEntered = Array.from({ length: places.length }, () => 0);
      for (const [at, place] of places.entries()) asEntered[place] = prices[at] ?? 0;
      return netOf(asEntered);
    },
  };
}

function promoteLines(
  lines: readonly PromotionLine[],
  promotions: readonly Promotion[],
  context: PromotionContext,
  rules: PromotionRules,
): PromotedCart {
  if (promotions.length > PROMOTIONS_MAX) throw new RangeError('too many promotions for one cart');
  const book = new Book(lines);
  const state = new PromotionState(lines);
  let isStopped = false;
  const takenGroups = new Set<string>();
  for (const level of levelsOf(promotions, rules)) {
    const open = level.filter((promotion) => {
      const reason = isStopped ? 'stopped-by-another' : closedReason(promotion, state, context, takenGroups);
      if (reason !== null) book.refuse(promotion, reason);
      return reason === null;
    });
    const chosen = withoutWorseOfGroups(open, state, context, rules);
    const kept = new Set(chosen);
    for (const promotion of open) if (!kept.has(promotion)) book.refuse(promotion, 'another-is-better');
    const ordered = rules.order === 'listed' ? chosen : orderForCustomer(chosen, state, context, rules);
    for (const promotion of ordered) {
      const reason = isStopped ? 'stopped-by-another' : unmetCondition(promotion, state, context);
      if (reason !== null) {
        book.refuse(promotion, reason);
        continue;
      }
      const rewarded = reward(state, promotion, rules);
      book.record(promotion, rewarded, state);
      const hasApplied = hasGiven(rewarded);
      if (hasApplied && promotion.exclusiveGroup !== undefined) takenGroups.add(promotion.exclusiveGroup);
      isStopped ||= hasApplied && promotion.isLast === true;
    }
  }
  return book.close(state);
}

const hasGiven = ({ discountMinor, addedUnits, multiplied }: Rewarded): boolean =>
  discountMinor > 0 || addedUnits > 0 || multiplied.length > 0;

// Points make nothing cheaper: what does goes first, and no order has to be tried for them.
function orderForCustomer(
  promotions: readonly Promotion[],
  state: PromotionState,
  context: PromotionContext,
  rules: PromotionRules,
): readonly Promotion[] {
  const isOfPoints = ({ reward: given }: Promotion): boolean => given.kind === 'points-multiplier';
  const ofMoney = promotions.filter((promotion) => !isOfPoints(promotion));
  const best = bestOrder(ofMoney, state, context, rules);
  return ofMoney.length === promotions.length ? best : [...best, ...promotions.filter(isOfPoints)];
}

function levelsOf(
  promotions: readonly Promotion[],
  rules: PromotionRules,
): readonly (readonly Promotion[])[] {
  const levels = new Map<number, Promotion[]>();
  for (const promotion of promotions) {
    const level = levels.get(promotion.priority);
    if (level === undefined) levels.set(promotion.priority, [promotion]);
    else level.push(promotion);
  }
  const byId = (left: Promotion, right: Promotion): number => compareTexts(left.id, right.id);
  return [...levels]
    .sort(([left], [right]) => right - left)
    .map(([, level]) => (rules.order === 'listed' ? level : level.sort(byId)));
}

// Discounts only ever lower what is spent, so a condition that fails now cannot hold later.
function closedReason(
  promotion: Promotion,
  state: PromotionState,
  context: PromotionContext,
  takenGroups: ReadonlySet<string>,
): NotAppliedReason | null {
  if (promotion.exclusiveGroup !== undefined && takenGroups.has(promotion.exclusiveGroup)) {
    return 'another-is-better';
  }
  const reason = unmetCondition(promotion, state, context);
  if (reason !== null) return reason;
  return touchedPlaces(state, promotion).length === 0 ? 'nothing-to-take-off' : null;
}

function withoutWorseOfGroups(
  promotions: readonly Promotion[],
  state: PromotionState,
  context: PromotionContext,
  rules: PromotionRules,
): readonly Promotion[] {
  const best = new Map<string, { readonly promotion: Promotion; readonly discountMinor: number }>();
  for (const promotion of promotions) {
    const group = promotion.exclusiveGroup;
    if (group === undefined || unmetCondition(promotion, state, context) !== null) continue;
    const { discountMinor } = reward(state, promotion, rules);
    const before = best.get(group);
    if (before === undefined || discountMinor > before.discountMinor)
      best.set(group, { promotion, discountMinor });
  }
  return promotions.filter(
    (promotion) =>
      promotion.exclusiveGroup === undefined || best.get(promotion.exclusiveGroup)?.promotion === promotion,
  );
}

// Writes down who took what from which line, so that parts and whole agree at the end.
class Book {
  readonly #lines: readonly PromotionLine[];
  readonly #discounts: { promotionId: string; amountMinor: number }[][];
  readonly #outcomes: PromotionOutcome[] = [];
  readonly #added: { promotionId: string; units: number }[] = [];
  readonly #times = new Map<number, number>();

  constructor(lines: readonly PromotionLine[]) {
    this.#lines = lines;
    this.#discounts = lines.map(() => []);
  }

  refuse(promotion: Promotion, reason: NotAppliedReason): void {
    this.#outcomes.push({ promotionId: promotion.id, discountMinor: 0, reason });
  }

  /** Makes the reward happen. */
  record(promotion: Promotion, rewarded: Rewarded, state: PromotionState): void {
    const { places, runs, discountMinor, addedUnits, multiplied } = rewarded;
    const before = places.map((place) => state.prices[place] ?? 0);
    state.replace(places, runs);
    const reason = hasGiven(rewarded) ? null : 'nothing-to-take-off';
    if (promotion.reward.kind === 'points-multiplier') {
      const { timesMilli } = promotion.reward;
      for (const place of multiplied)
        this.#times.set(place, Math.max(timesMilli, this.#times.get(place) ?? 0));
    }
    this.#outcomes.push({ promotionId: promotion.id, discountMinor, reason });
    if (addedUnits > 0) this.#added.push({ promotionId: promotion.id, units: addedUnits });
    for (const [at, place] of places.entries()) {
      const amountMinor = addAmounts(before[at] ?? 0, -(state.prices[place] ?? 0));
      if (amountMinor !== 0) this.#discounts[place]?.push({ promotionId: promotion.id, amountMinor });
    }
  }

  close(state: PromotionState): PromotedCart {
    const lines = this.#lines.map((line, place): PromotedLine => {
      const discounts = this.#discounts[place] ?? [];
      const pointsTimesMilli = this.#times.get(place);
      return {
        lineNumber: line.lineNumber,
        priceMinor: state.prices[place] ?? 0,
        discountMinor: sumAmounts(discounts.map((each) => each.amountMinor)),
        discounts,
        ...(pointsTimesMilli === undefined ? {} : { pointsTimesMilli }),
        units: (state.byLine[place] ?? []).map(({ count, currentMinor }) => ({
          count,
          priceMinor: currentMinor,
        })),
      };
    });
    return {
      lines,
      discountMinor: sumAmounts(lines.map((line) => line.discountMinor)),
      outcomes: this.#outcomes,
      addedUnits: this.#added,
    };
  }
}
