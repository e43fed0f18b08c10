// Something that the operator may not do alone: done at once where they may, and otherwise after a manager has agreed to
// exactly this on the spot.

import type { Approval, ApprovalSubject } from '../../shared/domain/approval.ts';
import type { AskedAction } from '../../shared/domain/check-allowed.ts';
import type { Outcome, Refusal } from '../../shared/domain/refusal.ts';
import type { Agreed } from './approval-asked.ts';
import type { PosContext } from './pos-context.ts';

export type Decision = {
  /** What the manager would agree to; a function where only the refusal says with what values. */
  readonly subject: ApprovalSubject | ((why: Refusal) => Agreed);
  /** How much of a limit it takes; the manager's own limit must allow it. */
  readonly limit?: AskedAction['limit'];
  readonly act: (approval: Approval | undefined) => Outcome<unknown> | Promise<Outcome<unknown>>;
  readonly onDone: () => void;
};

const ASKS_MANAGER: ReadonlySet<string> = new Set(['permission-missing', 'limit-exceeded']);

/** Does it, or asks a manager and does it again with the yes. Any other refusal is said. */
export async function decide(pos: PosContext, decision: Decision): Promise<void> {
  const { subject, limit, act, onDone } = decision;
  const outcome = await act(undefined);
  if (outcome.ok) return onDone();
  if (!ASKS_MANAGER.has(outcome.reason)) {
    pos.report(outcome);
    return;
  }
  pos.sounds.bad();
  pos.approval.value = {
    ...(typeof subject === 'function'
      ? subject(outcome)
      : { subject, ...(limit !== undefined && { limit }) }),
    why: outcome,
    async approved(approval) {
      pos.approval.value = null;
      if (pos.report(await act(approval))) onDone();
    },
  };
}
