// Voids the last transaction of this workstation: an exact mirror as a new entry. The customer is still there and nothing has
// happened in between; whatever is older comes back as a return.

import { tillSubjects } from '../../domain/approval.ts';
import { asTransactionId } from '../../domain/ids.ts';
import { accept, refuse } from '../../domain/refusal.ts';
import { voidTransaction } from '../../domain/void-transaction.ts';
import type { ApprovalBook } from '../approval-book.ts';
import { openTillId } from '../open-till-id.ts';
import type { Parts } from '../parts.ts';
import type { TillCommands } from '../runtime.ts';
import { checkReasonCode } from './check-reason.ts';
import { readySession } from './ready-session.ts';

/** Entries looked through for the last transaction; sign-ons and reprints stand behind it. */
const ENTRIES_BACK = 200;

export function createVoidTransaction(
  parts: Parts,
  approvals: ApprovalBook,
): TillCommands['voidTransaction'] {
  return async ({ transactionId, reasonCode, approval }) => {
    const ready = readySession(parts);
    if (!ready.ok) return ready;
    const operator = parts.operator.peek();
    if (operator === null) return refuse('not-signed-on');
    const settings = parts.settings.peek();
    const identity = parts.identity.peek();
    if (settings === null || identity === null) return refuse('not-ready');
    if (parts.cart.peek() !== null) return refuse('cart-open');
    const reason = checkReasonCode(parts, 'void-transaction', reasonCode);
    if (!reason.ok) return reason;
    const { journal, store } = ready.value;
    const head = journal.head();
    const entries = await store.tail(ENTRIES_BACK);
    const last = entries.findLast((fact) => fact.kind === 'transaction-completed')?.body.transaction;
    if (last === undefined) return refuse('transaction-not-found');
    if (last.voids?.transactionId === transactionId)
      return refuse('already-voided', { receiptNumber: last.voids.receiptNumber });
    if (last.id !== transactionId)
      return refuse('not-last-transaction', { receiptNumber: last.receiptNumber });
    // What counts is not turned round by practice, nor the other way about.
    if ((last.isTraining === true) !== parts.desk.isTraining()) return refuse('training-differs');
    const allowed = approvals.check(
      { permission: 'void-transaction', subject: tillSubjects.voidTransaction(transactionId) },
      approval,
    );
    if (!allowed.ok) return allowed;
    const { approvalId } = allowed.value;
    const id = asTransactionId(parts.given.newId());
    approvals.use(approvalId);
    const written = await journal.append(
      'transaction-completed',
      (place) => {
        // Something was written since the last transaction was looked up: look again.
        if (place.sequence !== head.sequence + 1) return refuse('not-last-transaction');
        const made = voidTransaction(last, settings.store, {
          id,
          now: place.recordedAt,
          position: place,
          workstationNumber: identity.enrolment.workstationNumber,
          operatorId: operator.id,
          reasonCode,
          approvalId,
          tillSessionId: openTillId(parts) ?? null,
          isVoidedAlready: false,
        });
        return made.ok ? accept({ transaction: made.value }) : made;
      },
      operator.id,
    );
    if (!written.ok) approvals.giveBack(approvalId);
    return written.ok
      ? accept({ transaction: written.value.body.transaction, fact: written.value })
      : written;
  };
}
