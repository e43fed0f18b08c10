// The units of a cart while promotions are computed. Units of one line with the same price are one run, so that a line
// of a thousand pieces is as quick as a line of one. Every function returns new runs; the order within a line is kept,
// because the first units get the cents that are left.

import { addAmounts, allocateByWeight, checkedAmount, sumAmounts } from '../money.ts';
import type { PromotionLine, PromotionScope } from './promotion.ts';

export type UnitRun = {
  /** Place of the line in the cart. */
  readonly line: number;
  readonly count: number;
  readonly originalMinor: number;
  readonly currentMinor: number;
  readonly floorMinor: number;
  readonly isUsed: boolean;
};

/** The units of each line, nothing taken off yet: one run, or two where the line's price does not divide evenly. */
export function unitsOf(lines: readonly PromotionLine[]): readonly UnitRun[] {
  return lines.flatMap((line, place) => {
    const lineMinor = line.linePriceMinor ?? checkedAmount(line.units * line.unitPriceMinor);
    const unitMinor = Math.floor(lineMinor / Math.max(1, line.units));
    const dearer = lineMinor - unitMinor * line.units;
    return [
      runOf(line, place, { count: dearer, priceMinor: unitMinor + 1 }),
      runOf(line, place, { count: line.units - dearer, priceMinor: unitMinor }),
    ].filter((run) => run.count > 0);
  });
}

function runOf(
  line: PromotionLine,
  place: number,
  { count, priceMinor }: { readonly count: number; readonly priceMinor: number },
): UnitRun {
  const floorMinor = Math.min(priceMinor, line.minimumUnitPriceMinor ?? 0);
  return {
    line: place,
    count,
    originalMinor: priceMinor,
    currentMinor: priceMinor,
    floorMinor,
    isUsed: false,
  };
}

/** What these units cost now. */
export function priceOf(runs: readonly UnitRun[]): number {
  return sumAmounts(runs.map((run) => checkedAmount(run.count * run.currentMinor)));
}

/** Does a unit of a line in scope have a price in the scope's range? */
export function isUnitInScope(run: UnitRun, scope: PromotionScope): boolean {
  return (
    run.currentMinor >= (scope.minUnitPriceMinor ?? 0) &&
    run.currentMinor <= (scope.maxUnitPriceMinor ?? Number.MAX_SAFE_INTEGER)
  );
}

/**
 * Cuts runs so that for each place the first `counts[place]` units are a run of their own. Returns all runs and the
 * places of those that were counted.
 */
export function cutRuns(
  runs: readonly UnitRun[],
  counts: ReadonlyMap<number, number>,
): { readonly runs: readonly UnitRun[]; readonly chosen: readonly number[] } {
  const cut: UnitRun[] = [];
  const chosen: number[] = [];
  for (const [place, run] of runs.entries()) {
    const count = Math.min(counts.get(place) ?? 0, run.count);
    if (count > 0) {
      chosen.push(cut.length);
      cut.push(count === run.count ? run : { ...run, count });
    }
    if (count < run.count) cut.push(count === 0 ? run : { ...run, count: run.count - count });
  }
  return { runs: cut, chosen };
}

/** Takes the same amount off each unit of the chosen runs, as far as their floor lets it. */
export function takeFromEach(
  runs: readonly UnitRun[],
  chosen: ReadonlySet<number>,
  amountOf: (run: UnitRun) => number,
): readonly UnitRun[] {
  return runs.map((run, place) => {
    if (!chosen.has(place)) return run;
    const amountMinor = Math.max(0, Math.min(amountOf(run), run.currentMinor - run.floorMinor));
    return amountMinor === 0 ? run : { ...run, currentMinor: run.currentMinor - amountMinor };
  });
}

/**
 * Shares one amount over the chosen runs: first over lines in proportion to `weightOf`, never below a floor (what a
 * line cannot bear goes to the others), then evenly over the units of a line, the cents that are left to the first.
 */
export function takeTogether(
  runs: readonly UnitRun[],
  chosen: ReadonlySet<number>,
  amountMinor: number,
  options: { readonly weightOf: (run: UnitRun) => number; readonly remainderTo: 'largest' | 'first' },
): readonly UnitRun[] {
  const byLine = new Map<number, number[]>();
  for (const place of chosen) {
    const line = runs[place]?.line ?? 0;
    byLine.set(line, [...(byLine.get(line) ?? []), place]);
  }
  const lines = [...byLine.values()];
  const bearings = lines.map((places) =>
    bearingOf(
      places.map((place) => runs[place]),
      options.weightOf,
    ),
  );
  const lineShares = shareWithRoom(amountMinor, bearings, options.remainderTo);
  const taken = new Map<number, number>();
  for (const [at, places] of lines.entries()) {
    const ofRuns = places.map((place) => bearingOf([runs[place]], options.weightOf));
    const shares = shareWithRoom(lineShares[at] ?? 0, ofRuns, 'first');
    for (const [order, place] of places.entries()) taken.set(place, shares[order] ?? 0);
  }
  return runs.flatMap((run, place) => takeEvenly(run, taken.get(place) ?? 0));
}

type Bearing = { readonly weight: number; readonly room: number };

function bearingOf(runs: readonly (UnitRun | undefined)[], weightOf: (run: UnitRun) => number): Bearing {
  let [weight, room] = [0, 0];
  for (const run of runs) {
    if (run === undefined) continue;
    weight = addAmounts(weight, Math.max(0, run.count * weightOf(run)));
    room = addAmounts(room, Math.max(0, run.count * (run.currentMinor - run.floorMinor)));
  }
  return { weight, room };
}

/** Parts in proportion to the weights, none above its room; what is cut off goes to the others. */
export function shareWithRoom(
  amountMinor: number,
  bearings: readonly Bearing[],
  remainderTo: 'largest' | 'first',
): readonly number[] {
  const parts = bearings.map(() => 0);
  let open = bearings.flatMap(({ weight, room }, place) => (weight > 0 && room > 0 ? [place] : []));
  const roomLeft = sumAmounts(open.map((place) => bearings[place]?.room ?? 0));
  let left = Math.min(Math.max(0, amountMinor), roomLeft);
  // Each round closes at least one part, so there are at most as many rounds as parts.
  for (let round = 0; round < bearings.length && left > 0 && open.length > 0; round += 1) {
    const weights = open.map((place) => bearings[place]?.weight ?? 0);
    const shares = allocateByWeight(left, weights, remainderTo);
    const full = open.filter((place, at) => (shares[at] ?? 0) > (bearings[place]?.room ?? 0));
    const settled = full.length > 0 ? full : open;
    for (const [at, place] of open.entries()) {
      if (!settled.includes(place)) continue;
      const part = Math.min(shares[at] ?? 0, bearings[place]?.room ?? 0);
      parts[place] = part;
      left -= part;
    }
    open = open.filter((place) => !settled.includes(place));
  }
  return parts;
}

// The same amount off each unit; the units that come first bear one more where it does not divide evenly.
function takeEvenly(run: UnitRun, amountMinor: number): readonly UnitRun[] {
  if (amountMinor === 0) return [run];
  const each = Math.floor(amountMinor / run.count);
  const more = amountMinor - each * run.count;
  const rest = { ...run, count: run.count - more, currentMinor: run.currentMinor - each };
  if (more === 0) return [rest];
  return [{ ...run, count: more, currentMinor: run.currentMinor - each - 1 }, rest];
}
