// What an entry needed somebody's permission for, as whoever checks afterwards asks again: the till asked the same before it
// wrote. Decisions about prices are judged line by line (discount-authority); everything else that asks for a permission, a
// limit or an approval is here.

import { tillSubjects } from './approval.ts';
import type { AskedAction } from './check-allowed.ts';
import type { Fact } from './fact.ts';
import type { OperatorId } from './ids.ts';
import { differenceAtStake } from './z-report.ts';

export type AskedOfFact = {
  readonly operatorId: OperatorId | undefined;
  readonly action: AskedAction;
  readonly approvalId: string | undefined;
};

/** Null for what anybody who is signed on may do. */
export function askedOfFact(fact: Fact): AskedOfFact | null {
  const { operatorId } = fact;
  if (fact.kind === 'transaction-completed') return askedOfTransaction(fact.body.transaction);
  if (fact.kind === 'till-closed') return askedOfClosing(fact.body);
  if (fact.kind === 'cash-moved') {
    const { tillSessionId, kind, amountMinor, approvalId } = fact.body;
    const subject = tillSubjects.moveCash(tillSessionId, kind, amountMinor);
    const limit = { name: 'maxPaidOutMinor', asked: amountMinor } as const;
    const action = { permission: 'open-drawer', subject, ...(kind === 'paid-out' ? { limit } : {}) } as const;
    return { operatorId, action, approvalId };
  }
  if (fact.kind === 'no-sale') {
    const { reasonCode, approvalId } = fact.body;
    const action = { permission: 'open-drawer', subject: tillSubjects.noSale(reasonCode) } as const;
    return { operatorId, action, approvalId };
  }
  if (fact.kind === 'print-discarded') {
    const { printId, reasonCode, approvalId } = fact.body;
    const subject = tillSubjects.discardPrint(printId, reasonCode);
    return { operatorId, action: { permission: 'decide-attention', subject }, approvalId };
  }
  if (fact.kind !== 'card-answered' || fact.body.by !== 'operator') return null;
  const { attemptId, outcome, approvalId } = fact.body;
  const subject = tillSubjects.decideCard(attemptId, outcome);
  return { operatorId, action: { permission: 'decide-card', subject }, approvalId };
}

function askedOfClosing({ z, approvalId }: Fact<'till-closed'>['body']): AskedOfFact {
  const action = {
    permission: 'close-till',
    subject: tillSubjects.closeTill(z.tillSessionId, z.cash.differenceMinor),
    limit: { name: 'maxTillDifferenceMinor', asked: differenceAtStake(z) },
  } as const;
  return { operatorId: z.closedBy, action, approvalId };
}

function askedOfTransaction({
  operatorId,
  order,
  voids,
}: Fact<'transaction-completed'>['body']['transaction']): AskedOfFact | null {
  if (voids !== undefined) {
    const { transactionId, approvalId } = voids;
    const subject = tillSubjects.voidTransaction(transactionId);
    return { operatorId, action: { permission: 'void-transaction', subject }, approvalId };
  }
  if (order?.step !== 'cancellation') return null;
  const { orderId, refundedMinor, approvalId } = order;
  const action = {
    permission: 'return-goods',
    subject: tillSubjects.cancelOrder(orderId, refundedMinor),
    limit: { name: 'maxRefundMinor', asked: refundedMinor },
  } as const;
  return { operatorId, action, approvalId };
}
