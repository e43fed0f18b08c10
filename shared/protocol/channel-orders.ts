// Orders of channels and the rights behind them, as they cross the wire.

import { Array, Boolean, Integer, Literal, Null, Object, Optional, String, Union } from 'typebox';
import type { ChannelOrderMoved, ChannelOrderPlaced, RightsMoved } from '../domain/order/order-facts.ts';
import type { OrderMove } from '../domain/order/order-move.ts';
import type { OrderedItem, OrderPayment, OrderPlacement } from '../domain/order/order.ts';
import * as bound from './bounds.ts';
import { localizedText, unitOfMeasure } from './catalogue.ts';
import { describes } from './describes.ts';
import { stockMovement } from './sale.ts';

const closed = { additionalProperties: false } as const;

/** Lines of one order, and items of one change of rights. */
export const ORDER_LINES_MAX = 100;
export const RIGHTS_MOVES_MAX = 200;

export const trackingCodeText = String({ pattern: '^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{3}$', maxLength: 13 });
const text = String({ minLength: 1, maxLength: 64 });

const orderedItemProperties = {
  itemId: bound.itemId,
  ordinal: bound.ordinal,
  sku: bound.code,
  name: localizedText,
  unit: unitOfMeasure,
  quantityMilli: bound.positiveMilli,
  unitPriceMinor: Integer({ minimum: 0, maximum: 1_000_000_000_000 }),
} as const;

export const orderedItem = describes<OrderedItem>()(Object(orderedItemProperties, closed));

const taken = { amountMinor: Integer({ minimum: 0, maximum: 1_000_000_000_000 }), reference: text };
export const orderPayment = describes<OrderPayment>()(
  Union([
    Object({ kind: Literal('on-collection') }, closed),
    Object({ kind: Literal('paid'), ...taken }, closed),
    Object({ kind: Literal('deposit'), ...taken }, closed),
  ]),
);

export const orderLanguage = Union([
  Literal('en'),
  Literal('fa'),
  Literal('ar'),
  Literal('ru'),
  Literal('pl'),
]);

export const orderPlacement = describes<OrderPlacement>()(
  Object(
    {
      id: bound.plainId,
      code: trackingCodeText,
      storeId: bound.storeId,
      channel: Union([
        Literal('web'),
        Literal('app'),
        Literal('call-centre'),
        Literal('kiosk'),
        Literal('marketplace'),
      ]),
      kind: Union([Literal('reservation'), Literal('order')]),
      currency: bound.currency,
      language: orderLanguage,
      payment: orderPayment,
      lines: Array(Object({ ...orderedItemProperties, lineNumber: bound.lineNumber }, closed), {
        maxItems: ORDER_LINES_MAX,
      }),
      placedAt: bound.instant,
      dueAt: bound.instant,
    },
    closed,
  ),
);

const lineQuantities = Array(
  Object({ lineNumber: bound.lineNumber, quantityMilli: bound.positiveMilli }, closed),
  { maxItems: ORDER_LINES_MAX },
);

export const orderMove = describes<OrderMove>()(
  Union([
    Object({ kind: Literal('accept') }, closed),
    Object({ kind: Literal('reject'), reasonCode: text }, closed),
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
    Object({ kind: Literal('answer-substitute'), lineNumber: bound.lineNumber, isAgreed: Boolean() }, closed),
    Object({ kind: Literal('make-ready'), place: Optional(text) }, closed),
    Object(
      {
        kind: Literal('hand-over'),
        tokenId: Union([text, Null()]),
        identity: Union([Literal('token'), Literal('name-and-code'), Literal('document')]),
        collectedBy: Union([Literal('customer'), Literal('proxy')]),
        refused: lineQuantities,
        transactionId: Optional(text),
        approvalId: Optional(text),
      },
      closed,
    ),
    Object({ kind: Literal('release'), reasonCode: text }, closed),
    Object({ kind: Literal('call-time') }, closed),
    Object({ kind: Literal('expire') }, closed),
    Object(
      {
        kind: Literal('return'),
        lines: lineQuantities,
        reasonCode: text,
        transactionId: Optional(text),
        approvalId: Optional(text),
      },
      closed,
    ),
    Object({ kind: Literal('pass-on'), to: bound.plainId }, closed),
    Object({ kind: Literal('take-back') }, closed),
  ]),
);

const side = Union([Literal('store'), Literal('channels')]);

export const channelOrderFactBodies = {
  'channel-order-placed': describes<ChannelOrderPlaced>()(Object({ order: orderPlacement }, closed)),
  'channel-order-moved': describes<ChannelOrderMoved>()(
    Object(
      {
        orderId: bound.plainId,
        move: orderMove,
        movements: Optional(Array(stockMovement, { maxItems: ORDER_LINES_MAX })),
      },
      closed,
    ),
  ),
  'rights-moved': describes<RightsMoved>()(
    Object(
      {
        from: side,
        to: side,
        reason: Union([Literal('split'), Literal('rebalance'), Literal('asked'), Literal('covered')]),
        moves: Array(Object({ itemId: bound.itemId, quantityMilli: bound.positiveMilli }, closed), {
          maxItems: RIGHTS_MOVES_MAX,
        }),
      },
      closed,
    ),
  ),
} as const;
