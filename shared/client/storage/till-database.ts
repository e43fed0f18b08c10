// The `till` database: RxDB with strict durability, so that a write that is answered is on the disk. It is
// opened only by the window that holds the writer lock, therefore without multi-instance events.
//
// RxDB's free edition opens 13 collections per realm. Collections are opened when first asked for; a headless
// workstation opens `facts` alone (with a MemoryDisk), so twelve of them share one process.

import { createRxDatabase } from 'rxdb/plugins/core';
import type { RxCollection, RxDatabase, RxStorage } from 'rxdb/plugins/core';
import { carryOver, heldVersions, olderThan } from './carry-over.ts';
import {
  TILL_VERSIONS,
  type StoredDocument,
  type StoredFact,
  type TillVersions,
  type Versions,
} from './till-versions.ts';

export type { StoredDocument, StoredFact } from './till-versions.ts';

/** A write that is answered is on the disk (RELIABILITY F4); browsers relax this unless they are asked. */
export const TILL_DURABILITY: 'strict' | 'relaxed' = 'strict';

export type TillCollectionName =
  | 'facts'
  | 'carts'
  | 'customers'
  | 'orders'
  | 'stock'
  | 'staff'
  | 'settings'
  | 'promotions'
  | 'attention';

export type TillDatabase = {
  facts(): Promise<RxCollection<StoredFact>>;
  documents(name: Exclude<TillCollectionName, 'facts'>): Promise<RxCollection<StoredDocument>>;
  close(): Promise<void>;
  /** Deletes every collection of the database; only "rebuild from server" asks for it. */
  remove(): Promise<void>;
};

/** Width 5 for epochs and 9 for sequences: the ceilings of the protocol. */
export const journalKey = (epoch: number, sequence: number): string =>
  `${String(epoch).padStart(5, '0')}.${String(sequence).padStart(9, '0')}`;

export const FIRST_JOURNAL_KEY = journalKey(0, 0);

/**
 * Opens (or makes) the database, and carries collections of an older version over when they are first opened; only
 * the holder of the writer lock may. Rejects when the store is damaged, or (NewerTill) was written by newer code; the
 * caller turns that into a trouble. `versions` is given by tests alone.
 */
export async function openTillDatabase(
  storage: RxStorage<unknown, unknown>,
  name: string,
  versions: TillVersions = TILL_VERSIONS,
): Promise<TillDatabase> {
  const database: RxDatabase = await createRxDatabase({
    name,
    storage,
    multiInstance: false,
    eventReduce: true,
    // A module that is loaded again during development must not find the name taken.
    closeDuplicates: true,
  });
  const versionsOf = (collection: string): Versions<unknown> =>
    (collection === 'facts' ? versions.facts : versions.document(collection)) as Versions<unknown>; // Of any row.
  const held = await heldVersions(database);
  try {
    // All of them at once: nothing is opened when any was written by newer code.
    for (const { name: collection } of held)
      olderThan(held, collection, versionsOf(collection).schema.version);
  } catch (error) {
    await database.close();
    throw error;
  }
  const opened = new Map<string, Promise<RxCollection>>();
  const open = (collection: TillCollectionName): Promise<RxCollection> => {
    const known = opened.get(collection);
    if (known !== undefined) return known;
    const opening = (async () => {
      const of = (
        collection === 'facts' ? versions.facts : versions.document(collection)
      ) as Versions<unknown>; // Any row.
      const older = olderThan(held, collection, of.schema.version);
      const added = await database.addCollections({
        [collection]: { schema: of.schema, autoMigrate: false },
      });
      const made = added[collection];
      if (made === undefined) throw new Error(`The collection ${collection} did not open.`);
      try {
        await carryOver(made, of, older);
      } catch (error) {
        // Closed, so that it can be opened again when a person retries; nothing of the old store is gone.
        await made.close();
        throw error;
      }
      return made;
    })();
    opened.set(collection, opening);
    opening.catch(() => opened.delete(collection));
    return opening;
  };
  return {
    facts: () => open('facts') as Promise<RxCollection<StoredFact>>, // Opened with factsSchema above.
    documents: (collection) => open(collection) as Promise<RxCollection<StoredDocument>>, // documentSchema.
    close: async () => void (await database.close()),
    remove: async () => void (await database.remove()),
  };
}
