// The workstation in a browser: the real ports behind it. The app's main file passes the two worker factories,
// because only the build knows their addresses and only the page its Trusted Types policy:
//
//   import catalogueUrl from '../shared/client/catalogue/catalogue.worker.ts?worker&url'
//   makeCatalogueWorker: (name) => new Worker(trusted(catalogueUrl), { type: 'module', name })

import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import { createWorkerCatalogue, catalogueWorkerName } from './catalogue/worker-catalogue.ts';
import { createWorkstation } from './create-workstation.ts';
import type { WorkstationKind } from './ports.ts';
import type { Workstation } from './runtime.ts';
import {
  createBrowserChannel,
  createBrowserLocks,
  createBrowserStorageHealth,
  createBrowserWakeUps,
  createIndexedDbBallast,
  openIdentityStores,
} from './storage/browser-ports.ts';
import { createIndexedDbKeyStore } from './storage/key-store-indexeddb.ts';
import { createIndexedDbPeek } from './storage/peek-journal.ts';
import { TILL_DURABILITY } from './storage/till-database.ts';
import { createWorkerPinVerifier } from './worker-pin-verifier.ts';

export type BrowserOptions = {
  readonly kind: WorkstationKind;
  readonly appVersion: string;
  /** Must be called with the given name: it tells the worker its server and namespace. */
  readonly makeCatalogueWorker: (name: string) => Worker;
  readonly makeArgon2Worker: () => Worker;
  /** Origin of the server; this page's own when left out. */
  readonly serverUrl?: string;
};

/** Starts the workstation of this window. The object is usable at once; its status says how far it is. */
export function createBrowserWorkstation(options: BrowserOptions): Workstation {
  const serverUrl = options.serverUrl ?? window.location.origin;
  // POS and kiosk share an origin when both are opened on one machine, and must not share a journal.
  const namespace = `-${options.kind}`;
  const databaseName = `till${namespace}`;
  return createWorkstation({
    kind: options.kind,
    serverUrl,
    isSecure: window.isSecureContext,
    appVersion: options.appVersion,
    namespace,
    // Strict: a write that is answered is on the disk (RELIABILITY F4).
    storage: () => Promise.resolve(getRxStorageDexie({ chromeTransactionDurability: TILL_DURABILITY })),
    destroyTill: () => deleteDatabases(`rxdb-dexie-${databaseName}--`),
    peekJournal: createIndexedDbPeek(window.indexedDB, databaseName),
    keyStore: createIndexedDbKeyStore({
      openStores: () => openIdentityStores(window, `tillandsia-identity${namespace}`),
      subtle: window.crypto.subtle,
      databaseName: `tillandsia-identity${namespace}`,
    }),
    textStore: window.localStorage,
    locks: createBrowserLocks(window.navigator.locks),
    openChannel: createBrowserChannel,
    fetch: (input, init) => window.fetch(input, init),
    subtle: window.crypto.subtle,
    now: () => new Date(),
    newId: () => window.crypto.randomUUID(),
    random: () => Math.random(),
    storageHealth: createBrowserStorageHealth(window.navigator.storage),
    ballast: createIndexedDbBallast(window.indexedDB, `tillandsia-ballast${namespace}`),
    verifyPin: createWorkerPinVerifier(options.makeArgon2Worker),
    wakeUps: createBrowserWakeUps(window),
    catalogue: () =>
      createWorkerCatalogue(options.makeCatalogueWorker(catalogueWorkerName(serverUrl, namespace))),
    documents: 'rxdb',
  });
}

async function deleteDatabases(prefix: string): Promise<void> {
  const all = await window.indexedDB.databases();
  for (const { name } of all) {
    if (name?.startsWith(prefix) !== true) continue;
    await new Promise<void>((resolve, reject) => {
      const request = window.indexedDB.deleteDatabase(name);
      request.onsuccess = () => resolve();
      request.onerror = () => reject(request.error ?? new Error('The database could not be deleted.'));
      request.onblocked = () => reject(new Error('Another window holds the database.'));
    });
  }
}
