// Closes the session that was counted, with its Z report: one entry, made whole where it stands in the journal. A difference
// beyond the operator's limit needs an approval of exactly this difference.

import { tillSubjects } from '../../domain/approval.ts';
import { accept, refuse } from '../../domain/refusal.ts';
import { buildZReport, differenceAtStake } from '../../domain/z-report.ts';
import type { ApprovalBook } from '../approval-book.ts';
import type { Parts } from '../parts.ts';
import type { TillCommands } from '../runtime.ts';
import { atOpenTill } from './at-open-till.ts';

export function createCloseTill(parts: Parts, approvals: ApprovalBook): TillCommands['closeTill'] {
  return async ({ approval } = {}) => {
    const at = atOpenTill(parts);
    if (!at.ok) return at;
    const { session, operator } = at.value;
    if (parts.cart.peek() !== null) return refuse('cart-open');
    const noted = await parts.notes.settle();
    if (!noted.ok) return noted;
    let usedId: string | null = null;
    const written = await session.journal.append(
      'till-closed',
      (place) => {
        const state = parts.till.peek();
        if (state === null || state.open === null) return refuse('till-not-open');
        const z = buildZReport(state.open, {
          former: state.former,
          closedAt: place.recordedAt,
          closedBy: operator.id,
          last: { epoch: place.epoch, sequence: place.sequence },
          pending: {
            count: session.book.pendingCount(),
            amountMinor: parts.canary.read()?.pendingAmountMinor ?? 0,
          },
        });
        if (!z.ok) return z;
        const { differenceMinor } = z.value.cash;
        const allowed = approvals.check(
          {
            permission: 'close-till',
            subject: tillSubjects.closeTill(state.open.tillSessionId, differenceMinor),
            limit: { name: 'maxTillDifferenceMinor', asked: differenceAtStake(z.value) },
          },
          approval,
        );
        if (!allowed.ok) {
          const stakeMinor = differenceAtStake(z.value);
          return refuse(allowed.reason, { ...allowed.details, differenceMinor, stakeMinor });
        }
        usedId = allowed.value.approvalId;
        return accept({ z: z.value, ...(usedId === null ? {} : { approvalId: usedId }) });
      },
      operator.id,
    );
    if (!written.ok) return written;
    approvals.use(usedId);
    return accept(written.value.body.z);
  };
}
