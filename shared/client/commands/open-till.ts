// Opens a till session with a counted float. Needs no network: number and former totals come from the own journal.

import { businessDay } from '../../domain/business-day.ts';
import { countCash } from '../../domain/denominations.ts';
import { checkPermission } from '../../domain/permissions.ts';
import { accept, refuse } from '../../domain/refusal.ts';
import type { Parts } from '../parts.ts';
import type { TillCommands } from '../runtime.ts';
import { atTill } from './at-open-till.ts';

export function createOpenTill(parts: Parts): TillCommands['openTill'] {
  return async (counted) => {
    const at = atTill(parts);
    if (!at.ok) return at;
    const { session, operator, settings } = at.value;
    const permitted = checkPermission(operator, 'sell');
    if (!permitted.ok) return permitted;
    const { store } = settings;
    const floatMinor = countCash(counted, store.currency);
    if (!floatMinor.ok) return floatMinor;
    const tillSessionId = parts.given.newId();
    const written = await session.journal.append(
      'till-opened',
      ({ recordedAt }) => {
        const state = parts.till.peek();
        if (state === null) return refuse('till-history-missing');
        if (state.open !== null) return refuse('till-already-open');
        if (state.isTraining) return refuse('training-on');
        return accept({
          tillSessionId,
          sessionNumber: state.lastSessionNumber + 1,
          businessDay: businessDay(recordedAt, store),
          currency: store.currency,
          openedBy: operator.id,
          floatMinor: floatMinor.value,
          counted,
        });
      },
      operator.id,
    );
    return written.ok ? accept(null) : written;
  };
}
