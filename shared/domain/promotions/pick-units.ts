// Which units a promotion counts: the eligible ones, in an order, only complete groups, not more than a limit.

import { cutRuns, type UnitRun } from './units.ts';

export type Pick = {
  readonly runs: readonly UnitRun[];
  /** Places of the picked runs, in the order of the picking. */
  readonly chosen: readonly number[];
};

export type PickOptions = {
  readonly isEligible: (run: UnitRun) => boolean;
  readonly order: 'line-order' | 'dearest' | 'cheapest';
  /** 1 picks every unit. */
  readonly groupSize: number;
  readonly maxUnits: number;
};

/** Cuts the runs so that exactly the picked units are runs of their own. */
export function pickUnits(runs: readonly UnitRun[], options: PickOptions): Pick {
  const places: number[] = [];
  let eligible = 0;
  for (const [place, run] of runs.entries()) {
    if (run.count <= 0 || !options.isEligible(run)) continue;
    places.push(place);
    eligible += run.count;
  }
  const priceAt = (place: number): number => runs[place]?.currentMinor ?? 0;
  if (options.order === 'dearest') places.sort((a, b) => priceAt(b) - priceAt(a) || a - b);
  if (options.order === 'cheapest') places.sort((a, b) => priceAt(a) - priceAt(b) || a - b);
  const size = Math.max(1, options.groupSize);
  const limit = Math.min(eligible, options.maxUnits);
  let left = limit - (limit % size);
  // Everything eligible is picked: no run has to be cut.
  if (left === eligible) return { runs, chosen: places };
  const counts = new Map<number, number>();
  for (const place of places) {
    const count = Math.min(left, runs[place]?.count ?? 0);
    if (count > 0) counts.set(place, count);
    left -= count;
  }
  const cut = cutRuns(runs, counts);
  if (options.order === 'line-order') return cut;
  // cutRuns tells the chosen runs in line order; the picking order is by price, ties by place.
  const sign = options.order === 'dearest' ? -1 : 1;
  const chosen = [...cut.chosen].sort((a, b) => {
    return sign * ((cut.runs[a]?.currentMinor ?? 0) - (cut.runs[b]?.currentMinor ?? 0)) || a - b;
  });
  return { runs: cut.runs, chosen };
}
