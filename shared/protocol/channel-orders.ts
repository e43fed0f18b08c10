// Orders of channels and the rights behind them, as they cross the wire.

import { Array, Boolean, Integer, Literal, Object, Optional, Union } from 'typebox';
import type {
  ChannelOrderMoved,
  ChannelOrderPlaced,
  FeedbackGiven,
  RightsMoved,
} from '../domain/order/order-facts.ts';
import type { OrderPayment, OrderPlacement } from '../domain/order/order.ts';
import * as bound from './bounds.ts';
import { describes } from './describes.ts';
import {
  ORDER_LINES_MAX,
  orderedItemProperties,
  orderMove,
  orderText as text,
  trackingCodeText,
} from './order-move.ts';
import { stockMovement } from './sale.ts';

const closed = { additionalProperties: false } as const;

/** Items of one change of rights. */
export const RIGHTS_MOVES_MAX = 200;

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

const orderChannel = Union([
  Literal('web'),
  Literal('app'),
  Literal('call-centre'),
  Literal('kiosk'),
  Literal('marketplace'),
  Literal('store'),
]);

export const orderPlacement = describes<OrderPlacement>()(
  Object(
    {
      id: bound.plainId,
      code: trackingCodeText,
      storeId: bound.storeId,
      channel: orderChannel,
      kind: Union([Literal('reservation'), Literal('order')]),
      currency: bound.currency,
      language: orderLanguage,
      payment: orderPayment,
      lines: Array(Object({ ...orderedItemProperties, lineNumber: bound.lineNumber }, closed), {
        maxItems: ORDER_LINES_MAX,
      }),
      placedAt: bound.instant,
      dueAt: bound.instant,
      continues: Optional(trackingCodeText),
      askedBy: Optional(bound.storeId),
    },
    closed,
  ),
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
  'feedback-given': describes<FeedbackGiven>()(
    Object(
      {
        orderId: bound.plainId,
        channel: orderChannel,
        step: Union([Literal('ordering'), Literal('collection')]),
        stars: Integer({ minimum: 1, maximum: 5 }),
        hasText: Boolean(),
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
