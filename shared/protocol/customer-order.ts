// Quotations, customer orders and layaways as they cross the wire: what was placed (in the journal), and how each stands (the
// document that replicates to the tills of its store).

import { Array, Literal, Null, Object, Optional, Union, type TSchema } from 'typebox';
import type { CustomerOrder, OrderMove, OrderProblem, PlacedOrder } from '../domain/customer-order.ts';
import type { FactBodies, FactKind } from '../domain/fact.ts';
import type { OrderTerms } from '../domain/order-rules.ts';
import * as bound from './bounds.ts';
import { taxGroups, taxRules, taxSummary } from './catalogue.ts';
import { describes } from './describes.ts';
import { foldedThrough } from './documents.ts';
import * as limit from './limits.ts';
import { orderPayment } from './order-settlement.ts';
import { transactionLine } from './sale.ts';

const closed = { additionalProperties: false } as const;

const terms = describes<OrderTerms>()(
  Object(
    {
      depositMinimumMinor: bound.count,
      instalmentMinimumMinor: bound.count,
      feeMinor: bound.count,
      forfeitOn: Optional(bound.businessDay),
      depositTax: Union([Literal('at-deposit'), Literal('at-completion')]),
    },
    closed,
  ),
);

const placedProperties = {
  id: bound.orderId,
  kind: Union([Literal('quotation'), Literal('customer-order'), Literal('layaway')]),
  number: bound.code,
  operatorId: bound.operatorId,
  customerId: Optional(bound.customerId),
  placedAt: bound.instant,
  businessDay: bound.businessDay,
  currency: bound.currency,
  taxRules,
  taxGroups,
  lines: Array(transactionLine, { maxItems: limit.LIST_MAX.lines }),
  taxes: Array(taxSummary, { maxItems: limit.LIST_MAX.taxes }),
  totals: Object(
    { netMinor: bound.amountMinor, taxMinor: bound.amountMinor, grossMinor: bound.amountMinor },
    closed,
  ),
  validUntil: Optional(bound.businessDay),
  wantedOn: Optional(bound.businessDay),
  plan: Optional(
    Array(Object({ dueOn: bound.businessDay, amountMinor: bound.count }, closed), {
      maxItems: limit.LIST_MAX.instalments,
    }),
  ),
  terms: Optional(terms),
  quotation: Optional(Object({ orderId: bound.orderId, orderNumber: bound.code }, closed)),
  note: Optional(bound.note),
} as const;

export const placedOrder = describes<PlacedOrder>()(Object(placedProperties, closed));

const orderMove = describes<OrderMove>()(
  Object(
    {
      step: Union([
        Literal('deposit'),
        Literal('completion'),
        Literal('cancellation'),
        Literal('conversion'),
        Literal('arrival'),
        Literal('void'),
      ]),
      at: bound.instant,
      amountMinor: bound.amountMinor,
      receiptNumber: Union([bound.receiptNumber, Null()]),
    },
    closed,
  ),
);

const orderProblem = describes<OrderProblem>()(
  Object(
    {
      kind: Union([
        Literal('ended-twice'),
        Literal('paid-after-end'),
        Literal('paid-too-much'),
        Literal('not-redeemed'),
      ]),
      receiptNumber: bound.receiptNumber,
      amountMinor: bound.amountMinor,
    },
    closed,
  ),
);

/** An order as it stands, in the `orders` collection. */
export const customerOrder = describes<CustomerOrder>()(
  Object(
    {
      ...placedProperties,
      workstationId: bound.workstationId,
      state: Union([
        Literal('open'),
        Literal('arrived'),
        Literal('collected'),
        Literal('converted'),
        Literal('cancelled'),
      ]),
      paidMinor: bound.amountMinor,
      payments: Optional(Array(orderPayment, { maxItems: 64 })),
      forfeitedMinor: bound.amountMinor,
      depositTaxes: Array(taxSummary, { maxItems: limit.LIST_MAX.taxes }),
      moves: Array(orderMove, { maxItems: 200 }),
      problems: Array(orderProblem, { maxItems: 50 }),
      through: Array(foldedThrough, { maxItems: limit.LIST_MAX.workstations }),
    },
    closed,
  ),
);

/** Bodies of the entries that place an order and move it. */
export const orderFactBodies = {
  'quotation-made': describes<FactBodies['quotation-made']>()(Object({ order: placedOrder }, closed)),
  'customer-order-placed': describes<FactBodies['customer-order-placed']>()(
    Object({ order: placedOrder }, closed),
  ),
  'layaway-opened': describes<FactBodies['layaway-opened']>()(Object({ order: placedOrder }, closed)),
  'customer-order-arrived': describes<FactBodies['customer-order-arrived']>()(
    Object({ orderId: bound.orderId }, closed),
  ),
} satisfies { readonly [Kind in FactKind]?: TSchema };
