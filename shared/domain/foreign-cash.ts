// Cash of another currency: what it is worth here, by a rate that the shop sets. The rate travels with the tender, so that
// anyone can compute the value again. Change is always given in the shop's own currency.

import { currencyOf } from './currency.ts';
import type { ExchangeRate } from './exchange-rate.ts';
import { checkedAmount, divideRoundedBig } from './money.ts';
import type { ForeignCash } from './transaction.ts';

/** More than anybody carries, in minor units of any currency. */
export const FOREIGN_MAX_MINOR = 1_000_000_000_000;

const MICRO = 1_000_000n;

/** The rates that are good at an instant, one for each currency, the newest of those that have begun; by code. */
export function ratesAt(rates: readonly ExchangeRate[], now: string): readonly ExchangeRate[] {
  const good = new Map<string, ExchangeRate>();
  for (const rate of rates) {
    const hasBegun = rate.validFrom <= now;
    const hasEnded = rate.validUntil !== undefined && rate.validUntil <= now;
    const known = good.get(rate.currency);
    if (hasBegun && !hasEnded && (known === undefined || known.validFrom <= rate.validFrom)) {
      good.set(rate.currency, rate);
    }
  }
  return [...good.values()].sort((one, other) => (one.currency < other.currency ? -1 : 1));
}

/** So much foreign cash at this rate, as it stands in a tender. Both currencies must be known. */
export function foreignCashAt(
  rate: Pick<ExchangeRate, 'currency' | 'rateMicro' | 'perUnits'>,
  foreignMinor: number,
  ownCurrency: string,
): ForeignCash {
  const { currency, rateMicro, perUnits } = rate;
  return {
    currency,
    foreignMinor: checkedAmount(foreignMinor),
    rateMicro,
    perUnits,
    digitShift: currencyOf(ownCurrency).digits - currencyOf(currency).digits,
  };
}

/** What it is worth in minor units of the shop's currency, rounded half-up once; overflow throws RangeError. */
export function valueOfForeign(foreign: ForeignCash): number {
  const { numerator, denominator } = fractionOf(foreign);
  return divideRoundedBig(BigInt(foreign.foreignMinor) * numerator, denominator, 'half-up');
}

/** The least foreign cash that is worth `dueMinor`, rounded up to its own minor unit. */
export function foreignNeeded(dueMinor: number, rate: ForeignCash): number {
  const { numerator, denominator } = fractionOf(rate);
  return divideRoundedBig(BigInt(dueMinor) * denominator, numerator, 'up');
}

/** Can a rate be computed with at all: positive whole numbers, and a shift that two currencies can have? */
export function isRate({ rateMicro, perUnits, digitShift }: ForeignCash): boolean {
  const isCount = (value: number): boolean => Number.isSafeInteger(value) && value > 0;
  return isCount(rateMicro) && isCount(perUnits) && Number.isInteger(digitShift) && Math.abs(digitShift) <= 4;
}

// foreignMinor × numerator ÷ denominator = minor units of the shop's currency.
function fractionOf({ rateMicro, perUnits, digitShift }: ForeignCash): {
  readonly numerator: bigint;
  readonly denominator: bigint;
} {
  const shift = 10n ** BigInt(Math.abs(digitShift));
  return {
    numerator: BigInt(rateMicro) * (digitShift > 0 ? shift : 1n),
    denominator: MICRO * BigInt(perUnits) * (digitShift < 0 ? shift : 1n),
  };
}
