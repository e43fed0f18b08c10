// Gives up a print that waits for a printer: the entry says who did it and why, and is written before the print is gone.

import { tillSubjects } from '../../domain/approval.ts';
import { accept, refuse } from '../../domain/refusal.ts';
import type { ApprovalBook } from '../approval-book.ts';
import type { Parts } from '../parts.ts';
import type { TillCommands } from '../runtime.ts';
import { checkReasonCode } from './check-reason.ts';
import { readySession } from './ready-session.ts';

export function createDiscardPrint(parts: Parts, approvals: ApprovalBook): TillCommands['discardPrint'] {
  return async ({ printId, queuedAtMs, reasonCode, approval }) => {
    const ready = readySession(parts);
    if (!ready.ok) return ready;
    const operator = parts.operator.peek();
    if (operator === null) return refuse('not-signed-on');
    const reason = checkReasonCode(parts, 'discard-print', reasonCode);
    if (!reason.ok) return reason;
    const allowed = approvals.check(
      { permission: 'decide-attention', subject: tillSubjects.discardPrint(printId, reasonCode) },
      approval,
    );
    if (!allowed.ok) return allowed;
    const { approvalId } = allowed.value;
    approvals.use(approvalId);
    const written = await ready.value.journal.append(
      'print-discarded',
      () =>
        accept({
          printId,
          queuedAt: new Date(queuedAtMs).toISOString(),
          reasonCode,
          ...(approvalId === null ? {} : { approvalId }),
        }),
      operator.id,
    );
    if (!written.ok) approvals.giveBack(approvalId);
    return written.ok ? accept(null) : written;
  };
}
