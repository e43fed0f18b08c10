// Taxes of a whole document. Goods out and goods back are taxed as two halves of positive amounts, and the half
// that comes back is then negated: so a return gives back exactly the tax that the same sale took, also inside an
// exchange. Whatever the rounding point, the tax of each line, the rows of the tax table and the totals agree:
//
//   Σ tax of lines = Σ tax of rows = total tax,  net + tax = gross on every line and in the total.

import { allocateExact } from './allocate-exact.ts';
import { addAmounts, checkedAmount, divideRoundedBig, negateAmount, sumAmounts } from './money.ts';
import { MILLI_PER_UNIT } from './quantity.ts';
import { shareNumerator, roundShare, solveTaxChain, type TaxChain, type TaxShare } from './tax-chain.ts';
import type { TaxGroup, TaxRules, TaxSummary } from './tax.ts';
import type { LineDirection } from './cart.ts';
import type { TaxGroupId } from './ids.ts';

/** What a line brings to the tax: amounts and quantities are positive, the direction carries the sign. */
export type TaxableLine = {
  readonly direction: LineDirection;
  readonly taxGroupId: TaxGroupId;
  /** Price of the whole line after price modifiers, as the shelf states it (with or without tax). */
  readonly priceMinor: number;
  readonly quantityMilli: number;
};

/** Signed: negative on lines that come back. */
export type LineTax = {
  readonly netMinor: number;
  readonly taxMinor: number;
  readonly grossMinor: number;
};

export type ComputedTax = {
  /** Parallel to the lines. */
  readonly lines: readonly LineTax[];
  /** Sorted by letter, tax group and order of components, whatever the order of the lines. */
  readonly taxes: readonly TaxSummary[];
  readonly totals: LineTax;
};

type TaxGroups = Readonly<Record<TaxGroupId, TaxGroup>>;
type Rounding = Parameters<typeof roundShare>[3];

/** The lines of one tax group in one half, with their taxes: taxes[component][member]. */
type Batch = {
  readonly group: TaxGroup;
  readonly chain: TaxChain;
  readonly direction: LineDirection;
  readonly members: readonly number[];
  readonly priceMinor: number;
  readonly quantityMilli: number;
};

/** Component id of the row that stands for a group without any component (exempt, zero-rated by absence). */
export const NO_COMPONENT_ID = 'none';

/** Computes the taxes of a document. A line whose tax group is not in `groups` is a bug and throws RangeError. */
export function computeTax(lines: readonly TaxableLine[], rules: TaxRules, groups: TaxGroups): ComputedTax {
  const batches = batchesOf(lines, groups);
  const taxTotals = rules.roundingPoint === 'document' ? documentTaxTotals(batches, rules) : null;
  const lineTaxes: LineTax[] = lines.map(() => ({ netMinor: 0, taxMinor: 0, grossMinor: 0 }));
  const rows = new Map<string, TaxSummary>();
  for (const batch of batches) {
    const taxes = batch.chain.parts.map((part, place) => {
      const total = taxTotals?.get(batch)?.[place];
      return total === undefined
        ? roundedPerMember(part.tax, batch, lines, rules)
        : allocateToMembers(total, part.tax, batch, lines);
    });
    const nets = netsOf(batch, taxes, lines, rules);
    const sign = batch.direction === 'return' ? negateAmount : checkedAmount;
    for (const [place, member] of batch.members.entries()) {
      const netMinor = sign(nets[place] ?? 0);
      let taxMinor = 0;
      for (const ofComponent of taxes) taxMinor = addAmounts(taxMinor, sign(ofComponent[place] ?? 0));
      lineTaxes[member] = { netMinor, taxMinor, grossMinor: addAmounts(netMinor, taxMinor) };
    }
    addRows(
      rows,
      batch,
      sign(sumAmounts(nets)),
      taxes.map((ofComponent) => sign(sumAmounts(ofComponent))),
    );
  }
  const taxes = [...rows.values()].sort((left, right) => compareRows(left, right, groups));
  return { lines: lineTaxes, taxes, totals: totalOf(lineTaxes) };
}

function batchesOf(lines: readonly TaxableLine[], groups: TaxGroups): readonly Batch[] {
  const chains = new Map<TaxGroupId, TaxChain>();
  const found = new Map<string, { group: TaxGroup; direction: LineDirection; members: number[] }>();
  for (const [place, line] of lines.entries()) {
    const key = `${line.direction}:${line.taxGroupId}`;
    const batch = found.get(key);
    if (batch !== undefined) {
      batch.members.push(place);
      continue;
    }
    const group = groups[line.taxGroupId];
    if (group === undefined) throw new RangeError(`tax group is not known: ${line.taxGroupId}`);
    found.set(key, { group, direction: line.direction, members: [place] });
    if (!chains.has(group.id)) chains.set(group.id, solveTaxChain(group.components));
  }
  return [...found.values()].map(({ group, direction, members }) => ({
    group,
    direction,
    members,
    chain: chains.get(group.id) ?? solveTaxChain(group.components),
    priceMinor: sumAmounts(members.map((member) => lines[member]?.priceMinor ?? 0)),
    quantityMilli: sumAmounts(members.map((member) => lines[member]?.quantityMilli ?? 0)),
  }));
}

/** One share for each member line, rounded where the rules say: unit, line, or the whole rate. */
function roundedPerMember(
  share: TaxShare,
  batch: Batch,
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
  batch: Batch,
  lines: readonly TaxableLine[],
): readonly number[] {
  if (batch.members.length === 1) return [totalMinor];
  const numerators = batch.members.map((member) => {
    const line = lines[member];
    return shareNumerator(share, line?.priceMinor ?? 0, line?.quantityMilli ?? 0);
  });
  return allocateExact(totalMinor, numerators, share.over);
}

// Rounds the tax of each half once and gives it back to the components of its batches.
function documentTaxTotals(
  batches: readonly Batch[],
  rules: TaxRules,
): ReadonlyMap<Batch, readonly number[]> {
  const totals = new Map<Batch, number[]>();
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

function netsOf(
  batch: Batch,
  taxes: readonly (readonly number[])[],
  lines: readonly TaxableLine[],
  rules: TaxRules,
): readonly number[] {
  const prices = batch.members.map((member) => lines[member]?.priceMinor ?? 0);
  if (!batch.chain.includesTax) return prices;
  if (rules.includedNet === 'rounded-itself') return roundedPerMember(batch.chain.net, batch, lines, rules);
  const included = taxes.filter((_, place) => batch.chain.parts[place]?.component.isIncludedInPrice);
  return prices.map((price, place) =>
    included.reduce((net, ofComponent) => addAmounts(net, -(ofComponent[place] ?? 0)), price),
  );
}

function addRows(
  rows: Map<string, TaxSummary>,
  batch: Batch,
  netMinor: number,
  taxesMinor: readonly number[],
): void {
  const { group, chain } = batch;
  const kinds =
    chain.parts.length > 0
      ? chain.parts.map(({ component }) => ({
          componentId: component.id,
          name: component.name,
          ratePpm: component.charge.kind === 'fixed-per-unit' ? null : component.charge.ratePpm,
        }))
      : [{ componentId: NO_COMPONENT_ID, name: group.name, ratePpm: 0 }];
  for (const [place, kind] of kinds.entries()) {
    const key = `${group.id}:${String(place)}`;
    const before = rows.get(key);
    const net = addAmounts(before?.netMinor ?? 0, netMinor);
    const tax = addAmounts(before?.taxMinor ?? 0, taxesMinor[place] ?? 0);
    rows.set(key, {
      taxGroupId: group.id,
      letter: group.letter,
      ...kind,
      netMinor: net,
      taxMinor: tax,
      grossMinor: addAmounts(net, tax),
    });
  }
}

function compareRows(left: TaxSummary, right: TaxSummary, groups: TaxGroups): number {
  return (
    compareTexts(left.letter, right.letter) || compareTexts(left.taxGroupId, right.taxGroupId) || order()
  );
  function order(): number {
    const components = groups[left.taxGroupId]?.components ?? [];
    const placeOf = (row: TaxSummary): number => components.findIndex(({ id }) => id === row.componentId);
    return placeOf(left) - placeOf(right);
  }
}

// Code-unit order: the same on every machine, unlike a locale's.
function compareTexts(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function totalOf(lines: readonly LineTax[]): LineTax {
  let [netMinor, taxMinor] = [0, 0];
  for (const line of lines) {
    netMinor = addAmounts(netMinor, line.netMinor);
    taxMinor = addAmounts(taxMinor, line.taxMinor);
  }
  return { netMinor, taxMinor, grossMinor: addAmounts(netMinor, taxMinor) };
}
