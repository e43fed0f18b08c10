// Which fields of one GS1 message belong together: a repeated field repeats its value, some fields forbid each other (a GTIN
// and the GTIN of the contents), some mean nothing alone (a batch of which goods?), and a digital signature signs one thing
// with a serial number. Rules from the dictionary (`ex`, `req`); all codes on one article count together.

import { accept, refuse, type Outcome } from '../refusal.ts';
import { applicationIdentifier } from './application-identifier.ts';
import type { Gs1Element } from './element-string.ts';

/** All rules at once, the first broken one is named. */
export function checkAssociations(elements: readonly Gs1Element[]): Outcome<null> {
  for (const rule of [checkRepeats, checkExclusions, checkRequirements, checkSignedKey]) {
    const outcome = rule(elements);
    if (!outcome.ok) return outcome;
  }
  return accept(null);
}

export function checkRepeats(elements: readonly Gs1Element[]): Outcome<null> {
  const values = new Map<string, string>();
  for (const { ai, value } of elements) {
    const before = values.get(ai);
    if (before !== undefined && before !== value) return refuse('gs1-values-differ', { ai });
    values.set(ai, value);
  }
  return accept(null);
}

export function checkExclusions(elements: readonly Gs1Element[]): Outcome<null> {
  for (const { ai } of elements) {
    for (const pattern of applicationIdentifier(ai)?.excludes ?? []) {
      const other = partner(elements, ai, pattern);
      if (other !== null) return refuse('gs1-fields-exclude-each-other', { ai, other });
    }
  }
  return accept(null);
}

export function checkRequirements(elements: readonly Gs1Element[]): Outcome<null> {
  for (const { ai } of elements) {
    for (const groups of applicationIdentifier(ai)?.requires ?? []) {
      const isMet = groups.some((group) =>
        group.split('+').every((pattern) => partner(elements, ai, pattern) !== null),
      );
      if (!isMet) return refuse('gs1-field-needs-another', { ai, needs: groups.join(', ') });
    }
  }
  return accept(null);
}

/** Length of the keys that may carry a serial number, without it. */
const BARE_KEY_LENGTH: ReadonlyMap<string, number> = new Map([
  ['253', 13],
  ['255', 13],
  ['8003', 14],
]);

export function checkSignedKey(elements: readonly Gs1Element[]): Outcome<null> {
  if (!elements.some(({ ai }) => ai === '8030')) return accept(null);
  const bare = elements.find(({ ai, value }) => BARE_KEY_LENGTH.get(ai) === value.length);
  return bare === undefined ? accept(null) : refuse('gs1-signature-needs-serial', { ai: bare.ai });
}

/** A field other than `ai` itself that fits the pattern (`31nn`), or null. */
function partner(elements: readonly Gs1Element[], ai: string, pattern: string): string | null {
  const fits = new RegExp(`^${pattern.replaceAll('n', '\\d')}$`);
  return elements.find((each) => each.ai !== ai && fits.test(each.ai))?.ai ?? null;
}
