// The till as it crosses the wire: opening, cash movements, counting, and the closing report.

import { Array, Integer, Literal, Null, Object, Optional, Union, type TSchema } from 'typebox';
import type { CountedCash, CountedForeign } from '../domain/denominations.ts';
import type { FactBodies, FactKind } from '../domain/fact.ts';
import type { TillFigures } from '../domain/till-figures.ts';
import type { ZReport } from '../domain/z-report.ts';
import * as bound from './bounds.ts';
import { taxSummary } from './catalogue.ts';
import { describes } from './describes.ts';
import * as limit from './limits.ts';
import { transactionTotals } from './sale.ts';
import { cardAnswerDetails, tenderKind } from './tender.ts';

const closed = { additionalProperties: false } as const;

export const countedCash = describes<CountedCash>()(
  Object(
    {
      pieces: Array(
        Object({ valueMinor: bound.count, count: Integer({ minimum: 0, maximum: 100_000 }) }, closed),
        { maxItems: limit.LIST_MAX.denominations },
      ),
      otherMinor: bound.count,
    },
    closed,
  ),
);

const countedForeign = describes<CountedForeign>()(
  Object({ currency: bound.currency, counted: countedCash, countedMinor: bound.count }, closed),
);

const cashMoveKind = Union([
  Literal('loan'),
  Literal('pickup'),
  Literal('paid-in'),
  Literal('paid-out'),
  Literal('safe-drop'),
]);

const figures = describes<TillFigures>()(
  Object(
    {
      totals: transactionTotals,
      salesMinor: bound.count,
      returnsMinor: bound.count,
      tenders: Array(
        Object({ kind: tenderKind, count: bound.count, amountMinor: bound.amountMinor }, closed),
        { maxItems: limit.LIST_MAX.tenders },
      ),
      foreignCash: Array(
        Object(
          {
            currency: bound.currency,
            count: bound.count,
            foreignMinor: bound.amountMinor,
            valueMinor: bound.amountMinor,
            changeMinor: bound.amountMinor,
          },
          closed,
        ),
        { maxItems: limit.LIST_MAX.foreignCurrencies },
      ),
      taxes: Array(taxSummary, { maxItems: limit.LIST_MAX.taxRows }),
      operators: Array(
        Object({ operatorId: bound.operatorId, count: bound.count, grossMinor: bound.amountMinor }, closed),
        { maxItems: limit.LIST_MAX.scopedIds },
      ),
      categories: Array(
        Object(
          {
            categoryId: Union([bound.categoryId, Null()]),
            netMinor: bound.amountMinor,
            taxMinor: bound.amountMinor,
            grossMinor: bound.amountMinor,
          },
          closed,
        ),
        { maxItems: limit.LIST_MAX.scopedIds },
      ),
      cashMoves: Array(Object({ kind: cashMoveKind, count: bound.count, amountMinor: bound.count }, closed), {
        maxItems: 5,
      }),
      deposits: Object(
        {
          takenMinor: bound.amountMinor,
          redeemedMinor: bound.amountMinor,
          refundedMinor: bound.amountMinor,
          forfeitedMinor: bound.amountMinor,
        },
        closed,
      ),
      counts: Object(
        {
          transactions: bound.count,
          sales: bound.count,
          returns: bound.count,
          exchanges: bound.count,
          voids: bound.count,
          noSales: bound.count,
          overrides: bound.count,
          discounts: bound.count,
          reprints: bound.count,
          approvals: bound.count,
          trainings: bound.count,
          removals: bound.count,
          cancellations: bound.count,
          suspensions: bound.count,
          failedPins: bound.count,
          xReports: bound.count,
        },
        closed,
      ),
    },
    closed,
  ),
);

const number = Integer({ minimum: 1, maximum: 999_999_999 });

export const zReport = describes<ZReport>()(
  Object(
    {
      number,
      tillSessionId: bound.plainId,
      sessionNumber: number,
      currency: bound.currency,
      businessDays: Array(bound.businessDay, { maxItems: limit.LIST_MAX.scopedIds }),
      openedAt: bound.instant,
      closedAt: bound.instant,
      openedBy: bound.operatorId,
      closedBy: bound.operatorId,
      figures,
      cash: Object(
        {
          floatMinor: bound.count,
          expectedMinor: bound.amountMinor,
          countedMinor: bound.count,
          differenceMinor: bound.amountMinor,
          counted: countedCash,
        },
        closed,
      ),
      foreignCash: Array(
        Object(
          {
            currency: bound.currency,
            expectedMinor: bound.amountMinor,
            countedMinor: bound.count,
            differenceMinor: bound.amountMinor,
            counted: countedCash,
          },
          closed,
        ),
        { maxItems: limit.LIST_MAX.foreignCurrencies },
      ),
      perpetual: Object(
        { salesMinor: bound.count, returnsMinor: bound.count, grandMinor: bound.amountMinor },
        closed,
      ),
      firstEpoch: bound.epoch,
      firstSequence: bound.sequence,
      lastEpoch: bound.epoch,
      lastSequence: bound.sequence,
      pending: Object({ count: bound.count, amountMinor: bound.amountMinor }, closed),
    },
    closed,
  ),
);

/** Bodies of the entries of a till, its card terminal and its time clock. */
export const tillFactBodies = {
  'till-opened': describes<FactBodies['till-opened']>()(
    Object(
      {
        tillSessionId: bound.plainId,
        sessionNumber: number,
        businessDay: bound.businessDay,
        currency: bound.currency,
        openedBy: bound.operatorId,
        floatMinor: bound.count,
        counted: countedCash,
      },
      closed,
    ),
  ),
  'cash-moved': describes<FactBodies['cash-moved']>()(
    Object(
      {
        tillSessionId: bound.plainId,
        kind: cashMoveKind,
        amountMinor: bound.positiveMilli,
        reasonCode: bound.code,
        note: Optional(bound.note),
        approvalId: Optional(bound.plainId),
      },
      closed,
    ),
  ),
  'print-discarded': describes<FactBodies['print-discarded']>()(
    Object(
      {
        printId: bound.plainId,
        queuedAt: bound.instant,
        reasonCode: bound.code,
        approvalId: Optional(bound.plainId),
      },
      closed,
    ),
  ),
  'no-sale': describes<FactBodies['no-sale']>()(
    Object(
      {
        reasonCode: bound.code,
        tillSessionId: Optional(bound.plainId),
        approvalId: Optional(bound.plainId),
      },
      closed,
    ),
  ),
  'till-counted': describes<FactBodies['till-counted']>()(
    Object(
      {
        tillSessionId: bound.plainId,
        counted: countedCash,
        countedMinor: bound.count,
        foreign: Optional(Array(countedForeign, { maxItems: limit.LIST_MAX.foreignCurrencies })),
      },
      closed,
    ),
  ),
  'card-attempted': describes<FactBodies['card-attempted']>()(
    Object(
      {
        attemptId: bound.plainId,
        cartId: bound.plainId,
        terminalId: bound.plainId,
        action: Union([Literal('payment'), Literal('refund'), Literal('reversal')]),
        amountMinor: bound.positiveMilli,
        currency: bound.currency,
        reverses: Optional(bound.plainId),
        tillSessionId: Optional(bound.plainId),
      },
      closed,
    ),
  ),
  'card-answered': describes<FactBodies['card-answered']>()(
    Object(
      {
        attemptId: bound.plainId,
        outcome: Union([Literal('approved'), Literal('declined'), Literal('unknown')]),
        approvedMinor: bound.count,
        by: Union([Literal('terminal'), Literal('operator'), Literal('restart')]),
        reason: Optional(bound.code),
        card: Optional(Object(cardAnswerDetails, closed)),
        reasonCode: Optional(bound.code),
        approvalId: Optional(bound.plainId),
      },
      closed,
    ),
  ),
  'x-report-made': describes<FactBodies['x-report-made']>()(Object({ tillSessionId: bound.plainId }, closed)),
  'till-closed': describes<FactBodies['till-closed']>()(
    Object({ z: zReport, approvalId: Optional(bound.plainId) }, closed),
  ),
  'clocked-in': describes<FactBodies['clocked-in']>()(Object({ operatorId: bound.operatorId }, closed)),
  'clocked-out': describes<FactBodies['clocked-out']>()(Object({ operatorId: bound.operatorId }, closed)),
} satisfies { readonly [Kind in FactKind]?: TSchema };
