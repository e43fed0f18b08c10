// Who has come and gone on this workstation today, from its own journal: complete with or without a network.

import { businessDayOf } from '../../domain/business-day.ts';
import type { OperatorId } from '../../domain/ids.ts';
import { foldTimeClock, type Stay } from '../../domain/time-clock.ts';
import type { Parts } from '../parts.ts';
import type { Workstation } from '../runtime.ts';

export function createStaysToday(parts: Parts): Workstation['staysToday'] {
  return async () => {
    const today = new Map<OperatorId, readonly Stay[]>();
    const store = parts.session()?.store;
    const settings = parts.settings.peek();
    if (store === undefined || settings === null) return today;
    const dayOf = businessDayOf(settings.store);
    const now = dayOf(parts.given.now().toISOString());
    for (const { id } of parts.operators.peek()) {
      const stays = foldTimeClock(await store.about(id)).get(id) ?? [];
      // Whoever is still there belongs to today, however long ago they came.
      const own = stays.filter(({ inAt, outAt }) => dayOf(inAt) === now || outAt === null);
      if (own.length > 0) today.set(id, own);
    }
    return today;
  };
}
