// How a transaction was paid, as it crosses the wire. Of a card never more than its last four digits.

import { Array, Integer, Literal, Object, Optional, String, Union } from 'typebox';
import type { CardDetails, ForeignCash, Tender } from '../domain/transaction.ts';
import { SLIP_LINE_MAX, SLIP_LINES_MAX } from '../domain/card-details.ts';
import * as bound from './bounds.ts';
import { describes } from './describes.ts';

const closed = { additionalProperties: false } as const;

export const tenderKind = Union([
  Literal('cash'),
  Literal('card'),
  Literal('voucher'),
  Literal('foreign-cash'),
  Literal('bad-debt'),
  Literal('deposit'),
]);

/** What a terminal says of a card; never its number. */
export const cardAnswerDetails = {
  scheme: Optional(bound.code),
  lastDigits: Optional(String({ pattern: '^[0-9]{4}$', maxLength: 4 })),
  authorisationCode: Optional(bound.code),
  reference: Optional(bound.code),
  slip: Optional(Array(String({ maxLength: SLIP_LINE_MAX }), { maxItems: SLIP_LINES_MAX })),
} as const;

const cardDetails = describes<CardDetails>()(
  Object({ attemptId: bound.plainId, terminalId: bound.plainId, ...cardAnswerDetails }, closed),
);

const foreignCash = describes<ForeignCash>()(
  Object(
    {
      currency: bound.currency,
      foreignMinor: bound.amountMinor,
      rateMicro: bound.positiveMilli,
      perUnits: bound.unitsOfRate,
      digitShift: Integer({ minimum: -4, maximum: 4 }),
    },
    closed,
  ),
);

export const tender = describes<Tender>()(
  Object(
    {
      kind: tenderKind,
      amountMinor: bound.amountMinor,
      tenderedMinor: bound.amountMinor,
      changeMinor: bound.amountMinor,
      card: Optional(cardDetails),
      voucher: Optional(Object({ number: bound.voucherNumber }, closed)),
      foreign: Optional(foreignCash),
    },
    closed,
  ),
);
