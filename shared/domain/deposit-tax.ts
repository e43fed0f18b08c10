// The tax inside a deposit, where it is due as the deposit is paid: the deposit is shared over the tax groups of the order by
// what they cost, and of each share the part that is tax in that group. Later deposits need not know of earlier ones: the
// hand-over takes off exactly what the deposits have declared, so over the life of an order the tax is that of its goods.

import { addAmounts, allocateByWeight, multiplyDivide, negateAmount, sumAmounts } from './money.ts';
import type { TaxRules, TaxSummary } from './tax.ts';

/** Rows of tax in a deposit of this size for an order with these rows; net + tax of each group is its share. */
export function depositTaxes(
  depositMinor: number,
  taxes: readonly TaxSummary[],
  rules: Pick<TaxRules, 'rounding'>,
): readonly TaxSummary[] {
  const groups = new Map<string, TaxSummary[]>();
  for (const row of taxes) groups.set(row.taxGroupId, [...(groups.get(row.taxGroupId) ?? []), row]);
  const all = [...groups.values()];
  const grosses = all.map((rows) => Math.max(0, grossOfGroup(rows)));
  if (sumAmounts(grosses) === 0) return [];
  const shares = allocateByWeight(depositMinor, grosses);
  return all.flatMap((rows, place) => {
    const [share, gross] = [shares[place] ?? 0, grosses[place] ?? 0];
    if (gross === 0 || share === 0) return [];
    const parts = rows.map((row) => multiplyDivide(share, row.taxMinor, gross, rules.rounding));
    const netMinor = addAmounts(share, negateAmount(sumAmounts(parts)));
    return rows.map((row, at): TaxSummary => {
      const taxMinor = parts[at] ?? 0;
      return { ...row, netMinor, taxMinor, grossMinor: addAmounts(netMinor, taxMinor) };
    });
  });
}

/** Rows of the same component become one; rows that come to nothing are left out. Sorted, so that the order never matters. */
export function addTaxRows(left: readonly TaxSummary[], right: readonly TaxSummary[]): readonly TaxSummary[] {
  const rows = new Map<string, TaxSummary>();
  for (const row of [...left, ...right]) {
    const key = [row.taxGroupId, row.componentId, row.letter, row.name, String(row.ratePpm)].join('\n');
    const known = rows.get(key);
    rows.set(key, known === undefined ? row : sumOf(known, row));
  }
  return [...rows]
    .filter(([, row]) => row.netMinor !== 0 || row.taxMinor !== 0 || row.grossMinor !== 0)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, row]) => row);
}

/** Net of the rows of a group is the same base, told once for each component. */
function grossOfGroup(rows: readonly TaxSummary[]): number {
  return addAmounts(rows[0]?.netMinor ?? 0, sumAmounts(rows.map(({ taxMinor }) => taxMinor)));
}

function sumOf(left: TaxSummary, right: TaxSummary): TaxSummary {
  return {
    ...left,
    netMinor: addAmounts(left.netMinor, right.netMinor),
    taxMinor: addAmounts(left.taxMinor, right.taxMinor),
    grossMinor: addAmounts(left.grossMinor, right.grossMinor),
  };
}
