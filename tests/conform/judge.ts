// What a case comes to: the figures that we compute are laid beside those that it expects, field by field.

import { isSameNumber } from './decimal.ts';
import { UnsupportedCase } from './unsupported-case.ts';

export type Verdict =
  | { readonly outcome: 'passed' }
  | { readonly outcome: 'failed'; readonly differences: readonly string[] }
  | { readonly outcome: 'unsupported'; readonly why: string };

/** What we computed, in the shape of the case's expectation; numbers are decimal texts. */
export type Figures = string | boolean | null | readonly Figures[] | { readonly [key: string]: Figures };

/** Runs one case: `compute` gives our figures or throws UnsupportedCase. Any other error is a failure of ours. */
export async function judge(expected: unknown, compute: () => Figures | Promise<Figures>): Promise<Verdict> {
  try {
    const differences = differencesOf(expected, await compute(), '');
    return differences.length === 0 ? { outcome: 'passed' } : { outcome: 'failed', differences };
  } catch (problem) {
    if (problem instanceof UnsupportedCase) return { outcome: 'unsupported', why: problem.message };
    const said = problem instanceof Error ? problem.message : String(problem);
    return { outcome: 'failed', differences: [`stopped: ${said}`] };
  }
}

function differencesOf(expected: unknown, got: Figures | undefined, path: string): readonly string[] {
  if (got === undefined) throw new UnsupportedCase(`${path} is expected, but we do not compute it`);
  if (Array.isArray(expected)) {
    const list: readonly Figures[] = Array.isArray(got) ? got : [];
    if (list.length !== expected.length) {
      return [`${path}: expected ${String(expected.length)} values, got ${String(list.length)}`];
    }
    return expected.flatMap((each, place) => differencesOf(each, list[place], `${path}[${String(place)}]`));
  }
  if (typeof expected === 'object' && expected !== null) {
    return Object.entries(expected).flatMap(([key, each]) => {
      const value = isFields(got) ? got[key] : undefined;
      return differencesOf(each, value, path === '' ? key : `${path}.${key}`);
    });
  }
  const [wanted, found] = [String(expected), textOf(got)];
  const isEqual = wanted === found || isSameNumber(wanted, found);
  return isEqual ? [] : [`${path}: expected ${wanted}, got ${found}`];
}

function textOf(value: Figures): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function isFields(value: Figures): value is { readonly [key: string]: Figures } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
