// Locks, channels and text stores in memory, for workstations in Node. They behave as the browser's do in
// everything the runtime relies on: waiting in order, stealing, synchronous reads.

import type { Channel, HeldLock, Locks, TextStore } from '../ports.ts';

/** localStorage in memory; hand the same object in again to restart a workstation. */
export function createMemoryTextStore(): TextStore {
  const texts = new Map<string, string>();
  return {
    getItem: (key) => texts.get(key) ?? null,
    setItem: (key, value) => void texts.set(key, value),
    removeItem: (key) => void texts.delete(key),
  };
}

type Holder = { readonly held: HeldLock; readonly lose: () => void };

/** Web Locks in memory, shared by all who are given the same object. */
export function createMemoryLocks(): Locks {
  const holders = new Map<string, Holder>();
  const waiting = new Map<string, ((held: HeldLock | null) => void)[]>();

  const take = (name: string): HeldLock => {
    let lose = () => {};
    const lost = new Promise<void>((resolve) => {
      lose = resolve;
    });
    const held: HeldLock = {
      lost,
      release() {
        if (holders.get(name)?.held !== held) return;
        holders.delete(name);
        // Handed to the next in the queue in the same turn, so that nobody can push in.
        const next = waiting.get(name)?.shift();
        if (next !== undefined) next(take(name));
      },
    };
    holders.set(name, { held, lose });
    return held;
  };

  return {
    tryAcquire: (name) => Promise.resolve(holders.has(name) ? null : take(name)),
    steal(name) {
      holders.get(name)?.lose();
      return Promise.resolve(take(name));
    },
    acquire(name, signal) {
      if (signal.aborted) return Promise.resolve(null);
      if (!holders.has(name)) return Promise.resolve(take(name));
      return new Promise((resolve) => {
        const queue = waiting.get(name) ?? [];
        waiting.set(name, [...queue, resolve]);
        const leave = () => {
          waiting.set(
            name,
            (waiting.get(name) ?? []).filter((one) => one !== resolve),
          );
          resolve(null);
        };
        signal.addEventListener('abort', leave, { once: true });
      });
    },
  };
}

/** BroadcastChannel in memory: every other listener of the name hears a message, in a later turn. */
export function createMemoryChannels(): (name: string) => Channel {
  const listeners = new Map<string, Set<(message: unknown) => void>>();
  return (name) => {
    const own = new Set<(message: unknown) => void>();
    const all = listeners.get(name) ?? new Set<(message: unknown) => void>();
    listeners.set(name, all);
    return {
      post(message) {
        for (const take of all) if (!own.has(take)) queueMicrotask(() => take(message));
      },
      listen(take) {
        own.add(take);
        all.add(take);
      },
      close() {
        for (const take of own) all.delete(take);
      },
    };
  };
}
