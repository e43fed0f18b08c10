// Taxes of a whole document. Goods out and goods back are taxed as two halves of positive amounts, and the half
// that comes back is then negated: so a return gives back exactly the tax that the same sale took, also inside an
// exchange. Whatever the rounding point, the tax of each line, the rows of the tax table and the totals agree:
//
//   Σ tax of lines = Σ tax of rows = total tax,  net + tax = gross on every line and in the total.

import type { LineDirection } from './cart.ts';
import type { TaxGroupId } from './ids.ts';
import { addAmounts, checkedAmount, negateAmount, sumAmounts } from './money.ts';
import { batchAmounts, documentTaxTotals, type TaxableLine, type TaxBatch } from './tax-batch.ts';
import { solveTaxChain, type TaxChain } from './tax-chain.ts';
import type { TaxGroup, TaxRules, TaxSummary } from './tax.ts';

export type { TaxableLine } from './tax-batch.ts';

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
/** Component id of the row that stands for a group without any component (exempt, zero-rated by absence). */
export const NO_COMPONENT_ID = 'none';

/** Computes the taxes of a document. A line whose tax group is not in `groups` is a bug and throws RangeError. */
export function computeTax(lines: readonly TaxableLine[], rules: TaxRules, groups: TaxGroups): ComputedTax {
  const batches = batchesOf(lines, groups);
  const taxTotals = rules.roundingPoint === 'document' ? documentTaxTotals(batches, rules) : null;
  const lineTaxes: LineTax[] = lines.map(() => ({ netMinor: 0, taxMinor: 0, grossMinor: 0 }));
  const rows = new Map<string, TaxSummary>();
  for (const batch of batches) {
    const { taxes, nets } = batchAmounts(batch, taxTotals?.get(batch) ?? null, lines, rules);
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

function batchesOf(lines: readonly TaxableLine[], groups: TaxGroups): readonly TaxBatch[] {
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

function addRows(
  rows: Map<string, TaxSummary>,
  batch: TaxBatch,
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
