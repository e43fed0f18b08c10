// A cart in the middle of being promoted: its units by line, what each line costs now, and where to find the lines of an
// item or category, so that a promotion looks only at lines that it may touch.

import type { PromotionLine, PromotionScope } from './promotion.ts';
import { priceOf, unitsOf, type UnitRun } from './units.ts';

export type PromotionState = {
  readonly lines: readonly PromotionLine[];
  /** Runs of units, by place of the line. */
  readonly byLine: readonly (readonly UnitRun[])[];
  /** What each line costs now, parallel to the lines. */
  readonly prices: readonly number[];
  readonly placesOfItem: ReadonlyMap<string, readonly number[]>;
  readonly placesOfCategory: ReadonlyMap<string, readonly number[]>;
  readonly allPlaces: readonly number[];
  /** Places already looked up; filled while one cart is computed, because scopes are asked for many times. */
  readonly knownScopes: Map<PromotionScope, ScopePlaces>;
};

/** Lines in a scope, ascending, and the same as a set. */
export type ScopePlaces = { readonly places: readonly number[]; readonly has: ReadonlySet<number> };

/** The cart before any promotion. */
export function startState(lines: readonly PromotionLine[]): PromotionState {
  const byLine: UnitRun[][] = lines.map(() => []);
  for (const run of unitsOf(lines)) byLine[run.line]?.push(run);
  return {
    lines,
    byLine,
    prices: byLine.map(priceOf),
    placesOfItem: placesBy(lines, (line) => line.itemId),
    placesOfCategory: placesBy(lines, (line) => line.categoryId),
    allPlaces: lines.map((_, place) => place),
    knownScopes: new Map(),
  };
}

/** The cart after the runs of some lines have been replaced. `runs` hold whole lines, in any order. */
export function withRuns(
  state: PromotionState,
  places: readonly number[],
  runs: readonly UnitRun[],
): PromotionState {
  const byLine = [...state.byLine];
  const prices = [...state.prices];
  const own = new Map<number, UnitRun[]>(places.map((place) => [place, []]));
  for (const run of runs) own.get(run.line)?.push(run);
  for (const [place, ofLine] of own) {
    byLine[place] = ofLine;
    prices[place] = priceOf(ofLine);
  }
  return { ...state, byLine, prices };
}

/** Places of the lines in a scope. The price range of a scope is judged on units. */
export function placesInScope(state: PromotionState, scope: PromotionScope): ScopePlaces {
  const known = state.knownScopes.get(scope);
  if (known !== undefined) return known;
  const places = lookUpPlaces(state, scope);
  const looked = { places, has: new Set(places) };
  state.knownScopes.set(scope, looked);
  return looked;
}

/** The scope of everything. */
export const WHOLE_CART: PromotionScope = {};

function lookUpPlaces(state: PromotionState, scope: PromotionScope): readonly number[] {
  const named =
    scope.itemIds !== undefined
      ? found(state.placesOfItem, scope.itemIds)
      : scope.categoryIds !== undefined
        ? found(state.placesOfCategory, scope.categoryIds)
        : state.allPlaces;
  const isOpen =
    scope.leavesOutReduced !== true && (scope.itemIds === undefined || scope.categoryIds === undefined);
  if (isOpen) return named;
  return named.filter((place) => {
    const line = state.lines[place];
    const isInCategory = scope.categoryIds?.includes(line?.categoryId ?? '') ?? true;
    return isInCategory && !(scope.leavesOutReduced === true && line?.isReduced === true);
  });
}

function found(places: ReadonlyMap<string, readonly number[]>, keys: readonly string[]): readonly number[] {
  const all = [...new Set(keys)].flatMap((key) => places.get(key) ?? []);
  return all.length < 2 ? all : all.sort((left, right) => left - right);
}

function placesBy(
  lines: readonly PromotionLine[],
  keyOf: (line: PromotionLine) => string | undefined,
): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>();
  for (const [place, line] of lines.entries()) {
    const key = keyOf(line);
    if (key === undefined) continue;
    const known = places.get(key);
    if (known === undefined) places.set(key, [place]);
    else known.push(place);
  }
  return places;
}
