// Canonical JSON by RFC 8785 (JCS): one text for one value, so that a hash or signature made anywhere agrees.
// Keys are sorted by UTF-16 code units, numbers and strings are written as ECMAScript writes them, no spaces.
// What JSON cannot carry faithfully is a bug of the caller and throws TypeError.

/** Deepest nesting that is written; a fact has about ten levels. */
export const JSON_DEPTH_MAX = 64;

// With the u flag a surrogate range matches only a surrogate that has no partner.
const LONE_SURROGATE = /[\uD800-\uDFFF]/u;
// Printable ASCII without quote and backslash is written as it is; most keys, ids and codes are.
const NEEDS_CARE = /[^\x20\x21\x23-\x5B\x5D-\x7E]/;

/**
 * RFC 8785 text of a value made of plain objects, arrays, strings, finite numbers, booleans and null.
 * Throws TypeError for undefined (also as a property), NaN and infinities, lone surrogates, bigint, functions,
 * symbols, class instances such as Date, and nesting deeper than JSON_DEPTH_MAX (which catches cycles).
 */
export function canonicalJson(value: unknown): string {
  return write(value, 0);
}

function write(value: unknown, depth: number): string {
  switch (typeof value) {
    case 'string':
      return writeString(value);
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError('canonical JSON has no NaN and no infinity');
      return value === 0 ? '0' : String(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      if (depth >= JSON_DEPTH_MAX) throw new TypeError('canonical JSON is nested too deeply');
      return Array.isArray(value) ? writeArray(value, depth + 1) : writeObject(value, depth + 1);
    case 'undefined':
    case 'bigint':
    case 'function':
    case 'symbol':
      throw new TypeError(`canonical JSON has no ${typeof value}`);
  }
}

function writeString(text: string): string {
  if (!NEEDS_CARE.test(text)) return `"${text}"`;
  if (LONE_SURROGATE.test(text)) throw new TypeError('canonical JSON has no lone surrogates');
  return JSON.stringify(text);
}

function writeArray(values: readonly unknown[], depth: number): string {
  let text = '[';
  for (let place = 0; place < values.length; place += 1) {
    if (place > 0) text += ',';
    text += write(values[place], depth);
  }
  return `${text}]`;
}

function writeObject(value: object, depth: number): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  // A plain object may come from another realm (worker, iframe): its prototype then has no prototype itself.
  const isPlain = prototype === null || Object.getPrototypeOf(prototype) === null;
  if (!isPlain) throw new TypeError('canonical JSON has plain objects only');
  // Own enumerable string keys are read one by one; the type says no more than that they exist.
  const record = value as Readonly<Record<string, unknown>>;
  let text = '{';
  for (const key of sortedKeys(value)) {
    if (text.length > 1) text += ',';
    text += `${writeString(key)}:${write(record[key], depth)}`;
  }
  return `${text}}`;
}

/** What comes from canonical text is sorted already, and looking is cheaper than sorting. */
function sortedKeys(value: object): readonly string[] {
  const keys = Object.keys(value);
  let before = '';
  for (const key of keys) {
    if (key < before) return keys.sort();
    before = key;
  }
  return keys;
}
