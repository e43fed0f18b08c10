// A cart and the transaction it becomes, as they cross the wire.

import { Array, Boolean, Literal, Null, Object, Optional, Union } from 'typebox';
import type { Cart, CartLine } from '../domain/cart.ts';
import type {
  AppliedModifier,
  StockMovement,
  Transaction,
  TransactionLine,
  TransactionTotals,
} from '../domain/transaction.ts';
import * as bound from './bounds.ts';
import * as limit from './limits.ts';
import { ageYears, localizedText, taxGroups, taxRules, taxSummary, unitOfMeasure } from './catalogue.ts';
import { cartDiscount, exemption, manualModifier, pricedWith, priceStamp } from './cart-prices.ts';
import { describes } from './describes.ts';
import { tender } from './tender.ts';
import { channelOrderSettled } from './order-move.ts';
import { heldPrice, orderSettlement, reservedTaken } from './order-settlement.ts';
import { earnedPoints } from './points.ts';

const closed = { additionalProperties: false } as const;

export const appliedModifier = describes<AppliedModifier>()(
  Object(
    {
      kind: Union([
        Literal('price-override'),
        Literal('line-discount'),
        Literal('bundle'),
        Literal('held-price'),
        Literal('promotion'),
        Literal('cart-discount'),
        Literal('exemption'),
      ]),
      amountMinor: bound.amountMinor,
      promotionId: Optional(bound.plainId),
      name: Optional(bound.name),
      reasonCode: Optional(bound.code),
      operatorId: Optional(bound.operatorId),
      approvalId: Optional(bound.plainId),
      ratePpm: Optional(bound.ratePpm),
      enteredMinor: Optional(bound.amountMinor),
      unitPriceMinor: Optional(bound.amountMinor),
    },
    closed,
  ),
);

const lineProperties = {
  lineNumber: bound.lineNumber,
  direction: Union([Literal('sale'), Literal('return')]),
  itemId: bound.itemId,
  sku: bound.code,
  name: localizedText,
  unit: unitOfMeasure,
  quantityMilli: bound.positiveMilli,
  unitPriceMinor: bound.amountMinor,
  taxGroupId: bound.taxGroupId,
  note: Optional(bound.note),
  scannedCode: Optional(bound.note),
  original: Optional(Object({ receiptNumber: bound.receiptNumber, lineNumber: bound.lineNumber }, closed)),
  reasonCode: Optional(bound.code),
  categoryId: Optional(bound.categoryId),
  priceRule: Optional(Object({ id: bound.plainId, name: bound.name }, closed)),
  minimumPriceMinor: Optional(bound.amountMinor),
  ageMinimum: Optional(ageYears),
  ageCheck: Optional(
    Union([
      Object({ kind: Literal('date-of-birth'), dateOfBirth: bound.businessDay }, closed),
      Object({ kind: Literal('seen') }, closed),
    ]),
  ),
  trackBy: Optional(Union([Literal('serial'), Literal('lot')])),
  serials: Optional(Array(bound.code, { maxItems: limit.LIST_MAX.serials })),
  lot: Optional(bound.code),
  tareMilli: Optional(bound.positiveMilli),
  parentLineNumber: Optional(bound.lineNumber),
  bundleOf: Optional(
    Object(
      {
        itemId: bound.itemId,
        sku: bound.code,
        name: localizedText,
        firstLineNumber: bound.lineNumber,
        quantityMilli: bound.positiveMilli,
        partMilli: bound.positiveMilli,
        unitPriceMinor: Union([bound.amountMinor, Null()]),
        priced: Optional(priceStamp),
      },
      closed,
    ),
  ),
  isService: Optional(Boolean()),
  heldPrice: Optional(heldPrice),
  priced: Optional(priceStamp),
} as const;

export const cartLine = describes<CartLine>()(
  Object(
    {
      ...lineProperties,
      modifiers: Optional(Array(manualModifier, { maxItems: limit.LIST_MAX.modifiers })),
    },
    closed,
  ),
);

export const cartSchema = describes<Cart>()(
  Object(
    {
      id: bound.cartId,
      storeId: bound.storeId,
      workstationId: bound.workstationId,
      operatorId: bound.operatorId,
      currency: bound.currency,
      customerId: Optional(bound.customerId),
      lines: Array(cartLine, { maxItems: limit.LIST_MAX.lines }),
      lastLineNumber: bound.count,
      note: Optional(bound.note),
      discounts: Optional(Array(cartDiscount, { maxItems: limit.LIST_MAX.discounts })),
      exemption: Optional(exemption),
      coupons: Optional(Array(bound.code, { maxItems: limit.LIST_MAX.coupons })),
      customerGroups: Optional(Array(bound.code, { maxItems: limit.LIST_MAX.customerGroups })),
      isFirstPurchase: Optional(Boolean()),
      isTraining: Optional(Boolean()),
      pricedAt: Optional(bound.instant),
      order: Optional(orderSettlement),
      channelOrder: Optional(channelOrderSettled),
      suspended: Optional(
        Object(
          {
            code: bound.code,
            label: Optional(bound.name),
            at: bound.instant,
            operatorId: bound.operatorId,
            workstationNumber: bound.count,
            totalMinor: bound.amountMinor,
          },
          closed,
        ),
      ),
      resumed: Optional(
        Object(
          {
            code: bound.code,
            at: bound.instant,
            workstationNumber: bound.count,
            lastLineNumber: bound.count,
          },
          closed,
        ),
      ),
      passport: Optional(bound.plainId),
    },
    closed,
  ),
);

export const transactionLine = describes<TransactionLine>()(
  Object(
    {
      ...lineProperties,
      extendedMinor: bound.amountMinor,
      modifiers: Optional(Array(appliedModifier, { maxItems: limit.LIST_MAX.appliedModifiers })),
      netMinor: bound.amountMinor,
      taxMinor: bound.amountMinor,
      grossMinor: bound.amountMinor,
    },
    closed,
  ),
);

export const stockMovement = describes<StockMovement>()(
  Object(
    {
      itemId: bound.itemId,
      ordinal: bound.ordinal,
      quantityMilli: bound.signedMilli,
      reason: Union([Literal('sale'), Literal('return'), Literal('receipt'), Literal('adjustment')]),
    },
    closed,
  ),
);

export const transactionTotals = describes<TransactionTotals>()(
  Object(
    {
      netMinor: bound.amountMinor,
      taxMinor: bound.amountMinor,
      grossMinor: bound.amountMinor,
      cashRoundingMinor: bound.amountMinor,
    },
    closed,
  ),
);

export const transactionSchema = describes<Transaction>()(
  Object(
    {
      id: bound.transactionId,
      kind: Union([
        Literal('sale'),
        Literal('return'),
        Literal('exchange'),
        Literal('void'),
        Literal('deposit'),
      ]),
      receiptNumber: bound.receiptNumber,
      cartId: bound.cartId,
      storeId: bound.storeId,
      workstationId: bound.workstationId,
      operatorId: bound.operatorId,
      customerId: Optional(bound.customerId),
      businessDay: bound.businessDay,
      completedAt: bound.instant,
      currency: bound.currency,
      taxRules,
      lines: Array(transactionLine, { maxItems: limit.LIST_MAX.lines }),
      taxes: Array(taxSummary, { maxItems: limit.LIST_MAX.taxes }),
      tenders: Array(tender, { maxItems: limit.LIST_MAX.tenders }),
      totals: transactionTotals,
      stockMovements: Array(stockMovement, { maxItems: limit.LIST_MAX.movements }),
      taxGroups,
      note: Optional(bound.note),
      exemption: Optional(exemption),
      coupons: Optional(Array(bound.code, { maxItems: limit.LIST_MAX.coupons })),
      usedCoupons: Optional(
        Array(Object({ code: bound.code, customerId: Optional(bound.customerId) }, closed), {
          maxItems: limit.LIST_MAX.coupons,
        }),
      ),
      tillSessionId: Optional(bound.plainId),
      voids: Optional(
        Object(
          {
            transactionId: bound.transactionId,
            receiptNumber: bound.receiptNumber,
            reasonCode: bound.code,
            approvalId: Optional(bound.plainId),
          },
          closed,
        ),
      ),
      order: Optional(orderSettlement),
      channelOrder: Optional(channelOrderSettled),
      isTraining: Optional(Boolean()),
      suspendedAs: Optional(bound.code),
      pricedWith: Optional(pricedWith),
      reservedTaken: Optional(reservedTaken),
      passport: Optional(bound.plainId),
      points: Optional(earnedPoints),
    },
    closed,
  ),
);
