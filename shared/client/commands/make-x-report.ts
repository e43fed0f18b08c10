// Reads the till without closing it: an X report changes nothing, but that somebody looked is an entry.

import { checkPermission } from '../../domain/permissions.ts';
import { accept, refuse } from '../../domain/refusal.ts';
import type { Parts } from '../parts.ts';
import type { TillCommands } from '../runtime.ts';
import { atOpenTill } from './at-open-till.ts';

export function createMakeXReport(parts: Parts): TillCommands['makeXReport'] {
  return async () => {
    const at = atOpenTill(parts);
    if (!at.ok) return at;
    const { session, operator, open } = at.value;
    const permitted = checkPermission(operator, 'close-till');
    if (!permitted.ok) return permitted;
    const written = await session.journal.append(
      'x-report-made',
      () => accept({ tillSessionId: open.tillSessionId }),
      operator.id,
    );
    if (!written.ok) return written;
    const now = parts.till.peek()?.open ?? null;
    return now === null ? refuse('till-not-open') : accept(now);
  };
}
