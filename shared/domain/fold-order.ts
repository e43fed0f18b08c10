// An order as it stands: folded from the facts about it, one after the other. Money that arrives late, twice or after the end
// is taken in all the same, because it moved; what does not fit becomes a problem that somebody looks at. A void takes back
// what its original did.

import { addTaxRows } from './deposit-tax.ts';
import {
  isOpenOrder,
  type CustomerOrder,
  type OrderProblem,
  type OrderState,
  type PlacedOrder,
} from './customer-order.ts';
import type { Fact } from './fact.ts';
import type { OrderId, WorkstationId } from './ids.ts';
import { compareJournalPositions } from './journal.ts';
import { paymentsAfter } from './order-refund.ts';
import { addAmounts, negateAmount, sumAmounts } from './money.ts';
import { mirrorSettlement, type OrderSettlement } from './order-settlement.ts';
import type { Transaction } from './transaction.ts';

/** Moves that are kept with an order; an account with more is folded on, and shows the newest. */
const MOVES_KEPT = 200;
const PROBLEMS_KEPT = 50;

/** The orders that a fact is about: one, with the quotation that it came of two. Training is about none. */
export function ordersOfFact(fact: Fact): readonly OrderId[] {
  const placed = placedBy(fact);
  if (placed !== null)
    return placed.quotation === undefined ? [placed.id] : [placed.id, placed.quotation.orderId];
  if (fact.kind === 'customer-order-arrived') return [fact.body.orderId];
  if (fact.kind !== 'transaction-completed') return [];
  const { order, isTraining, channelOrder } = fact.body.transaction;
  // What a channel had taken is redeemed like an account, and the order is folded elsewhere (fold-channel-order).
  return isTraining === true || channelOrder !== undefined || order === undefined ? [] : [order.orderId];
}

/** The order that this entry places, or null. */
export function placedBy(fact: Fact): PlacedOrder | null {
  return fact.kind === 'quotation-made' ||
    fact.kind === 'customer-order-placed' ||
    fact.kind === 'layaway-opened'
    ? fact.body.order
    : null;
}

/**
 * Takes the next fact about the order `id` in. What is folded in already (by `through`) changes nothing. A fact about an order that
 * was never placed leaves null: there is nothing to show, and the money stands in its transaction.
 */
export function foldOrder(id: OrderId, order: CustomerOrder | null, fact: Fact): CustomerOrder | null {
  if (isFolded(order, fact)) return order;
  const folded = step(id, order, fact);
  if (folded === null || folded === order) return folded;
  const rest = folded.through.filter(({ workstationId }) => workstationId !== fact.workstationId);
  const { workstationId, epoch, sequence } = fact;
  const through = [...rest, { workstationId, epoch, sequence }].sort((one, other) =>
    one.workstationId < other.workstationId ? -1 : 1,
  );
  return { ...folded, through };
}

/** Is this entry in the order already? */
export function isFolded(
  order: Pick<CustomerOrder, 'through'> | null,
  fact: { readonly workstationId: WorkstationId; readonly epoch: number; readonly sequence: number },
): boolean {
  const known = order?.through.find(({ workstationId }) => workstationId === fact.workstationId);
  return known !== undefined && compareJournalPositions(fact, known) <= 0;
}

function step(id: OrderId, order: CustomerOrder | null, fact: Fact): CustomerOrder | null {
  const placed = placedBy(fact);
  if (placed?.id === id) return order ?? newOrder(placed, fact.workstationId);
  if (order === null) return null;
  if (placed !== null) return ordered(order, placed);
  if (fact.kind === 'customer-order-arrived') {
    const move = { step: 'arrival', at: fact.recordedAt, amountMinor: 0, receiptNumber: null } as const;
    const state: OrderState = order.state === 'open' ? 'arrived' : order.state;
    return { ...order, state, moves: [...order.moves, move].slice(-MOVES_KEPT) };
  }
  if (fact.kind !== 'transaction-completed') return order;
  const { transaction } = fact.body;
  if (transaction.order === undefined || transaction.isTraining === true) return order;
  return settle(order, transaction, transaction.order);
}

const newOrder = (placed: PlacedOrder, workstationId: WorkstationId): CustomerOrder => ({
  ...placed,
  workstationId,
  state: 'open',
  paidMinor: 0,
  forfeitedMinor: 0,
  depositTaxes: [],
  moves: [],
  problems: [],
  through: [],
});

// An order keeps the prices of its quotation, which ends with it. One that was sold or ordered meanwhile is a second end.
function ordered(quotation: CustomerOrder, by: PlacedOrder): CustomerOrder {
  const receiptNumber = by.number.slice(1);
  const move = { step: 'conversion', at: by.placedAt, amountMinor: 0, receiptNumber } as const;
  const moves = [...quotation.moves, move].slice(-MOVES_KEPT);
  if (isOpenOrder(quotation)) return { ...quotation, state: 'converted', moves };
  const problem = { kind: 'ended-twice', receiptNumber, amountMinor: 0 } as const;
  return { ...quotation, moves, problems: [...quotation.problems, problem].slice(-PROBLEMS_KEPT) };
}

function settle(order: CustomerOrder, transaction: Transaction, settlement: OrderSettlement): CustomerOrder {
  const isVoid = transaction.voids !== undefined;
  const change = sumAmounts([
    settlement.takenMinor,
    negateAmount(settlement.redeemedMinor),
    negateAmount(settlement.refundedMinor),
    negateAmount(settlement.forfeitedMinor),
  ]);
  const move = {
    step: isVoid ? ('void' as const) : settlement.step,
    at: transaction.completedAt,
    amountMinor: change,
    receiptNumber: transaction.receiptNumber,
  };
  const booked: CustomerOrder = {
    ...order,
    paidMinor: addAmounts(order.paidMinor, change),
    forfeitedMinor: addAmounts(order.forfeitedMinor, settlement.forfeitedMinor),
    ...(settlement.step === 'deposit'
      ? { payments: paymentsAfter(order.payments ?? [], transaction.tenders, settlement.takenMinor) }
      : {}),
    depositTaxes: addTaxRows(order.depositTaxes, settlement.taxes),
    moves: [...order.moves, move].slice(-MOVES_KEPT),
  };
  if (isVoid) return withoutEnd(booked, transaction, mirrorSettlement(settlement));
  const problem = problemOf(order, booked, transaction, settlement);
  return {
    ...booked,
    state: endOf(settlement, order.state),
    problems: problem === null ? order.problems : [...order.problems, problem].slice(-PROBLEMS_KEPT),
  };
}

function endOf({ step: done }: OrderSettlement, before: OrderState): OrderState {
  // What has ended stays as it ended first; a second end is a problem.
  if (!isOpenOrder({ state: before })) return before;
  switch (done) {
    case 'deposit':
      return before;
    case 'completion':
      return 'collected';
    case 'conversion':
      return 'converted';
    case 'cancellation':
      return 'cancelled';
  }
}

function problemOf(
  before: CustomerOrder,
  after: CustomerOrder,
  { receiptNumber }: Transaction,
  settlement: OrderSettlement,
): OrderProblem | null {
  const { step: done, takenMinor, redeemedMinor, refundedMinor } = settlement;
  if (!isOpenOrder(before)) {
    return done === 'deposit'
      ? { kind: 'paid-after-end', receiptNumber, amountMinor: takenMinor }
      : { kind: 'ended-twice', receiptNumber, amountMinor: addAmounts(redeemedMinor, refundedMinor) };
  }
  if (done === 'deposit') {
    const overMinor = addAmounts(after.paidMinor, -after.totals.grossMinor);
    return overMinor > 0 ? { kind: 'paid-too-much', receiptNumber, amountMinor: overMinor } : null;
  }
  // Another till had taken money that this one did not know of, or had given it back.
  return after.paidMinor === 0 ? null : { kind: 'not-redeemed', receiptNumber, amountMinor: after.paidMinor };
}

// The end that a void takes back is that of its original; problems of the original go with it.
function withoutEnd(
  order: CustomerOrder,
  transaction: Transaction,
  original: OrderSettlement,
): CustomerOrder {
  const voided = transaction.voids?.receiptNumber ?? '';
  const wasProblem = order.problems.some(
    ({ receiptNumber, kind }) => receiptNumber === voided && kind === 'ended-twice',
  );
  const problems = order.problems.filter(({ receiptNumber }) => receiptNumber !== voided);
  if (original.step === 'deposit' || wasProblem) return { ...order, problems };
  const hasArrived = order.moves.some((move) => move.step === 'arrival');
  return { ...order, problems, state: hasArrived ? 'arrived' : 'open' };
}
