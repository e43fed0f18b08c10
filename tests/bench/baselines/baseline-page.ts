// The plain ways of putting a catalogue into a browser: raw IndexedDB without and with the indexes that scanning
// needs, RxDB with one document per item, PouchDB. Each fetches the same items from the same server in batches and
// is done when everything is stored. Storage settings are each library's defaults.

import { createRxDatabase } from 'rxdb/plugins/core';
import { replicateRxCollection } from 'rxdb/plugins/replication';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';

export type BaselineKind = 'raw' | 'raw-indexed' | 'rxdb' | 'pouchdb';
export type RunBaseline = (
  kind: BaselineKind,
  count: number,
) => Promise<{ readonly ms: number; readonly stored: number }>;

type PlainItem = { readonly id: string; readonly sku: string };
type Pouch = {
  bulkDocs(docs: readonly object[]): Promise<unknown>;
  info(): Promise<{ doc_count: number }>;
};
declare const PouchDB: new (name: string) => Pouch;

const BATCH = 2000;
/** RxDB is fastest with this batch size (measured with 500, 2,000 and 5,000). */
const RXDB_BATCH = 500;

async function fetchItems(from: number, count: number): Promise<PlainItem[]> {
  const answer = await fetch(`/items/${from}/${count}`);
  // The server of this page sends items and nothing else.
  return (await answer.json()) as PlainItem[];
}

async function runRaw(count: number, isIndexed: boolean): Promise<number> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open('raw', 1);
    opening.addEventListener('upgradeneeded', () => {
      const store = opening.result.createObjectStore('items', { keyPath: 'id' });
      if (!isIndexed) return;
      store.createIndex('barcodes', 'barcodes', { multiEntry: true });
      store.createIndex('sku', 'sku');
    });
    opening.addEventListener('success', () => resolve(opening.result));
    opening.addEventListener('error', () => reject(new Error(String(opening.error))));
  });
  for (let from = 0; from < count; from += BATCH) {
    const items = await fetchItems(from, Math.min(BATCH, count - from));
    await new Promise<void>((resolve, reject) => {
      const transaction = database.transaction('items', 'readwrite');
      transaction.addEventListener('complete', () => resolve());
      transaction.addEventListener('error', () => reject(new Error(String(transaction.error))));
      const store = transaction.objectStore('items');
      for (const item of items) store.put(item);
    });
  }
  return new Promise((resolve) => {
    const counting = database.transaction('items').objectStore('items').count();
    counting.addEventListener('success', () => resolve(counting.result));
  });
}

async function runRxdb(count: number): Promise<number> {
  const database = await createRxDatabase({
    name: 'rxdb',
    storage: getRxStorageDexie(),
    multiInstance: false,
  });
  const { items } = await database.addCollections({
    items: {
      schema: {
        version: 0,
        primaryKey: 'id',
        type: 'object',
        properties: {
          id: { type: 'string', maxLength: 64 },
          sku: { type: 'string', maxLength: 64 },
          ordinal: { type: 'number' },
          name: { type: 'object' },
          barcodes: { type: 'array', items: { type: 'string' } },
          priceMinor: { type: 'number' },
        },
        required: ['id', 'sku'],
        indexes: ['sku'],
      },
    },
  });
  const replication = replicateRxCollection<PlainItem, { readonly from: number }>({
    collection: items,
    replicationIdentifier: 'bench',
    live: false,
    pull: {
      batchSize: RXDB_BATCH,
      handler: async (checkpoint) => {
        const from = checkpoint?.from ?? 0;
        const documents = from < count ? await fetchItems(from, Math.min(RXDB_BATCH, count - from)) : [];
        return {
          documents: documents.map((item) => Object.assign(item, { _deleted: false })),
          checkpoint: { from: from + documents.length },
        };
      },
    },
  });
  await replication.awaitInitialReplication();
  return items.count().exec();
}

async function runPouch(count: number): Promise<number> {
  const database = new PouchDB('pouch');
  for (let from = 0; from < count; from += BATCH) {
    const items = await fetchItems(from, Math.min(BATCH, count - from));
    await database.bulkDocs(items.map((item) => Object.assign(item, { _id: item.id })));
  }
  return (await database.info()).doc_count;
}

const runBaseline: RunBaseline = async (kind, count) => {
  const started = performance.now();
  const stored = await {
    raw: () => runRaw(count, false),
    'raw-indexed': () => runRaw(count, true),
    rxdb: () => runRxdb(count),
    pouchdb: () => runPouch(count),
  }[kind]();
  return { ms: performance.now() - started, stored };
};

Object.assign(window, { runBaseline });
