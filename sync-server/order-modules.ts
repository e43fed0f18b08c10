// Puts orders of channels together: the desk, the worker that takes in what tills record, and the jobs that keep time. What other
// modules do when an order changes (webhooks, messages) is handed in.

import { asStoreId, type StoreId } from '../shared/domain/ids.ts';
import type { Database, Transaction } from './db/database.ts';
import type { Log } from './db/log.ts';
import { startJobRunner, type JobHandler, type JobRunner } from './jobs/job-runner.ts';
import type { OrderChanged } from './orders/order-changed.ts';
import { createOrderDesk, type OrderDesk } from './orders/order-desk.ts';
import { DUE_JOB, setTimers } from './orders/order-timers.ts';
import { startOrderWorker, type OrderWorker } from './orders/order-worker.ts';
import type { ServerFacts } from './server-facts.ts';

export type OrderModulesGiven = {
  readonly database: Database;
  readonly log: Log;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly serverFacts: Pick<ServerFacts, 'appendWithin' | 'enrol'>;
  /** Inside the transaction of the change. */
  readonly onChanged: (transaction: Transaction, changed: readonly OrderChanged[]) => Promise<void>;
  readonly handlers: Readonly<Record<string, JobHandler>>;
  /** How often jobs are looked for; null only when asked. */
  readonly jobsEveryMs: number | null;
};

export type OrderModules = {
  readonly desk: OrderDesk;
  readonly worker: OrderWorker;
  readonly jobs: JobRunner;
  readonly stop: () => Promise<void>;
};

/** A timer is never given up: an order that nobody ends would keep its goods for ever. */
const ALWAYS = Number.MAX_SAFE_INTEGER;

export function startOrderModules(given: OrderModulesGiven): OrderModules {
  const { database, log, now } = given;
  const unprepared = createOrderDesk({
    database,
    now,
    append: given.serverFacts.appendWithin,
    async onChanged(transaction, changed) {
      await setTimers(transaction, changed);
      await given.onChanged(transaction, changed);
    },
  });
  // Enrolling needs a connection of its own, so it comes before the transaction.
  const enrolled = (storeId: StoreId): Promise<void> => given.serverFacts.enrol(storeId);
  const desk: OrderDesk = {
    ...unprepared,
    async place(placement, contact) {
      await enrolled(placement.storeId);
      return unprepared.place(placement, contact);
    },
    async move(place, move) {
      await enrolled(place.storeId);
      return unprepared.move(place, move);
    },
    async decide(place, work) {
      await enrolled(place.storeId);
      return unprepared.decide(place, work);
    },
    async takeFeedback(place, said) {
      await enrolled(place.storeId);
      return unprepared.takeFeedback(place, said);
    },
    async callTime(place) {
      await enrolled(place.storeId);
      await unprepared.callTime(place);
    },
    async tend(storeId, isWhole, isOver) {
      await enrolled(storeId);
      await unprepared.tend(storeId, isWhole, isOver);
    },
  };
  const worker = startOrderWorker({ database, log, tend: desk.tend });
  const jobs = startJobRunner({
    database,
    log,
    now,
    everyMs: given.jobsEveryMs,
    handlers: {
      [DUE_JOB]: {
        triesMax: ALWAYS,
        firstPauseMs: 5_000,
        run: ({ storeId = '', orderId = '' }) => desk.callTime({ storeId: asStoreId(storeId), orderId }),
      },
      ...given.handlers,
    },
  });
  return {
    desk,
    worker,
    jobs,
    async stop() {
      await jobs.close();
      await worker.close();
    },
  };
}
