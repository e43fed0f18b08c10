// How safe and how full the storage is. Asked at start, every minute, and before tender from a recent answer;
// when room runs out the reserve is freed first, so that the sale at hand still completes.

import { accept, refuse, type Outcome } from '../../domain/refusal.ts';
import type { Given } from '../given.ts';
import type { StatusBoard } from '../status-board.ts';
import { TROUBLES } from '../troubles.ts';

const BALLAST_BYTES = 20 * 1024 * 1024;
/** Room that a sale and its delivery may need. */
const ROOM_FOR_A_SALE_BYTES = 4 * 1024 * 1024;
const WARN_AT = 0.8;
const FRESH_FOR_MS = 15_000;
const ASK_EVERY_MS = 60_000;

export type StorageHealth = {
  start(): void;
  check(): Promise<void>;
  /** Asks the browser to keep the storage; true when it says that it will. */
  persist(): Promise<boolean>;
  /** Refuses when a sale could not be written any more, even without the reserve. */
  makeRoom(): Promise<Outcome<null, 'storage-full'>>;
  close(): void;
};

export function createStorageHealth(given: Given, board: StatusBoard): StorageHealth {
  let checkedAt = Number.NEGATIVE_INFINITY;
  let freeBytes = Number.POSITIVE_INFINITY;
  let timer: ReturnType<typeof setInterval> | undefined;

  const check = async () => {
    const isPersisted = await given.storageHealth.isPersisted().catch(() => false);
    const estimate = await given.storageHealth.estimate().catch(() => null);
    checkedAt = performance.now();
    if (estimate === null) {
      board.report({ storage: { isPersisted, usedBytes: 0, quotaBytes: 0, level: 'unknown' } });
      return;
    }
    const { usedBytes, quotaBytes } = estimate;
    freeBytes = quotaBytes - usedBytes;
    const level =
      freeBytes < ROOM_FOR_A_SALE_BYTES ? 'full' : usedBytes > quotaBytes * WARN_AT ? 'warning' : 'ok';
    board.report({ storage: { isPersisted, usedBytes, quotaBytes, level } });
    if (level === 'ok') {
      board.settle(TROUBLES.storageNearlyFull(0).code);
      board.settle(TROUBLES.storageFull().code);
    } else {
      board.raise(TROUBLES.storageNearlyFull(Math.round((100 * usedBytes) / quotaBytes)));
    }
  };

  return {
    check,
    start() {
      void check().then(async () => {
        if (freeBytes > 4 * BALLAST_BYTES) await given.ballast.fill(BALLAST_BYTES);
      });
      timer = setInterval(() => void check(), ASK_EVERY_MS);
    },
    async persist() {
      const isPersisted = await given.storageHealth.persist().catch(() => false);
      await check();
      return isPersisted;
    },
    async makeRoom() {
      if (performance.now() - checkedAt > FRESH_FOR_MS) await check();
      if (freeBytes >= ROOM_FOR_A_SALE_BYTES) return accept(null);
      if ((await given.ballast.free()) > 0) await check();
      if (freeBytes >= ROOM_FOR_A_SALE_BYTES) return accept(null);
      board.raise(TROUBLES.storageFull());
      return refuse('storage-full', { freeBytes: Math.max(0, freeBytes) });
    },
    close: () => clearInterval(timer),
  };
}
