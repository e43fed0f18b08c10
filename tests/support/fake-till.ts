// The till of the fake workstation: approvals by PIN 1234 and nothing written down.

import { approvalSubject } from '../../shared/domain/approval.ts';
import { accept, refuse } from '../../shared/domain/refusal.ts';
import type { Workstation } from '../../shared/client/runtime.ts';

export function createFakeTill(): Pick<Workstation, 'approve'> {
  let approvals = 0;
  return {
    approve({ subject, pin }) {
      if (pin !== '1234') return Promise.resolve(refuse('pin-wrong', { triesLeft: 3 }));
      approvals += 1;
      const approvalId = `approval-${String(approvals)}`;
      return Promise.resolve(accept({ approvalId, subject: approvalSubject(subject) }));
    },
  };
}
