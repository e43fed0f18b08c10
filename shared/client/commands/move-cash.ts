// Moves cash into the drawer or out of it without goods: loan, pickup, paid in, paid out, safe drop.

import { tillSubjects } from '../../domain/approval.ts';
import type { AskedAction } from '../../domain/check-allowed.ts';
import { accept, refuse } from '../../domain/refusal.ts';
import type { ApprovalBook } from '../approval-book.ts';
import type { Parts } from '../parts.ts';
import type { TillCommands } from '../runtime.ts';
import { atOpenTill } from './at-open-till.ts';
import { checkReasonCode } from './check-reason.ts';

/** More than any drawer holds, in any currency. */
const AMOUNT_MAX_MINOR = 1_000_000_000_000;
const NOTE_MAX = 500;

export function createMoveCash(parts: Parts, approvals: ApprovalBook): TillCommands['moveCash'] {
  return async ({ kind, amountMinor, reasonCode, note, approval }) => {
    const at = atOpenTill(parts);
    if (!at.ok) return at;
    const { session, operator, open } = at.value;
    if (!Number.isSafeInteger(amountMinor) || amountMinor <= 0 || amountMinor > AMOUNT_MAX_MINOR) {
      return refuse('amount-out-of-bounds', { maxMinor: AMOUNT_MAX_MINOR });
    }
    if (note !== undefined && note.length > NOTE_MAX) return refuse('note-too-long', { maxLength: NOTE_MAX });
    const reason = checkReasonCode(parts, 'move-cash', reasonCode);
    if (!reason.ok) return reason;
    const action: AskedAction = {
      permission: 'open-drawer',
      subject: tillSubjects.moveCash(open.tillSessionId, kind, amountMinor),
      ...(kind === 'paid-out' ? { limit: { name: 'maxPaidOutMinor', asked: amountMinor } } : {}),
    };
    const allowed = approvals.check(action, approval);
    if (!allowed.ok) return allowed;
    const { approvalId } = allowed.value;
    approvals.use(approvalId);
    const written = await session.journal.append(
      'cash-moved',
      () =>
        parts.till.peek()?.open?.tillSessionId === open.tillSessionId
          ? accept({
              tillSessionId: open.tillSessionId,
              kind,
              amountMinor,
              reasonCode,
              ...(note === undefined ? {} : { note }),
              ...(approvalId === null ? {} : { approvalId }),
            })
          : refuse('till-not-open'),
      operator.id,
    );
    if (!written.ok) approvals.giveBack(approvalId);
    return written.ok ? accept(null) : written;
  };
}
