// Opens the drawer without a sale: the entry is written first, the screen opens the drawer when this has answered ok.

import { tillSubjects } from '../../domain/approval.ts';
import { accept, refuse } from '../../domain/refusal.ts';
import type { ApprovalBook } from '../approval-book.ts';
import { openTillId } from '../open-till-id.ts';
import type { Parts } from '../parts.ts';
import type { TillCommands } from '../runtime.ts';
import { checkReasonCode } from './check-reason.ts';
import { readySession } from './ready-session.ts';

export function createNoSale(parts: Parts, approvals: ApprovalBook): TillCommands['noSale'] {
  return async ({ reasonCode, approval }) => {
    const ready = readySession(parts);
    if (!ready.ok) return ready;
    const operator = parts.operator.peek();
    if (operator === null) return refuse('not-signed-on');
    if (parts.desk.isTraining()) return refuse('training-on');
    const reason = checkReasonCode(parts, 'no-sale', reasonCode);
    if (!reason.ok) return reason;
    const allowed = approvals.check(
      { permission: 'open-drawer', subject: tillSubjects.noSale(reasonCode) },
      approval,
    );
    if (!allowed.ok) return allowed;
    const { approvalId } = allowed.value;
    approvals.use(approvalId);
    const written = await ready.value.journal.append(
      'no-sale',
      () => {
        const tillSessionId = openTillId(parts);
        return accept({
          reasonCode,
          ...(tillSessionId === undefined ? {} : { tillSessionId }),
          ...(approvalId === null ? {} : { approvalId }),
        });
      },
      operator.id,
    );
    if (!written.ok) approvals.giveBack(approvalId);
    return written.ok ? accept(null) : written;
  };
}
