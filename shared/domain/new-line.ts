// A line as it enters the cart: what was asked for is checked, the price comes from the price book (or is typed, where the
// item lets it), and everything that later rules need of the item is written onto the line, so that a cart can be computed
// on any workstation without the catalogue.

import type { AppliedPriceRule, CartLine, LineDirection } from './cart.ts';
import type { ItemId, TaxGroupId } from './ids.ts';
import type { Item } from './item.ts';
import type { PriceStamp } from './price-stamp.ts';
import { checkQuantity, MILLI_PER_UNIT } from './quantity.ts';
import { accept, refuse, type Outcome } from './refusal.ts';
import type { TaxGroup } from './tax.ts';

/** Price of one unit, in minor units: ten digits before the cents. */
export const UNIT_PRICE_MAX_MINOR = 1_000_000_000_000;

/** The price of an item for a line of so much, with the rule that gave it (resolvePrice). */
export type PriceOf = (item: Item, quantityMilli: number) => AskedPrice;

export type AskedPrice = {
  readonly priceMinor: number;
  readonly rule: AppliedPriceRule | null;
  /** How it was asked for, where the version of the price book is known. */
  readonly stamp?: PriceStamp;
};

/** What a change of the cart may ask about items. */
export type ItemBook = {
  /** The price book; the item's own price where absent. */
  readonly priceOf?: PriceOf;
  /** Finds deposits and the parts of bundles. */
  readonly itemOf?: (id: ItemId) => Item | null;
};

/** What the caller may say about a line; what is left out comes from the item. */
export type AddLineOptions = ItemBook & {
  /** Thousandths of the unit; one unit where absent. With a tare, as the scale shows it. */
  readonly quantityMilli?: number;
  readonly tareMilli?: number;
  /** A typed price: that of an item with an open price, or another than the item's. */
  readonly unitPriceMinor?: number;
  readonly direction?: LineDirection;
  readonly scannedCode?: string;
  readonly original?: NonNullable<CartLine['original']>;
  readonly reasonCode?: string;
  /** False: always a line of its own. Else pieces of the same item at the same price share one line. */
  readonly joinsEqualLine?: boolean;
  /** Tax groups of the store; where given, an item whose group is missing is refused. */
  readonly taxGroups?: Readonly<Record<TaxGroupId, TaxGroup>>;
};

export type NewLineRefusal =
  | 'quantity-not-whole'
  | 'quantity-out-of-bounds'
  | 'price-out-of-bounds'
  | 'price-needed'
  | 'open-price-out-of-limits'
  | 'tare-out-of-bounds'
  | 'tax-group-unknown';

/** The quantity of the line (net of tare), when item and options make a line. */
export function checkNewLine(item: Item, options: AddLineOptions): Outcome<number, NewLineRefusal> {
  const typed = checkTypedPrice(item, options.unitPriceMinor);
  if (!typed.ok) return typed;
  if (options.taxGroups !== undefined && options.taxGroups[item.taxGroupId] === undefined) {
    return refuse('tax-group-unknown', { sku: item.sku });
  }
  const grossMilli = options.quantityMilli ?? MILLI_PER_UNIT;
  if (options.tareMilli === undefined) return checkQuantity(grossMilli, item.unit);
  return takeTare(grossMilli, options.tareMilli, item.unit);
}

/** What is left of a weight without its packing. Refuses a tare on pieces and one as heavy as the goods. */
export function takeTare(
  grossMilli: number,
  tareMilli: number,
  unit: Item['unit'],
): Outcome<number, 'tare-out-of-bounds' | 'quantity-not-whole' | 'quantity-out-of-bounds'> {
  const isTare = Number.isSafeInteger(tareMilli) && tareMilli >= 0 && tareMilli < grossMilli;
  if (!isTare || unit === 'piece') return refuse('tare-out-of-bounds');
  return checkQuantity(grossMilli - tareMilli, unit);
}

function checkTypedPrice(
  { openPrice, priceMinor }: Item,
  typedMinor: number | undefined,
): Outcome<null, 'price-out-of-bounds' | 'price-needed' | 'open-price-out-of-limits'> {
  const unitPriceMinor = typedMinor ?? priceMinor;
  const isPrice =
    Number.isSafeInteger(unitPriceMinor) && unitPriceMinor >= 0 && unitPriceMinor <= UNIT_PRICE_MAX_MINOR;
  if (!isPrice) return refuse('price-out-of-bounds', { maxMinor: UNIT_PRICE_MAX_MINOR });
  if (openPrice === undefined) return accept(null);
  const { minMinor, maxMinor } = openPrice;
  if (typedMinor === undefined) return refuse('price-needed', { minMinor, maxMinor });
  return typedMinor < minMinor || typedMinor > maxMinor
    ? refuse('open-price-out-of-limits', { minMinor, maxMinor })
    : accept(null);
}

/** Unit price and rule of a line of so much. */
export function priceOfLine(
  item: Item,
  quantityMilli: number,
  options: Pick<AddLineOptions, 'priceOf' | 'unitPriceMinor'>,
): AskedPrice {
  if (options.unitPriceMinor !== undefined) {
    const stamp = options.priceOf?.(item, quantityMilli).stamp;
    const typed = { priceMinor: options.unitPriceMinor, rule: null };
    return stamp === undefined ? typed : { ...typed, stamp: { ...stamp, isTyped: true } };
  }
  return options.priceOf?.(item, quantityMilli) ?? { priceMinor: item.priceMinor, rule: null };
}

/** The line of an item with its price. */
export function newLine(
  item: Item,
  lineNumber: number,
  quantityMilli: number,
  options: AddLineOptions,
): CartLine {
  const { priceMinor, rule, stamp } = priceOfLine(item, quantityMilli, options);
  return {
    lineNumber,
    direction: options.direction ?? 'sale',
    itemId: item.id,
    sku: item.sku,
    name: item.name,
    unit: item.unit,
    quantityMilli,
    unitPriceMinor: priceMinor,
    taxGroupId: item.taxGroupId,
    categoryId: item.categoryId,
    ...(rule === null ? {} : { priceRule: rule }),
    ...(stamp === undefined ? {} : { priced: stamp }),
    ...(options.scannedCode === undefined ? {} : { scannedCode: options.scannedCode }),
    ...(options.original === undefined ? {} : { original: options.original }),
    ...(options.reasonCode === undefined ? {} : { reasonCode: options.reasonCode }),
    ...(options.tareMilli === undefined || options.tareMilli === 0 ? {} : { tareMilli: options.tareMilli }),
    ...(item.minimumPriceMinor === undefined ? {} : { minimumPriceMinor: item.minimumPriceMinor }),
    ...(item.ageMinimum === undefined ? {} : { ageMinimum: item.ageMinimum }),
    ...(item.trackBy === undefined ? {} : { trackBy: item.trackBy }),
    ...(item.isService === undefined ? {} : { isService: item.isService }),
  };
}
