// How many digits a currency counts in, and the smallest cash step.
//
// Sources: ISO 4217 list one (2024-06-25) for codes and official minor units; Unicode CLDR 48.2 currencyData for
// the digits used in practice (a rial or forint has none) and for cash rounding. Where a central bank withdrew
// coins and CLDR is silent (AUD, NZD, MYR, ZAR, ILS) the national step stands here. Euro countries differ among
// themselves, so a store may set its own step (Store.cashRoundingStepMinor).
// IRT (toman, ten rials) is no ISO code, but it is what Iranian shops write on the shelf.

import type { Store } from './store.ts';

export type Currency = {
  /** ISO 4217 letters, or IRT. */
  readonly code: string;
  /** Decimal digits of one unit as entered, counted and shown: a minor unit is 10^-digits of a unit. 0..4. */
  readonly digits: number;
  /** Minor-unit digits by ISO 4217, as card networks count; differs from `digits` for some currencies. */
  readonly isoDigits: number;
  /** Smallest amount payable in cash, in minor units (of `digits`); 1 = no cash rounding. */
  readonly cashStepMinor: number;
};

/** digits/isoDigits/cashStepMinor → codes that share them. Everything else in this file is read from here. */
const CURRENCY_GROUPS: readonly (readonly [number, number, number, string])[] = [
  [
    2,
    2,
    1,
    'AED ANG AOA ARS AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CDF CHE CHW CNY COU CUC ' +
      'CUP CVE DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ HKD HNL HTG INR JMD KES KGS KHR KYD ' +
      'KZT LKR LRD LSL MAD MDL MKD MOP MRU MVR MWK MXN MXV MZN NAD NGN NIO NPR PAB PEN PGK PHP PLN QAR RON ' +
      'RUB SAR SBD SCR SDG SGD SHP SLE SRD SSP STN SVC SZL THB TJS TMT TOP TRY TTD UAH USD USN UYU VED VES ' +
      'WST XCD ZMW ZWG',
  ],
  [2, 2, 5, 'AUD CAD CHF MYR'],
  [2, 2, 10, 'ILS NZD ZAR'],
  [2, 2, 50, 'DKK'],
  [2, 2, 100, 'AMD CRC CZK GYD MNT MUR NOK RSD SEK TWD TZS UZS'],
  [0, 2, 1, 'AFN ALL COP IDR IRR KPW LAK LBP MGA MMK PKR SOS SYP YER'],
  [0, 2, 5, 'HUF'],
  [0, 3, 1, 'IQD'],
  [3, 3, 1, 'BHD JOD KWD LYD OMR TND'],
  [4, 4, 1, 'CLF UYW'],
  [0, 0, 1, 'BIF CLP DJF GNF IRT ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'],
];

const CURRENCIES: ReadonlyMap<string, Currency> = new Map(
  CURRENCY_GROUPS.flatMap(([digits, isoDigits, cashStepMinor, codes]) =>
    codes.split(' ').map((code) => [code, { code, digits, isoDigits, cashStepMinor }] as const),
  ),
);

/** All codes known, in alphabetical order. */
export const CURRENCY_CODES: readonly string[] = [...CURRENCIES.keys()].sort();

/** Is this a currency that a store can trade in? */
export function isCurrencyCode(code: string): boolean {
  return CURRENCIES.has(code);
}

/** Digits and cash step of a currency. The code was checked when the settings were parsed; else RangeError. */
export function currencyOf(code: string): Currency {
  const currency = CURRENCIES.get(code);
  if (currency === undefined) throw new RangeError(`currency is not known: ${code}`);
  return currency;
}

/** The cash step of a store in minor units: its own setting, or what is usual for its currency where that is no step. */
export function cashStepOf({
  currency,
  cashRoundingStepMinor: own,
}: Pick<Store, 'currency' | 'cashRoundingStepMinor'>): number {
  return own !== undefined && Number.isSafeInteger(own) && own >= 1
    ? own
    : currencyOf(currency).cashStepMinor;
}
