// The timers of an order: a reminder before its time is over, and the end of its time. They are jobs, so they survive a restart, and
// they go away when the order ends.

import { isEnded } from '../../shared/domain/order/order.ts';
import type { Transaction } from '../db/database.ts';
import { dropJobs, writeJobs, type Job } from '../db/jobs.ts';
import type { OrderChanged } from './order-changed.ts';

export const DUE_JOB = 'order-due';
export const REMIND_JOB = 'order-remind';
/** A reminder is sent when so much of the time is left, in parts of the whole. */
const REMIND_PART = 4;

/** Sets the timers of orders that were placed or got a new time, and drops those of orders that ended. */
export async function setTimers(transaction: Transaction, changed: readonly OrderChanged[]): Promise<void> {
  const jobs: Job[] = [];
  const over: string[] = [];
  for (const { order, before } of changed) {
    const ids = { due: `${DUE_JOB}:${order.id}`, remind: `${REMIND_JOB}:${order.id}` };
    if (isEnded(order)) over.push(ids.due, ids.remind);
    else if (before === null || before.dueAt !== order.dueAt) {
      const payload = { storeId: order.storeId, orderId: order.id };
      const dueMs = Date.parse(order.dueAt);
      const remindMs = dueMs - (dueMs - Date.parse(order.placedAt)) / REMIND_PART;
      jobs.push(
        { id: ids.due, kind: DUE_JOB, payload, runAtMs: dueMs },
        { id: ids.remind, kind: REMIND_JOB, payload, runAtMs: remindMs },
      );
    }
  }
  await writeJobs(transaction.sql, jobs);
  await dropJobs(transaction.sql, over);
}
