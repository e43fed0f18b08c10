// Amounts as card networks count them: by the digits of ISO 4217, which differ from the till's for some currencies (a forint
// has none at the till and two on the network), and the number that stands for a currency at a terminal.

import { currencyOf } from '../../shared/domain/currency.ts';

/** Currencies that terminals of this kind settle in, by their ISO 4217 numbers. */
const NUMBERS: Readonly<Record<string, number>> = {
  AED: 784,
  AUD: 36,
  BGN: 975,
  CAD: 124,
  CHF: 756,
  CZK: 203,
  DKK: 208,
  EUR: 978,
  GBP: 826,
  HUF: 348,
  ISK: 352,
  JPY: 392,
  NOK: 578,
  NZD: 554,
  PLN: 985,
  RON: 946,
  SEK: 752,
  SGD: 702,
  TRY: 949,
  USD: 840,
};

/** The ISO number, or null for a currency that no terminal here settles in. */
export function currencyNumber(code: string): number | null {
  return NUMBERS[code] ?? null;
}

export function toNetwork(amountMinor: number, currency: string): number {
  return amountMinor * stepOf(currency);
}

/** Null when it is no whole number of the till's minor units. */
export function fromNetwork(amount: number, currency: string): number | null {
  const step = stepOf(currency);
  return Number.isSafeInteger(amount) && amount % step === 0 ? amount / step : null;
}

function stepOf(currency: string): number {
  const { digits, isoDigits } = currencyOf(currency);
  return 10 ** Math.max(0, isoDigits - digits);
}
