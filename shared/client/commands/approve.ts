// A manager agrees on the spot to one action of the operator who is signed on, with their PIN on this device. Nobody is
// signed on or off by it. The approval is for exactly one subject, serves once, and ends with this window.

import { approvalSubject, type Approval } from '../../domain/approval.ts';
import { checkApprover } from '../../domain/check-allowed.ts';
import { accept, refuse } from '../../domain/refusal.ts';
import type { ApprovalBook } from '../approval-book.ts';
import { toHex } from '../journal/seal-fact.ts';
import type { Parts } from '../parts.ts';
import type { Workstation } from '../runtime.ts';
import type { PinCheck } from './check-pin.ts';

/** What is approved is in the journal first, then in the book of what was given. */
export function createApprove(parts: Parts, pins: PinCheck, book: ApprovalBook): Workstation['approve'] {
  const encoder = new TextEncoder();
  return async ({ subject, limit, approverId, pin }) => {
    const asking = parts.operator.peek();
    if (asking === null) return refuse('not-signed-on');
    return pins.whenRight({ operatorId: approverId, pin }, async ({ operator, session }) => {
      const permitted = checkApprover(operator, limit);
      if (!permitted.ok) return permitted;
      const text = approvalSubject(subject);
      const subjectHash = toHex(await parts.given.subtle.digest('SHA-256', encoder.encode(text)));
      const approvalId = parts.given.newId();
      const { action, cartId, lineNumber, values } = subject;
      const noted = await session.journal.append(
        'action-approved',
        () =>
          accept({
            approvalId,
            action,
            cartId,
            ...(lineNumber === undefined ? {} : { lineNumber }),
            subjectHash,
            approverId: operator.id,
            values,
          }),
        asking.id,
      );
      if (!noted.ok) return noted;
      const approval: Approval = { approvalId, subject: text };
      book.remember(approval);
      return accept(approval);
    });
  };
}
