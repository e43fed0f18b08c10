// A cart as the promotion engine sees it, and what the engine answers as discounts of lines and as sentences for the
// cashier. Pieces are units; anything weighed or measured is one unit with the price of the whole line.

import type { CartLine } from './cart.ts';
import { divideRounded } from './money.ts';
import { applyPromotions } from './promotions/apply-promotions.ts';
import type {
  NotAppliedReason,
  Promotion,
  PromotionContext,
  PromotionLine,
  PromotionRules,
} from './promotions/promotion.ts';
import { MILLI_PER_UNIT } from './quantity.ts';

export type GivenPromotions = {
  readonly promotions: readonly Promotion[];
  readonly context: PromotionContext;
  /** How promotions get along; best for the customer where absent. */
  readonly rules?: PromotionRules;
};

/** What a promotion did to the cart, or why it did nothing (`promotion.why.<reason>`). */
export type PromotionExplanation = {
  readonly promotionId: string;
  readonly name: string;
  readonly discountMinor: number;
  readonly reason: NotAppliedReason | null;
};

export type LineToPromote = {
  readonly line: CartLine;
  /** Price of the line as it is now, and the least that may be left of it. */
  readonly priceMinor: number;
  readonly floorMinor: number;
};

export type PromotedLines = {
  /** Parallel to the lines; amounts are positive. */
  readonly discounts: readonly (readonly {
    readonly promotionId: string;
    readonly name: string;
    readonly amountMinor: number;
  }[])[];
  readonly explanations: readonly PromotionExplanation[];
  /** Lines whose points count more or less than once: thousandths, by line number. */
  readonly pointsTimes: ReadonlyMap<number, number>;
};

const ONCE: ReadonlyMap<number, number> = new Map();

/** Applies the promotions to lines that go out. */
export function promoteCart(lines: readonly LineToPromote[], given: GivenPromotions): PromotedLines {
  const { promotions, context, rules } = given;
  if (promotions.length === 0 || lines.length === 0)
    return { discounts: [], explanations: [], pointsTimes: ONCE };
  const promoted = applyPromotions(lines.map(promotionLine), promotions, context, rules);
  const multiplied = promoted.lines.filter(({ pointsTimesMilli }) => pointsTimesMilli !== undefined);
  const names = new Map(promotions.map((promotion) => [promotion.id, promotion.name]));
  return {
    discounts: promoted.lines.map(({ discounts }) =>
      discounts.map(({ promotionId, amountMinor }) => ({
        promotionId,
        name: names.get(promotionId) ?? promotionId,
        amountMinor,
      })),
    ),
    explanations: promoted.outcomes.map(({ promotionId, discountMinor, reason }) => ({
      promotionId,
      name: names.get(promotionId) ?? promotionId,
      discountMinor,
      reason,
    })),
    pointsTimes:
      multiplied.length === 0
        ? ONCE
        : new Map(multiplied.map(({ lineNumber, pointsTimesMilli = 0 }) => [lineNumber, pointsTimesMilli])),
  };
}

function promotionLine({ line, priceMinor, floorMinor }: LineToPromote): PromotionLine {
  const isPieces = line.unit === 'piece' && line.quantityMilli % MILLI_PER_UNIT === 0;
  const units = isPieces ? line.quantityMilli / MILLI_PER_UNIT : 1;
  const isReduced =
    line.priceRule !== undefined || line.modifiers !== undefined || line.bundleOf !== undefined;
  return {
    lineNumber: line.lineNumber,
    itemId: line.itemId,
    ...(line.categoryId === undefined ? {} : { categoryId: line.categoryId }),
    units,
    unitPriceMinor: divideRounded(priceMinor, units, 'down'),
    linePriceMinor: priceMinor,
    // Rounded up: units of a line may differ by a minor unit, and none may end below its floor.
    ...(floorMinor === 0 ? {} : { minimumUnitPriceMinor: divideRounded(floorMinor, units, 'up') }),
    ...(isReduced ? { isReduced } : {}),
  };
}
