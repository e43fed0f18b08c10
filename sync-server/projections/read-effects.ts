// What a stored fact does to the views: stock that moved and money that was taken. Facts that were kept although
// they do not fit their schema are read as well, as far as their numbers are whole and in bounds: money that moved
// is booked even when the rest of the document is damaged.

import { Array, Integer, Object, Optional, String, Unknown, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { storableText } from '../db/storable-text.ts';

const text = String({ minLength: 1, maxLength: 64 });
const SAFE = 9_007_199_254_740_991;
const amount = Integer({ minimum: -SAFE, maximum: SAFE });
const lineSchema = Object({
  itemId: text,
  direction: String({ maxLength: 16 }),
  quantityMilli: Integer({ minimum: 0, maximum: SAFE }),
  netMinor: amount,
  taxMinor: amount,
  grossMinor: amount,
});
const movementSchema = Object({
  ordinal: Integer({ minimum: 0, maximum: 100_000_000 }),
  quantityMilli: amount,
});
const transactionValidator = Compile(
  Object({
    transaction: Object({
      id: text,
      kind: text,
      customerId: Optional(text),
      businessDay: text,
      currency: text,
      totals: Object({ netMinor: amount, taxMinor: amount, grossMinor: amount, cashRoundingMinor: amount }),
      lines: Array(lineSchema),
      stockMovements: Array(movementSchema),
      /** Practice is in the journal and in no view. */
      isTraining: Optional(Unknown()),
    }),
  }),
);
/** Deliveries, and orders of channels that were handed over or brought back without a sale of the till. */
const movedValidator = Compile(Object({ movements: Array(movementSchema) }));

export type StockMoved = Static<typeof movementSchema>;
export type SaleLine = Static<typeof lineSchema>;
export type Sale = {
  readonly transactionId: string;
  readonly kind: string;
  /** Null for nobody in particular. */
  readonly customerId: string | null;
  readonly businessDay: string;
  readonly currency: string;
  readonly totals: {
    readonly netMinor: number;
    readonly taxMinor: number;
    readonly grossMinor: number;
    readonly cashRoundingMinor: number;
  };
  readonly lines: readonly SaleLine[];
};
export type Effects = { readonly sale: Sale | null; readonly movements: readonly StockMoved[] };

/** Kinds that change a till session, besides transactions. */
export const KINDS_OF_TILLS = [
  'till-opened',
  'till-closed',
  'cash-moved',
  'no-sale',
  'cart-action',
  'receipt-reprinted',
  'pin-failed',
  'x-report-made',
  'action-approved',
] as const;

/** Kinds of facts that change a view. */
export const KINDS_WITH_EFFECTS = [
  'transaction-completed',
  'stock-received',
  'quotation-made',
  'customer-order-placed',
  'layaway-opened',
  'customer-order-arrived',
  'channel-order-moved',
  'card-attempted',
  'card-answered',
  ...KINDS_OF_TILLS,
] as const;

const NOTHING: Effects = { sale: null, movements: [] };

/** Effects of the JSON text of a fact; none where they cannot be read. */
export function readEffects(kind: string, factText: string): Effects {
  const fact: unknown = JSON.parse(factText);
  const body: unknown = typeof fact === 'object' && fact !== null ? Reflect.get(fact, 'body') : null;
  if (kind === 'stock-received' || kind === 'channel-order-moved') {
    return movedValidator.Check(body) ? { sale: null, movements: body.movements } : NOTHING;
  }
  if (kind !== 'transaction-completed' || !transactionValidator.Check(body)) return NOTHING;
  const { transaction } = body;
  if (transaction.isTraining === true) return NOTHING;
  return {
    sale: {
      transactionId: storableText(transaction.id),
      kind: storableText(transaction.kind),
      customerId: transaction.customerId === undefined ? null : storableText(transaction.customerId),
      businessDay: storableText(transaction.businessDay),
      currency: storableText(transaction.currency),
      totals: transaction.totals,
      lines: transaction.lines.map((line) => ({ ...line, itemId: storableText(line.itemId) })),
    },
    movements: transaction.stockMovements,
  };
}
