// One window writes the journal, the others show what is (RELIABILITY F6, G09, G10).
//
//   checking ──free──► this-window ──asked to yield, newer code──► another-window
//       └──held──► another-window ──holder gone or has yielded──► this-window
//
// A window that is asked to yield finishes the entry it is writing and closes its journal before it gives the
// lock back, so two windows never write at once; only a window that does not answer is robbed of it.
// The Web Lock is released by the browser the moment its holder dies, so a take-over needs no timer. Code
// generations shake hands over localStorage: a window whose generation is older than the one written there
// refuses before tender, because its database is no longer the one that is sent.

import type { Channel, HeldLock, Locks, TextStore } from '../ports.ts';
import { pause } from '../server/pause.ts';

/** Raised with every change of the till database that older code must not write to (till-versions.ts). */
export const TILL_GENERATION = 1;
/** How long a holder has to finish and give the lock back before it is taken from it. */
const YIELD_WAIT_MS = 3_000;
const YIELD_STEP_MS = 20;

export type WriterEvents = {
  /** This window may write from now on. */
  readonly onHeld: () => void;
  /** Another window holds the lock; this one shows and does not write. */
  readonly onOther: () => void;
  /** Another window takes over, or newer code runs beside this one. The lock is kept until the promise resolves. */
  readonly onLost: (why: 'taken-over' | 'newer-version') => Promise<void>;
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
  let isYielding = false;
  let newestSeen = 0;

  const runningGeneration = () => Number(given.textStore.getItem(generationKey) ?? 0);
  const isWaiting = () => held === null;
  const isOutdated = () => Math.max(runningGeneration(), newestSeen) > generation;

  const give = async (why: 'taken-over' | 'newer-version') => {
    const giving = held;
    if (giving === null || isYielding) return;
    isYielding = true;
    try {
      await events.onLost(why);
    } finally {
      held = null;
      isYielding = false;
      giving.release();
    }
    if (!closing.signal.aborted && !isOutdated()) void waitForTurn();
  };
  const keep = (lock: HeldLock) => {
    held = lock;
    given.textStore.setItem(generationKey, String(generation));
    void lock.lost.then(() => {
      if (held === lock) void give('taken-over');
    });
    events.onHeld();
  };
  const waitForTurn = async () => {
    const lock = await given.locks.acquire(lockName, closing.signal);
    if (lock === null) return;
    if (isOutdated()) {
      lock.release();
      void events.onLost('newer-version');
      return;
    }
    keep(lock);
  };

  given.channel.listen((message) => {
    if (isYieldMessage(message)) void give('taken-over');
    if (!isGenerationMessage(message) || message.generation <= generation) return;
    newestSeen = Math.max(newestSeen, message.generation);
    void give('newer-version');
  });

  return {
    async start() {
      // Enrolled anew in a window that has been the writer all along.
      if (held !== null) {
        events.onHeld();
        return;
      }
      given.channel.post({ generation });
      if (isOutdated()) {
        void events.onLost('newer-version');
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
    mayWrite: () => held !== null && !isYielding && !isOutdated(),
    isOutdated,
    async takeOver() {
      if (held !== null || isOutdated()) return;
      given.channel.post({ yield: true });
      // This window stands in the queue since its start, so a holder that yields makes it the writer.
      for (let waited = 0; waited < YIELD_WAIT_MS && isWaiting(); waited += YIELD_STEP_MS) {
        await pause(YIELD_STEP_MS, closing.signal);
      }
      if (held === null && !closing.signal.aborted) keep(await given.locks.steal(lockName));
    },
    close() {
      closing.abort();
      held?.release();
      held = null;
      given.channel.close();
    },
  };
}

function isYieldMessage(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'yield' in message && message.yield === true;
}

function isGenerationMessage(message: unknown): message is { readonly generation: number } {
  return (
    typeof message === 'object' &&
    message !== null &&
    'generation' in message &&
    typeof message.generation === 'number'
  );
}
