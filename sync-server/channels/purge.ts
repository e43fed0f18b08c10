// What the Channels API keeps for a while only: answers to idempotency keys for a week, carts that nobody touched for three months.

import type { Database } from '../db/database.ts';
import { writeJobs } from '../db/jobs.ts';

export const PURGE_JOB = 'channel-purge';
const EVERY_MS = 24 * 3_600_000;
const ANSWER_DAYS = 7;
const CART_DAYS = 90;

/** Asks for a purge at the given time; there is only ever one. */
export const askForPurge = (database: Database, runAtMs: number): Promise<void> =>
  writeJobs(database.sql, [{ id: PURGE_JOB, kind: PURGE_JOB, payload: {}, runAtMs }]);

/** Removes what is too old, and asks for the next purge in a day. */
export async function purge(database: Database, nowMs: number): Promise<void> {
  await database.sql`
    delete from idempotent_answer where at < now() - make_interval(days => ${ANSWER_DAYS})`;
  await database.sql`
    delete from channel_cart where changed_at < now() - make_interval(days => ${CART_DAYS})`;
  await askForPurge(database, nowMs + EVERY_MS);
}
