// Strict reading of case files: a field that is not understood makes the case unsupported, because leaving it out could
// make a wrong figure look right.

import { isDecimal } from './decimal.ts';
import { UnsupportedCase } from './unsupported-case.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** The value as an object whose fields are all among `known`. */
export function readFields(value: unknown, known: readonly string[], what: string): Fields {
  const fields = readObject(value, what);
  const strange = Object.keys(fields).filter((key) => !known.includes(key));
  if (strange.length > 0)
    throw new UnsupportedCase(`${what} has ${strange.join(', ')}, which is not understood`);
  return fields;
}

/** The value as an object, whatever its fields. Nothing at all counts as an empty object. */
export function readObject(value: unknown, what: string): Fields {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) throw new UnsupportedCase(`${what} is no object`);
  // An object that is no array: its fields are read one by one by the functions below.
  return value as Fields;
}

/** A decimal number that the file writes as text or as a number. */
export function readDecimal(fields: Fields, key: string): string {
  const value = fields[key];
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || !isDecimal(text)) throw new UnsupportedCase(`${key} is no decimal number`);
  return text;
}

export function readText(fields: Fields, key: string): string {
  const value = fields[key];
  if (typeof value !== 'string') throw new UnsupportedCase(`${key} is no text`);
  return value;
}

export function readFlag(fields: Fields, key: string): boolean {
  const value = fields[key];
  if (typeof value !== 'boolean') throw new UnsupportedCase(`${key} is neither true nor false`);
  return value;
}

export function readList(fields: Fields, key: string): readonly unknown[] {
  const value = fields[key];
  if (!Array.isArray(value)) throw new UnsupportedCase(`${key} is no list`);
  return value;
}

/** A list of decimal numbers. */
export function readDecimals(fields: Fields, key: string): readonly string[] {
  return readList(fields, key).map((value) => readDecimal({ [key]: value }, key));
}
