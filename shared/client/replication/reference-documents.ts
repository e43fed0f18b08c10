// Reference data as it arrives: a collection is read from the disk once, then kept current by the server, and
// every change is handed to whoever shows it. Two keepers with one face: RxDB collections (a browser), and
// memory (many headless workstations in one process, where RxDB's 13 collections would not do).

import type { ServerConnection } from '../server/server-connection.ts';
import { createPuller, type PulledDocument } from './pull-documents.ts';

export type ReferenceCollection =
  | 'stock'
  | 'staff'
  | 'settings'
  | 'promotions'
  | 'attention'
  | 'customers'
  | 'orders';

/** Documents that are new or changed; a deleted one has content null. */
export type DocumentChange = {
  readonly id: string;
  readonly content: Readonly<Record<string, unknown>> | null;
};

export type ReferenceDocuments = {
  /** What the disk holds, then every change. Resolves when what was on the disk has been handed over. */
  follow(collection: ReferenceCollection, take: (changes: readonly DocumentChange[]) => void): Promise<void>;
  /** The server has something new in these collections (null: maybe in all). */
  resync(collections: readonly string[] | null): void;
  /** Resolves when a pull of the collection has come to its end; for replay and tests. */
  current(collection: ReferenceCollection): Promise<void>;
  close(): Promise<void>;
};

export const PULL_BATCH: Readonly<Record<ReferenceCollection, number>> = {
  stock: 100,
  staff: 200,
  settings: 10,
  promotions: 200,
  attention: 200,
  customers: 500,
  orders: 100,
};

type Given = {
  readonly connection: ServerConnection;
  readonly now: () => number;
  readonly random: () => number;
};

export const toChange = (document: PulledDocument): DocumentChange => ({
  id: document.id,
  content: document.isDeleted ? null : document.content,
});

/** What a headless device keeps over a restart, as a disk would. */
export type MemoryDisk = Map<
  ReferenceCollection,
  { position: string | null; readonly documents: Map<string, DocumentChange> }
>;

/** Keeps documents in `disk`; hand the same one in again and a restart needs no server. */
export function createMemoryDocuments(given: Given, disk: MemoryDisk): ReferenceDocuments {
  const closing = new AbortController();
  const loops = new Map<ReferenceCollection, { wake: () => void; current: () => Promise<void> }>();

  const startLoop = (collection: ReferenceCollection, take: (changes: readonly DocumentChange[]) => void) => {
    const pull = createPuller({ ...given, collection, signal: closing.signal });
    const kept = disk.get(collection) ?? { position: null, documents: new Map<string, DocumentChange>() };
    disk.set(collection, kept);
    if (kept.documents.size > 0) take([...kept.documents.values()]);
    let hasMore = true;
    let wake = () => {};
    let whenCurrent: (() => void)[] = [];
    const run = async () => {
      while (!closing.signal.aborted) {
        if (!hasMore) {
          for (const tell of whenCurrent) tell();
          whenCurrent = [];
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
          if (closing.signal.aborted) return;
        }
        hasMore = false;
        const pulled = await pull(kept.position, PULL_BATCH[collection]);
        if (pulled === null) return;
        const changes = pulled.documents.map(toChange);
        for (const change of changes) kept.documents.set(change.id, change);
        kept.position = pulled.position ?? kept.position;
        hasMore ||= !pulled.isCurrent;
        if (changes.length > 0) take(changes);
      }
    };
    void run();
    loops.set(collection, {
      wake() {
        hasMore = true;
        wake();
      },
      current: () =>
        new Promise((resolve) => {
          whenCurrent.push(resolve);
          hasMore = true;
          wake();
        }),
    });
  };

  return {
    follow(collection, take) {
      startLoop(collection, take);
      return Promise.resolve();
    },
    resync(collections) {
      for (const [name, loop] of loops) if (collections === null || collections.includes(name)) loop.wake();
    },
    current: (collection) => loops.get(collection)?.current() ?? Promise.resolve(),
    close() {
      closing.abort();
      for (const loop of loops.values()) loop.wake();
      return Promise.resolve();
    },
  };
}
