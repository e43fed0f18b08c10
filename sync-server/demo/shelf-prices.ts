// Prices that look like prices: made by whole-number arithmetic in minor units, ending as shops end them.

import { multiplyDivide } from '../../shared/domain/money.ts';

/** `basePriceMinor` × every factor (in thousandths), brought to an ending of a shelf price. */
export function shelfPrice(basePriceMinor: number, ...factorsPermille: readonly number[]): number {
  return toEnding(
    factorsPermille.reduce((price, factor) => multiplyDivide(price, factor, 1000), basePriceMinor),
  );
}

/** Under 10.00 the last digit is 9, under 100.00 the price ends in .49 or .99, above it is whole and ends in 9. */
export function toEnding(priceMinor: number): number {
  if (priceMinor < 1000) return Math.max(19, nearest(priceMinor, 10, 9));
  if (priceMinor < 10_000) return nearest(priceMinor, 50, 49);
  return nearest(priceMinor, 1000, 900);
}

// The number closest to `value` among rest, rest + step, rest + 2 × step …
function nearest(value: number, step: number, rest: number): number {
  return Math.max(0, Math.trunc((value - rest + step / 2) / step)) * step + rest;
}
