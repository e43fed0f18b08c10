// Enters and leaves training: an entry of the journal, so that a reload changes nothing and everybody can see later what was
// practice. In between no cart may be open, because a cart is practice from its first line to its receipt, or not at all.

import { tillSubjects } from '../../domain/approval.ts';
import { accept, refuse } from '../../domain/refusal.ts';
import type { Parts } from '../parts.ts';
import type { TillCommands } from '../runtime.ts';
import type { ApprovalBook } from '../approval-book.ts';
import { atTill } from './at-open-till.ts';

export function createSwitchTraining(parts: Parts, approvals: ApprovalBook): TillCommands['switchTraining'] {
  return async ({ isOn, approval }) => {
    const at = atTill(parts);
    if (!at.ok) return at;
    const { session, operator, state } = at.value;
    if (state.isTraining === isOn) return accept(null);
    if (parts.cart.peek() !== null) return refuse('cart-open');
    const allowed = approvals.check({ permission: 'train', subject: tillSubjects.train() }, approval);
    if (!allowed.ok) return allowed;
    const { approvalId } = allowed.value;
    approvals.use(approvalId);
    const written = await session.journal.append('training-switched', () => accept({ isOn }), operator.id);
    if (!written.ok) approvals.giveBack(approvalId);
    return written.ok ? accept(null) : written;
  };
}
