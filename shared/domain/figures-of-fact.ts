// What one entry of the journal adds to the figures of its till.

import type { CartAction } from './cart-action.ts';
import type { Fact } from './fact.ts';
import type { OrderSettlement } from './order-settlement.ts';
import {
  addFigures,
  NO_COUNTS,
  NO_DEPOSITS,
  NO_FIGURES,
  type DepositFigures,
  type TillCounts,
  type TillFigures,
} from './till-figures.ts';
import type { Tender, Transaction } from './transaction.ts';

/** What one entry adds. Training adds its count alone; an entry of a kind without money or count adds nothing. */
export function figuresOfFact(fact: Fact): TillFigures {
  if (fact.kind === 'transaction-completed') return figuresOfTransaction(fact.body.transaction);
  if (fact.kind === 'cash-moved') {
    const { kind, amountMinor } = fact.body;
    return { ...NO_FIGURES, cashMoves: [{ kind, count: 1, amountMinor }] };
  }
  if (fact.kind === 'no-sale') return counting({ noSales: 1 });
  if (fact.kind === 'receipt-reprinted') return counting({ reprints: 1 });
  if (fact.kind === 'cart-action') return figuresOfCartAction(fact.body);
  if (fact.kind === 'pin-failed') return counting({ failedPins: 1 });
  if (fact.kind === 'x-report-made') return counting({ xReports: 1 });
  return fact.kind === 'action-approved' ? counting({ approvals: 1 }) : NO_FIGURES;
}

function figuresOfCartAction({ action, isTraining }: CartAction): TillFigures {
  if (isTraining === true) return NO_FIGURES;
  switch (action) {
    case 'line-removed':
    case 'quantity-reduced':
      return counting({ removals: 1 });
    case 'cart-cancelled':
      return counting({ cancellations: 1 });
    case 'cart-suspended':
      return counting({ suspensions: 1 });
    case 'cart-resumed':
      return NO_FIGURES;
  }
}

function figuresOfTransaction(transaction: Transaction): TillFigures {
  if (transaction.isTraining === true) return counting({ trainings: 1 });
  const { totals, kind, operatorId, lines } = transaction;
  const { grossMinor } = totals;
  const has = (found: (kind: string) => boolean): number =>
    kind === 'void'
      ? 0
      : lines.filter(({ modifiers = [] }) => modifiers.some((one) => found(one.kind))).length;
  let figures: TillFigures = {
    ...NO_FIGURES,
    totals: { ...totals },
    salesMinor: Math.max(0, grossMinor),
    returnsMinor: Math.max(0, -grossMinor),
    operators: [{ operatorId, count: 1, grossMinor }],
    deposits: depositsOf(transaction.order),
    counts: {
      ...NO_COUNTS,
      transactions: 1,
      sales: Number(kind === 'sale'),
      returns: Number(kind === 'return'),
      exchanges: Number(kind === 'exchange'),
      voids: Number(kind === 'void'),
      overrides: has((one) => one === 'price-override'),
      discounts: has((one) => one === 'line-discount' || one === 'cart-discount'),
    },
  };
  for (const tender of transaction.tenders) {
    const { kind: tenderKind, amountMinor } = tender;
    figures = addFigures(figures, {
      ...NO_FIGURES,
      tenders: [{ kind: tenderKind, count: 1, amountMinor }],
      foreignCash: figuresOfForeign(tender),
    });
  }
  for (const row of [...transaction.taxes, ...(transaction.order?.taxes ?? [])])
    figures = addFigures(figures, { ...NO_FIGURES, taxes: [row] });
  for (const { categoryId = null, netMinor, taxMinor, grossMinor: lineMinor } of lines) {
    const row = { categoryId, netMinor, taxMinor, grossMinor: lineMinor };
    figures = addFigures(figures, { ...NO_FIGURES, categories: [row] });
  }
  return figures;
}

function figuresOfForeign({ foreign, tenderedMinor, changeMinor }: Tender): TillFigures['foreignCash'] {
  if (foreign === undefined) return [];
  const { currency, foreignMinor } = foreign;
  return [{ currency, count: 1, foreignMinor, valueMinor: tenderedMinor, changeMinor }];
}

function depositsOf(order: OrderSettlement | undefined): DepositFigures {
  if (order === undefined) return NO_DEPOSITS;
  const { takenMinor, redeemedMinor, refundedMinor, forfeitedMinor } = order;
  return { takenMinor, redeemedMinor, refundedMinor, forfeitedMinor };
}

const counting = (counts: Partial<TillCounts>): TillFigures => ({
  ...NO_FIGURES,
  counts: { ...NO_COUNTS, ...counts },
});
