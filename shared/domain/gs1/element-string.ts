// GS1 element strings: fields one after the other, each an application identifier and its value, with a separator (FNC1,
// sent by scanners as U+001D) after every field whose length is not fixed. People write the same with the identifiers in
// brackets: (01)09520123456788(10)ABC. Both are read into the same list and every value is checked by the dictionary.

import { accept, refuse, type Outcome } from '../refusal.ts';
import {
  applicationIdentifier,
  leadingIdentifier,
  unknownIdentifier,
  type ApplicationIdentifier,
} from './application-identifier.ts';
import { GROUP_SEPARATOR } from './group-separator.ts';
import { lint, type LinterName } from './linters.ts';

/** Fields of one code; more are not read. */
export const ELEMENTS_MAX = 64;

export type Gs1Element = { readonly ai: string; readonly value: string };

export type Gs1Options = {
  /** Keep fields that the dictionary does not know, where they can be told apart. Else the code is refused. */
  readonly keepsUnknown?: boolean;
};

/** Reads fields as scanned, without the FNC1 at the beginning. */
export function parseElementString(text: string, options: Gs1Options = {}): Outcome<readonly Gs1Element[]> {
  if (text === '') return refuse('gs1-empty');
  const elements: Gs1Element[] = [];
  let rest = text;
  while (rest !== '') {
    const entry = leadingIdentifier(rest) ?? unknownLeading(rest, options);
    if (entry === null || elements.length >= ELEMENTS_MAX) return refuse('gs1-identifier-unknown');
    const afterAi = rest.slice(entry.ai.length);
    const separator = afterAi.indexOf(GROUP_SEPARATOR);
    const field = separator === -1 ? afterAi : afterAi.slice(0, separator);
    const taken = takeValue(entry, field);
    if (!taken.ok) return taken;
    elements.push({ ai: entry.ai, value: taken.value });
    rest = afterAi.slice(taken.value.length);
    const isEnded = rest === '' || rest.startsWith(GROUP_SEPARATOR);
    if (!entry.isFixed && !isEnded) return refuse('gs1-value-too-long', { ai: entry.ai });
    if (rest.startsWith(GROUP_SEPARATOR)) rest = rest.slice(1);
  }
  return accept(elements);
}

/** Reads fields as people write them; a bracket that belongs to a value is written `\(`. */
export function parseBracketed(text: string, options: Gs1Options = {}): Outcome<readonly Gs1Element[]> {
  const elements: Gs1Element[] = [];
  let rest = text;
  while (rest !== '') {
    const [matched, ai = '', value = ''] = /^\((\d{2,4})\)((?:\\\(|[^(])+)/.exec(rest) ?? [];
    if (matched === undefined || elements.length >= ELEMENTS_MAX) return refuse('gs1-brackets-wrong');
    const checked = checkElement({ ai, value: value.replaceAll('\\(', '(') }, options);
    if (!checked.ok) return checked;
    elements.push(checked.value);
    rest = rest.slice(matched.length);
  }
  return elements.length === 0 ? refuse('gs1-empty') : accept(elements);
}

/** The fields as a scanner sends them, without the FNC1 at the beginning. */
export function formatElementString(elements: readonly Gs1Element[]): string {
  return elements
    .map(({ ai, value }, at) => {
      const isLast = at === elements.length - 1;
      const entry = applicationIdentifier(ai) ?? unknownIdentifier(ai);
      return isLast || entry?.isFixed === true ? ai + value : ai + value + GROUP_SEPARATOR;
    })
    .join('');
}

/** Is the whole value right for this identifier? */
export function checkElement(element: Gs1Element, options: Gs1Options = {}): Outcome<Gs1Element> {
  const { ai, value } = element;
  const entry = applicationIdentifier(ai) ?? (options.keepsUnknown === true ? unknownIdentifier(ai) : null);
  if (entry === null) return refuse('gs1-identifier-unknown', { ai });
  const taken = takeValue(entry, value);
  if (!taken.ok) return taken;
  return taken.value.length === value.length ? accept(element) : refuse('gs1-value-too-long', { ai });
}

/** As much of `field` as the components take, each checked by its character set and its linters. */
function takeValue(entry: ApplicationIdentifier, field: string): Outcome<string> {
  const { ai } = entry;
  if (field === '') return refuse('gs1-value-empty', { ai });
  let at = 0;
  for (const { set, minLength, maxLength, isOptional, linters } of entry.components) {
    const part = field.slice(at, at + maxLength);
    if (part === '' && isOptional) continue;
    if (part.length < minLength) return refuse('gs1-value-too-short', { ai });
    for (const linter of [CHARACTER_SETS[set], ...linters]) {
      const problem = lint(linter, part);
      if (problem !== null) return refuse('gs1-value-wrong', { ai, problem });
    }
    at += part.length;
  }
  return accept(field.slice(0, at));
}

const CHARACTER_SETS = {
  N: 'csetnumeric',
  X: 'cset82',
  Y: 'cset39',
  Z: 'cset64',
} as const satisfies Record<string, LinterName>;

// Only where the first two digits say how long the identifier is can an unknown one be told from its value.
function unknownLeading(text: string, { keepsUnknown }: Gs1Options): ApplicationIdentifier | null {
  if (keepsUnknown !== true) return null;
  for (const length of [2, 3, 4]) {
    const entry = unknownIdentifier(text.slice(0, length));
    if (entry?.isFixed === true) return entry;
  }
  return null;
}
