// What a manager is asked on the spot: to agree to exactly one action, with its values, within a limit of their own.

import type { Approval, ApprovalSubject } from '../../shared/domain/approval.ts';
import type { AskedAction } from '../../shared/domain/check-allowed.ts';
import type { Refusal } from '../../shared/domain/refusal.ts';

export type Agreed = { readonly subject: ApprovalSubject; readonly limit?: AskedAction['limit'] };

/** A manager is being asked: why, and what happens with their yes. */
export type ApprovalAsked = Agreed & {
  readonly why: Refusal;
  readonly approved: (approval: Approval) => Promise<void>;
};
