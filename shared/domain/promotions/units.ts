// The units of a cart while promotions are computed. Units of one line with the same price are one run, so that a line
// of a thousand pieces is as quick as a line of one. Every function returns new runs; the order within a line is kept,
// because the first units get the cents that are left.

import { addAmounts, allocateByWeight, checkedAmount } from '../money.ts';
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
  let sum = 0;
  for (const { count, currentMinor } of runs) sum = addAmounts(sum, checkedAmount(count * currentMinor));
  return sum;
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
      cut.push(count === run.count ? run : cheaperRun(run, count, 0));
    }
    if (count < run.count) cut.push(count === 0 ? run : cheaperRun(run, run.count - count, 0));
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
    return amountMinor === 0 ? run : cheaperRun(run, run.count, amountMinor);
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
  options: Sharing,
): readonly UnitRun[] {
  const taken: number[] = runs.map(() => 0);
  const places = [...chosen];
  if (new Set(places.map((place) => runs[place]?.line)).size === places.length) {
    // One run of each line, as nearly always: it bears what its line bears.
    const bearings = places.map((place) => bearingOfRun(runs[place], options.weightOf));
    const shares = shareWithRoom(amountMinor, bearings, options.remainderTo);
    for (const [at, place] of places.entries()) taken[place] = shares[at] ?? 0;
  } else {
    shareOverLines(runs, { places, amountMinor, taken }, options);
  }
  const after: UnitRun[] = [];
  for (const [place, run] of runs.entries()) pushEvenly(after, run, taken[place] ?? 0);
  return after;
}

type Sharing = {
  readonly weightOf: (run: UnitRun) => number;
  readonly remainderTo: 'largest' | 'first';
};

/** First over the lines, then over the runs of each. */
function shareOverLines(
  runs: readonly UnitRun[],
  given: { readonly places: readonly number[]; readonly amountMinor: number; readonly taken: number[] },
  options: Sharing,
): void {
  const byLine = new Map<number, number[]>();
  for (const place of given.places) {
    const line = runs[place]?.line ?? 0;
    const known = byLine.get(line);
    if (known === undefined) byLine.set(line, [place]);
    else known.push(place);
  }
  const lines = [...byLine.values()];
  const bearings = lines.map((places) => bearingOf(runs, places, options.weightOf));
  const lineShares = shareWithRoom(given.amountMinor, bearings, options.remainderTo);
  for (const [at, places] of lines.entries()) {
    const ofRuns = places.map((place) => bearingOfRun(runs[place], options.weightOf));
    const shares = shareWithRoom(lineShares[at] ?? 0, ofRuns, 'first');
    for (const [order, place] of places.entries()) given.taken[place] = shares[order] ?? 0;
  }
}

type Bearing = { readonly weight: number; readonly room: number };

const NOTHING: Bearing = { weight: 0, room: 0 };

function bearingOfRun(run: UnitRun | undefined, weightOf: (run: UnitRun) => number): Bearing {
  if (run === undefined) return NOTHING;
  return {
    weight: checkedAmount(Math.max(0, run.count * weightOf(run))),
    room: checkedAmount(Math.max(0, run.count * (run.currentMinor - run.floorMinor))),
  };
}

function bearingOf(
  runs: readonly UnitRun[],
  places: readonly number[],
  weightOf: (run: UnitRun) => number,
): Bearing {
  let [weight, room] = [0, 0];
  for (const place of places) {
    const own = bearingOfRun(runs[place], weightOf);
    weight = addAmounts(weight, own.weight);
    room = addAmounts(room, own.room);
  }
  return { weight, room };
}

/** Parts in proportion to the weights, none above its room; what is cut off goes to the others. */
export function shareWithRoom(
  amountMinor: number,
  bearings: readonly Bearing[],
  remainderTo: 'largest' | 'first',
): readonly number[] {
  const [only] = bearings;
  if (only !== undefined && bearings.length === 1) {
    return [only.weight > 0 ? Math.min(Math.max(0, amountMinor), Math.max(0, only.room)) : 0];
  }
  const parts = bearings.map(() => 0);
  let open: number[] = [];
  let roomLeft = 0;
  for (const [place, { weight, room }] of bearings.entries()) {
    if (weight <= 0 || room <= 0) continue;
    open.push(place);
    roomLeft = addAmounts(roomLeft, room);
  }
  let left = Math.min(Math.max(0, amountMinor), roomLeft);
  // Each round closes at least one part, so there are at most as many rounds as parts.
  for (let round = 0; round < bearings.length && left > 0 && open.length > 0; round += 1) {
    const weights = open.map((place) => bearings[place]?.weight ?? 0);
    const shares = allocateByWeight(left, weights, remainderTo);
    const stillOpen: number[] = [];
    let hasFull = false;
    for (const [at, place] of open.entries()) {
      const room = bearings[place]?.room ?? 0;
      if ((shares[at] ?? 0) <= room) {
        stillOpen.push(place);
        continue;
      }
      hasFull = true;
      parts[place] = room;
      left -= room;
    }
    if (!hasFull) {
      for (const [at, place] of open.entries()) parts[place] = shares[at] ?? 0;
      break;
    }
    open = stillOpen;
  }
  return parts;
}

// The same amount off each unit; the units that come first bear one more where it does not divide evenly.
function pushEvenly(after: UnitRun[], run: UnitRun, amountMinor: number): void {
  if (amountMinor === 0) {
    after.push(run);
    return;
  }
  const each = Math.floor(amountMinor / run.count);
  const more = amountMinor - each * run.count;
  if (more > 0) after.push(cheaperRun(run, more, each + 1));
  after.push(cheaperRun(run, run.count - more, each));
}

// Field by field: V8 takes many times as long to spread a run and replace two of its fields.
function cheaperRun(run: UnitRun, count: number, amountMinor: number): UnitRun {
  return {
    line: run.line,
    count,
    originalMinor: run.originalMinor,
    currentMinor: run.currentMinor - amountMinor,
    floorMinor: run.floorMinor,
    isUsed: run.isUsed,
  };
}
