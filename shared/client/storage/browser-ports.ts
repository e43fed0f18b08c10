// The browser's own parts behind the ports: Web Locks, BroadcastChannel, navigator.storage, and two small
// IndexedDB stores (indexes that can be rebuilt, and the ballast), and where an identity is kept.

import type { Ballast, ByteStore, Channel, HeldLock, Locks, StorageHealthPort, WakeUps } from '../ports.ts';

/** Web Locks. A lock is held until `release`; the browser gives it back when the window dies. */
export function createBrowserLocks(manager: LockManager): Locks {
  const request = (name: string, options: LockOptions): Promise<HeldLock | null> =>
    new Promise((resolve, reject) => {
      let lose = () => {};
      const lost = new Promise<void>((settle) => {
        lose = settle;
      });
      manager
        .request(name, options, (lock) => {
          if (lock === null) {
            resolve(null);
            return undefined;
          }
          return new Promise<void>((release) => resolve({ release, lost }));
        })
        .then(
          () => undefined,
          (error: unknown) => {
            // AbortError: either the wait was ended, or the lock was stolen while held.
            lose();
            if (error instanceof Error && error.name === 'AbortError') resolve(null);
            else reject(error instanceof Error ? error : new Error(String(error)));
          },
        );
    });
  return {
    tryAcquire: (name) => request(name, { ifAvailable: true }),
    acquire: (name, signal) => request(name, { signal }),
    async steal(name) {
      const held = await request(name, { steal: true });
      if (held === null) throw new Error('The browser did not give the lock.');
      return held;
    },
  };
}

export function createBrowserChannel(name: string): Channel {
  const channel = new BroadcastChannel(name);
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel never leaves its origin
    post: (message) => channel.postMessage(message),
    listen: (take) => channel.addEventListener('message', (event) => take(event.data)),
    close: () => channel.close(),
  };
}

export function createBrowserStorageHealth(storage: StorageManager): StorageHealthPort {
  return {
    isPersisted: () => storage.persisted(),
    persist: () => storage.persist(),
    async estimate() {
      const { usage, quota } = await storage.estimate();
      return usage === undefined || quota === undefined ? null : { usedBytes: usage, quotaBytes: quota };
    },
  };
}

/** Network back, window shown, machine woken: each is a reason to ask the server now. */
export function createBrowserWakeUps(target: Window): WakeUps {
  return {
    mayBeOnline: () => target.navigator.onLine,
    listen(wake) {
      const whenShown = () => {
        if (target.document.visibilityState === 'visible') wake();
      };
      target.addEventListener('online', wake);
      target.addEventListener('pageshow', wake);
      target.document.addEventListener('visibilitychange', whenShown);
      return () => {
        target.removeEventListener('online', wake);
        target.removeEventListener('pageshow', wake);
        target.document.removeEventListener('visibilitychange', whenShown);
      };
    },
  };
}

/** A key-value store in an IndexedDB database of its own. */
export function createIndexedDbByteStore(factory: IDBFactory, databaseName: string): ByteStore {
  return {
    read: (key) => inStore<unknown>(factory, databaseName, 'readonly', (store) => store.get(key)),
    async write(key, value) {
      await inStore(factory, databaseName, 'readwrite', (store) => store.put(value, key));
    },
  };
}

/** Incompressible bytes in a database of their own; freed when a sale needs the room. */
export function createIndexedDbBallast(factory: IDBFactory, databaseName: string): Ballast {
  // The size stands in the key, so that asking for it reads no byte of twenty megabytes.
  const PREFIX = 'ballast';
  const all = IDBKeyRange.bound(PREFIX, `${PREFIX}\uffff`);
  const size = async (): Promise<number> => {
    const keys = await inStore(factory, databaseName, 'readonly', (store) => store.getAllKeys(all));
    return Math.max(
      0,
      ...keys.map((key) => (typeof key === 'string' ? Number(key.slice(PREFIX.length + 1)) || 0 : 0)),
    );
  };
  const drop = () => inStore(factory, databaseName, 'readwrite', (store) => store.delete(all));
  return {
    async fill(bytes) {
      try {
        if ((await size()) >= bytes) return;
        const filler = new Uint8Array(bytes);
        for (let at = 0; at < bytes; at += 65_536) {
          crypto.getRandomValues(filler.subarray(at, Math.min(bytes, at + 65_536)));
        }
        await drop();
        await inStore(factory, databaseName, 'readwrite', (store) => store.put(filler, `${PREFIX}-${bytes}`));
      } catch {
        // No room for the reserve: the storage level says so to the people, and selling goes on.
      }
    },
    async free() {
      try {
        const bytes = await size();
        if (bytes > 0) await drop();
        return bytes;
      } catch {
        return 0;
      }
    },
    async renewLog() {
      // Chromium goes on writing behind the broken record of a log that was cut off, finds the break at the next start
      // and throws everything away. It begins a new file when about four megabytes have been written to the old one;
      // larger values would lie outside the log, in files of their own.
      try {
        for (let round = 0; round < LOG_ROUNDS; round += 1) {
          await inStore(factory, databaseName, 'readwrite', (store) => {
            const filler = new Uint8Array(LOG_VALUE_BYTES);
            for (let place = 1; place < LOG_VALUES; place += 1) {
              store.put(crypto.getRandomValues(filler), `log-${place}`);
            }
            return store.put(crypto.getRandomValues(filler), 'log-0');
          });
        }
        await inStore(factory, databaseName, 'readwrite', (store) =>
          store.delete(IDBKeyRange.bound('log-', 'log-\uffff')),
        );
      } catch {
        // The start goes on: the next one compares itself with the server in any case.
      }
    },
  };
}

/** Six megabytes in values that Chromium keeps inside its log. */
const LOG_ROUNDS = 6;
const LOG_VALUES = 32;
const LOG_VALUE_BYTES = 32_768;

/**
 * Where an identity is kept: an IndexedDB with files of its own where the browser can make one (Storage Buckets), so that
 * what breaks the files of the journal does not reach it, then the common one, which older browsers have used. Rejects
 * when the browser can and does not: an identity that is not found is not the same as none.
 */
export async function openIdentityStores(
  window: Window & typeof globalThis,
  name: string,
): Promise<readonly IDBFactory[]> {
  // Proof of the cast: the standard's own shape; browsers without it have no such member.
  const { storageBuckets } = window.navigator as { readonly storageBuckets?: StorageBuckets };
  if (storageBuckets === undefined) return [window.indexedDB];
  const bucket = await storageBuckets.open(name, { durability: 'strict', persisted: true });
  return [bucket.indexedDB, window.indexedDB];
}

type StorageBuckets = {
  open(
    name: string,
    wishes: { readonly durability: 'strict'; readonly persisted: boolean },
  ): Promise<{ readonly indexedDB: IDBFactory }>;
};

const STORE = 'kept';

function inStore<Result>(
  factory: IDBFactory,
  databaseName: string,
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest<Result>,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const opening = factory.open(databaseName, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
    opening.onerror = () => reject(opening.error ?? new Error('The store could not be opened.'));
    opening.onsuccess = () => {
      const database = opening.result;
      const transaction = database.transaction(STORE, mode);
      const request = work(transaction.objectStore(STORE));
      const end = (finish: () => void) => {
        database.close();
        finish();
      };
      transaction.oncomplete = () => end(() => resolve(request.result));
      transaction.onabort = () =>
        end(() => reject(transaction.error ?? new Error('The store was interrupted.')));
    };
  });
}
