// Rules of the price book as data: for which goods, to whom, where, from which quantity and when another price counts
// than the item's own. `resolvePrice` decides; a price change that starts later is a rule with `validFrom`.

import type { CategoryId, ItemId, StoreId } from './ids.ts';

export type PriceRule = {
  readonly id: string;
  readonly name: string;
  /** Goods it is for; where both are absent, all. */
  readonly itemIds?: readonly ItemId[];
  readonly categoryIds?: readonly CategoryId[];
  /** Absent conditions hold always. */
  readonly channel?: string;
  readonly storeId?: StoreId;
  readonly customerGroup?: string;
  readonly minQuantityMilli?: number;
  /** ISO instants; the first is included, the second is not. */
  readonly validFrom?: string;
  readonly validUntil?: string;
  /** Higher wins; among equals the lowest price. */
  readonly priority: number;
} & (
  | { readonly priceMinor: number }
  /** So much off the item's own price. */
  | { readonly ratePpm: number }
);

/** Where and when a price is asked for. */
export type PriceContext = {
  readonly channel: string;
  readonly storeId: StoreId;
  readonly customerGroups: readonly string[];
  /** ISO instant by the corrected clock. */
  readonly now: string;
};

/** Why a rule that is about the item did not give the price. */
export type RuleReason =
  | 'other-channel'
  | 'other-store'
  | 'customer-not-in-group'
  | 'quantity-too-low'
  | 'not-yet-valid'
  | 'no-longer-valid'
  | 'another-has-priority'
  | 'another-is-better';

export type PriceResolution = {
  readonly priceMinor: number;
  /** The rule that gave the price; null: the item's own price. */
  readonly rule: { readonly id: string; readonly name: string } | null;
  readonly considered: readonly {
    readonly ruleId: string;
    readonly name: string;
    readonly reason: RuleReason;
  }[];
};
