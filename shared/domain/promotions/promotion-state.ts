// A cart in the middle of being promoted: its units by line, what each line costs now, and where to find the lines of an
// item or category, so that a promotion looks only at lines that it may touch.

import type { PromotionLine, PromotionScope } from './promotion.ts';
import { priceOf, unitsOf, type UnitRun } from './units.ts';

/** Lines in a scope, ascending, and the same as a set. */
export type ScopePlaces = { readonly places: readonly number[]; readonly has: ReadonlySet<number> };

type Replaced = { readonly place: number; readonly runs: readonly UnitRun[]; readonly priceMinor: number };

/**
 * What promotions read. It changes in place, and every change can be taken back: orders of promotions are tried by the
 * hundred for one cart, and a copy of the cart for each of their steps costs more than the steps themselves.
 */
export class PromotionState {
  readonly lines: readonly PromotionLine[];
  /** Runs of units, by place of the line. */
  readonly byLine: readonly (readonly UnitRun[])[];
  /** What each line costs now, parallel to the lines. */
  readonly prices: readonly number[];
  readonly placesOfItem: ReadonlyMap<string, readonly number[]>;
  readonly placesOfCategory: ReadonlyMap<string, readonly number[]>;
  readonly allPlaces: readonly number[];
  /** Places already looked up, because scopes are asked for many times. */
  readonly knownScopes = new Map<PromotionScope, ScopePlaces>();
  readonly #runs: (readonly UnitRun[])[];
  readonly #prices: number[];
  readonly #replaced: Replaced[] = [];

  /** The cart before any promotion. */
  constructor(lines: readonly PromotionLine[]) {
    const byLine: UnitRun[][] = lines.map(() => []);
    for (const run of unitsOf(lines)) byLine[run.line]?.push(run);
    this.lines = lines;
    this.#runs = byLine;
    this.byLine = this.#runs;
    this.#prices = byLine.map(priceOf);
    this.prices = this.#prices;
    this.placesOfItem = placesBy(lines, (line) => line.itemId);
    this.placesOfCategory = placesBy(lines, (line) => line.categoryId);
    this.allPlaces = lines.map((_, place) => place);
  }

  /** Replaces the runs of whole lines; `runs` follow the order of `places`. */
  replace(places: readonly number[], runs: readonly UnitRun[]): void {
    let at = 0;
    for (const place of places) {
      const ofLine: UnitRun[] = [];
      for (let run = runs[at]; run !== undefined && run.line === place; run = runs[at]) {
        ofLine.push(run);
        at += 1;
      }
      this.#replaced.push({
        place,
        runs: this.#runs[place] ?? [],
        priceMinor: this.#prices[place] ?? 0,
      });
      this.#runs[place] = ofLine;
      this.#prices[place] = priceOf(ofLine);
    }
    if (at !== runs.length) throw new RangeError('runs are not in the order of their lines');
  }

  /** A point to come back to. */
  mark(): number {
    return this.#replaced.length;
  }

  /** Takes back everything that was replaced since the mark. */
  backTo(mark: number): void {
    while (this.#replaced.length > mark) {
      const last = this.#replaced.pop();
      if (last === undefined) return;
      this.#runs[last.place] = last.runs;
      this.#prices[last.place] = last.priceMinor;
    }
  }
}

/** Places of the lines in a scope. The price range of a scope is judged on units. */
export function placesInScope(state: PromotionState, scope: PromotionScope): ScopePlaces {
  const known = state.knownScopes.get(scope);
  if (known !== undefined) return known;
  const places = lookUpPlaces(state, scope);
  const looked = places.length === 0 ? NO_PLACES : { places, has: new Set(places) };
  state.knownScopes.set(scope, looked);
  return looked;
}

const NO_PLACES: ScopePlaces = { places: [], has: new Set() };

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
  const all = new Set<number>();
  for (const key of keys) for (const place of places.get(key) ?? []) all.add(place);
  return all.size === 0 ? NO_PLACES.places : [...all].sort((left, right) => left - right);
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
