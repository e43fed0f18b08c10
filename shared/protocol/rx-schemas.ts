// Turns a document schema into the schema of an RxDB collection. RxDB stores a hash of it and refuses to open
// a collection whose schema changed under the same version; therefore only what storage needs is taken over
// (top-level names and JSON types, key, indexes), and tightening a text limit never locks a till out of its data.

import type { TSchema } from 'typebox';
import type { RxSchema, StoredProperty } from './till-schemas.ts';

export type RxSchemaChoices = {
  readonly title: string;
  readonly version: number;
  /** Characters; long enough for every id of the collection, as short as can be (it is part of each index). */
  readonly idMaxLength: number;
  readonly indexes?: readonly (string | readonly string[])[];
  /** Ceilings of the integers that stand in an index. */
  readonly indexMaximum?: Readonly<Record<string, number>>;
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** JSON type of a property; a choice of literals has the type of its literals. */
function storedType(property: unknown): string {
  if (!isRecord(property)) return 'object';
  if (typeof property['type'] === 'string') return property['type'];
  const choices = property['anyOf'];
  const types = new Set(Array.isArray(choices) ? choices.map(storedType) : []);
  types.delete('null');
  const [only] = types;
  return types.size === 1 && only !== undefined ? only : 'object';
}

/**
 * Schema of the RxDB collection that holds documents of `document`.
 * Refuses (throws) an object without `id`, because every document of ours is keyed by it.
 */
export function rxSchema(document: TSchema, choices: RxSchemaChoices): RxSchema {
  const source: unknown = Reflect.get(document, 'properties');
  const required: unknown = Reflect.get(document, 'required');
  if (!isRecord(source) || !('id' in source)) {
    throw new Error(`The schema "${choices.title}" has no id, so RxDB cannot key it.`);
  }
  const properties: Record<string, StoredProperty> = {};
  for (const [name, property] of Object.entries(source)) {
    const maximum = choices.indexMaximum?.[name];
    const type = storedType(property);
    if (name === 'id') properties[name] = { type: 'string', maxLength: choices.idMaxLength };
    else if (maximum !== undefined) properties[name] = { type, minimum: 0, maximum, multipleOf: 1 };
    else properties[name] = { type };
  }
  return {
    title: choices.title,
    version: choices.version,
    primaryKey: 'id',
    type: 'object',
    properties,
    required: Array.isArray(required) ? required.filter((name) => typeof name === 'string') : ['id'],
    ...(choices.indexes === undefined
      ? {}
      : { indexes: choices.indexes.map((index) => (typeof index === 'string' ? index : [...index])) }),
  };
}
