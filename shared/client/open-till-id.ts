// Which till session a sale belongs to: the one that the journal says is open, and while a part of the journal is
// missing on this device the one that was noted when it was last whole.

import type { Parts } from './parts.ts';

export function openTillId(parts: Parts): string | undefined {
  const state = parts.till.peek();
  if (state !== null) return state.open?.tillSessionId;
  const own = parts.identity.peek()?.enrolment.workstationId;
  return own === undefined ? undefined : (parts.journalNotes.openTill(own) ?? undefined);
}
