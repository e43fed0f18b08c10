// What a shop decides about its prices, as the documents of the `promotions` collection.

import type { PriceRule } from './price-rule.ts';
import type { Promotion } from './promotions/promotion.ts';
import type { ReasonCode } from './reason-code.ts';

export type PromotionDocument =
  | { readonly id: string; readonly type: 'promotion'; readonly body: Promotion }
  | { readonly id: string; readonly type: 'price-rule'; readonly body: PriceRule }
  | { readonly id: string; readonly type: 'reason-code'; readonly body: ReasonCode }
  /** Which version of promotions and price rules the documents make together. */
  | { readonly id: string; readonly type: 'version'; readonly body: BookVersion };

/** Which version of the price book the documents make together. */
export type BookVersion = {
  /** From 1; each published change of a promotion or price rule is the next. */
  readonly revision: number;
  /** Over all promotions and price rules (markOf, joined). */
  readonly mark: string;
};

/** All of them, sorted by what they are. */
export type PriceBook = {
  readonly promotions: readonly Promotion[];
  readonly priceRules: readonly PriceRule[];
  readonly reasonCodes: readonly ReasonCode[];
  /** Absent where it is not known which version this is, as while it arrives. */
  readonly revision?: number;
};

export const EMPTY_PRICE_BOOK: PriceBook = { promotions: [], priceRules: [], reasonCodes: [] };

/** The documents by kind, in an order that does not depend on how they arrived. */
export function priceBookOf(documents: readonly PromotionDocument[]): PriceBook {
  const sorted = [...documents].sort((left, right) => (left.id < right.id ? -1 : left.id > right.id ? 1 : 0));
  return {
    promotions: sorted.flatMap((each) => (each.type === 'promotion' ? [each.body] : [])),
    priceRules: sorted.flatMap((each) => (each.type === 'price-rule' ? [each.body] : [])),
    reasonCodes: sorted
      .flatMap((each) => (each.type === 'reason-code' ? [each.body] : []))
      .sort((left, right) => left.position - right.position),
  };
}
