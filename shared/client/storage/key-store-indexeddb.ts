// The enrolment and its signing key in an IndexedDB database of their own, so that they are read before
// anything else and survive a rebuild of the till, and damage to its files where the browser can keep them apart. The private key is not extractable: script can sign with
// it and never read it. On the disk it is not encrypted by the browser; the install guide asks for full-disk
// encryption because of that (RELIABILITY F7).

import type { KeyStore, StoredIdentity } from '../ports.ts';

const STORE = 'identity';
const OWN = 'own';

/** ECDSA P-256; `extractable` is for replay workstations that leave the process, never for a browser. */
export function createSigningKeys(subtle: SubtleCrypto, extractable: boolean): Promise<CryptoKeyPair> {
  return subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, extractable, ['sign', 'verify']);
}

/**
 * A key store on the first of the given stores; an identity that one of the others has is found too. Opens the database
 * for each use, so it never holds an upgrade up.
 */
export function createIndexedDbKeyStore(given: {
  readonly openStores: () => Promise<readonly IDBFactory[]>;
  readonly subtle: SubtleCrypto;
  readonly databaseName: string;
}): KeyStore {
  const withStore = async <Result>(
    factory: IDBFactory,
    mode: IDBTransactionMode,
    work: (store: IDBObjectStore) => IDBRequest<Result>,
  ): Promise<Result> => {
    const database = await openDatabase(factory, given.databaseName);
    try {
      return await new Promise<Result>((resolve, reject) => {
        const transaction = database.transaction(STORE, mode, { durability: 'strict' });
        const request = work(transaction.objectStore(STORE));
        transaction.oncomplete = () => resolve(request.result);
        transaction.onabort = () => reject(transaction.error ?? new Error('The key store was interrupted.'));
        transaction.onerror = () => reject(transaction.error ?? new Error('The key store failed.'));
      });
    } finally {
      database.close();
    }
  };
  return {
    createKeys: () => createSigningKeys(given.subtle, false),
    async load() {
      for (const factory of await given.openStores()) {
        const found: unknown = await withStore(factory, 'readonly', (store) => store.get(OWN));
        if (isStoredIdentity(found)) return found;
      }
      return null;
    },
    async save(identity) {
      const [factory] = await given.openStores();
      if (factory === undefined) throw new Error('There is no key store.');
      await withStore(factory, 'readwrite', (store) => store.put(identity, OWN));
    },
    async forget() {
      for (const factory of await given.openStores()) {
        await withStore(factory, 'readwrite', (store) => store.delete(OWN));
      }
    },
  };
}

function openDatabase(indexedDB: IDBFactory, name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The key store could not be opened.'));
    request.onblocked = () => reject(new Error('The key store is held by an older window.'));
  });
}

function isStoredIdentity(value: unknown): value is StoredIdentity {
  return (
    typeof value === 'object' &&
    value !== null &&
    'enrolment' in value &&
    'keys' in value &&
    typeof value.keys === 'object' &&
    value.keys !== null &&
    'privateKey' in value.keys &&
    'publicKey' in value.keys
  );
}
