// Rewards of complete groups: so many for one price, the cheapest of each group. Units are grouped in the order in which
// they were picked; groups within one run are alike and are computed together.

import { addAmounts, multiplyDivide, sumAmounts } from '../money.ts';
import type { Pick } from './pick-units.ts';
import { cutRuns, takeFromEach, takeTogether, type UnitRun } from './units.ts';

type Sharing = Parameters<typeof takeTogether>[3];

/** Each complete group costs `priceMinor` together; a group that is cheaper already stays as it is. */
export function groupForPrice(
  pick: Pick,
  groupSize: number,
  priceMinor: number,
  sharing: Sharing,
): readonly UnitRun[] {
  const amounts = new Map<number, number>();
  for (const group of groupsOf(pick, groupSize)) {
    const costMinor = sumAmounts(
      group.parts.map(({ place, count }) => count * (pick.runs[place]?.currentMinor ?? 0)),
    );
    const offMinor = Math.max(0, costMinor - priceMinor) * group.times;
    const bearings = group.parts.map(({ place, count }) => count * (pick.runs[place]?.currentMinor ?? 0));
    // Each run bears its part of each group; the parts of all groups are summed per run before they are shared.
    let left = offMinor;
    for (const [at, { place }] of group.parts.entries()) {
      const isLast = at === group.parts.length - 1;
      const part = isLast
        ? left
        : multiplyDivide(offMinor, bearings[at] ?? 0, Math.max(1, costMinor), 'down');
      amounts.set(place, addAmounts(amounts.get(place) ?? 0, part));
      left -= part;
    }
  }
  let runs = pick.runs;
  // Later places first: sharing may cut a run in two, which moves the places after it.
  for (const [place, amountMinor] of [...amounts].sort(([left], [right]) => right - left)) {
    runs = takeTogether(runs, new Set([place]), amountMinor, sharing);
  }
  return runs;
}

/**
 * Takes `amountOf` off the cheapest `units` of each complete group; without a group size, of all picked units together.
 */
export function takeCheapest(
  pick: Pick,
  groupSize: number | null,
  units: number,
  amountOf: (run: UnitRun) => number,
): readonly UnitRun[] {
  const counts = new Map<number, number>();
  const priceAt = (place: number): number => pick.runs[place]?.currentMinor ?? 0;
  const groups =
    groupSize === null
      ? [{ times: 1, parts: pick.chosen.map((place) => ({ place, count: pick.runs[place]?.count ?? 0 })) }]
      : groupsOf(pick, groupSize);
  for (const { parts, times } of groups) {
    let left = units;
    for (const { place, count } of [...parts].sort((a, b) => priceAt(a.place) - priceAt(b.place))) {
      const taken = Math.min(left, count);
      counts.set(place, (counts.get(place) ?? 0) + taken * times);
      left -= taken;
    }
  }
  const cut = cutRuns(pick.runs, counts);
  return takeFromEach(cut.runs, new Set(cut.chosen), amountOf);
}

type Group = {
  /** So many groups that look exactly like this one. */
  readonly times: number;
  readonly parts: readonly { readonly place: number; readonly count: number }[];
};

function groupsOf(pick: Pick, groupSize: number): readonly Group[] {
  const groups: Group[] = [];
  let parts: { place: number; count: number }[] = [];
  let missing = groupSize;
  for (const place of pick.chosen) {
    let left = pick.runs[place]?.count ?? 0;
    while (left > 0) {
      if (missing === groupSize && left >= groupSize) {
        const times = Math.floor(left / groupSize);
        groups.push({ times, parts: [{ place, count: groupSize }] });
        left -= times * groupSize;
        continue;
      }
      const count = Math.min(left, missing);
      parts.push({ place, count });
      left -= count;
      missing -= count;
      if (missing === 0) {
        groups.push({ times: 1, parts });
        parts = [];
        missing = groupSize;
      }
    }
  }
  return groups;
}
