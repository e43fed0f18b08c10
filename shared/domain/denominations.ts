// Notes and coins in circulation, in minor units (of Currency.digits), and what a counted drawer comes to.
//
// Sources: the issuing banks' lists of legal tender in circulation (ECB, Federal Reserve and US Mint, Bank of England and
// Royal Mint, NBP, SNB, Riksbank, Norges Bank, Danmarks Nationalbank, ČNB, MNB, Bank of Canada, RBA, RBNZ, Bank of Japan,
// TCMB, CBUAE, SAMA, Central Bank of Iran). Only what a shop still meets stands here: withdrawn coins do not. Whatever is
// not in the list (rolls, commemorative coins, a currency without a list) is counted as one sum. Any amount in the currency's cash step
// can be counted out in pieces, save in rials and tomans, whose prices end in thousands anyway (denominations.test.ts).

import { isCurrencyCode } from './currency.ts';
import { addAmounts, multiplyDivide } from './money.ts';
import { accept, refuse, type Outcome } from './refusal.ts';

const DENOMINATIONS: Readonly<Record<string, readonly number[]>> = {
  EUR: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000],
  USD: [1, 5, 10, 25, 50, 100, 200, 500, 1000, 2000, 5000, 10_000],
  GBP: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000],
  PLN: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000],
  CHF: [5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 100_000],
  SEK: [100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000],
  NOK: [100, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000],
  DKK: [50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000],
  CZK: [100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000],
  HUF: [5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000],
  CAD: [5, 10, 25, 100, 200, 500, 1000, 2000, 5000, 10_000],
  AUD: [5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000],
  NZD: [10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000],
  JPY: [1, 5, 10, 50, 100, 500, 1000, 2000, 5000, 10_000],
  TRY: [1, 5, 10, 25, 50, 100, 500, 1000, 2000, 5000, 10_000, 20_000],
  AED: [1, 5, 10, 25, 50, 100, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000],
  SAR: [1, 5, 10, 25, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000],
  IRR: [1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 500_000, 1_000_000],
  IRT: [100, 200, 500, 1000, 2000, 5000, 10_000, 50_000, 100_000],
};

/** Most pieces of one kind that are counted; a slip of the fingers or a scanned code is more. */
export const PIECES_MAX = 100_000;

/** More than any drawer holds, in any currency. */
const SUM_MAX_MINOR = 1_000_000_000_000;

/** A drawer as it was counted: pieces by value, and what was counted as a sum. */
export type CountedCash = {
  readonly pieces: readonly { readonly valueMinor: number; readonly count: number }[];
  readonly otherMinor: number;
};

/** Cash of another currency that lies apart in the drawer, in its own minor units. */
export type CountedForeign = {
  readonly currency: string;
  readonly counted: CountedCash;
  readonly countedMinor: number;
};

/** Cash of other currencies as it was counted. */
export type CountedPieces = { readonly currency: string; readonly counted: CountedCash };

/** Values of notes and coins of a currency, ascending; empty where only sums are counted. */
export function denominationsOf(currency: string): readonly number[] {
  return DENOMINATIONS[currency] ?? [];
}

/**
 * What the counted cash comes to. Refuses `denomination-unknown` {valueMinor} for a value that is not in the currency's
 * list or stands twice, `count-out-of-bounds` {valueMinor} for pieces that are no number from 0 to PIECES_MAX or a sum
 * below 0 or beyond any drawer.
 */
export function countCash(
  counted: CountedCash,
  currency: string,
): Outcome<number, 'denomination-unknown' | 'count-out-of-bounds'> {
  const { otherMinor } = counted;
  if (!Number.isSafeInteger(otherMinor) || otherMinor < 0 || otherMinor > SUM_MAX_MINOR)
    return refuse('count-out-of-bounds', { valueMinor: 0 });
  const known = new Set(denominationsOf(currency));
  let sumMinor = otherMinor;
  for (const { valueMinor, count } of counted.pieces) {
    if (!known.delete(valueMinor)) return refuse('denomination-unknown', { valueMinor });
    if (!Number.isSafeInteger(count) || count < 0 || count > PIECES_MAX) {
      return refuse('count-out-of-bounds', { valueMinor });
    }
    sumMinor = addAmounts(sumMinor, multiplyDivide(valueMinor, count, 1, 'down'));
  }
  return accept(sumMinor);
}

/**
 * The same for cash of other currencies, each in its own minor units, by code. Refuses `currency-counted-twice` {currency} and
 * `currency-not-taken` for one that nobody knows.
 */
export function countForeign(
  foreign: readonly CountedPieces[],
): Outcome<
  readonly CountedForeign[],
  'denomination-unknown' | 'count-out-of-bounds' | 'currency-counted-twice' | 'currency-not-taken'
> {
  const counted: CountedForeign[] = [];
  for (const { currency, counted: pieces } of foreign) {
    if (!isCurrencyCode(currency)) return refuse('currency-not-taken', { currency });
    if (counted.some((one) => one.currency === currency))
      return refuse('currency-counted-twice', { currency });
    const sum = countCash(pieces, currency);
    if (!sum.ok) return sum;
    counted.push({ currency, counted: pieces, countedMinor: sum.value });
  }
  return accept(counted.sort((one, other) => (one.currency < other.currency ? -1 : 1)));
}
