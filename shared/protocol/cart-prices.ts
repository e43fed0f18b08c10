// What people decide about the prices of a cart, and how prices were asked for, as they cross the wire.

import { Array, Boolean, Literal, Object, Optional, Union } from 'typebox';
import type { CartDiscount, Exemption, ManualModifier } from '../domain/cart.ts';
import type { PricedWith } from '../domain/stated-prices.ts';
import type { PriceStamp } from '../domain/price-stamp.ts';
import * as bound from './bounds.ts';
import { describes } from './describes.ts';
import * as limit from './limits.ts';

const closed = { additionalProperties: false } as const;

const decision = {
  reasonCode: bound.code,
  operatorId: bound.operatorId,
  approvalId: Optional(bound.plainId),
} as const;

export const manualModifier = describes<ManualModifier>()(
  Union([
    Object({ kind: Literal('price-override'), unitPriceMinor: bound.amountMinor, ...decision }, closed),
    Object({ kind: Literal('line-discount'), ratePpm: bound.ratePpm, ...decision }, closed),
    Object({ kind: Literal('line-discount'), amountMinor: bound.amountMinor, ...decision }, closed),
  ]),
);

export const cartDiscount = describes<CartDiscount>()(
  Union([
    Object({ ratePpm: bound.ratePpm, ...decision }, closed),
    Object({ amountMinor: bound.amountMinor, ...decision }, closed),
  ]),
);

export const exemption = describes<Exemption>()(
  Object({ certificateNumber: bound.code, ...decision }, closed),
);

/** How a price was asked for (price-stamp). */
export const priceStamp = describes<PriceStamp>()(
  Object(
    {
      book: Optional(bound.count),
      at: Optional(bound.instant),
      quantityMilli: Optional(bound.positiveMilli),
      customerGroups: Optional(Array(bound.code, { maxItems: limit.LIST_MAX.customerGroups })),
      itemRevision: Optional(bound.count),
      isTyped: Optional(Boolean()),
    },
    closed,
  ),
);

export const pricedWith = describes<PricedWith>()(
  Object(
    {
      book: bound.count,
      settings: bound.count,
      at: bound.instant,
      customerGroups: Optional(Array(bound.code, { maxItems: limit.LIST_MAX.customerGroups })),
      isFirstPurchase: Optional(Boolean()),
      discounts: Optional(Array(cartDiscount, { maxItems: limit.LIST_MAX.discounts })),
    },
    closed,
  ),
);
