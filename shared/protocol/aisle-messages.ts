// What a till and the server say to each other about other stores: what each can promise of an item, and orders that a till asks a
// store to keep for a customer (endless aisle, call centre).

import { Array, Boolean, Literal, Object, Optional, String, Union, type Static } from 'typebox';
import * as bound from './bounds.ts';
import { orderLanguage } from './channel-orders.ts';
import { ORDER_LINES_MAX, trackingCodeText } from './order-move.ts';
import { localizedText } from './catalogue.ts';

const closed = { additionalProperties: false } as const;
const STORES_MAX = 2000;
const FOUND_MAX = 50;

export const aisleStock = Object(
  {
    itemId: bound.itemId,
    /** Server time. */
    asOf: bound.instant,
    stores: Array(
      Object(
        {
          storeId: bound.storeId,
          name: bound.name,
          isOwn: Boolean(),
          onHandMilli: bound.count,
          /** What may be promised there without asking anybody. */
          promisableMilli: bound.count,
        },
        closed,
      ),
      { maxItems: STORES_MAX },
    ),
  },
  closed,
);
export type AisleStock = Static<typeof aisleStock>;

export const aisleRequest = Object(
  {
    /** Of the till: the same request is answered with the same order, however often it comes. */
    requestId: bound.plainId,
    operatorId: bound.operatorId,
    channel: Union([Literal('store'), Literal('call-centre')]),
    storeId: bound.storeId,
    language: orderLanguage,
    customer: Object(
      {
        name: String({ minLength: 1, maxLength: 200 }),
        phone: Optional(bound.code),
        email: Optional(bound.name),
      },
      closed,
    ),
    lines: Array(Object({ itemId: bound.itemId, quantityMilli: bound.positiveMilli }, closed), {
      minItems: 1,
      maxItems: ORDER_LINES_MAX,
    }),
  },
  closed,
);
export type AisleRequest = Static<typeof aisleRequest>;

export const aisleOrder = Object(
  {
    orderId: bound.plainId,
    code: trackingCodeText,
    storeId: bound.storeId,
    storeName: bound.name,
    state: bound.code,
    dueAt: bound.instant,
    placedAt: bound.instant,
    customerName: bound.name,
    goods: Array(Object({ name: localizedText, quantityMilli: bound.positiveMilli }, closed), {
      maxItems: ORDER_LINES_MAX,
    }),
  },
  closed,
);
export type AisleOrder = Static<typeof aisleOrder>;

export const aisleOrders = Object({ orders: Array(aisleOrder, { maxItems: FOUND_MAX }) }, closed);
