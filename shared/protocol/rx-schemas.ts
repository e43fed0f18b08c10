// Turns a document schema into the schema of an RxDB collection. RxDB stores a hash of it and refuses to open
// a collection whose schema changed under the same version; therefore only what storage needs is taken over
// (top-level names and JSON types, key, indexes), and tightening a text limit never locks a till out of its data.

import type { TSchema } from 'typebox';
import { EPOCH_MAX, SEQUENCE_MAX } from './bounds.ts';
import { operatorSchema } from './catalogue.ts';
import {
  attentionSchema,
  cataloguePage,
  customerSchema,
  printJobSchema,
  settingsDocument,
  stockPage,
} from './documents.ts';
import { factSchemas } from './fact.ts';
import { cartSchema } from './sale.ts';

/** All collections the `till` database may ever have; RxDB's free edition opens 13 per realm. */
export const TILL_COLLECTIONS = [
  'facts',
  'carts',
  'customers',
  'orders',
  'stock',
  'stored_value',
  'staff',
  'settings',
  'promotions',
  'attention',
  'print_jobs',
  'feedback',
] as const;
export type TillCollection = (typeof TILL_COLLECTIONS)[number];

type StoredProperty = {
  readonly type: string;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly multipleOf?: number;
};

/** The subset of RxDB's RxJsonSchema that we use; assignable to it. */
export type RxSchema = {
  readonly title: string;
  readonly version: number;
  readonly primaryKey: 'id';
  readonly type: 'object';
  readonly properties: Record<string, StoredProperty>;
  readonly required: string[];
  readonly indexes?: (string | string[])[];
};

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

/**
 * The collections that exist today. Those of TILL_COLLECTIONS that are missing here (orders, stored_value,
 * promotions, feedback) are created when their feature comes: an empty collection costs a database each.
 */
export const tillSchemas = {
  facts: rxSchema(factSchemas['transaction-completed'], {
    title: 'facts',
    version: 0,
    idMaxLength: 64,
    indexes: [['epoch', 'sequence']],
    indexMaximum: { epoch: EPOCH_MAX, sequence: SEQUENCE_MAX },
  }),
  carts: rxSchema(cartSchema, { title: 'carts', version: 0, idMaxLength: 64 }),
  customers: rxSchema(customerSchema, { title: 'customers', version: 0, idMaxLength: 64 }),
  stock: rxSchema(stockPage, { title: 'stock', version: 0, idMaxLength: 7 }),
  staff: rxSchema(operatorSchema, { title: 'staff', version: 0, idMaxLength: 64 }),
  settings: rxSchema(settingsDocument, { title: 'settings', version: 0, idMaxLength: 16 }),
  attention: rxSchema(attentionSchema, { title: 'attention', version: 0, idMaxLength: 128 }),
  print_jobs: rxSchema(printJobSchema, { title: 'print_jobs', version: 0, idMaxLength: 64 }),
} satisfies { readonly [Collection in TillCollection]?: RxSchema };

/** The one collection of the worker's `catalogue` database. */
export const cataloguePagesSchema = rxSchema(cataloguePage, {
  title: 'catalogue_pages',
  version: 0,
  idMaxLength: 6,
});
