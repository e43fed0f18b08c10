// Everything that a workstation is given by its composition root, in one object.

import type { RxStorage } from 'rxdb/plugins/core';
import type { CatalogueDoor } from './catalogue/catalogue-feed.ts';
import type { CataloguePort } from './catalogue/messages.ts';
import type { PeekJournal } from './storage/peek-journal.ts';
import type { MemoryDisk } from './replication/reference-documents.ts';
import type {
  Ballast,
  Channel,
  KeyStore,
  Locks,
  PinVerifier,
  StorageHealthPort,
  TextStore,
  WakeUps,
  WorkstationKind,
} from './ports.ts';

export type Given = {
  readonly kind: WorkstationKind;
  /** Origin of the server, without a trailing slash. */
  readonly serverUrl: string;
  /** False where the browser withholds keys and locks (plain HTTP from another machine). */
  readonly isSecure: boolean;
  /** Version of this code, shown to other windows when they disagree. */
  readonly appVersion: string;
  /** Separates workstations that share one realm (headless); '' in a browser. */
  readonly namespace: string;
  readonly storage: () => Promise<RxStorage<unknown, unknown>>;
  /** Deletes a till database that no longer opens; asked for only after a person has decided so. */
  readonly destroyTill: () => Promise<void>;
  /** For a window that does not write: the journal as the writer has left it. */
  readonly peekJournal: PeekJournal;
  readonly keyStore: KeyStore;
  readonly textStore: TextStore;
  readonly locks: Locks;
  readonly openChannel: (name: string) => Channel;
  readonly fetch: typeof globalThis.fetch;
  readonly subtle: SubtleCrypto;
  readonly now: () => Date;
  readonly newId: () => string;
  /** Chance for jitter, 0 ≤ x < 1. */
  readonly random: () => number;
  readonly storageHealth: StorageHealthPort;
  readonly ballast: Ballast;
  readonly verifyPin: PinVerifier;
  readonly wakeUps: WakeUps;
  /** Made with the workstation's own way to the server, which a worker does not use. */
  readonly catalogue: (door: CatalogueDoor) => CataloguePort;
  /** A MemoryDisk: only the journal is an RxDB collection, reference data is kept there (headless). */
  readonly documents: 'rxdb' | MemoryDisk;
  /** Carts in RxDB, replicated, also where reference data is kept in memory. Absent: as the documents. */
  readonly carts?: 'replicated';
};
