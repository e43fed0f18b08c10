// The lines of one tax group in one half of a document, and how their taxes are rounded: on each unit, each line, or
// once and then given back to the lines. Amounts are positive here; computeTax puts the sign on.

import { allocateExact } from './allocate-exact.ts';
import type { LineDirection } from './cart.ts';
import type { TaxGroupId } from './ids.ts';
import { addAmounts, checkedAmount, divideRoundedBig } from './money.ts';
import { MILLI_PER_UNIT } from './quantity.ts';
import { roundShare, shareNumerator, type TaxChain, type TaxShare } from './tax-chain.ts';
import type { TaxGroup, TaxRules } from './tax.ts';

/** What a line brings to the tax: amounts and quantities are positive, the direction carries the sign. */
export type TaxableLine = {
  readonly direction: LineDirection;
  readonly taxGroupId: TaxGroupId;
  /** Price of the whole line after price modifiers, as the shelf states it (with or without tax). */
  readonly priceMinor: number;
  readonly quantityMilli: number;
};

type Rounding = Parameters<typeof roundShare>[3];

/** The lines of one tax group in one half. `members` are places in the document's lines. */
export type TaxBatch = {
  readonly group: TaxGroup;
  readonly chain: TaxChain;
  readonly direction: LineDirection;
  readonly members: readonly number[];
  readonly priceMinor: number;
  readonly quantityMilli: number;
};

/** Taxes by component and member, and nets by member, all positive. `totals` are given for document rounding. */
export function batchAmounts(
  batch: TaxBatch,
  totals: readonly number[] | null,
  lines: readonly TaxableLine[],
  rules: TaxRules,
): { readonly taxes: readonly (readonly number[])[]; readonly nets: readonly number[] } {
  const taxes = batch.chain.parts.map((part, place) => {
    const total = totals?.[place];
    return total === undefined
      ? roundedPerMember(part.tax, batch, lines, rules)
      : allocateToMembers(total, part.tax, batch, lines);
  });
  const prices = batch.members.map((member) => lines[member]?.priceMinor ?? 0);
  if (!batch.chain.includesTax) return { taxes, nets: prices };
  switch (rules.includedNet ?? 'price-minus-tax') {
    case 'rounded-itself':
      return { taxes, nets: roundedPerMember(batch.chain.net, batch, lines, rules) };
    case 'net-first': {
      const nets = roundedPerMember(batch.chain.net, batch, lines, rules);
      const rests = prices.map((price, place) => addAmounts(price, -(nets[place] ?? 0)));
      return { taxes: taxesFromRests(batch, taxes, rests, lines), nets };
    }
    case 'price-minus-tax': {
      const included = taxes.filter((_, place) => batch.chain.parts[place]?.component.isIncludedInPrice);
      const nets = prices.map((price, place) =>
        included.reduce((net, ofComponent) => addAmounts(net, -(ofComponent[place] ?? 0)), price),
      );
      return { taxes, nets };
    }
  }
}

/** Rounds the tax of each half once and gives it back to the components of its batches. */
export function documentTaxTotals(
  batches: readonly TaxBatch[],
  rules: TaxRules,
): ReadonlyMap<TaxBatch, readonly number[]> {
  const totals = new Map<TaxBatch, number[]>();
  for (const direction of ['sale', 'return'] as const) {
    const half = batches.filter((batch) => batch.direction === direction);
    const shares = half.flatMap((batch) => batch.chain.parts.map((part) => ({ batch, share: part.tax })));
    if (shares.length === 0) continue;
    // Brought over one denominator, the exact taxes of all rates can be summed and compared.
    const overs = [...new Set(shares.map(({ share }) => share.over))];
    const over = overs.reduce((product, each) => product * each, 1n);
    const numerators = shares.map(
      ({ batch, share }) =>
        shareNumerator(share, batch.priceMinor, batch.quantityMilli) * (over / share.over),
    );
    const stepMinor = rules.roundingStepMinor ?? 1;
    const sum = numerators.reduce((left, right) => left + right, 0n);
    const total = divideRoundedBig(sum, over * BigInt(stepMinor), rules.rounding) * stepMinor;
    const parts = allocateExact(checkedAmount(total), numerators, over);
    for (const [place, { batch }] of shares.entries()) {
      totals.set(batch, [...(totals.get(batch) ?? []), parts[place] ?? 0]);
    }
  }
  return totals;
}

/** One share for each member line, rounded where the rules say: unit, line, or the whole rate. */
function roundedPerMember(
  share: TaxShare,
  batch: TaxBatch,
  lines: readonly TaxableLine[],
  rules: TaxRules,
): readonly number[] {
  const rounding: Rounding = { mode: rules.rounding, stepMinor: rules.roundingStepMinor ?? 1 };
  switch (rules.roundingPoint) {
    case 'unit':
      return batch.members.map((member) => shareByUnits(share, lines[member], rounding));
    case 'line':
      return batch.members.map((member) => {
        const line = lines[member];
        return roundShare(share, line?.priceMinor ?? 0, line?.quantityMilli ?? 0, rounding);
      });
    case 'rate':
    case 'document': {
      const total = roundShare(share, batch.priceMinor, batch.quantityMilli, rounding);
      return allocateToMembers(total, share, batch, lines);
    }
  }
}

// Rounded on each whole unit and summed. Where the price does not divide evenly over the units, the first ones
// are a minor unit dearer. A weighed line is one unit.
function shareByUnits(share: TaxShare, line: TaxableLine | undefined, rounding: Rounding): number {
  if (line === undefined) return 0;
  const { priceMinor, quantityMilli } = line;
  const isWhole = quantityMilli > 0 && quantityMilli % MILLI_PER_UNIT === 0;
  if (!isWhole) return roundShare(share, priceMinor, quantityMilli, rounding);
  const units = quantityMilli / MILLI_PER_UNIT;
  const unitPriceMinor = Math.floor(priceMinor / units);
  const dearerUnits = priceMinor - unitPriceMinor * units;
  const ofUnit = roundShare(share, unitPriceMinor, MILLI_PER_UNIT, rounding);
  if (dearerUnits === 0) return checkedAmount(ofUnit * units);
  const ofDearer = roundShare(share, unitPriceMinor + 1, MILLI_PER_UNIT, rounding);
  return checkedAmount(ofUnit * (units - dearerUnits) + ofDearer * dearerUnits);
}

function allocateToMembers(
  totalMinor: number,
  share: TaxShare,
  batch: TaxBatch,
  lines: readonly TaxableLine[],
): readonly number[] {
  if (batch.members.length === 1) return [totalMinor];
  const numerators = batch.members.map((member) => {
    const line = lines[member];
    return shareNumerator(share, line?.priceMinor ?? 0, line?.quantityMilli ?? 0);
  });
  return allocateExact(totalMinor, numerators, share.over);
}

// What the rounded net leaves of each price is shared by the included taxes in proportion to their exact amounts.
function taxesFromRests(
  batch: TaxBatch,
  taxes: readonly (readonly number[])[],
  rests: readonly number[],
  lines: readonly TaxableLine[],
): readonly (readonly number[])[] {
  const { parts } = batch.chain;
  const included = parts.flatMap((part, place) => (part.component.isIncludedInPrice ? [place] : []));
  const over = included.reduce((product, place) => product * (parts[place]?.tax.over ?? 1n), 1n);
  const adjusted = taxes.map((ofComponent) => [...ofComponent]);
  for (const [at, member] of batch.members.entries()) {
    const line = lines[member];
    const exact = included.map((place) => {
      const share = parts[place]?.tax;
      if (share === undefined) return 0n;
      return shareNumerator(share, line?.priceMinor ?? 0, line?.quantityMilli ?? 0) * (over / share.over);
    });
    const shared = allocateExact(rests[at] ?? 0, exact, over);
    for (const [order, place] of included.entries()) {
      const ofComponent = adjusted[place];
      if (ofComponent !== undefined) ofComponent[at] = shared[order] ?? 0;
    }
  }
  return adjusted;
}
