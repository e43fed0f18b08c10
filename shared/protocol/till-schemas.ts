// What the local databases store: names of the collections and their RxDB schemas, as plain data without the
// schema builder, because a till downloads this file. rx-schemas.test.ts proves that each schema is what
// `rxSchema` makes of the document's schema. A change of a collection here raises its version and needs a
// migration in shared/client.

import { EPOCH_MAX, SEQUENCE_MAX } from './limits.ts';

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

export type StoredProperty = {
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

const STRING = { type: 'string' };
const INTEGER = { type: 'integer' };
const BOOLEAN = { type: 'boolean' };
const ARRAY = { type: 'array' };
const OBJECT = { type: 'object' };
const idOf = (maxLength: number): StoredProperty => ({ type: 'string', maxLength });
const indexed = (maximum: number): StoredProperty => ({
  type: 'integer',
  minimum: 0,
  maximum,
  multipleOf: 1,
});

type Shape = {
  readonly required: Record<string, StoredProperty>;
  readonly optional?: Record<string, StoredProperty>;
};

function collection(title: string, shape: Shape, indexes?: string[][]): RxSchema {
  return {
    title,
    version: 0,
    primaryKey: 'id',
    type: 'object',
    properties: { ...shape.required, ...shape.optional },
    required: Object.keys(shape.required),
    ...(indexes === undefined ? {} : { indexes }),
  };
}

/**
 * The collections that exist today. Those of TILL_COLLECTIONS that are missing here (stored_value, feedback)
 * are created when their feature comes: an empty collection costs a database each.
 */
export const tillSchemas = {
  facts: collection(
    'facts',
    {
      required: {
        id: idOf(64),
        workstationId: STRING,
        storeId: STRING,
        epoch: indexed(EPOCH_MAX),
        sequence: indexed(SEQUENCE_MAX),
        previousHash: STRING,
        recordedAt: STRING,
        hash: STRING,
        signature: STRING,
        kind: STRING,
        body: OBJECT,
      },
      optional: { operatorId: STRING },
    },
    [['epoch', 'sequence']],
  ),
  carts: collection('carts', {
    required: {
      id: idOf(64),
      storeId: STRING,
      workstationId: STRING,
      operatorId: STRING,
      currency: STRING,
      lines: ARRAY,
      lastLineNumber: INTEGER,
    },
    optional: {
      customerId: STRING,
      note: STRING,
      discounts: ARRAY,
      exemption: OBJECT,
      coupons: ARRAY,
      customerGroups: ARRAY,
      isFirstPurchase: BOOLEAN,
      isTraining: BOOLEAN,
      pricedAt: STRING,
      order: OBJECT,
      channelOrder: OBJECT,
      suspended: OBJECT,
      resumed: OBJECT,
      passport: STRING,
    },
  }),
  customers: collection('customers', {
    required: { id: idOf(64), name: STRING },
    optional: { phone: STRING, email: STRING, note: STRING, consents: ARRAY, groups: ARRAY },
  }),
  orders: collection('orders', {
    required: {
      id: idOf(64),
      kind: STRING,
      number: STRING,
      operatorId: STRING,
      placedAt: STRING,
      businessDay: STRING,
      currency: STRING,
      taxRules: OBJECT,
      taxGroups: OBJECT,
      lines: ARRAY,
      taxes: ARRAY,
      totals: OBJECT,
      workstationId: STRING,
      state: STRING,
      paidMinor: INTEGER,
      forfeitedMinor: INTEGER,
      depositTaxes: ARRAY,
      moves: ARRAY,
      problems: ARRAY,
      through: ARRAY,
    },
    optional: {
      customerId: STRING,
      validUntil: STRING,
      wantedOn: STRING,
      plan: ARRAY,
      terms: OBJECT,
      payments: ARRAY,
      quotation: OBJECT,
      note: STRING,
    },
  }),
  stock: collection('stock', {
    required: { id: idOf(7), page: INTEGER, onHandMilli: ARRAY, through: ARRAY },
  }),
  staff: collection('staff', {
    required: {
      id: idOf(64),
      number: INTEGER,
      name: STRING,
      roleName: STRING,
      permissions: ARRAY,
      pinVerifier: STRING,
      isActive: BOOLEAN,
    },
    optional: { limits: OBJECT },
  }),
  settings: collection('settings', {
    required: {
      id: idOf(16),
      store: OBJECT,
      taxRules: OBJECT,
      taxGroups: OBJECT,
      categories: ARRAY,
      printers: ARRAY,
      isDemo: BOOLEAN,
    },
    optional: {
      orderRules: OBJECT,
      receiptLayout: OBJECT,
      revision: INTEGER,
      serverKeys: ARRAY,
      terminals: ARRAY,
    },
  }),
  promotions: collection('promotions', {
    required: { id: idOf(64), type: STRING, body: OBJECT },
  }),
  attention: collection('attention', {
    required: { id: idOf(128), kind: STRING, at: STRING, values: OBJECT },
    optional: { workstationId: STRING, factId: STRING, resolved: OBJECT },
  }),
  print_jobs: collection('print_jobs', {
    required: {
      id: idOf(64),
      printerId: STRING,
      state: STRING,
      bytesBase64: STRING,
      createdAt: STRING,
      attempts: INTEGER,
      isReprint: BOOLEAN,
    },
    optional: { transactionId: STRING, failureCode: STRING },
  }),
} satisfies { readonly [Collection in TillCollection]?: RxSchema };

/** The one collection of the worker's `catalogue` database. */
export const cataloguePagesSchema = collection('catalogue_pages', {
  required: {
    id: idOf(6),
    page: INTEGER,
    count: INTEGER,
    barcodes: STRING,
    search: STRING,
    prices: STRING,
    records: STRING,
  },
});
