// What a shop decides about its prices, as the documents of the `promotions` collection.

import type { PriceRule } from './price-rule.ts';
import type { Promotion } from './promotions/promotion.ts';
import type { ReasonCode } from './reason-code.ts';

export type PromotionDocument =
  | { readonly id: string; readonly type: 'promotion'; readonly body: Promotion }
  | { readonly id: string; readonly type: 'price-rule'; readonly body: PriceRule }
  | { readonly id: string; readonly type: 'reason-code'; readonly body: ReasonCode };

/** All of them, sorted by what they are. */
export type PriceBook = {
  readonly promotions: readonly Promotion[];
  readonly priceRules: readonly PriceRule[];
  readonly reasonCodes: readonly ReasonCode[];
};

export const EMPTY_PRICE_BOOK: PriceBook = { promotions: [], priceRules: [], reasonCodes: [] };
