// The moves of an order of a channel as they cross the wire, by themselves or with the sale that hands its goods over.

import { Array, Boolean, Integer, Literal, Null, Object, Optional, String, Union } from 'typebox';
import type { ChannelOrderSettled, OrderMove } from '../domain/order/order-move.ts';
import type { OrderedItem } from '../domain/order/order.ts';
import * as bound from './bounds.ts';
import { localizedText, unitOfMeasure } from './catalogue.ts';
import { describes } from './describes.ts';

const closed = { additionalProperties: false } as const;

/** Lines of one order. */
export const ORDER_LINES_MAX = 100;

export const trackingCodeText = String({ pattern: '^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{3}$', maxLength: 13 });
export const orderText = String({ minLength: 1, maxLength: 64 });

export const orderedItemProperties = {
  itemId: bound.itemId,
  ordinal: bound.ordinal,
  sku: bound.code,
  name: localizedText,
  unit: unitOfMeasure,
  quantityMilli: bound.positiveMilli,
  unitPriceMinor: Integer({ minimum: 0, maximum: 1_000_000_000_000 }),
} as const;

export const orderedItem = describes<OrderedItem>()(Object(orderedItemProperties, closed));

const lineQuantities = Array(
  Object({ lineNumber: bound.lineNumber, quantityMilli: bound.positiveMilli }, closed),
  { maxItems: ORDER_LINES_MAX },
);

const handOver = Object(
  {
    kind: Literal('hand-over'),
    tokenId: Union([orderText, Null()]),
    identity: Union([Literal('token'), Literal('name-and-code'), Literal('document')]),
    collectedBy: Union([Literal('customer'), Literal('proxy')]),
    refused: lineQuantities,
    approvalId: Optional(orderText),
  },
  closed,
);

const returnMove = Object(
  {
    kind: Literal('return'),
    lines: lineQuantities,
    reasonCode: orderText,
    approvalId: Optional(orderText),
  },
  closed,
);

/** What a sale or a return does to the order of a channel. */
export const channelOrderSettled = describes<ChannelOrderSettled>()(
  Object({ orderId: bound.plainId, code: trackingCodeText, move: Union([handOver, returnMove]) }, closed),
);

export const orderMove = describes<OrderMove>()(
  Union([
    Object({ kind: Literal('accept') }, closed),
    Object({ kind: Literal('reject'), reasonCode: orderText }, closed),
    Object({ kind: Literal('start-picking') }, closed),
    Object(
      {
        kind: Literal('pick'),
        lineNumber: bound.lineNumber,
        pickedMilli: bound.count,
        isShort: Boolean(),
      },
      closed,
    ),
    Object(
      { kind: Literal('propose-substitute'), lineNumber: bound.lineNumber, substitute: orderedItem },
      closed,
    ),
    Object(
      {
        kind: Literal('answer-substitute'),
        lineNumber: bound.lineNumber,
        isAgreed: Boolean(),
        heardBy: Optional(Union([Literal('telephone'), Literal('counter')])),
      },
      closed,
    ),
    Object({ kind: Literal('make-ready'), place: Optional(orderText) }, closed),
    handOver,
    Object({ kind: Literal('release'), reasonCode: orderText }, closed),
    Object({ kind: Literal('postpone'), dueAt: bound.instant }, closed),
    Object({ kind: Literal('call-time') }, closed),
    Object({ kind: Literal('expire') }, closed),
    returnMove,
    Object({ kind: Literal('pass-on'), to: bound.plainId }, closed),
    Object({ kind: Literal('take-back') }, closed),
  ]),
);
