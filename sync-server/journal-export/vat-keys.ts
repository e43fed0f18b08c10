// UST_SCHLUESSEL of DSFinV-K: 1 to 7 are given by the specification for German rates, keys from 1000 are free for the
// taxpayer. Every other rate therefore is 1000 + its hundredths of a per cent: 21 % is 3100, in every export.

import type { TaxGroup } from '../../shared/domain/tax.ts';

/** Not taxable: cash that only moves, rounding. */
export const NOT_TAXABLE = 5;
/** Tax-free: goods without tax, exempt customers. */
export const TAX_FREE = 6;

const GIVEN: ReadonlyMap<number, number> = new Map([
  [190_000, 1],
  [70_000, 2],
  [107_000, 3],
  [55_000, 4],
]);

/** The rate of a group in parts per million: its percent taxes together; null where it has none. */
export function rateOf(group: TaxGroup | undefined): number | null {
  const rates = (group?.components ?? []).flatMap(({ charge }) =>
    charge.kind === 'fixed-per-unit' ? [] : [charge.ratePpm],
  );
  return rates.length === 0 ? null : rates.reduce((sum, rate) => sum + rate, 0);
}

export function vatKeyOf(ratePpm: number | null): number {
  if (ratePpm === null || ratePpm === 0) return TAX_FREE;
  return GIVEN.get(ratePpm) ?? 1000 + Math.round(ratePpm / 100);
}
