// Which shelf prices have changed since an instant: from the entries that the server itself has written. Prices are those of
// the company, so the changes of every store count, and only what was changed is read of them.

import type { PriceChange } from '../../shared/protocol/price-changes.ts';
import { PRICE_CHANGES_MAX } from '../../shared/protocol/price-changes.ts';
import type { Database } from '../db/database.ts';

/** One entry for each item, newest first: its price before the first change, and after the last. */
export async function readPriceChanges(database: Database, since: Date): Promise<PriceChange[]> {
  const rows = await database.sql<{ body: string; at: Date }[]>`
    select body, received_at as at from fact
    where kind = 'price-changed' and received_at >= ${since}
    order by received_at desc, position desc
    limit ${PRICE_CHANGES_MAX * 4}`;
  const changes = new Map<string, PriceChange>();
  for (const row of rows) {
    // The body is the canonical text of an entry that was admitted as `price-changed`.
    const { body } = JSON.parse(row.body) as { body: Omit<PriceChange, 'at'> };
    const known = changes.get(body.itemId);
    if (known !== undefined) changes.set(body.itemId, { ...known, fromMinor: body.fromMinor });
    else if (changes.size < PRICE_CHANGES_MAX)
      changes.set(body.itemId, {
        itemId: body.itemId,
        fromMinor: body.fromMinor,
        toMinor: body.toMinor,
        at: row.at.toISOString(),
      });
  }
  return [...changes.values()].filter(({ fromMinor, toMinor }) => fromMinor !== toMinor);
}
