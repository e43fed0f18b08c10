// Which items of this store need a new shelf label: the server knows when prices changed, this till knows the items and
// their prices of now.

import { businessDayOf } from '../../domain/business-day.ts';
import { asItemId } from '../../domain/ids.ts';
import { accept, refuse } from '../../domain/refusal.ts';
import type { ChangedPrice, PaperCommands } from '../paper-commands.ts';
import type { Parts } from '../parts.ts';
import { isRecord } from '../server/server-answer.ts';

/** Longer than any business day, so that the whole of today is in it. */
const ASK_BACK_MS = 36 * 3_600_000;

export function createPriceChangesToday(parts: Parts): PaperCommands['priceChangesToday'] {
  return async () => {
    const settings = parts.settings.peek();
    if (settings === null || parts.board.status.peek().connection === 'offline')
      return refuse('price-changes-offline');
    const now = parts.given.now();
    const since = new Date(now.getTime() - ASK_BACK_MS).toISOString();
    const answer = await parts.connection.request(`/api/v1/price-changes?since=${encodeURIComponent(since)}`);
    if (answer.kind === 'unreachable') return refuse('price-changes-offline');
    if (answer.kind === 'refused') return refuse(answer.code, { detail: answer.detail });
    const dayOf = businessDayOf(settings.store);
    const today = dayOf(now.toISOString());
    const changes = isRecord(answer.body) ? answer.body['changes'] : null;
    const changed = (Array.isArray(changes) ? changes : []).flatMap((change: unknown): ChangedPrice[] => {
      if (!isRecord(change)) return [];
      const { itemId, fromMinor, at } = change;
      if (typeof itemId !== 'string' || typeof fromMinor !== 'number' || typeof at !== 'string') return [];
      const item = parts.catalogue.view.byId(asItemId(itemId));
      return item === null || dayOf(at) !== today ? [] : [{ item, fromMinor, at }];
    });
    return accept(changed);
  };
}
