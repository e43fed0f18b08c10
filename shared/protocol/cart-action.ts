// What somebody did to a cart besides selling it, as it crosses the wire.

import { Boolean, Literal, Object, Optional, Union } from 'typebox';
import type { CartAction } from '../domain/cart-action.ts';
import * as bound from './bounds.ts';
import { describes } from './describes.ts';

const closed = { additionalProperties: false } as const;

const actionProperties = {
  cartId: bound.cartId,
  /** At the shelf price. */
  amountMinor: bound.amountMinor,
  reasonCode: Optional(bound.code),
  tillSessionId: Optional(bound.plainId),
  isTraining: Optional(Boolean()),
} as const;

export const cartAction = describes<CartAction>()(
  Union([
    Object(
      {
        action: Union([Literal('line-removed'), Literal('quantity-reduced')]),
        lineNumber: bound.lineNumber,
        itemId: bound.itemId,
        sku: bound.code,
        quantityMilli: bound.positiveMilli,
        ...actionProperties,
      },
      closed,
    ),
    Object(
      {
        action: Union([Literal('cart-cancelled'), Literal('cart-suspended'), Literal('cart-resumed')]),
        lineCount: bound.count,
        code: Optional(bound.code),
        ...actionProperties,
      },
      closed,
    ),
  ]),
);
