// What the promotions of the shop did to one line of a cart, and why one that is about its goods did nothing for it: the answer to "isn't
// this one on offer?". Computed from what the engine has said of the whole cart, so that the two never disagree.

import type { NotAppliedReason, Promotion, PromotionOutcome, PromotionScope } from './promotion.ts';

/** The line as scopes look at it; `isReduced` when its shelf price is a reduced one already. */
export type LineAsked = {
  readonly itemId: string;
  readonly categoryId?: string;
  readonly unitPriceMinor: number;
  readonly isReduced: boolean;
};

export type LineExplanation = {
  readonly promotionId: string;
  readonly name: string;
  /** What it took off this line, minor units, never negative. */
  readonly discountMinor: number;
  /** Why it took nothing off this line; `went-to-others`: it was given, on other goods of the cart. */
  readonly reason: NotAppliedReason | 'went-to-others' | null;
};

/** Promotions that are about the goods of the line: those that gave something first, each group in the order of the shop. */
export function explainLine(
  line: LineAsked,
  given: {
    readonly promotions: readonly Promotion[];
    readonly outcomes: readonly PromotionOutcome[];
    /** What was taken off this line. */
    readonly discounts: readonly { readonly promotionId: string; readonly amountMinor: number }[];
  },
): readonly LineExplanation[] {
  const outcomes = new Map(given.outcomes.map((outcome) => [outcome.promotionId, outcome]));
  const explained = given.promotions.flatMap((promotion): readonly LineExplanation[] => {
    const outcome = outcomes.get(promotion.id);
    if (outcome === undefined || !concerns(promotion, line)) return [];
    const discountMinor = given.discounts
      .filter(({ promotionId }) => promotionId === promotion.id)
      .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
    // Points are multiplied on every line of its goods.
    const isGiven = discountMinor > 0 || promotion.reward.kind === 'points-multiplier';
    const reason = isGiven ? outcome.reason : (outcome.reason ?? 'went-to-others');
    return [{ promotionId: promotion.id, name: promotion.name, discountMinor, reason }];
  });
  return [
    ...explained.filter(({ reason }) => reason === null),
    ...explained.filter(({ reason }) => reason !== null),
  ];
}

/** The line may be discounted by it, or is what has to be bought for it. */
function concerns({ scope, reward }: Promotion, line: LineAsked): boolean {
  return isInScope(scope, line) || (reward.kind === 'buy-get' && isInScope(reward.get, line));
}

function isInScope(scope: PromotionScope, line: LineAsked): boolean {
  const { itemIds, categoryIds, leavesOutReduced, minUnitPriceMinor = 0, maxUnitPriceMinor } = scope;
  return (
    (itemIds?.includes(line.itemId) ?? true) &&
    (categoryIds?.includes(line.categoryId ?? '') ?? true) &&
    !(leavesOutReduced === true && line.isReduced) &&
    line.unitPriceMinor >= minUnitPriceMinor &&
    line.unitPriceMinor <= (maxUnitPriceMinor ?? Number.POSITIVE_INFINITY)
  );
}
