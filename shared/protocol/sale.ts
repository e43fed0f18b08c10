// A cart and the transaction it becomes, as they cross the wire.

import { Array, Literal, Object, Optional, Union } from 'typebox';
import type { Cart, CartLine } from '../domain/cart.ts';
import type {
  StockMovement,
  Tender,
  Transaction,
  TransactionLine,
  TransactionTotals,
} from '../domain/transaction.ts';
import * as bound from './bounds.ts';
import * as limit from './limits.ts';
import { localizedText, taxGroups, taxRules, taxSummary, unitOfMeasure } from './catalogue.ts';
import { describes } from './describes.ts';

const closed = { additionalProperties: false } as const;

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
} as const;

export const cartLine = describes<CartLine>()(Object(lineProperties, closed));

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
    },
    closed,
  ),
);

export const transactionLine = describes<TransactionLine>()(
  Object(
    {
      ...lineProperties,
      extendedMinor: bound.amountMinor,
      netMinor: bound.amountMinor,
      taxMinor: bound.amountMinor,
      grossMinor: bound.amountMinor,
    },
    closed,
  ),
);

export const tender = describes<Tender>()(
  Object(
    {
      kind: Union([Literal('cash'), Literal('card'), Literal('bad-debt')]),
      amountMinor: bound.amountMinor,
      tenderedMinor: bound.amountMinor,
      changeMinor: bound.amountMinor,
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
      kind: Union([Literal('sale'), Literal('return'), Literal('exchange')]),
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
    },
    closed,
  ),
);
