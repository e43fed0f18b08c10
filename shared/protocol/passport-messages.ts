// What a till and the server say to each other about carts that move between a customer's phone and a till (cart passport).

import { Array, Literal, Object, String, Union, type Static } from 'typebox';
import * as bound from './bounds.ts';
import { ORDER_LINES_MAX } from './order-move.ts';

const closed = { additionalProperties: false } as const;

const passportLine = Object(
  {
    itemId: bound.itemId,
    quantityMilli: bound.positiveMilli,
    /** What one unit cost where the customer saw it last, minor units. */
    shownMinor: bound.count,
  },
  closed,
);
const lines = Array(passportLine, { minItems: 1, maxItems: ORDER_LINES_MAX });

/** As scanned or typed: the code, or an address that ends with it. */
export const passportToTake = Object({ code: String({ minLength: 1, maxLength: 300 }) }, closed);

/** The cart as the customer left it; from now on it is at this till. */
export const passportTaken = Object(
  { cartId: bound.plainId, lines: Array(passportLine, { maxItems: ORDER_LINES_MAX }) },
  closed,
);
export type PassportTakenMessage = Static<typeof passportTaken>;

/** The cart as it stands at the till, to be handed to a phone. */
export const passportToGive = Object({ lines }, closed);

/** Until somebody uses the code the cart stays at the till. */
export const passportCodeGiven = Object(
  { code: String({ maxLength: 16 }), expiresAt: bound.instant },
  closed,
);

/** Seen from the till that asks. */
export const passportPlace = Object(
  { place: Union([Literal('here'), Literal('phone'), Literal('elsewhere'), Literal('bought')]) },
  closed,
);
export type PassportPlace = Static<typeof passportPlace>['place'];
