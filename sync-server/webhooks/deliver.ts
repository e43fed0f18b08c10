// The job that makes one delivery, and what becomes of it: delivered, tried again with growing pauses for about a day, or dead; a dead
// one is shown in Needs attention and waits until somebody replays it.

import { inTransaction, type Database, type Transaction } from '../db/database.ts';
import { writeJobs } from '../db/jobs.ts';
import { raiseNotice } from '../db/notices.ts';
import { sendWebhook } from './send-webhook.ts';
import { WEBHOOK_JOB } from './webhook-events.ts';

const TIMEOUT_MS = 10_000;
/** 10 s, 20 s, 40 s … up to an hour each: about 20 hours in all. */
export const WEBHOOK_TRIES_MAX = 28;
export const WEBHOOK_FIRST_PAUSE_MS = 10_000;

export type DeliverGiven = {
  readonly database: Database;
  readonly now: () => number;
  readonly mayReachPrivate: boolean;
  readonly timeoutMs?: number;
};

type Row = {
  readonly id: string;
  readonly url: string;
  readonly secret: string;
  readonly body: string;
  readonly state: string;
  readonly is_active: boolean;
};

/** Tries a delivery once; throws when it must be tried again. */
export async function deliver(given: DeliverGiven, deliveryId: string): Promise<void> {
  const { sql } = given.database;
  const [row] = await sql<Row[]>`
    select d.id, w.url, w.secret, d.body, d.state, w.is_active
    from webhook_delivery d join webhook w on w.id = d.webhook_id where d.id = ${deliveryId}`;
  if (row === undefined || row.state === 'delivered' || !row.is_active) return;
  try {
    await sendWebhook(row, {
      nowMs: given.now(),
      mayReachPrivate: given.mayReachPrivate,
      timeoutMs: given.timeoutMs ?? TIMEOUT_MS,
    });
  } catch (error) {
    const answer = error instanceof Error ? error.message : String(error);
    await sql`update webhook_delivery set attempts = attempts + 1, last_answer = ${answer} where id = ${deliveryId}`;
    throw error;
  }
  await sql`
    update webhook_delivery set state = 'delivered', attempts = attempts + 1, last_answer = null,
      delivered_at = ${new Date(given.now())} where id = ${deliveryId}`;
}

/** The receiver did not take it in all that time. */
export async function giveUpDelivery(
  given: DeliverGiven,
  deliveryId: string,
  problem: string,
): Promise<void> {
  await inTransaction(given.database, async (transaction) => {
    const [dead] = await transaction.sql<{ event: string; body: string }[]>`
      update webhook_delivery set state = 'dead' where id = ${deliveryId} and state = 'waiting'
      returning event, body`;
    if (dead === undefined) return;
    // Made by writeEvents only.
    const { order } = JSON.parse(dead.body) as { order: { storeId: string; code: string } };
    await raiseNotice(transaction, order.storeId, {
      id: `webhook-dead:${deliveryId}`,
      kind: 'webhook-dead',
      at: new Date(given.now()).toISOString(),
      values: { event: dead.event, code: order.code, problem },
    });
  });
}

/** Tries a delivery again from the start, whatever became of it before. False when there is none. */
export function replayDelivery(given: DeliverGiven, deliveryId: string): Promise<boolean> {
  return inTransaction(given.database, (transaction) => replayWithin(transaction, given, deliveryId));
}

/** The same in a transaction of the caller. */
export async function replayWithin(
  { sql }: Transaction,
  given: Pick<DeliverGiven, 'now'>,
  deliveryId: string,
): Promise<boolean> {
  const rows = await sql`
    update webhook_delivery set state = 'waiting' where id = ${deliveryId} returning 1`;
  if (rows.length === 0) return false;
  await writeJobs(sql, [
    {
      id: `${WEBHOOK_JOB}:${deliveryId}`,
      kind: WEBHOOK_JOB,
      payload: { deliveryId },
      runAtMs: given.now(),
    },
  ]);
  return true;
}
