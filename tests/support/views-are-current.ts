// Views are folded from facts by workers of the server, a moment after the facts are in. Whoever compares views with
// facts waits for that first.

import { setTimeout as delay } from 'node:timers/promises';
import type { Sql } from '../../sync-server/db/sql.ts';

const FOLD_LIMIT_MS = 300_000;

/** Resolves when the views hold every fact; rejects when they do not come to it. */
export async function viewsAreCurrent(database: Sql, limitMs = FOLD_LIMIT_MS): Promise<void> {
  const deadline = performance.now() + limitMs;
  for (;;) {
    const behind = await database`
      select fact.store_id from fact left join projection_cursor on projection_cursor.store_id = fact.store_id
        group by fact.store_id, projection_cursor.position
        having max(fact.position) > coalesce(projection_cursor.position, 0)`;
    if (behind.length === 0) return;
    if (performance.now() > deadline) throw new Error('the views did not take in every fact');
    await delay(20);
  }
}
