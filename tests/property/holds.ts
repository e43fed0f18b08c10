// How often a property is tried, and from which seed: PROPERTY_RUNS (500 where nothing is said, 10,000 at night) and
// SEED. A failure prints its seed and its smallest counter-example; that example then becomes a test of its own.

import * as fc from 'fast-check';

const RUNS = wholeNumber('PROPERTY_RUNS') ?? 500;
const SEED = wholeNumber('SEED');

/** Fails the test unless the property holds for every generated value. */
export function holds<Values extends [unknown, ...unknown[]]>(
  property: fc.IPropertyWithHooks<Values> | fc.IProperty<Values>,
  options: { readonly runs?: number } = {},
): void {
  fc.assert(property, { numRuns: options.runs ?? RUNS, ...(SEED === null ? {} : { seed: SEED }) });
}

/** The same for a property that has to wait for something. */
export async function holdsAsync<Values extends [unknown, ...unknown[]]>(
  property: fc.IAsyncProperty<Values>,
  options: { readonly runs?: number } = {},
): Promise<void> {
  await fc.assert(property, { numRuns: options.runs ?? RUNS, ...(SEED === null ? {} : { seed: SEED }) });
}

function wholeNumber(name: string): number | null {
  const text = process.env[name];
  if (text === undefined || text === '') return null;
  if (!/^\d{1,9}$/.test(text)) throw new Error(`${name} is "${text}", but it must be a whole number.`);
  return Number(text);
}
