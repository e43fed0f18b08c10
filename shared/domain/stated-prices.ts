// By which version of the shop's prices a sale was computed, so that the server can compute it again by the same one. A till
// may have been cut off for days: its prices are then old and right all the same. The sale states the version of the price
// book and of the settings; a line says for itself only where its price was asked otherwise: earlier, by another version, for
// another quantity or for another customer.

import type { CartDiscount, CartLine } from './cart.ts';
import type { PriceStamp } from './price-stamp.ts';
import type { PriceBook } from './promotion-document.ts';
import type { PriceRule } from './price-rule.ts';
import { priceChangesAfter } from './resolve-price.ts';

/** By what a sale was computed. */
export type PricedWith = {
  /** Revision of the price book: of its promotions when the sale was completed, and of its rules unless a line says another. */
  readonly book: number;
  /** Revision of the store's settings: tax rules, tax groups, exchange rates. */
  readonly settings: number;
  /** The instant at which promotions were judged. */
  readonly at: string;
  readonly customerGroups?: readonly string[];
  readonly isFirstPurchase?: boolean;
  /** Discounts on the whole cart in their order, as they were entered. */
  readonly discounts?: readonly CartDiscount[];
};

/** Not judged: the workstation could not say by which prices. */
const UNKNOWN: PriceStamp = { book: 0 };

/** The lines as a sale states them, with no more about their prices than its `pricedWith` does not say already. */
export function statePrices(
  lines: readonly CartLine[],
  stated: PricedWith | null,
  priceRules: PriceBook['priceRules'],
): readonly CartLine[] {
  return lines.map((line) => {
    const bare = withoutStamps(line);
    // What comes back is paid as it was sold, and a promised price was judged with the order.
    if (stated === null || line.direction === 'return' || line.heldPrice !== undefined) return bare;
    const { bundleOf } = line;
    const priced = shorten(line.priced, stated, { priceRules, quantityMilli: line.quantityMilli });
    if (bundleOf === undefined) return priced === null ? bare : { ...bare, priced };
    const { priced: ofBundle, ...part } = bundleOf;
    const asked = { priceRules, quantityMilli: bundleOf.quantityMilli };
    const bundlePriced = shorten(ofBundle, stated, asked);
    return {
      ...bare,
      ...(priced === null ? {} : { priced }),
      bundleOf: bundlePriced === null ? part : { ...part, priced: bundlePriced },
    };
  });
}

function withoutStamps(line: CartLine): CartLine {
  if (line.priced === undefined && line.bundleOf?.priced === undefined) return line;
  const { priced: _line, bundleOf, ...bare } = line;
  if (bundleOf === undefined) return bare;
  const { priced: _bundle, ...part } = bundleOf;
  return { ...bare, bundleOf: part };
}

/** Null when the sale says all of it. */
function shorten(
  stamp: PriceStamp | undefined,
  stated: PricedWith,
  given: { readonly priceRules: readonly PriceRule[]; readonly quantityMilli: number },
): PriceStamp | null {
  if (stamp?.book === undefined || stamp.at === undefined) return UNKNOWN;
  const { itemRevision = 0, isTyped } = stamp;
  const [next] = priceChangesAfter(stamp.at, given.priceRules);
  const isAsStated =
    stamp.book === stated.book &&
    stamp.quantityMilli === given.quantityMilli &&
    (stamp.customerGroups ?? []).join('\n') === (stated.customerGroups ?? []).join('\n') &&
    Date.parse(stamp.at) <= Date.parse(stated.at) &&
    (next === undefined || Date.parse(next) > Date.parse(stated.at));
  const own = {
    ...(itemRevision === 0 ? {} : { itemRevision }),
    ...(isTyped === true ? { isTyped } : {}),
  };
  if (isAsStated) return Object.keys(own).length === 0 ? null : own;
  return { ...stamp, ...own };
}

/** The stamp of a line of a sale, whole. */
export function wholeStamp(
  stamp: PriceStamp | undefined,
  stated: PricedWith,
  quantityMilli: number,
): Required<Omit<PriceStamp, 'isTyped'>> & { readonly isTyped: boolean } {
  return {
    book: stamp?.book ?? stated.book,
    at: stamp?.at ?? stated.at,
    quantityMilli: stamp?.quantityMilli ?? quantityMilli,
    // A stamp that says when says also for whom: for nobody in particular where it names no group.
    customerGroups: stamp?.customerGroups ?? (stamp?.at === undefined ? (stated.customerGroups ?? []) : []),
    itemRevision: stamp?.itemRevision ?? 0,
    isTyped: stamp?.isTyped === true,
  };
}
