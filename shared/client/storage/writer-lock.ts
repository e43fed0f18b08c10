// One window writes the journal, the others show what is (RELIABILITY F6, G09, G10).
//
//   checking ──free──► this-window ──lost, newer code──► another-window
//       └──held──► another-window ──holder gone──► this-window
//
// The Web Lock is released by the browser the moment its holder dies, so a take-over needs no timer. Code
// generations shake hands over localStorage: a window whose generation is older than the one written there
// refuses before tender, because its database is no longer the one that is sent.

import type { Channel, HeldLock, Locks, TextStore } from '../ports.ts';

/** Raised with every change of the till database that older code must not write to. */
export const TILL_GENERATION = 1;

export type WriterEvents = {
  /** This window may write from now on. */
  readonly onHeld: () => void;
  /** Another window holds the lock; this one shows and does not write. */
  readonly onOther: () => void;
  /** The lock was taken from this window, or newer code runs beside it. */
  readonly onLost: (why: 'taken-over' | 'newer-version') => void;
};

export type WriterLock = {
  start(): Promise<void>;
  /** Is this window still the writer, and is its code still the newest? Synchronous: asked before each entry. */
  mayWrite(): boolean;
  isOutdated(): boolean;
  takeOver(): Promise<void>;
  close(): void;
};

/** The writer lock of one workstation; `generation` is given only by tests of older code. */
export function createWriterLock(
  given: {
    readonly locks: Locks;
    readonly textStore: TextStore;
    readonly channel: Channel;
    readonly namespace: string;
    readonly generation?: number;
  },
  events: WriterEvents,
): WriterLock {
  const lockName = `tillandsia-writer${given.namespace}`;
  const generationKey = `tillandsia.generation${given.namespace}`;
  const generation = given.generation ?? TILL_GENERATION;
  const closing = new AbortController();
  let held: HeldLock | null = null;

  const runningGeneration = () => Number(given.textStore.getItem(generationKey) ?? 0);
  const isOutdated = () => runningGeneration() > generation;

  const give = (why: 'taken-over' | 'newer-version') => {
    if (held === null) return;
    held.release();
    held = null;
    events.onLost(why);
  };
  const keep = (lock: HeldLock) => {
    held = lock;
    given.textStore.setItem(generationKey, String(generation));
    void lock.lost.then(() => {
      if (held === lock) give('taken-over');
    });
    events.onHeld();
  };
  const waitForTurn = async () => {
    const lock = await given.locks.acquire(lockName, closing.signal);
    if (lock === null) return;
    if (isOutdated()) {
      lock.release();
      events.onLost('newer-version');
      return;
    }
    keep(lock);
  };

  given.channel.listen((message) => {
    if (isGenerationMessage(message) && message.generation > generation) give('newer-version');
  });

  return {
    async start() {
      given.channel.post({ generation });
      if (isOutdated()) {
        events.onLost('newer-version');
        return;
      }
      const lock = await given.locks.tryAcquire(lockName);
      if (lock !== null) {
        keep(lock);
        return;
      }
      events.onOther();
      void waitForTurn();
    },
    mayWrite: () => held !== null && !isOutdated(),
    isOutdated,
    async takeOver() {
      if (held !== null || isOutdated()) return;
      keep(await given.locks.steal(lockName));
    },
    close() {
      closing.abort();
      held?.release();
      held = null;
      given.channel.close();
    },
  };
}

function isGenerationMessage(message: unknown): message is { readonly generation: number } {
  return (
    typeof message === 'object' &&
    message !== null &&
    'generation' in message &&
    typeof message.generation === 'number'
  );
}
