// The one memory of approvals in this window: which were given, for exactly what, and which have served. Everything that may
// need a manager's yes asks here, so an approval serves once, wherever it is presented.

import { approvalSubject, type Approval, type ApprovalSubject } from '../domain/approval.ts';
import { checkAllowed, type AskedAction } from '../domain/check-allowed.ts';
import type { Operator } from '../domain/operator.ts';
import { accept, refuse, type Outcome } from '../domain/refusal.ts';

export type ApprovalBook = {
  /** It was given: its entry is in the journal. */
  remember(approval: Approval): void;
  /** May the operator who is signed on do it, alone or with this approval? Refuses as checkAllowed does. */
  check(action: AskedAction, approval: Approval | undefined): ReturnType<typeof checkAllowed>;
  /** Was the approval given here for exactly this, and has not served? */
  checkFits(
    approval: Approval,
    subject: ApprovalSubject,
  ): Outcome<null, 'approval-not-fitting' | 'approval-used'>;
  /** It has served: its use is in the journal or in the cart. */
  use(approvalId: string | null): void;
  /** What it was to serve for was not written. */
  giveBack(approvalId: string | null): void;
};

export function createApprovalBook(operator: () => Operator | null): ApprovalBook {
  const given = new Map<string, string>();
  const used = new Set<string>();
  return {
    remember({ approvalId, subject }) {
      given.set(approvalId, subject);
    },
    check: (action, approval) =>
      checkAllowed(operator(), action, approval === undefined ? null : { approval, given, used }),
    checkFits({ approvalId, subject: presented }, subject) {
      const text = approvalSubject(subject);
      if (presented !== text || given.get(approvalId) !== text) return refuse('approval-not-fitting');
      return used.has(approvalId) ? refuse('approval-used') : accept(null);
    },
    use(approvalId) {
      if (approvalId !== null) used.add(approvalId);
    },
    giveBack(approvalId) {
      if (approvalId !== null) used.delete(approvalId);
    },
  };
}
