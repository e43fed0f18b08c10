// Looks at the journal as the window that writes has left it, for a window that only shows. The till database belongs
// to the writer: nothing is created, opened for longer than a look, or written here, and a change of its version by the
// writer never waits for us.

import { TILL_VERSIONS, type StoredFact } from './till-versions.ts';

/** The newest entries, newest last; none when there is no journal of this code's version. */
export type PeekJournal = (limit: number) => Promise<readonly StoredFact[]>;

/** Looks into the IndexedDB database in which RxDB's Dexie storage keeps the journal of `till`. */
export function createIndexedDbPeek(factory: IDBFactory, till: string): PeekJournal {
  const name = `rxdb-dexie-${till}--${String(TILL_VERSIONS.facts.schema.version)}--facts`;
  return async (limit) => {
    const database = await openIfThere(factory, name);
    if (database === null) return [];
    try {
      return await newest(database, limit);
    } finally {
      database.close();
    }
  };
}

function openIfThere(factory: IDBFactory, name: string): Promise<IDBDatabase | null> {
  return new Promise((resolve, reject) => {
    const opening = factory.open(name);
    // Asked to make it: it is not there, and shall not be there because somebody looked.
    opening.onupgradeneeded = () => opening.transaction?.abort();
    opening.onerror = () => {
      if (opening.error?.name === 'AbortError') resolve(null);
      else reject(opening.error ?? new Error(`${name} does not open`));
    };
    opening.onsuccess = () => {
      const { result } = opening;
      result.onversionchange = () => result.close();
      resolve(result);
    };
  });
}

function newest(database: IDBDatabase, limit: number): Promise<readonly StoredFact[]> {
  if (!database.objectStoreNames.contains('docs')) return Promise.resolve([]);
  return new Promise((resolve, reject) => {
    const found: StoredFact[] = [];
    const asking = database.transaction('docs').objectStore('docs').openCursor(null, 'prev');
    asking.onerror = () => reject(asking.error ?? new Error('the journal cannot be read'));
    asking.onsuccess = () => {
      const cursor = asking.result;
      if (cursor === null || found.length >= limit) {
        resolve(found.reverse());
        return;
      }
      // RxDB writes rows of the schema in till-versions.ts and marks what was purged.
      const row = cursor.value as StoredFact & { readonly _deleted?: boolean | string };
      if (row._deleted !== true && row._deleted !== '1') found.push(row);
      cursor.continue();
    };
  });
}
