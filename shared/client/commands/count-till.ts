// Counts the drawer blindly: what was counted is written down before anybody is told what it should hold. A count may be
// made again; the newest one counts, until cash moves.

import { countCash, countForeign } from '../../domain/denominations.ts';
import { accept, refuse } from '../../domain/refusal.ts';
import { checkPermission } from '../../domain/permissions.ts';
import { notCounted } from '../../domain/z-report.ts';
import type { Parts } from '../parts.ts';
import type { TillCommands } from '../runtime.ts';
import { atOpenTill } from './at-open-till.ts';

export function createCountTill(parts: Parts): TillCommands['countTill'] {
  return async (counted, foreign = []) => {
    const at = atOpenTill(parts);
    if (!at.ok) return at;
    const { session, operator, open } = at.value;
    const permitted = checkPermission(operator, 'sell');
    if (!permitted.ok) return permitted;
    const sum = countCash(counted, open.currency);
    if (!sum.ok) return sum;
    const others = countForeign(foreign);
    if (!others.ok) return others;
    const missing = notCounted(open.figures, others.value);
    if (missing !== null) return refuse('foreign-not-counted', { currency: missing });
    const { tillSessionId } = open;
    const written = await session.journal.append(
      'till-counted',
      () =>
        parts.till.peek()?.open?.tillSessionId === tillSessionId
          ? accept({
              tillSessionId,
              counted,
              countedMinor: sum.value,
              ...(others.value.length === 0 ? {} : { foreign: others.value }),
            })
          : refuse('till-not-open'),
      operator.id,
    );
    return written.ok ? accept({ countedMinor: sum.value }) : written;
  };
}
