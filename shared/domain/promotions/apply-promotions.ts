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
import { reward } from './reward.ts';
import { linePrices, unitsOf, type PromotionState, type UnitRun } from './units.ts';

/** Promotions of one shop that are looked at for a cart; more are refused when they are edited. */
export const PROMOTIONS_MAX = 2000;

export type PromotedLine = {
  readonly lineNumber: number;
  /** What the line costs after all promotions. */
  readonly priceMinor: number;
  readonly discountMinor: number;
  /** Which promotion took what; sums to discountMinor. */
  readonly discounts: readonly { readonly promotionId: string; readonly amountMinor: number }[];
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

/** Prices of a cart after all promotions, with what each promotion did or why it did nothing. */
export function applyPromotions(
  lines: readonly PromotionLine[],
  promotions: readonly Promotion[],
  context: PromotionContext,
  rules: PromotionRules = DEFAULT_PROMOTION_RULES,
): PromotedCart {
  if (promotions.length > PROMOTIONS_MAX) throw new RangeError('too many promotions for one cart');
  const book = new Book(lines);
  let state: PromotionState = { lines, runs: unitsOf(lines) };
  let isStopped = false;
  const takenGroups = new Set<string>();
  for (const level of levelsOf(promotions, rules)) {
    const open = level.filter((promotion) => {
      const reason = isStopped ? 'stopped-by-another' : closedReason(promotion, state, context, takenGroups);
      if (reason !== null) book.refuse(promotion, reason);
      return reason === null;
    });
    const chosen = withoutWorseOfGroups(open, state, context, rules);
    for (const promotion of open)
      if (!chosen.includes(promotion)) book.refuse(promotion, 'another-is-better');
    const ordered = rules.order === 'listed' ? chosen : bestOrder(chosen, state, context, rules);
    for (const promotion of ordered) {
      const reason = isStopped ? 'stopped-by-another' : unmetCondition(promotion, state, context);
      if (reason !== null) {
        book.refuse(promotion, reason);
        continue;
      }
      const rewarded = reward(state.runs, lines, promotion, rules);
      book.record(promotion, state.runs, rewarded);
      const hasApplied = rewarded.discountMinor > 0 || rewarded.addedUnits > 0;
      if (hasApplied && promotion.exclusiveGroup !== undefined) takenGroups.add(promotion.exclusiveGroup);
      isStopped ||= hasApplied && promotion.isLast === true;
      state = { lines, runs: rewarded.runs };
    }
  }
  return book.close(state.runs);
}

function levelsOf(
  promotions: readonly Promotion[],
  rules: PromotionRules,
): readonly (readonly Promotion[])[] {
  const levels = new Map<number, Promotion[]>();
  for (const promotion of promotions) {
    levels.set(promotion.priority, [...(levels.get(promotion.priority) ?? []), promotion]);
  }
  const byId = (left: Promotion, right: Promotion): number =>
    left.id < right.id ? -1 : left.id > right.id ? 1 : 0;
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
  return unmetCondition(promotion, state, context);
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
    const { discountMinor } = reward(state.runs, state.lines, promotion, rules);
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

  constructor(lines: readonly PromotionLine[]) {
    this.#lines = lines;
    this.#discounts = lines.map(() => []);
  }

  refuse(promotion: Promotion, reason: NotAppliedReason): void {
    this.#outcomes.push({ promotionId: promotion.id, discountMinor: 0, reason });
  }

  record(promotion: Promotion, before: readonly UnitRun[], rewarded: ReturnType<typeof reward>): void {
    const { discountMinor, addedUnits } = rewarded;
    const hasApplied = discountMinor > 0 || addedUnits > 0;
    const reason = hasApplied ? null : 'nothing-to-take-off';
    this.#outcomes.push({ promotionId: promotion.id, discountMinor, reason });
    if (addedUnits > 0) this.#added.push({ promotionId: promotion.id, units: addedUnits });
    const after = linePrices(rewarded.runs, this.#lines.length);
    for (const [place, price] of linePrices(before, this.#lines.length).entries()) {
      const amountMinor = addAmounts(price, -(after[place] ?? 0));
      if (amountMinor !== 0) this.#discounts[place]?.push({ promotionId: promotion.id, amountMinor });
    }
  }

  close(runs: readonly UnitRun[]): PromotedCart {
    const prices = linePrices(runs, this.#lines.length);
    const lines = this.#lines.map((line, place): PromotedLine => {
      const discounts = this.#discounts[place] ?? [];
      return {
        lineNumber: line.lineNumber,
        priceMinor: prices[place] ?? 0,
        discountMinor: sumAmounts(discounts.map((each) => each.amountMinor)),
        discounts,
        units: runs.flatMap((run) =>
          run.line === place && run.count > 0 ? [{ count: run.count, priceMinor: run.currentMinor }] : [],
        ),
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
