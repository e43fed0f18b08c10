// Keeps the views up to date: woken by every commit of facts, folds the store until nothing is left, and looks at
// all stores once at the start for what was left by a former process. Under load a step takes in what has come
// meanwhile. Errors are logged and tried again with growing pauses; nothing is ever skipped.

import type { Database } from '../db/database.ts';
import type { Log } from '../db/log.ts';
import { foldStep, storeOfScope } from './fold-store.ts';

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 5_000;
/** Another process folds the store: it will be done with what we were woken for, and we look again to be sure. */
const BUSY_PAUSE_MS = 250;
/** A fact that comes alone is folded at once; while they keep coming, views follow them in steps of this length. */
const STEP_EVERY_MS = 100;

export type FoldWorker = {
  /** Resolves when everything that was committed before the call is folded. */
  readonly settle: () => Promise<void>;
  readonly close: () => Promise<void>;
};

type Running = { isAgain: boolean; done: Promise<void> };

export function startFoldWorker(given: {
  readonly database: Database;
  readonly log: Log;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}): FoldWorker {
  const { database, log } = given;
  const running = new Map<string, Running>();
  const foldedAt = new Map<string, number>();
  const stopping = new AbortController();

  function wake(storeId: string): void {
    if (stopping.signal.aborted) return;
    const present = running.get(storeId);
    if (present !== undefined) {
      present.isAgain = true;
      return;
    }
    const state: Running = { isAgain: false, done: Promise.resolve() };
    running.set(storeId, state);
    state.done = foldAll(storeId, state).finally(() => running.delete(storeId));
  }

  async function foldAll(storeId: string, state: Running): Promise<void> {
    let pauseMs = FIRST_PAUSE_MS;
    do {
      const waitMs = (foldedAt.get(storeId) ?? 0) + STEP_EVERY_MS - performance.now();
      if (waitMs > 0) await pause(waitMs, stopping.signal);
      if (stopping.signal.aborted) return;
      state.isAgain = false;
      try {
        const step = await foldStep(database, storeId, given.now);
        pauseMs = FIRST_PAUSE_MS;
        if (step.kind === 'busy') await pause(BUSY_PAUSE_MS, stopping.signal);
        if (step.kind === 'busy' || step.hasMore) state.isAgain = true;
        else if (step.facts > 0) foldedAt.set(storeId, performance.now());
      } catch (error) {
        log.error({ storeId, error: String(error) }, 'fold-failed');
        await pause(pauseMs, stopping.signal);
        pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2);
        state.isAgain = true;
      }
    } while (state.isAgain && !stopping.signal.aborted);
  }

  const unsubscribe = database.wakeUps.subscribe((scope) => {
    const storeId = storeOfScope(scope);
    if (storeId !== null) wake(storeId);
  });

  async function wakeAll(): Promise<void> {
    const stores = await database.sql<{ id: string }[]>`select id from store`;
    for (const { id } of stores) wake(id);
  }
  wakeAll().catch((error: unknown) => log.error({ error: String(error) }, 'stores-unread'));

  return {
    async settle() {
      foldedAt.clear();
      await wakeAll();
      while (running.size > 0) await Promise.all([...running.values()].map((state) => state.done));
    },
    async close() {
      stopping.abort();
      unsubscribe();
      await Promise.all([...running.values()].map((state) => state.done));
    },
  };
}

/** Waits, but no longer than until the worker is stopped. */
function pause(durationMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(finish, durationMs);
    signal.addEventListener('abort', finish, { once: true });
    function finish(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      resolve();
    }
  });
}
