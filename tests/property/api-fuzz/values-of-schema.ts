// Values that fit a JSON schema of the API's own document, and values that nearly fit: one place of a right value is replaced by
// something that software breaks on. Drawn by fast-check, so a seed repeats them.

import * as fc from 'fast-check';

export type Schema = { readonly [keyword: string]: unknown };

const DEPTH_MAX = 6;
const LONG_TEXT = 4_000;

/** What programs break on: ends of number ranges, texts that databases refuse, names that objects already have. */
const NASTY: readonly unknown[] = [
  null,
  true,
  0,
  -0,
  -1,
  1.5,
  1e308,
  -1e308,
  2 ** 53,
  2 ** 53 + 2,
  -(2 ** 63),
  2 ** 31,
  '',
  ' ',
  '0',
  'null',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\u202e\u2066',
  "'; drop table fact; --",
  '%_\\',
  '{{7*7}}',
  '../../etc/passwd',
  'x'.repeat(LONG_TEXT),
  '9'.repeat(400),
  '2026-13-45T99:99:99Z',
  '+275760-09-13T00:00:00.001Z',
  [],
  {},
  [[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]],
  { constructor: { prototype: { isAdmin: true } } },
  Array.from({ length: 300 }, () => ({})),
];

/** Right values of the schema, with the ids that the server knows mixed into its texts. */
export function valuesOf(schema: Schema, known: readonly string[], depth = 0): fc.Arbitrary<unknown> {
  const alternatives = listOf(schema['anyOf'] ?? schema['oneOf']);
  if (alternatives.length > 0) return fc.oneof(...alternatives.map((each) => valuesOf(each, known, depth)));
  if ('const' in schema) return fc.constant(schema['const']);
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as unknown[]));
  if (depth > DEPTH_MAX) return fc.constant(null);
  switch (schema['type']) {
    case 'object':
      return objectsOf(schema, known, depth);
    case 'array': {
      const items = isSchema(schema['items']) ? schema['items'] : {};
      const minLength = numberOf(schema['minItems'], 0);
      return fc.array(valuesOf(items, known, depth + 1), {
        minLength,
        maxLength: Math.max(minLength, Math.min(numberOf(schema['maxItems'], 3), 3)),
      });
    }
    case 'integer':
    case 'number':
      return fc.integer({
        min: Math.max(numberOf(schema['minimum'], -1_000_000), -(2 ** 31)),
        max: Math.min(numberOf(schema['maximum'], 1_000_000), 2 ** 31 - 1),
      });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'string':
      return textsOf(schema, known);
    default:
      return fc.constantFrom(...NASTY);
  }
}

/** A right value in which at most a few places are wrong. */
export function nearlyFitting(schema: Schema, known: readonly string[]): fc.Arbitrary<unknown> {
  const damage = fc.record({
    place: fc.nat(1_000),
    how: fc.constantFrom('replace', 'remove', 'add', 'repeat'),
    nasty: fc.constantFrom(...NASTY),
  });
  return fc
    .tuple(valuesOf(schema, known), fc.array(damage, { maxLength: 2 }))
    .map(([value, damages]) =>
      damages.reduce((damaged, each) => damageOne(damaged, each), structuredClone(value)),
    );
}

type Damage = { readonly place: number; readonly how: string; readonly nasty: unknown };

function damageOne(value: unknown, damage: Damage): unknown {
  const places: (readonly [container: Record<string, unknown>, key: string])[] = [];
  const walk = (one: unknown): void => {
    if (typeof one !== 'object' || one === null) return;
    // Arrays are objects with the places as keys; that is all that is asked of them here.
    const container = one as Record<string, unknown>;
    for (const key of Object.keys(container)) {
      places.push([container, key]);
      walk(container[key]);
    }
  };
  walk(value);
  const chosen = places[damage.place % Math.max(1, places.length)];
  const nasty = structuredClone(damage.nasty);
  if (chosen === undefined) return nasty;
  const [container, key] = chosen;
  switch (damage.how) {
    case 'remove':
      delete container[key];
      break;
    case 'add':
      Object.defineProperty(container, damage.place % 2 === 0 ? '__proto__' : 'unheardOf', {
        value: nasty,
        enumerable: true,
        configurable: true,
        writable: true,
      });
      break;
    case 'repeat':
      container[key] = [container[key], structuredClone(container[key])];
      break;
    default:
      container[key] = nasty;
  }
  return value;
}

function objectsOf(schema: Schema, known: readonly string[], depth: number): fc.Arbitrary<unknown> {
  const properties = isSchema(schema['properties']) ? schema['properties'] : {};
  const required = Array.isArray(schema['required']) ? (schema['required'] as string[]) : [];
  const model: Record<string, fc.Arbitrary<unknown>> = {};
  for (const [name, own] of Object.entries(properties)) {
    if (isSchema(own)) model[name] = valuesOf(own, known, depth + 1);
  }
  return fc.record(model, { requiredKeys: required.filter((name) => name in model) });
}

function textsOf(schema: Schema, known: readonly string[]): fc.Arbitrary<string> {
  const minLength = numberOf(schema['minLength'], 0);
  const maxLength = Math.max(minLength, Math.min(numberOf(schema['maxLength'], 40), 40));
  const free = fc.string({ minLength, maxLength, unit: 'grapheme' });
  const fitting = typeof schema['pattern'] === 'string' ? matching(schema['pattern']) : null;
  const ids = known.length === 0 ? [] : [{ weight: 2, arbitrary: fc.constantFrom(...known) }];
  return fc.oneof({ weight: 4, arbitrary: fitting ?? free }, ...ids, { weight: 1, arbitrary: free });
}

/** Texts of a pattern, where fast-check knows how to make them. */
function matching(pattern: string): fc.Arbitrary<string> | null {
  try {
    return fc.stringMatching(new RegExp(pattern, 'u'), { maxLength: 60 });
  } catch {
    return null;
  }
}

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): readonly Schema[] =>
  Array.isArray(value) ? value.filter((each): each is Schema => isSchema(each)) : [];
const numberOf = (value: unknown, otherwise: number): number =>
  typeof value === 'number' ? value : otherwise;
