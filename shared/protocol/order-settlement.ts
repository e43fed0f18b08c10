// What a transaction does to the account of an order, as it crosses the wire.

import { Array, Literal, Object, Optional, Union } from 'typebox';
import type { HeldPrice } from '../domain/cart.ts';
import type { OrderPayment } from '../domain/order-payment.ts';
import type { OrderSettlement } from '../domain/order-settlement.ts';
import type { ReservedTaken } from '../domain/transaction.ts';
import * as bound from './bounds.ts';
import { taxSummary } from './catalogue.ts';
import { describes } from './describes.ts';
import * as limit from './limits.ts';

const closed = { additionalProperties: false } as const;

/** A way in which money came onto an account, or goes back from it. */
export const orderPayment = describes<OrderPayment>()(
  Object(
    {
      kind: Union([Literal('cash'), Literal('card'), Literal('voucher')]),
      source: bound.code,
      amountMinor: bound.amountMinor,
      label: Optional(bound.code),
    },
    closed,
  ),
);

export const orderSettlement = describes<OrderSettlement>()(
  Object(
    {
      orderId: bound.orderId,
      orderNumber: bound.code,
      step: Union([
        Literal('deposit'),
        Literal('completion'),
        Literal('cancellation'),
        Literal('conversion'),
      ]),
      orderTotalMinor: bound.amountMinor,
      beforeMinor: bound.amountMinor,
      takenMinor: bound.amountMinor,
      redeemedMinor: bound.amountMinor,
      refundedMinor: bound.amountMinor,
      forfeitedMinor: bound.amountMinor,
      taxes: Array(taxSummary, { maxItems: limit.LIST_MAX.taxes }),
      refunds: Optional(Array(orderPayment, { maxItems: limit.LIST_MAX.tenders })),
      reasonCode: Optional(bound.code),
      approvalId: Optional(bound.plainId),
    },
    closed,
  ),
);

export const heldPrice = describes<HeldPrice>()(
  Object({ orderNumber: bound.code, priceMinor: bound.amountMinor }, closed),
);

/** Units that were promised to others and sold all the same, and who agreed. */
export const reservedTaken = describes<ReservedTaken>()(
  Object(
    {
      units: Array(Object({ itemId: bound.itemId, quantityMilli: bound.positiveMilli }, closed), {
        maxItems: limit.LIST_MAX.subjectValues,
      }),
      operatorId: bound.operatorId,
      approvalId: Optional(bound.plainId),
    },
    closed,
  ),
);
