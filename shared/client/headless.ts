// A workstation in Node, for replay, simulation and tests: the very same commands on memory storage. Only the
// journal is an RxDB collection, so that twelve workstations share a process (RxDB's free edition opens 13 per
// realm); reference data and the catalogue are kept in memory. What survives a restart is the `device`.

import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import type { RxStorage } from 'rxdb/plugins/core';
import { verifyPinHere } from './argon2-verifier.ts';
import { createInlineCatalogue } from './catalogue/inline-catalogue.ts';
import { createMemoryPageStore, type PageStore } from './catalogue/page-store.ts';
import { createWorkstation, type RunningWorkstation } from './create-workstation.ts';
import type { Given } from './given.ts';
import type { Channel, KeyStore, Locks, TextStore } from './ports.ts';
import type { MemoryDisk } from './replication/reference-documents.ts';
import { createMemoryKeyStore } from './storage/key-store-memory.ts';
import { createMemoryChannels, createMemoryLocks, createMemoryTextStore } from './storage/memory-ports.ts';

/** The parts of a machine that outlive a restart. Hand the same device in again to start the same till. */
export type HeadlessDevice = {
  readonly name: string;
  readonly keyStore: KeyStore;
  readonly textStore: TextStore;
  readonly storage: RxStorage<unknown, unknown>;
  readonly locks: Locks;
  readonly openChannel: (name: string) => Channel;
  readonly pages: PageStore;
  readonly documents: MemoryDisk;
};

let devicesMade = 0;

/** A new machine. Workstations of one store may share `pages`, as they would read the same catalogue. */
export function createHeadlessDevice(
  given: { readonly pages?: PageStore; readonly name?: string } = {},
): HeadlessDevice {
  devicesMade += 1;
  const name = given.name ?? `device-${String(devicesMade)}-${globalThis.crypto.randomUUID().slice(0, 8)}`;
  return {
    name,
    keyStore: createMemoryKeyStore(globalThis.crypto.subtle),
    textStore: createMemoryTextStore(),
    // One state per storage object keeps the journal over a restart, as a disk would.
    storage: getRxStorageMemory(),
    locks: createMemoryLocks(),
    openChannel: createMemoryChannels(),
    pages: given.pages ?? createMemoryPageStore(),
    documents: new Map(),
  };
}

export type HeadlessOptions = {
  readonly serverUrl: string;
  readonly device: HeadlessDevice;
  /** Replaces single ports: a clock, chance, a network with faults, another storage. */
  readonly replace?: Partial<Given>;
};

/** Starts the workstation of a device. Await `started` before the first command. */
export function createHeadlessWorkstation(options: HeadlessOptions): RunningWorkstation {
  const { device } = options;
  const wakeUps: Given['wakeUps'] = { listen: () => () => {}, mayBeOnline: () => true };
  const base = {
    kind: 'pos',
    serverUrl: options.serverUrl,
    isSecure: true,
    appVersion: 'headless',
    namespace: `-${device.name}`,
    storage: () => Promise.resolve(device.storage),
    destroyTill: () => Promise.resolve(),
    // A process holds one window of a device.
    peekJournal: () => Promise.resolve([]),
    keyStore: device.keyStore,
    textStore: device.textStore,
    locks: device.locks,
    openChannel: device.openChannel,
    fetch: (input, init) => globalThis.fetch(input, init),
    subtle: globalThis.crypto.subtle,
    now: () => new Date(),
    newId: () => globalThis.crypto.randomUUID(),
    random: () => Math.random(),
    storageHealth: {
      isPersisted: () => Promise.resolve(true),
      persist: () => Promise.resolve(true),
      estimate: () => Promise.resolve(null),
    },
    ballast: {
      fill: () => Promise.resolve(),
      free: () => Promise.resolve(0),
      renewLog: () => Promise.resolve(),
    },
    verifyPin: verifyPinHere,
    wakeUps,
    documents: device.documents,
  } satisfies Omit<Given, 'catalogue'>;
  const given: Given = {
    ...base,
    catalogue: (door) =>
      createInlineCatalogue({
        namespace: base.namespace,
        locks: device.locks,
        openChannel: device.openChannel,
        now: base.now,
        random: base.random,
        byteStore: { read: () => Promise.resolve(null), write: () => Promise.resolve() },
        openPages: () => Promise.resolve(device.pages),
        door,
      }),
    ...options.replace,
  };
  return createWorkstation(given);
}
