// What a scanned code says about the goods beyond which goods they are, put into the terms of the item: how much of it, for
// what price, of which lot, with which serial number, and until which day it may be sold. What does not fit the item (a weight
// of goods that are counted) is left unsaid, so that somebody is asked.

import { embeddedValueIn } from './embedded-barcode.ts';
import { gs1Day } from './gs1/gs1-day.ts';
import type { Gs1Scan } from './gs1/read-gs1.ts';
import type { Item, UnitOfMeasure } from './item.ts';
import { MILLI_PER_UNIT } from './quantity.ts';
import type { ScannedCode } from './scanned-code.ts';

export type ScanDetails = {
  /** Thousandths of the item's unit. */
  readonly quantityMilli: number | null;
  /** Price of one unit that the code states, for an item whose price is open. */
  readonly unitPriceMinor: number | null;
  readonly lot: string | null;
  readonly serial: string | null;
  /** Last day (YYYY-MM-DD) on which the goods may be sold. */
  readonly lastDay: string | null;
};

const NOTHING_SAID: ScanDetails = {
  quantityMilli: null,
  unitPriceMinor: null,
  lot: null,
  serial: null,
  lastDay: null,
};

/** `today` is the business day; `minorDigits` are the decimals of the store's currency. */
export function scanDetails(
  code: ScannedCode,
  item: Pick<Item, 'unit' | 'priceMinor' | 'openPrice'>,
  given: { readonly today: string; readonly minorDigits: number },
): ScanDetails {
  switch (code.kind) {
    case 'gs1':
      return gs1Details(code.scan, item, given);
    case 'weight-embedded':
      return { ...NOTHING_SAID, quantityMilli: measured(embeddedValueIn(code, 3), 'kilogram', item) };
    case 'count-embedded':
      return { ...NOTHING_SAID, quantityMilli: measured(embeddedValueIn(code, 3), 'piece', item) };
    case 'price-embedded':
      return { ...NOTHING_SAID, ...priced(embeddedValueIn(code, given.minorDigits), item) };
    case 'gtin':
    case 'other':
    case 'unknown':
    case 'wrong-fields':
      return NOTHING_SAID;
  }
}

function gs1Details(
  scan: Gs1Scan,
  item: Pick<Item, 'unit' | 'priceMinor' | 'openPrice'>,
  given: { readonly today: string; readonly minorDigits: number },
): ScanDetails {
  const { measure, price, lot, serial, expiry } = scan;
  const quantityMilli = measure === null ? null : measured(embeddedValueIn(measure, 3), measure.unit, item);
  // A price in another currency is named by number; only one in the shop's own can be taken as it stands.
  const isOwnPrice = price !== null && price.currencyNumber === null;
  const fromPrice =
    quantityMilli === null && isOwnPrice
      ? priced(embeddedValueIn(price, given.minorDigits), item)
      : { quantityMilli };
  return {
    ...NOTHING_SAID,
    ...fromPrice,
    lot,
    serial,
    lastDay: expiry === null ? null : gs1Day(expiry, given.today),
  };
}

function measured(
  quantityMilli: number | null,
  unit: UnitOfMeasure,
  item: Pick<Item, 'unit'>,
): number | null {
  return quantityMilli !== null && quantityMilli > 0 && unit === item.unit ? quantityMilli : null;
}

/**
 * Goods sold by weight: as much as the price on the label pays for, and never more than the label says. An item with an open
 * price costs what the label says. The price of anything else is the shelf's, whatever its label.
 */
function priced(
  priceMinor: number | null,
  item: Pick<Item, 'unit' | 'priceMinor' | 'openPrice'>,
): Pick<ScanDetails, 'quantityMilli'> & Partial<Pick<ScanDetails, 'unitPriceMinor'>> {
  if (priceMinor === null || priceMinor <= 0) return { quantityMilli: null };
  if (item.openPrice !== undefined && item.unit === 'piece')
    return { quantityMilli: MILLI_PER_UNIT, unitPriceMinor: priceMinor };
  if (item.unit === 'piece' || item.priceMinor <= 0) return { quantityMilli: null };
  // Half a minor unit more would still be rounded down to the label's price.
  const quantityMilli = Math.ceil(((priceMinor * 2 + 1) * MILLI_PER_UNIT) / (item.priceMinor * 2)) - 1;
  return { quantityMilli: quantityMilli > 0 ? quantityMilli : null };
}
