// The till of the fake workstation: real figures and a real Z report, approvals by PIN 1234, and nothing written down.

import { signal } from '@preact/signals';
import { approvalSubject } from '../../shared/domain/approval.ts';
import { countCash, countForeign } from '../../shared/domain/denominations.ts';
import type { Fact, FactBodies, FactKind } from '../../shared/domain/fact.ts';
import type { OperatorId } from '../../shared/domain/ids.ts';
import { accept, refuse } from '../../shared/domain/refusal.ts';
import { foldTill, NEW_TILL, type TillState } from '../../shared/domain/till-session.ts';
import { buildZReport } from '../../shared/domain/z-report.ts';
import type { ApprovalBook } from '../../shared/client/approval-book.ts';
import type { TillCommands, Workstation } from '../../shared/client/runtime.ts';

export type FakeTillGiven = {
  readonly currency: string;
  readonly now: () => string;
  readonly operatorId: () => OperatorId;
  readonly approvals: Pick<ApprovalBook, 'remember'>;
};

/** The till, and `record` for whatever else happens at it (sales). */
export function createFakeTill(given: FakeTillGiven) {
  const till = signal<TillState | null>(NEW_TILL);
  let approvals = 0;
  let sequence = 1;
  const record = <Kind extends FactKind>(kind: Kind, body: FactBodies[Kind]): void => {
    sequence += 1;
    const entry = { kind, body, recordedAt: given.now(), operatorId: given.operatorId(), epoch: 1, sequence };
    // Only what the fold reads; nobody verifies the chain of a fake.
    till.value = foldTill(till.peek() ?? NEW_TILL, entry as unknown as Fact);
  };
  const openTill = () => till.peek()?.open ?? null;
  const commands: TillCommands & Pick<Workstation, 'approve' | 'till'> = {
    till,
    approve({ subject, pin }) {
      if (pin !== '1234') return Promise.resolve(refuse('pin-wrong', { triesLeft: 3 }));
      approvals += 1;
      const approvalId = `approval-${String(approvals)}`;
      const approval = { approvalId, subject: approvalSubject(subject) };
      given.approvals.remember(approval);
      return Promise.resolve(accept(approval));
    },
    openTill(counted) {
      if (openTill() !== null) return Promise.resolve(refuse('till-already-open'));
      const sum = countCash(counted, given.currency);
      if (!sum.ok) return Promise.resolve(sum);
      const sessionNumber = (till.peek()?.lastSessionNumber ?? 0) + 1;
      record('till-opened', {
        tillSessionId: `session-${String(sessionNumber)}`,
        sessionNumber,
        businessDay: given.now().slice(0, 10),
        currency: given.currency,
        openedBy: given.operatorId(),
        floatMinor: sum.value,
        counted,
      });
      return Promise.resolve(accept(null));
    },
    moveCash({ kind, amountMinor, reasonCode }) {
      const open = openTill();
      if (open === null) return Promise.resolve(refuse('till-not-open'));
      record('cash-moved', { tillSessionId: open.tillSessionId, kind, amountMinor, reasonCode });
      return Promise.resolve(accept(null));
    },
    discardPrint({ printId, queuedAtMs, reasonCode }) {
      record('print-discarded', { printId, queuedAt: new Date(queuedAtMs).toISOString(), reasonCode });
      return Promise.resolve(accept(null));
    },
    noSale({ reasonCode }) {
      record('no-sale', { reasonCode });
      return Promise.resolve(accept(null));
    },
    countTill(counted, foreign = []) {
      const open = openTill();
      if (open === null) return Promise.resolve(refuse('till-not-open'));
      const sum = countCash(counted, open.currency);
      if (!sum.ok) return Promise.resolve(sum);
      const others = countForeign(foreign);
      if (!others.ok) return Promise.resolve(others);
      record('till-counted', {
        tillSessionId: open.tillSessionId,
        counted,
        countedMinor: sum.value,
        foreign: others.value,
      });
      return Promise.resolve(accept({ countedMinor: sum.value }));
    },
    makeXReport() {
      const open = openTill();
      return Promise.resolve(open === null ? refuse('till-not-open') : accept(open));
    },
    closeTill() {
      const open = openTill();
      if (open === null) return Promise.resolve(refuse('till-not-open'));
      const z = buildZReport(open, {
        former: till.peek()?.former ?? null,
        closedAt: given.now(),
        closedBy: given.operatorId(),
        last: { epoch: 1, sequence: sequence + 1 },
        pending: { count: 0, amountMinor: 0 },
      });
      if (z.ok) record('till-closed', { z: z.value });
      return Promise.resolve(z);
    },
    voidTransaction: () => Promise.resolve(refuse('transaction-not-found')),
    switchTraining({ isOn }) {
      record('training-switched', { isOn });
      return Promise.resolve(accept(null));
    },
    clockIn: () => Promise.resolve(accept(null)),
    clockOut: () => Promise.resolve(accept(null)),
  };
  return { commands, record };
}
