// Documents that replicate (RxDB documents): what a server hands down in scopes, and what a till keeps of its
// own. Catalogue and stock travel in pages of 256 items, because a document per item is far too slow.

import {
  Array,
  Boolean,
  Integer,
  Literal,
  Null,
  Object,
  Optional,
  Record,
  String,
  Union,
  type Static,
} from 'typebox';
import type { StoreSettings } from '../domain/store.ts';
import * as bound from './bounds.ts';
import { configuredPrinter, configuredTerminal } from './configured-devices.ts';
import * as limit from './limits.ts';
import { categorySchema, storeSchema, taxGroups, taxRules } from './catalogue.ts';
import { describes } from './describes.ts';
import { orderRules } from './order-rules.ts';
import { receiptLayout } from './receipt-layout.ts';

const closed = { additionalProperties: false } as const;

/** 256 items as strings: one line per slot in every string but `barcodes` (`code slot` lines). */
export const cataloguePage = Object(
  {
    id: String({ pattern: '^\\d{6}$', maxLength: 6 }),
    page: Integer({ minimum: 0, maximum: 400_000 }),
    /** Slots in use that are not deleted. */
    count: Integer({ minimum: 0, maximum: limit.ITEMS_PER_PAGE }),
    barcodes: String({ maxLength: 1_000_000 }),
    search: String({ maxLength: 1_000_000 }),
    prices: String({ maxLength: 10_000 }),
    records: String({ maxLength: 2_000_000 }),
  },
  closed,
);
export type CataloguePage = Static<typeof cataloguePage>;

/** Newest fact of a workstation that is folded into the document that carries it. */
export const foldedThrough = Object(
  {
    workstationId: bound.workstationId,
    epoch: bound.epoch,
    sequence: bound.sequence,
  },
  closed,
);
export type FoldedThrough = Static<typeof foldedThrough>;

/** On hand of 256 items in one store. A till adds its own facts that are newer than `through` says. */
export const stockPage = Object(
  {
    id: String({ pattern: '^p\\d{6}$', maxLength: 7 }),
    page: Integer({ minimum: 0, maximum: 400_000 }),
    /** By slot, always 256 long; a slot without movements is 0. */
    onHandMilli: Array(bound.signedMilli, { minItems: limit.ITEMS_PER_PAGE, maxItems: limit.ITEMS_PER_PAGE }),
    through: Array(foldedThrough, { maxItems: limit.LIST_MAX.workstations }),
  },
  closed,
);
export type StockPage = Static<typeof stockPage>;

const slots = Array(bound.signedMilli, { minItems: limit.ITEMS_PER_PAGE, maxItems: limit.ITEMS_PER_PAGE });

/**
 * Who holds the units of 256 items in one store, by slot as a stock page: the counter, the channels, orders. It travels in the same
 * collection, and a till adds its own facts that are newer than `through` says.
 */
export const rightsPage = Object(
  {
    id: String({ pattern: '^r\\d{6}$', maxLength: 7 }),
    page: Integer({ minimum: 0, maximum: 400_000 }),
    storeMilli: slots,
    channelsMilli: slots,
    promisedMilli: slots,
    through: Array(foldedThrough, { maxItems: limit.LIST_MAX.workstations }),
  },
  closed,
);
export type RightsPage = Static<typeof rightsPage>;
const coordinate = String({ pattern: '^[A-Za-z0-9_-]{43}$', maxLength: 43 });

/** Settings of the store as the document that replicates. */
export const settingsDocument = describes<StoreSettings & { readonly id: 'store' }>()(
  Object(
    {
      id: Literal('store'),
      store: storeSchema,
      taxRules,
      taxGroups,
      categories: Array(categorySchema, { maxItems: limit.LIST_MAX.categories }),
      printers: Array(configuredPrinter, { maxItems: limit.LIST_MAX.printers }),
      isDemo: Boolean(),
      orderRules: Optional(orderRules),
      receiptLayout: Optional(receiptLayout),
      revision: Optional(bound.count),
      serverKeys: Optional(
        Array(Object({ x: coordinate, y: coordinate }, closed), { maxItems: limit.LIST_MAX.serverKeys }),
      ),
      terminals: Optional(Array(configuredTerminal, { maxItems: limit.LIST_MAX.terminals })),
    },
    closed,
  ),
);
export type SettingsDocument = StoreSettings & { readonly id: 'store' };

const consentPurpose = Union([Literal('order-messages'), Literal('offers')]);

/** A customer known to the store; personal data lives here and nowhere in the journal. */
export const customerSchema = Object(
  {
    id: bound.customerId,
    name: bound.name,
    phone: Optional(bound.code),
    email: Optional(bound.name),
    note: Optional(bound.note),
    /** What they agreed to, and since when (time of the entry that says so). */
    consents: Optional(
      Array(Object({ purpose: consentPurpose, at: bound.instant }, closed), { maxItems: 8 }),
    ),
    /** Groups with prices of their own. */
    groups: Optional(Array(bound.code, { maxItems: limit.LIST_MAX.customerGroups })),
  },
  closed,
);
export type Customer = Static<typeof customerSchema>;

/** What a person must look at: nothing here stops selling, and nothing here is ever dropped silently. */
export const attentionSchema = Object(
  {
    id: String({ minLength: 1, maxLength: 128 }),
    kind: Union([
      /** Money that does not recompute: both values are in `values`. */
      Literal('fact-disputed'),
      /** Kept as it came, because it does not fit the schema. */
      Literal('fact-kept'),
      /** Two different entries for one place in a journal: the workstation is quarantined. */
      Literal('journal-forked'),
      /** A workstation declared entries that nobody has any more. */
      Literal('entries-lost'),
      /** Money or goods moved on an order that had ended, or more money than it comes to. */
      Literal('order-problem'),
      /** A cart that was set aside was taken up and paid on two workstations. */
      Literal('cart-sold-twice'),
      /** A receiver of events did not take one in all the time it was tried. */
      Literal('webhook-dead'),
      /** A message to a customer could not be sent. */
      Literal('message-dead'),
      /** One voucher paid for two sales. */
      Literal('voucher-used-twice'),
      Literal('coupon-used-twice'),
      /** A card terminal was asked, and nobody knows its answer yet. */
      Literal('card-unknown'),
      /** A sale says that a card paid, and no approval of its till fits. */
      Literal('card-not-approved'),
      /** A counter sale took a unit that was promised to an order. */
      Literal('order-oversold'),
    ]),
    /** Server time, ISO instant. */
    at: bound.instant,
    workstationId: Optional(bound.workstationId),
    factId: Optional(bound.factId),
    values: Record(
      String({ pattern: '^[a-zA-Z0-9]{1,64}$' }),
      Union([String({ maxLength: limit.TEXT_MAX.long }), Integer(), Boolean(), Null()]),
      { ...closed, maxProperties: 32 },
    ),
    /** It has found its answer: what was chosen, by whom; without an operator it settled by itself. */
    resolved: Optional(
      Object(
        {
          at: bound.instant,
          choice: bound.code,
          operatorId: Optional(bound.operatorId),
          operatorName: Optional(bound.name),
          note: Optional(bound.note),
        },
        closed,
      ),
    ),
  },
  closed,
);
export type Attention = Static<typeof attentionSchema>;

/** A print job as a till keeps it: survives a reload, ends exactly once or is marked. */
export const printJobSchema = Object(
  {
    id: bound.plainId,
    printerId: bound.printerId,
    state: Union([
      Literal('queued'),
      Literal('sending'),
      Literal('sent'),
      Literal('failed'),
      /** The answer never came: paper may or may not be out there; a repeat is marked as a copy. */
      Literal('unknown'),
    ]),
    bytesBase64: String({ maxLength: Math.ceil(limit.PRINT_JOB_MAX_BYTES / 3) * 4 }),
    createdAt: bound.instant,
    attempts: bound.count,
    isReprint: Boolean(),
    transactionId: Optional(bound.transactionId),
    failureCode: Optional(bound.code),
  },
  closed,
);
export type PrintJob = Static<typeof printJobSchema>;
