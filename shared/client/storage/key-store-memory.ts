// A key store in memory, for workstations that live in Node: replay, simulation and tests. Keys may be made
// extractable so that a simulated restart in another process can carry them over as JWK.

import type { KeyStore, StoredIdentity } from '../ports.ts';
import { createSigningKeys } from './key-store-indexeddb.ts';

/** Keeps what is saved for as long as the object lives; hand the same object in again to restart. */
export function createMemoryKeyStore(subtle: SubtleCrypto, extractable = true): KeyStore {
  let kept: StoredIdentity | null = null;
  return {
    createKeys: () => createSigningKeys(subtle, extractable),
    load: () => Promise.resolve(kept),
    save(identity) {
      kept = identity;
      return Promise.resolve();
    },
    forget() {
      kept = null;
      return Promise.resolve();
    },
  };
}
