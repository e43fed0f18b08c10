// A manager agrees on the spot to one action of the operator who is signed on, with their PIN on this device. Nobody is
// signed on or off by it. The approval is for exactly one subject, serves once, and ends with this window.

import { approvalSubject, type Approval } from '../../domain/approval.ts';
import { checkAllowed, checkApprover, type AskedAction } from '../../domain/check-allowed.ts';
import { accept, refuse } from '../../domain/refusal.ts';
import { toHex } from '../journal/seal-fact.ts';
import type { Parts } from '../parts.ts';
import type { Workstation } from '../runtime.ts';
import type { PinCheck } from './check-pin.ts';

/** Approvals given in this window, and which of them have served. */
export type ApprovalBook = {
  /** May the operator who is signed on do it, alone or with this approval? Refuses as checkAllowed does. */
  check(action: AskedAction, approval: Approval | undefined): ReturnType<typeof checkAllowed>;
  /** It has served: its use is in the journal. */
  use(approvalId: string | null): void;
  /** What it was to serve for was not written. */
  giveBack(approvalId: string | null): void;
};

export function createApprovals(
  parts: Parts,
  pins: PinCheck,
): { readonly book: ApprovalBook; readonly approve: Workstation['approve'] } {
  const given = new Map<string, string>();
  const used = new Set<string>();
  const encoder = new TextEncoder();

  const approve: Workstation['approve'] = async ({ subject, limit, approverId, pin }) => {
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
      given.set(approvalId, text);
      return accept<Approval>({ approvalId, subject: text });
    });
  };

  return {
    approve,
    book: {
      check: (action, approval) =>
        checkAllowed(
          parts.operator.peek(),
          action,
          approval === undefined ? null : { approval, given, used },
        ),
      use(approvalId) {
        if (approvalId !== null) used.add(approvalId);
      },
      giveBack(approvalId) {
        if (approvalId !== null) used.delete(approvalId);
      },
    },
  };
}
