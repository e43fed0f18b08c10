// One window writes; the others wait, take over, or are told that their code is old.

import { describe, expect, test } from 'vitest';
import { createMemoryChannels, createMemoryLocks, createMemoryTextStore } from './memory-ports.ts';
import { createWriterLock } from './writer-lock.ts';

function aMachine() {
  const locks = createMemoryLocks();
  const textStore = createMemoryTextStore();
  const channels = createMemoryChannels();
  return (generation = 1, onLost: () => Promise<void> = () => Promise.resolve()) => {
    const heard: string[] = [];
    const lock = createWriterLock(
      { locks, textStore, channel: channels('writer'), namespace: '', generation },
      {
        onHeld: () => heard.push('held'),
        onOther: () => heard.push('other'),
        async onLost(why) {
          await onLost();
          heard.push(why);
        },
      },
    );
    return { lock, heard };
  };
}

const nextTurn = () =>
  new Promise((resolve) => {
    setTimeout(resolve, 5);
  });

describe('writer lock', () => {
  test('the first window writes, the second one waits and follows when the first is gone', async () => {
    const open = aMachine();
    const first = open();
    const second = open();
    await first.lock.start();
    await second.lock.start();
    expect([first.lock.mayWrite(), second.lock.mayWrite()]).toEqual([true, false]);
    expect(second.heard).toEqual(['other']);
    first.lock.close();
    await nextTurn();
    expect(second.heard).toEqual(['other', 'held']);
    expect(second.lock.mayWrite()).toBe(true);
  });

  test('a holder that is asked to yield finishes first, and the two never write at once', async () => {
    const open = aMachine();
    let finish = () => {};
    const finishing = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const first = open(1, () => finishing);
    const second = open();
    await first.lock.start();
    await second.lock.start();
    const taken = second.lock.takeOver();
    await nextTurn();
    expect([first.lock.mayWrite(), second.lock.mayWrite()]).toEqual([false, false]);
    finish();
    await taken;
    expect([first.lock.mayWrite(), second.lock.mayWrite()]).toEqual([false, true]);
    expect(first.heard).toEqual(['held', 'taken-over']);
  });

  test('a holder that does not answer is robbed of the lock within five seconds', async () => {
    const open = aMachine();
    const first = open(1, () => new Promise(() => {}));
    const second = open();
    await first.lock.start();
    await second.lock.start();
    const startedAt = performance.now();
    await second.lock.takeOver();
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    expect([first.lock.mayWrite(), second.lock.mayWrite()]).toEqual([false, true]);
  });

  test('newer code beside older code: the older one stops at once and stays stopped', async () => {
    const open = aMachine();
    const old = open(1);
    await old.lock.start();
    const fresh = open(2);
    await fresh.lock.start();
    await nextTurn();
    expect(old.heard).toEqual(['held', 'newer-version']);
    expect([old.lock.mayWrite(), fresh.lock.mayWrite()]).toEqual([false, true]);
    fresh.lock.close();
    await nextTurn();
    expect(old.lock.mayWrite()).toBe(false);
  });

  test('old code that starts after newer code has run refuses before it opens anything', async () => {
    const open = aMachine();
    const fresh = open(2);
    await fresh.lock.start();
    fresh.lock.close();
    const old = open(1);
    await old.lock.start();
    expect(old.heard).toEqual(['newer-version']);
    expect(old.lock.isOutdated()).toBe(true);
  });
});
