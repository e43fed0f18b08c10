// Tells listeners in this process that a scope of the change feed has moved. A wake-up is a hint and carries no
// data: whoever is woken reads the feed from its own position. Announcements come after the commit; what other
// server processes commit is noticed by looking at the counters, so nothing depends on NOTIFY.

import type { Log } from './log.ts';
import type { Sql } from './sql.ts';

export type WakeUpListener = (scope: string, position: number) => void;

export type WakeUps = {
  readonly announce: (scope: string, position: number) => void;
  /** Returns what ends the subscription. */
  readonly subscribe: (listener: WakeUpListener) => () => void;
};

/** Positions only ever grow: an announcement that is not news is not passed on. */
export function createWakeUps(): WakeUps {
  const newest = new Map<string, number>();
  const listeners = new Set<WakeUpListener>();
  return {
    announce(scope, position) {
      if (position <= (newest.get(scope) ?? -1)) return;
      newest.set(scope, position);
      for (const listener of listeners) listener(scope, position);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Looks at the counters at the given interval and announces those that other processes have moved. */
export function watchCounters(
  given: { readonly sql: Sql; readonly wakeUps: WakeUps; readonly log: Log },
  everyMs: number,
): () => void {
  let isLooking = false;
  const look = async (): Promise<void> => {
    isLooking = true;
    try {
      const rows = await given.sql<{ scope: string; last: number }[]>`select scope, last from scope_counter`;
      for (const { scope, last } of rows) given.wakeUps.announce(scope, last);
    } catch (error) {
      given.log.warn({ error: String(error) }, 'scope-counters-unreadable');
    } finally {
      isLooking = false;
    }
  };
  const timer = setInterval(() => {
    if (!isLooking) void look();
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
