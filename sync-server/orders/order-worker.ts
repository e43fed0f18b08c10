// Takes in what tills record about orders and stock as soon as it is there: woken by every commit of facts of a store, and once at
// the start for what a former process left. Errors are logged and tried again; nothing is skipped, because the desk's cursor
// only moves with what was folded.

import { asStoreId, type StoreId } from '../../shared/domain/ids.ts';
import { factsScope } from '../db/caller.ts';
import type { Database } from '../db/database.ts';
import type { Log } from '../db/log.ts';

export type OrderWorker = {
  /** Resolves when everything that was committed before the call is taken in. */
  readonly settle: () => Promise<void>;
  readonly close: () => Promise<void>;
};

const PAUSE_AFTER_ERROR_MS = 500;
/** What is committed within this time is taken in together. */
const GATHER_MS = 50;

export function startOrderWorker(given: {
  readonly database: Database;
  readonly log: Log;
  readonly tend: (storeId: StoreId, isWhole: boolean, isOver: () => boolean) => Promise<void>;
}): OrderWorker {
  const { database, log } = given;
  const running = new Map<string, { isAgain: boolean; done: Promise<void> }>();
  const stopping = new AbortController();

  function wake(storeId: string, isWhole: boolean): Promise<void> {
    if (stopping.signal.aborted) return Promise.resolve();
    const present = running.get(storeId);
    if (present !== undefined) {
      present.isAgain = true;
      return present.done;
    }
    const state = { isAgain: false, done: Promise.resolve() };
    running.set(storeId, state);
    state.done = tendAll(storeId, state, isWhole).finally(() => running.delete(storeId));
    return state.done;
  }

  async function tendAll(storeId: string, state: { isAgain: boolean }, isWhole: boolean): Promise<void> {
    do {
      if (!isWhole) await new Promise((resolve) => setTimeout(resolve, GATHER_MS));
      state.isAgain = false;
      try {
        await given.tend(asStoreId(storeId), isWhole, () => stopping.signal.aborted);
      } catch (error) {
        if (stopping.signal.aborted) return;
        log.error({ storeId, error: String(error) }, 'orders-not-taken-in');
        await new Promise((resolve) => setTimeout(resolve, PAUSE_AFTER_ERROR_MS));
        state.isAgain = true;
      }
    } while (state.isAgain && !stopping.signal.aborted);
  }

  const prefix = factsScope('');
  const unsubscribe = database.wakeUps.subscribe((scope) => {
    if (scope.startsWith(prefix)) void wake(scope.slice(prefix.length), false);
  });
  const wakeAll = async (): Promise<void> => {
    const stores = await database.sql<{ id: string }[]>`select id from store where kind = 'shop'`;
    await Promise.all(stores.map(({ id }) => wake(id, true)));
  };
  wakeAll().catch((error: unknown) => log.error({ error: String(error) }, 'stores-unread'));

  return {
    settle: wakeAll,
    async close() {
      stopping.abort();
      unsubscribe();
      await Promise.all([...running.values()].map((state) => state.done));
    },
  };
}
