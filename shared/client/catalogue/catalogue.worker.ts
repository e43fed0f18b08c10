// The worker that holds the catalogue: its own RxDB database (relaxed durability), feed and search index. Its
// address carries what it must know before the first message: server and namespace.

import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import {
  createBrowserChannel,
  createBrowserLocks,
  createIndexedDbByteStore,
} from '../storage/browser-ports.ts';
import { createCatalogueCore } from './catalogue-core.ts';
import { transferables, type FromCatalogue, type ToCatalogue } from './messages.ts';
import { openPageStore } from './page-store.ts';
import { createWorkerDoor } from './worker-door.ts';

const name = new URLSearchParams(self.name);
const namespace = name.get('namespace') ?? '';
const emit = (message: FromCatalogue) => self.postMessage(message, { transfer: transferables(message) });

const door = createWorkerDoor({
  serverUrl: name.get('server') ?? self.location.origin,
  fetch: (input, init) => fetch(input, init),
  emit,
});
const core = createCatalogueCore({
  namespace,
  openPages: () =>
    openPageStore(getRxStorageDexie({ chromeTransactionDurability: 'relaxed' }), `catalogue${namespace}`),
  byteStore: createIndexedDbByteStore(indexedDB, `tillandsia-indexes${namespace}`),
  locks: createBrowserLocks(navigator.locks),
  channel: createBrowserChannel(`tillandsia-catalogue${namespace}`),
  door,
  now: () => Date.now(),
  random: () => Math.random(),
  emit,
});

self.addEventListener('message', (event: MessageEvent<ToCatalogue>) => {
  door.take(event.data);
  core.take(event.data);
  if (event.data.kind === 'close') void core.close().then(() => self.close());
});
