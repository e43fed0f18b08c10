// What the runtime is given by its composition root: storage, keys, locks, network, clock and chance.
// A browser passes the real ones (browser.ts), replay and simulation pass their own (headless.ts); nothing
// below this line reaches for a global, so the very same commands run in both.

import type { StoreId, WorkstationId } from '../domain/ids.ts';

/** The part of localStorage that is used: synchronous, outside IndexedDB, survives its loss. */
export type TextStore = {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
};

/** A lock that is held until `release`; `lost` resolves when somebody took it away. */
export type HeldLock = { release(): void; readonly lost: Promise<void> };

/** The part of Web Locks that is used. */
export type Locks = {
  /** Waits for its turn; null when `signal` ended the wait. */
  acquire(name: string, signal: AbortSignal): Promise<HeldLock | null>;
  /** Takes the lock only if it is free now. */
  tryAcquire(name: string): Promise<HeldLock | null>;
  /** Takes the lock from whoever holds it; the holder's `lost` resolves. */
  steal(name: string): Promise<HeldLock>;
};

/** A named channel between the windows of one origin. */
export type Channel = {
  post(message: unknown): void;
  listen(take: (message: unknown) => void): void;
  close(): void;
};

/** Who this workstation is, as the server enrolled it. */
export type Enrolment = {
  readonly workstationId: WorkstationId;
  readonly workstationNumber: number;
  readonly storeId: StoreId;
  readonly storeNumber: number;
  readonly name: string;
  readonly kind: WorkstationKind;
  readonly serverUrl: string;
  readonly enrolledAt: string;
};

export type WorkstationKind = 'pos' | 'kiosk';

/** The signing key and the enrolment live together, so that one is never found without the other. */
export type StoredIdentity = { readonly enrolment: Enrolment; readonly keys: CryptoKeyPair };

export type KeyStore = {
  /** Makes a P-256 pair that stays here; it becomes the identity only by `save`. */
  createKeys(): Promise<CryptoKeyPair>;
  load(): Promise<StoredIdentity | null>;
  save(identity: StoredIdentity): Promise<void>;
  /** Only for a workstation that the server no longer knows. */
  forget(): Promise<void>;
};

/** navigator.storage, as far as it is used; null answers mean the platform does not say. */
export type StorageHealthPort = {
  isPersisted(): Promise<boolean>;
  persist(): Promise<boolean>;
  estimate(): Promise<{ readonly usedBytes: number; readonly quotaBytes: number } | null>;
};

/** Room kept aside so that a full disk never stops a sale that has begun. */
export type Ballast = {
  /** Fills the reserve if there is room for it; never throws. */
  fill(bytes: number): Promise<void>;
  /** Gives the room back; the answer is the number of bytes freed. */
  free(): Promise<number>;
  /** Has the browser begin a new log file after its last one was found cut off; never throws. */
  renewLog(): Promise<void>;
};

/** Checks a PIN against an encoded Argon2id string. The browser runs it in a worker, which `prepare` makes ahead of the first PIN. */
export type PinVerifier = {
  (pin: string, verifier: string): Promise<boolean>;
  readonly prepare?: () => void;
};

/** Small byte store for indexes that can be rebuilt (barcode keys); losing it costs only time. */
export type ByteStore = {
  read(key: string): Promise<unknown>;
  write(key: string, value: unknown): Promise<void>;
};

export type WakeUps = {
  /** Calls back when the network came back or the window was shown; the answer stops it. */
  listen(wake: () => void): () => void;
  /** False only when the platform is certain that there is no network at all. */
  mayBeOnline(): boolean;
};
