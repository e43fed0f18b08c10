// What one promotion takes off, given the units as they are when its turn comes. Percentages are rounded half-up;
// nothing goes below a floor; what exceeds the promotion's own limit is given back in proportion.

import { addAmounts, applyRate, PPM_IN_WHOLE } from '../money.ts';
import { groupForPrice, takeCheapest } from './group-reward.ts';
import type { Promotion, PromotionLine, PromotionRules } from './promotion.ts';
import { pickUnits, type Pick } from './pick-units.ts';
import { isLineInScope, isUnitInScope, priceOf, takeFromEach, takeTogether, type UnitRun } from './units.ts';

export type Rewarded = {
  readonly runs: readonly UnitRun[];
  readonly discountMinor: number;
  /** Units that come free on top of the cart: how many of which scope. */
  readonly addedUnits: number;
};

/** The units after the promotion, and what it took off. Conditions have been checked before. */
export function reward(
  runs: readonly UnitRun[],
  lines: readonly PromotionLine[],
  promotion: Promotion,
  rules: PromotionRules,
): Rewarded {
  const pick = pickFor(runs, lines, promotion);
  const chosen = new Set(pick.chosen);
  const taken = takeOff(pick, chosen, lines, { promotion, rules });
  const discountMinor = addAmounts(priceOf(pick.runs), -priceOf(taken));
  const maxMinor = promotion.maxDiscountMinor ?? discountMinor;
  const limited =
    discountMinor <= maxMinor ? taken : takeTogether(pick.runs, chosen, maxMinor, sharing(rules));
  const used = promotion.usesUnits === true && discountMinor > 0 ? markUsed(pick, limited) : limited;
  return {
    runs: used,
    discountMinor: Math.min(discountMinor, maxMinor),
    addedUnits: addedUnits(pick, promotion),
  };
}

/** Places of lines that the promotion could ever touch; for ordering promotions, not for money. */
export function touchedLines(lines: readonly PromotionLine[], promotion: Promotion): readonly number[] {
  const scopes =
    promotion.reward.kind === 'buy-get' ? [promotion.scope, promotion.reward.get] : [promotion.scope];
  return lines.flatMap((line, place) => (scopes.some((scope) => isLineInScope(line, scope)) ? [place] : []));
}

function pickFor(runs: readonly UnitRun[], lines: readonly PromotionLine[], promotion: Promotion): Pick {
  return pickUnits(runs, {
    isEligible: (run) => isEligible(run, lines, promotion),
    order: promotion.pick ?? 'line-order',
    groupSize: promotion.groupSize ?? 1,
    maxUnits: promotion.maxUnits ?? Number.MAX_SAFE_INTEGER,
  });
}

function isEligible(run: UnitRun, lines: readonly PromotionLine[], promotion: Promotion): boolean {
  const line = lines[run.line];
  if (line === undefined || !isLineInScope(line, promotion.scope)) return false;
  if (promotion.usesUnits === true && run.isUsed) return false;
  return isUnitInScope(run, promotion.scope);
}

function takeOff(
  pick: Pick,
  chosen: ReadonlySet<number>,
  lines: readonly PromotionLine[],
  { promotion, rules }: { readonly promotion: Promotion; readonly rules: PromotionRules },
): readonly UnitRun[] {
  const { runs } = pick;
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
      return buyGet(pick, lines, promotion, rules);
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
  lines: readonly PromotionLine[],
  promotion: Promotion,
  rules: PromotionRules,
): readonly UnitRun[] {
  const given = promotion.reward;
  if (given.kind !== 'buy-get' || given.isAdded) return pick.runs;
  const isGot = (run: UnitRun): boolean => {
    const line = lines[run.line];
    const isFree = promotion.usesUnits !== true || !run.isUsed;
    return line !== undefined && isFree && isLineInScope(line, given.get);
  };
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

function markUsed(pick: Pick, runs: readonly UnitRun[]): readonly UnitRun[] {
  // Runs may have been cut further, but never joined: a line's used units are still its first chosen ones.
  const startOfLine = new Map<number, number>();
  const position = new Map<number, number>();
  const spans: { readonly line: number; readonly from: number; readonly to: number }[] = [];
  const chosen = new Set(pick.chosen);
  for (const [place, run] of pick.runs.entries()) {
    const from = startOfLine.get(run.line) ?? 0;
    startOfLine.set(run.line, from + run.count);
    if (chosen.has(place)) spans.push({ line: run.line, from, to: from + run.count });
  }
  return runs.map((run) => {
    const from = position.get(run.line) ?? 0;
    position.set(run.line, from + run.count);
    const isUsed = spans.some((span) => span.line === run.line && from >= span.from && from < span.to);
    return isUsed ? { ...run, isUsed: true } : run;
  });
}
