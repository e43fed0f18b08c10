// What one entry of a journal does to an order of a channel. Tills and server fold with the same function: the server in the order in
// which it heard of entries, a till its own newer ones over what the server has folded, so that a till sees its own moves at once.

import type { Fact } from '../fact.ts';
import { compareJournalPositions } from '../journal.ts';
import { foldOrderMove, type MoveGiven } from './move-order.ts';
import type { OrderMove } from './order-move.ts';
import { openOrder, type Order, type OrderHolder } from './order.ts';

/** The order of a channel that this entry is about, or null. Practice is about none. */
export function channelOrderOf(fact: Fact): string | null {
  return fact.kind === 'channel-order-placed' ? fact.body.order.id : (movedBy(fact)?.orderId ?? null);
}

/** The move that an entry makes, by itself or with the sale that it is. */
export function movedBy(fact: Fact): { readonly orderId: string; readonly move: OrderMove } | null {
  if (fact.kind === 'channel-order-moved') return fact.body;
  if (fact.kind !== 'transaction-completed') return null;
  const { channelOrder, isTraining } = fact.body.transaction;
  return isTraining === true ? null : (channelOrder ?? null);
}

/** Takes an entry in. One that is folded in already changes nothing; an order that was never placed stays unknown. */
export function foldChannelOrder(
  order: Order | null,
  fact: Fact,
  given: Pick<MoveGiven, 'by' | 'isAdmitted' | 'isHolderGone'>,
): Order | null {
  if (fact.kind === 'channel-order-placed') return order ?? openOrder(fact.body.order);
  const moved = movedBy(fact);
  if (order === null || moved === null || isEntryIn(order, fact, given.by)) return order;
  const { epoch, sequence, operatorId } = fact;
  return foldOrderMove(order, moved.move, {
    ...given,
    at: fact.recordedAt,
    entry: { epoch, sequence },
    ...(operatorId === undefined ? {} : { operatorId }),
    ...(fact.kind === 'transaction-completed' ? { receiptNumber: fact.body.transaction.receiptNumber } : {}),
  });
}

/** Is this entry of `by`, or a later one, among what the order has been through? */
export function isEntryIn(
  order: Pick<Order, 'history' | 'incidents'>,
  fact: Pick<Fact, 'epoch' | 'sequence'>,
  by: OrderHolder,
): boolean {
  return [...order.history, ...order.incidents].some(
    (step) => step.by === by && step.entry !== undefined && compareJournalPositions(fact, step.entry) <= 0,
  );
}
