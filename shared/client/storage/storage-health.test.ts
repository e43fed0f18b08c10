// Room for the sale at hand, and the truth about the storage.

import { describe, expect, test } from 'vitest';
import type { Given } from '../given.ts';
import { createStatusBoard } from '../status-board.ts';
import { isQuotaError, isStoreLost } from './storage-errors.ts';
import { createStorageHealth } from './storage-health.ts';

const MB = 1024 * 1024;

function aHealth(usedMb: number, quotaMb: number, ballastMb: number) {
  const disk = { usedMb, ballastMb };
  const board = createStatusBoard();
  const given = {
    storageHealth: {
      isPersisted: () => Promise.resolve(true),
      persist: () => Promise.resolve(true),
      estimate: () => Promise.resolve({ usedBytes: disk.usedMb * MB, quotaBytes: quotaMb * MB }),
    },
    ballast: {
      fill: () => Promise.resolve(),
      free() {
        const freed = disk.ballastMb;
        disk.usedMb -= freed;
        disk.ballastMb = 0;
        return Promise.resolve(freed * MB);
      },
    },
  } as unknown as Given; // Storage health uses these two of it.
  return { board, health: createStorageHealth(given, board), disk };
}

const codes = (board: ReturnType<typeof createStatusBoard>) =>
  board.status.value.troubles.map((one) => one.code);

describe('storage health', () => {
  test('plenty of room: nothing is said', async () => {
    const { health, board } = aHealth(10, 100, 0);
    expect((await health.makeRoom()).ok).toBe(true);
    expect(board.status.value.storage.level).toBe('ok');
    expect(codes(board)).toEqual([]);
  });

  test('above 80 % there is a warning and selling goes on', async () => {
    const { health, board } = aHealth(81, 100, 0);
    expect((await health.makeRoom()).ok).toBe(true);
    expect(board.status.value.storage.level).toBe('warning');
    expect(codes(board)).toEqual(['ST-07']);
  });

  test('a full disk gives up the reserve, and the same sale completes', async () => {
    const { health, disk } = aHealth(98, 100, 20);
    expect((await health.makeRoom()).ok).toBe(true);
    expect(disk.ballastMb).toBe(0);
  });

  test('a full disk without a reserve refuses before money is taken', async () => {
    const { health, board } = aHealth(98, 100, 0);
    expect(await health.makeRoom()).toMatchObject({ ok: false, reason: 'storage-full' });
    expect(codes(board)).toContain('ST-03');
  });
});

describe('what a failed write means', () => {
  test('a full disk is recognised under the wrapping of database and library', () => {
    const inner = Object.assign(new Error('x'), { name: 'QuotaExceededError' });
    expect(isQuotaError(Object.assign(new Error('x'), { name: 'AbortError', inner }))).toBe(true);
    expect(isQuotaError(new Error('The quota has been exceeded.'))).toBe(true);
    expect(isQuotaError(new Error('nope'))).toBe(false);
    expect(isQuotaError(null)).toBe(false);
  });

  test('a store that went away is recognised', () => {
    expect(isStoreLost(Object.assign(new Error('x'), { name: 'DatabaseClosedError' }))).toBe(true);
    expect(isStoreLost(new Error('x'))).toBe(false);
  });
});
