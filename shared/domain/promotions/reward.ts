// What one promotion takes off, given the units as they are when its turn comes. Percentages are rounded half-up;
// nothing goes below a floor; what exceeds the promotion's own limit is given back in proportion.

import { addAmounts, applyRate, PPM_IN_WHOLE } from '../money.ts';
import { groupForPrice, takeCheapest } from './group-reward.ts';
import type { Promotion, PromotionRules } from './promotion.ts';
import { placesInScope, type PromotionState } from './promotion-state.ts';
import { pickUnits, type Pick } from './pick-units.ts';
import { isUnitInScope, priceOf, takeFromEach, takeTogether, type UnitRun } from './units.ts';

export type Rewarded = {
  /** Lines that it may have changed, and all their runs afterwards. */
  readonly places: readonly number[];
  readonly runs: readonly UnitRun[];
  readonly discountMinor: number;
  /** Units that come free on top of the cart. */
  readonly addedUnits: number;
  /** Places of lines whose points it multiplies. */
  readonly multiplied: readonly number[];
};

/** What the promotion would take off now. Conditions have been checked before; `state.replace` makes it so. */
export function reward(state: PromotionState, promotion: Promotion, rules: PromotionRules): Rewarded {
  const places = touchedPlaces(state, promotion);
  const own = runsOf(state, places);
  const pick = pickFor(own, placesInScope(state, promotion.scope).has, promotion);
  const taken = takeOff(pick, state, { promotion, rules });
  const discountMinor = addAmounts(priceOf(pick.runs), -priceOf(taken));
  const maxMinor = promotion.maxDiscountMinor ?? discountMinor;
  const limited = discountMinor <= maxMinor ? taken : takeLess(pick.runs, taken, maxMinor, rules);
  const isUsing = promotion.usesUnits === true && discountMinor > 0;
  return {
    places,
    runs: isUsing ? markUsed(pick, limited) : limited,
    discountMinor: Math.min(discountMinor, maxMinor),
    addedUnits: addedUnits(pick, promotion),
    multiplied: promotion.reward.kind === 'points-multiplier' ? linesOf(pick) : NONE,
  };
}

const NONE: readonly number[] = [];

/** A line of which one unit counts counts whole. */
function linesOf({ runs, chosen }: Pick): readonly number[] {
  return [...new Set(chosen.flatMap((place) => runs[place]?.line ?? []))];
}

function runsOf(state: PromotionState, places: readonly number[]): readonly UnitRun[] {
  const runs: UnitRun[] = [];
  for (const place of places) for (const run of state.byLine[place] ?? []) runs.push(run);
  return runs;
}

/** Places of lines that the promotion could ever touch, ascending. */
export function touchedPlaces(state: PromotionState, promotion: Promotion): readonly number[] {
  const { places } = placesInScope(state, promotion.scope);
  if (promotion.reward.kind !== 'buy-get') return places;
  const both = new Set([...places, ...placesInScope(state, promotion.reward.get).places]);
  return [...both].sort((left, right) => left - right);
}

function pickFor(runs: readonly UnitRun[], inScope: ReadonlySet<number>, promotion: Promotion): Pick {
  const isFree = (run: UnitRun): boolean => promotion.usesUnits !== true || !run.isUsed;
  return pickUnits(runs, {
    isEligible: (run) => inScope.has(run.line) && isFree(run) && isUnitInScope(run, promotion.scope),
    order: promotion.pick ?? 'line-order',
    groupSize: promotion.groupSize ?? 1,
    maxUnits: promotion.maxUnits ?? Number.MAX_SAFE_INTEGER,
  });
}

// A promotion that would take more than its limit takes the limit, shared as it would have taken the whole.
function takeLess(
  before: readonly UnitRun[],
  after: readonly UnitRun[],
  maxMinor: number,
  rules: PromotionRules,
): readonly UnitRun[] {
  const pairs = pairRuns(before, after);
  const offOf = new Map(pairs.map(({ uncut, offMinor }) => [uncut, offMinor] as const));
  const lowered = new Set(pairs.flatMap(({ offMinor }, place) => (offMinor > 0 ? [place] : [])));
  const weightOf = (run: UnitRun): number => offOf.get(run) ?? 0;
  const uncut = pairs.map((pair) => pair.uncut);
  return takeTogether(uncut, lowered, maxMinor, { weightOf, remainderTo: rules.remainderTo });
}

function takeOff(
  pick: Pick,
  state: PromotionState,
  { promotion, rules }: { readonly promotion: Promotion; readonly rules: PromotionRules },
): readonly UnitRun[] {
  const { runs } = pick;
  const chosen = new Set(pick.chosen);
  const given = promotion.reward;
  const baseOf = (run: UnitRun): number =>
    rules.percentOf === 'original' ? run.originalMinor : run.currentMinor;
  const together = (amountMinor: number): readonly UnitRun[] =>
    takeTogether(runs, chosen, amountMinor, { weightOf: baseOf, remainderTo: rules.remainderTo });
  switch (given.kind) {
    case 'percent-off':
      if (given.roundedOn === 'unit') {
        return takeFromEach(runs, chosen, (run) => applyRate(baseOf(run), given.ratePpm, 'half-up'));
      }
      return together(applyRate(sumOf(pick, baseOf), given.ratePpm, 'half-up'));
    case 'amount-off-units':
      return takeFromEach(runs, chosen, () => given.amountMinor);
    case 'amount-off-sum':
      return together(given.amountMinor);
    case 'sum-for-price':
      return together(sumOf(pick, (run) => run.currentMinor) - given.priceMinor);
    case 'tiered-percent': {
      const reached = given.by === 'spend' ? sumOf(pick, baseOf) : sumOf(pick, () => 1);
      const ratePpm = tierRate(given.tiers, reached);
      return takeFromEach(runs, chosen, (run) => applyRate(baseOf(run), ratePpm, 'half-up'));
    }
    case 'first-and-further':
      return firstAndFurther(pick, given);
    case 'group-for-price':
      return groupForPrice(pick, promotion.groupSize ?? 1, given.priceMinor, sharing(rules));
    case 'cheapest-percent':
      return takeCheapest(pick, promotion.groupSize ?? null, given.units, (run) =>
        applyRate(baseOf(run), given.ratePpm, 'half-up'),
      );
    case 'buy-get':
      return buyGet(pick, state, promotion, rules);
    case 'points-multiplier':
      return runs;
  }
}

function sharing(rules: PromotionRules): Parameters<typeof takeTogether>[3] {
  return { weightOf: (run) => run.currentMinor, remainderTo: rules.remainderTo };
}

function sumOf(pick: Pick, valueOf: (run: UnitRun) => number): number {
  let sum = 0;
  for (const place of pick.chosen) {
    const run = pick.runs[place];
    if (run !== undefined) sum = addAmounts(sum, run.count * valueOf(run));
  }
  return sum;
}

function tierRate(
  tiers: readonly { readonly from: number; readonly ratePpm: number }[],
  reached: number,
): number {
  let best = { from: Number.NEGATIVE_INFINITY, ratePpm: 0 };
  for (const tier of tiers) if (tier.from <= reached && tier.from > best.from) best = tier;
  return best.ratePpm;
}

function firstAndFurther(
  pick: Pick,
  given: Extract<Promotion['reward'], { kind: 'first-and-further' }>,
): readonly UnitRun[] {
  const maxUnits = given.maxUnits ?? Number.MAX_SAFE_INTEGER;
  const seen = new Map<number, number>();
  const chosen = new Set(pick.chosen);
  return pick.runs.flatMap((run, place) => {
    if (!chosen.has(place)) return [run];
    const before = seen.get(run.line) ?? 0;
    const counted = Math.max(0, Math.min(run.count, maxUnits - before));
    seen.set(run.line, before + counted);
    const first = before === 0 && counted > 0 ? 1 : 0;
    const parts = [
      { count: first, amountMinor: given.firstMinor },
      { count: counted - first, amountMinor: given.furtherMinor },
      { count: run.count - counted, amountMinor: 0 },
    ];
    return parts.flatMap(({ count, amountMinor }) =>
      count === 0 ? [] : takeFromEach([{ ...run, count }], new Set([0]), () => amountMinor),
    );
  });
}

/** How often the bought units earn a reward; the got units must be there besides, unless they are added. */
function timesEarned(bought: number, buyUnits: number): number {
  return buyUnits < 1 ? 0 : Math.floor(bought / buyUnits);
}

function addedUnits(pick: Pick, { reward: given }: Promotion): number {
  if (given.kind !== 'buy-get' || !given.isAdded || given.ratePpm !== PPM_IN_WHOLE) return 0;
  return (
    timesEarned(
      sumOf(pick, () => 1),
      given.buyUnits,
    ) * given.getUnits
  );
}

// The cheapest units of the "get" scope are given; bought units that are needed to earn them are not given away.
function buyGet(
  pick: Pick,
  state: PromotionState,
  promotion: Promotion,
  rules: PromotionRules,
): readonly UnitRun[] {
  const given = promotion.reward;
  if (given.kind !== 'buy-get' || given.isAdded) return pick.runs;
  const getPlaces = placesInScope(state, given.get).has;
  const isGot = (run: UnitRun): boolean =>
    getPlaces.has(run.line) && (promotion.usesUnits !== true || !run.isUsed);
  const chosen = new Set(pick.chosen);
  let [bought, onlyGettable] = [0, 0];
  for (const [place, run] of pick.runs.entries()) {
    if (chosen.has(place)) bought += run.count;
    else if (isGot(run)) onlyGettable += run.count;
  }
  // A unit is either bought or got: n times (buy + get) must fit into what is there.
  const groupUnits = Math.max(1, given.buyUnits + given.getUnits);
  const times = Math.min(
    timesEarned(bought, given.buyUnits),
    Math.floor((bought + onlyGettable) / groupUnits),
  );
  const got = pickUnits(pick.runs, {
    isEligible: isGot,
    order: 'cheapest',
    groupSize: 1,
    maxUnits: times * given.getUnits,
  });
  const baseOf = rules.percentOf === 'original' ? 'originalMinor' : 'currentMinor';
  return takeFromEach(got.runs, new Set(got.chosen), (run) =>
    applyRate(run[baseOf], given.ratePpm, 'half-up'),
  );
}

// Used are the units that were picked and those that became cheaper.
function markUsed(pick: Pick, runs: readonly UnitRun[]): readonly UnitRun[] {
  const chosen = new Set(pick.chosen.map((place) => pick.runs[place]));
  return pairRuns(pick.runs, runs).map(({ run, from, offMinor }) =>
    offMinor > 0 || chosen.has(from) ? Object.assign({}, run, { isUsed: true }) : run,
  );
}

type RunPair = {
  readonly run: UnitRun;
  /** The run before that it was cut from. */
  readonly from: UnitRun;
  /** The run at its price before. */
  readonly uncut: UnitRun;
  /** What each of its units became cheaper. */
  readonly offMinor: number;
};

// Rewards only ever cut runs, in the order of their line: walking both lists finds for each piece where it came from.
function pairRuns(before: readonly UnitRun[], after: readonly UnitRun[]): readonly RunPair[] {
  const pairs: RunPair[] = [];
  let place = 0;
  let left = before[0]?.count ?? 0;
  for (const run of after) {
    const from = before[place];
    if (from === undefined) throw new RangeError('units came from nowhere');
    const uncut = { ...run, currentMinor: from.currentMinor };
    pairs.push({ run, from, uncut, offMinor: from.currentMinor - run.currentMinor });
    left -= run.count;
    if (left <= 0) {
      place += 1;
      left = before[place]?.count ?? 0;
    }
  }
  return pairs;
}
