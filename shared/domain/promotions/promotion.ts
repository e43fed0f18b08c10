// Promotions as data: on what (scope), when (conditions), what for (reward), and how they get along with each other.
// The files beside this one compute them; nothing here knows where they came from.
//
//   cart lines ─► units (all of one price are one run) ─► promotions in order, each takes something off units
//              ─► per line: what was taken, by which promotion, and why the others did not apply

/** A line of the cart as promotions see it. Weighed goods are one unit with the price of the whole line. */
export type PromotionLine = {
  readonly lineNumber: number;
  readonly itemId: string;
  readonly categoryId?: string;
  readonly units: number;
  readonly unitPriceMinor: number;
  /** Price of all units where it is not units × unitPriceMinor; the first units then bear the cents that are left. */
  readonly linePriceMinor?: number;
  /** No promotion takes a unit below this price; 0 where absent. */
  readonly minimumUnitPriceMinor?: number;
  /** The shelf price is already a reduced one (price rule, sale). */
  readonly isReduced?: boolean;
};

/** Which units a promotion looks at; all parts must fit, and an empty scope is the whole cart. */
export type PromotionScope = {
  readonly itemIds?: readonly string[];
  readonly categoryIds?: readonly string[];
  readonly leavesOutReduced?: boolean;
  readonly minUnitPriceMinor?: number;
  readonly maxUnitPriceMinor?: number;
};

/** How often a coupon may be used where the shop limits it: once by anybody, or once by each customer. */
export const COUPON_LIMITS = ['once', 'once-per-customer'] as const;
export type CouponLimit = (typeof COUPON_LIMITS)[number];

export type PromotionCondition =
  /** Price of the scope (or the whole cart) after the promotions before this one. */
  | {
      readonly kind: 'spend-at-least';
      readonly minMinor: number;
      readonly scope?: PromotionScope;
      /** `net`: without the tax inside the prices. */
      readonly measure?: 'price' | 'net';
    }
  | { readonly kind: 'quantity-at-least'; readonly minUnits: number; readonly scope?: PromotionScope }
  | { readonly kind: 'line-quantity-at-least'; readonly minUnits: number }
  | { readonly kind: 'contains'; readonly scope: PromotionScope }
  | { readonly kind: 'coupon'; readonly code: string; readonly limit?: CouponLimit }
  | { readonly kind: 'customer-group'; readonly group: string }
  | { readonly kind: 'first-purchase' }
  | { readonly kind: 'channel'; readonly channels: readonly string[] }
  /** Weekday 1 = Monday … 7 = Sunday; minutes of the day, `toMinute` not included; past midnight when to < from. */
  | {
      readonly kind: 'hours';
      readonly weekdays: readonly number[];
      readonly fromMinute: number;
      readonly toMinute: number;
    }
  /** Business days YYYY-MM-DD, both included. */
  | { readonly kind: 'days'; readonly from: string; readonly to: string };

export type PromotionReward =
  /** Rounded on each unit, or once on the sum and then shared. */
  | { readonly kind: 'percent-off'; readonly ratePpm: number; readonly roundedOn: 'unit' | 'sum' }
  | { readonly kind: 'amount-off-units'; readonly amountMinor: number }
  | { readonly kind: 'amount-off-sum'; readonly amountMinor: number }
  | { readonly kind: 'sum-for-price'; readonly priceMinor: number }
  /** Of the tiers, the highest reached by the spend or the number of units counts. */
  | {
      readonly kind: 'tiered-percent';
      readonly by: 'spend' | 'quantity';
      readonly tiers: readonly { readonly from: number; readonly ratePpm: number }[];
    }
  /** So much off the first unit of each line, so much off each further one, up to `maxUnits` (null: all). */
  | {
      readonly kind: 'first-and-further';
      readonly firstMinor: number;
      readonly furtherMinor: number;
      readonly maxUnits: number | null;
    }
  /** Each complete group together costs `priceMinor`. */
  | { readonly kind: 'group-for-price'; readonly priceMinor: number }
  /** The cheapest `units` of each complete group (of everything, without a group size) are that much cheaper. */
  | { readonly kind: 'cheapest-percent'; readonly ratePpm: number; readonly units: number }
  /** For every `buyUnits` of the scope, `getUnits` of `get` are that much cheaper, or come free on top of the cart. */
  | {
      readonly kind: 'buy-get';
      readonly buyUnits: number;
      readonly get: PromotionScope;
      readonly getUnits: number;
      readonly ratePpm: number;
      readonly isAdded: boolean;
    }
  /** Lines of the scope earn so many times the points, in thousandths; nothing gets cheaper. The highest of several counts. */
  | { readonly kind: 'points-multiplier'; readonly timesMilli: number };

export type Promotion = {
  readonly id: string;
  readonly name: string;
  /** Higher comes first. */
  readonly priority: number;
  readonly scope: PromotionScope;
  readonly conditions: readonly PromotionCondition[];
  readonly reward: PromotionReward;
  /** Only units in complete groups of this size count. */
  readonly groupSize?: number;
  /** Only so many units, in the order of `pick`. */
  readonly maxUnits?: number;
  /** Which units are taken first for groups and limits; `line-order` where absent: from dear to cheap shelf prices. */
  readonly pick?: 'line-order' | 'dearest' | 'cheapest';
  /** Most that it takes off altogether. */
  readonly maxDiscountMinor?: number;
  /** Of the promotions of one group only the one that takes most off applies. */
  readonly exclusiveGroup?: string;
  /** A unit that it used is used up for other promotions that use units. */
  readonly usesUnits?: boolean;
  /** Nothing after it applies. */
  readonly isLast?: boolean;
};

/** How promotions get along in this shop. */
export type PromotionRules = {
  /** Percentages of what is left after earlier promotions, or each of the price on the shelf. */
  readonly percentOf: 'current' | 'original';
  /** Promotions of equal priority: as listed, or in the order in which the customer pays least. */
  readonly order: 'listed' | 'best-for-customer';
  /** Who gets the cents that are left when an amount is shared over lines. */
  readonly remainderTo: 'largest' | 'first';
};

export const DEFAULT_PROMOTION_RULES: PromotionRules = {
  percentOf: 'current',
  order: 'best-for-customer',
  remainderTo: 'largest',
};

/** What conditions ask besides the cart. */
export type PromotionContext = {
  readonly coupons: readonly string[];
  readonly customerGroups: readonly string[];
  readonly isFirstPurchase: boolean;
  readonly channel: string;
  /** YYYY-MM-DD, 1 = Monday … 7 = Sunday, and minutes since midnight, all in the store's time. */
  readonly businessDay: string;
  readonly weekday: number;
  readonly minuteOfDay: number;
  /** Net of line prices (parallel to the lines), for conditions that measure without tax. */
  readonly netOf?: (linePricesMinor: readonly number[]) => number;
};

export type NotAppliedReason =
  | 'coupon-missing'
  | 'spend-too-low'
  | 'quantity-too-low'
  | 'items-missing'
  | 'customer-not-in-group'
  | 'not-first-purchase'
  | 'other-channel'
  | 'outside-hours'
  | 'outside-days'
  | 'nothing-to-take-off'
  | 'another-is-better'
  | 'stopped-by-another';

/** What became of one promotion: the sentence that the cashier may ask for. */
export type PromotionOutcome = {
  readonly promotionId: string;
  readonly discountMinor: number;
  readonly reason: NotAppliedReason | null;
};
