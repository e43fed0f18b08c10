// What a channel sends about carts and orders.

import { Array, Integer, Literal, Object, Optional, String, Union, type Static } from 'typebox';
import { plainId } from '../../shared/protocol/bounds.ts';
import { orderLanguage, orderPayment } from '../../shared/protocol/channel-orders.ts';
import { ORDER_LINES_MAX } from '../../shared/protocol/order-move.ts';

const closed = { additionalProperties: false } as const;
/** Text that people typed: no control characters, and not only blanks. */
const CONTROL = '\\u0000-\\u001f\\u007f\\ud800-\\udfff';
const typed = (maxLength: number) =>
  String({ minLength: 1, maxLength, pattern: `^[^${CONTROL}]*[^\\s${CONTROL}][^${CONTROL}]*$` });

const QUANTITY_MAX_MILLI = 1_000_000;
const HOLD_MAX_MINUTES = 30 * 24 * 60;

export const orderedLines = Array(
  Object({ itemId: plainId, quantityMilli: Integer({ minimum: 1, maximum: QUANTITY_MAX_MILLI }) }, closed),
  { minItems: 1, maxItems: ORDER_LINES_MAX },
);

export const contactSchema = Object(
  {
    name: typed(200),
    phone: Optional(String({ pattern: '^\\+?[0-9][0-9 ()/-]{4,30}$', maxLength: 32 })),
    email: Optional(String({ pattern: '^[^\\s@<>",;]{1,64}@[A-Za-z0-9.-]{1,180}$', maxLength: 245 })),
  },
  closed,
);

const common = {
  storeId: plainId,
  customer: contactSchema,
  language: Optional(orderLanguage),
  /** Minutes for which the goods are kept, from the placing. */
  holdMinutes: Optional(Integer({ minimum: 5, maximum: HOLD_MAX_MINUTES })),
  /** Refused when the order comes to something else: prices may have changed meanwhile. */
  expectedTotalMinor: Optional(Integer({ minimum: 0, maximum: 1_000_000_000_000 })),
} as const;

export const placeSchema = Union([
  Object({ ...common, lines: orderedLines, payment: Optional(orderPayment) }, closed),
  Object({ ...common, cartId: plainId, payment: Optional(orderPayment) }, closed),
]);
export type PlaceRequest = Static<typeof placeSchema>;

const QUANTITY = Integer({ minimum: 1, maximum: QUANTITY_MAX_MILLI });
/** Lines of a cart: it may become empty. */
const cartLines = Array(Object({ itemId: plainId, quantityMilli: QUANTITY }, closed), {
  maxItems: ORDER_LINES_MAX,
});
export const cartSchema = Object({ storeId: Optional(plainId), lines: orderedLines }, closed);
export const changedCartSchema = Object(
  { storeId: Optional(plainId), lines: cartLines, base: Optional(cartLines) },
  closed,
);
export type CartRequest = Static<typeof changedCartSchema>;

export const substituteAnswer = Object(
  {
    lineNumber: Integer({ minimum: 1, maximum: ORDER_LINES_MAX }),
    isAgreed: Union([Literal(true), Literal(false)]),
  },
  closed,
);

export const feedbackSchema = Object(
  {
    stars: Integer({ minimum: 1, maximum: 5 }),
    text: Optional(typed(1000)),
    step: Optional(Union([Literal('ordering'), Literal('collection')])),
  },
  closed,
);
