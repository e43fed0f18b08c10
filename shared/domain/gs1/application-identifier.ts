// The table of GS1 application identifiers (AIs), read once from the generated dictionary: what a field consists of, whether
// a separator (FNC1) must follow it, which fields it needs or forbids, and its place in a Digital Link.

import { GS1_DICTIONARY } from './dictionary.ts';
import { isLinterName, type LinterName } from './linters.ts';

/** One part of a field, as `X..20` or `[N3],iso3166`. */
export type Gs1Component = {
  readonly set: 'N' | 'X' | 'Y' | 'Z';
  readonly minLength: number;
  readonly maxLength: number;
  readonly isOptional: boolean;
  readonly linters: readonly LinterName[];
};

export type ApplicationIdentifier = {
  readonly ai: string;
  /** Its length is known to every reader: no separator follows. */
  readonly isFixed: boolean;
  /** May stand in the query of a Digital Link. Null: an identifier that the dictionary does not know. */
  readonly isLinkAttribute: boolean | null;
  readonly components: readonly Gs1Component[];
  /** Each set: one of its groups must be there, all of it (`01+21`); `n` stands for any digit. */
  readonly requires: readonly (readonly string[])[];
  readonly excludes: readonly string[];
  /** Key of a Digital Link: the orders in which qualifiers may follow. Null for other fields. */
  readonly qualifiers: readonly (readonly string[])[] | null;
  readonly title: string;
};

const TABLE: ReadonlyMap<string, ApplicationIdentifier> = new Map(
  GS1_DICTIONARY.trim()
    .split('\n')
    .flatMap((row) => readRow(row).map((entry) => [entry.ai, entry] as const)),
);

/** Identifiers that begin with the same two digits have the same length. */
const LENGTH_BY_PREFIX: ReadonlyMap<string, number> = new Map(
  [...TABLE.keys()].map((ai) => [ai.slice(0, 2), ai.length]),
);

/** Exactly this identifier, or null. */
export function applicationIdentifier(ai: string): ApplicationIdentifier | null {
  return TABLE.get(ai) ?? null;
}

/** The identifier that `text` begins with, or null. */
export function leadingIdentifier(text: string): ApplicationIdentifier | null {
  const length = LENGTH_BY_PREFIX.get(text.slice(0, 2));
  return length === undefined ? null : (TABLE.get(text.slice(0, length)) ?? null);
}

/** Lengths of the fields that are fixed by their first two digits, also of identifiers not yet given out. */
const FIXED_LENGTH: ReadonlyMap<string, number> = new Map([
  ...(['00:18', '01:14', '02:14', '03:14', '04:16', '20:2', '41:13'] as const).map(fixedPair),
  ...['11', '12', '13', '14', '15', '16', '17', '18', '19'].map((prefix) => [prefix, 6] as const),
  ...['31', '32', '33', '34', '35', '36'].map((prefix) => [prefix, 6] as const),
]);

/** An identifier that the dictionary does not know, where it could be one; null where its digits cannot be one. */
export function unknownIdentifier(ai: string): ApplicationIdentifier | null {
  const usual = LENGTH_BY_PREFIX.get(ai.slice(0, 2));
  const isTaken = [...TABLE.keys()].some((known) => known.startsWith(ai) || ai.startsWith(known));
  if (!/^\d{2,4}$/.test(ai) || isTaken || (usual !== undefined && usual !== ai.length)) return null;
  const fixed = FIXED_LENGTH.get(ai.slice(0, 2));
  const component: Gs1Component = {
    set: 'X',
    minLength: fixed ?? 1,
    maxLength: fixed ?? 90,
    isOptional: false,
    linters: [],
  };
  return {
    ai,
    isFixed: fixed !== undefined,
    isLinkAttribute: null,
    components: [component],
    requires: [],
    excludes: [],
    qualifiers: null,
    title: '',
  };
}

function fixedPair(pair: string): readonly [string, number] {
  return [pair.slice(0, 2), Number(pair.slice(3))];
}

function readRow(row: string): readonly ApplicationIdentifier[] {
  const [identifiers = '', flags = '', components = '', attributes = '', title = ''] = row.split(';');
  const words = attributes.split(' ').filter((word) => word !== '');
  const valuesOf = (key: string): readonly string[] =>
    words.filter((word) => word.startsWith(`${key}=`)).map((word) => word.slice(key.length + 1));
  const keys = valuesOf('dlpkey');
  const shared = {
    isFixed: flags.includes('*'),
    isLinkAttribute: flags.includes('?'),
    components: components.split(' ').map(readComponent),
    requires: valuesOf('req').map((value) => value.split(',')),
    excludes: valuesOf('ex').flatMap((value) => value.split(',')),
    qualifiers: words.includes('dlpkey')
      ? [[]]
      : keys.length === 0
        ? null
        : keys.flatMap((value) => value.split('|').map((alternative) => alternative.split(','))),
    title,
  };
  return rangeOf(identifiers).map((ai) => ({ ai, ...shared }));
}

function rangeOf(identifiers: string): readonly string[] {
  const [first = '', last = first] = identifiers.split('-');
  const size = Number(last) - Number(first) + 1;
  return Array.from({ length: size }, (_, step) => String(Number(first) + step).padStart(first.length, '0'));
}

function readComponent(text: string): Gs1Component {
  const [, bracket = '', set = '', dots = '', length = '', linters = ''] =
    /^(\[?)([NXYZ])(\.\.)?(\d+)\]?(?:,(.+))?$/.exec(text) ?? [];
  if (!isCharacterSet(set)) throw new Error(`The GS1 dictionary has a component ${text}.`);
  return {
    set,
    minLength: dots === '' ? Number(length) : 1,
    maxLength: Number(length),
    isOptional: bracket !== '',
    linters: linters === '' ? [] : linters.split(',').map(knownLinter),
  };
}

function isCharacterSet(text: string): text is Gs1Component['set'] {
  return /^[NXYZ]$/.test(text);
}

function knownLinter(name: string): LinterName {
  if (!isLinterName(name))
    throw new Error(`The GS1 dictionary asks for a check ${name} that is not written.`);
  return name;
}
