// What a workstation is told that is not welcome any more. Said by auth at the gate, and by replication when the
// journal itself shows it.

import { RequestRefused } from './request-refused.ts';

export const revoked = (): RequestRefused =>
  new RequestRefused({
    status: 401,
    code: 'workstation-revoked',
    detail:
      'This workstation was taken out of service. What it has sold stays on it. Ask a manager to enrol it again.',
  });

export const quarantined = (): RequestRefused =>
  new RequestRefused({
    status: 403,
    code: 'workstation-quarantined',
    detail:
      'Two devices have used the journal of this workstation, so it was stopped. What it has sold stays on it. ' +
      'Ask a manager to look at Needs attention.',
  });
