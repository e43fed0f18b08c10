// Tax rules of a store as data. The arithmetic stands in the files beside this one that compute with it.

import type { TaxGroupId } from './ids.ts';

export type RoundingMode = 'half-up' | 'half-even' | 'down' | 'up';
/** Where the fraction of a minor unit is rounded away: each unit, each line, each rate of the document, or once. */
export type TaxRoundingPoint = 'unit' | 'line' | 'rate' | 'document';

export type TaxComponent = {
  readonly id: string;
  readonly name: string;
  /**
   * Parts per million of the base (23 % = 230000); parts per million of the base together with this and the
   * neighbouring taxes of the same kind (a tax "inside", as in Brazil); or minor units for one unit of quantity.
   */
  readonly charge:
    | { readonly kind: 'percent'; readonly ratePpm: number }
    | { readonly kind: 'percent-of-gross'; readonly ratePpm: number }
    | { readonly kind: 'fixed-per-unit'; readonly amountMinor: number };
  /** Is this component already inside the shelf price? */
  readonly isIncludedInPrice: boolean;
  /** Does it join the base of the components after it (compound tax)? */
  readonly joinsLaterBases: boolean;
  /** Is its own base enlarged by earlier components that join later bases? */
  readonly takesEarlierTaxes: boolean;
  /** A tax on tax only: the price itself is left out of its base. */
  readonly leavesOutPrice?: boolean;
};

/** What an item is charged: components apply in the order written. An empty list is zero-rated or exempt. */
export type TaxGroup = {
  readonly id: TaxGroupId;
  readonly name: string;
  /** Letter printed beside the line and in the tax table of the receipt. */
  readonly letter: string;
  readonly components: readonly TaxComponent[];
};

export type TaxRules = {
  readonly rounding: RoundingMode;
  readonly roundingPoint: TaxRoundingPoint;
  /** Taxes are rounded to multiples of this many minor units; 1 where absent. */
  readonly roundingStepMinor?: number;
  /**
   * Net of a price that includes tax. 'price-minus-tax' (where absent): taxes are rounded, net is the rest.
   * 'net-first': net is rounded, taxes are the rest. Both keep the shelf price to the minor unit. 'rounded-itself'
   * rounds net and taxes each on their own, so that their sum may leave the price by a unit.
   */
  readonly includedNet?: 'price-minus-tax' | 'net-first' | 'rounded-itself';
};

/** One row of the tax table of a transaction: one component of one group. */
export type TaxSummary = {
  readonly taxGroupId: TaxGroupId;
  readonly componentId: string;
  readonly letter: string;
  readonly name: string;
  /** Percent components carry the rate; fixed ones carry null. */
  readonly ratePpm: number | null;
  readonly netMinor: number;
  readonly taxMinor: number;
  readonly grossMinor: number;
};
