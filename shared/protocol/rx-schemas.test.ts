import { describe, expect, test } from 'vitest';
import type { TSchema } from 'typebox';
import { operatorSchema } from './catalogue.ts';
import { customerOrder } from './customer-order.ts';
import {
  attentionSchema,
  cataloguePage,
  customerSchema,
  printJobSchema,
  settingsDocument,
  stockPage,
} from './documents.ts';
import { factSchemas } from './fact.ts';
import { EPOCH_MAX, SEQUENCE_MAX } from './limits.ts';
import { storedPromotionDocument } from './price-book.ts';
import { rxSchema } from './rx-schemas.ts';
import { cartSchema } from './sale.ts';
import { cataloguePagesSchema, TILL_COLLECTIONS, tillSchemas, type RxSchema } from './till-schemas.ts';

const cases: [string, RxSchema, TSchema, number][] = [
  ['carts', tillSchemas.carts, cartSchema, 64],
  ['customers', tillSchemas.customers, customerSchema, 64],
  ['orders', tillSchemas.orders, customerOrder, 64],
  ['stock', tillSchemas.stock, stockPage, 7],
  ['staff', tillSchemas.staff, operatorSchema, 64],
  ['settings', tillSchemas.settings, settingsDocument, 16],
  ['promotions', tillSchemas.promotions, storedPromotionDocument, 64],
  ['attention', tillSchemas.attention, attentionSchema, 128],
  ['print_jobs', tillSchemas.print_jobs, printJobSchema, 64],
  ['catalogue_pages', cataloguePagesSchema, cataloguePage, 6],
];

describe('storage schemas', () => {
  test.each(cases)(
    'what a till stores in %s is what the document says',
    (title, stored, document, idMaxLength) => {
      expect(stored).toEqual(rxSchema(document, { title, version: stored.version, idMaxLength }));
    },
  );

  test.each(Object.entries(factSchemas))(
    'a fact of kind %s is stored with an index on its place',
    (_, document) => {
      expect(tillSchemas.facts).toEqual(
        rxSchema(document, {
          title: 'facts',
          version: 0,
          idMaxLength: 64,
          indexes: [['epoch', 'sequence']],
          indexMaximum: { epoch: EPOCH_MAX, sequence: SEQUENCE_MAX },
        }),
      );
    },
  );

  test('the till database has at most 12 collections, because the free edition opens 13 in one page', () => {
    expect(TILL_COLLECTIONS.length).toBe(12);
    expect(Object.keys(tillSchemas).every((name) => TILL_COLLECTIONS.some((known) => known === name))).toBe(
      true,
    );
  });
});
