// How often a till knocks while the server is away.

import { describe, expect, test } from 'vitest';
import { createRetryPace } from './retry-pace.ts';

function aPace(random = 1) {
  let now = 1_000_000;
  const pace = createRetryPace({ now: () => now, random: () => random });
  return { pace, pass: (milliseconds: number) => void (now += milliseconds) };
}

describe('retry pace', () => {
  test('nothing failing means no wait', () => {
    expect(aPace().pace.delayMs()).toBe(0);
  });

  test('the wait doubles from half a second to twenty seconds', () => {
    const { pace, pass } = aPace();
    const waits = [1, 2, 3, 4, 5, 6, 7, 8].map(() => {
      pace.failed();
      const wait = pace.delayMs();
      pass(wait);
      return wait;
    });
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 20_000, 20_000]);
  });

  test('jitter takes away at most half', () => {
    const { pace } = aPace(0);
    pace.failed();
    expect(pace.delayMs()).toBe(250);
  });

  test('hurrying ends the wait, but never beyond 20 requests a minute', () => {
    const { pace } = aPace();
    for (let count = 0; count < 19; count += 1) {
      pace.failed();
      pace.hurry();
      expect(pace.delayMs()).toBe(0);
    }
    pace.failed();
    pace.hurry();
    expect(pace.delayMs()).toBe(60_000);
  });

  test('what the server asks for is respected', () => {
    const { pace } = aPace();
    pace.failed(30_000);
    expect(pace.delayMs()).toBe(30_000);
  });

  test('a success forgets the failures', () => {
    const { pace } = aPace();
    pace.failed(30_000);
    pace.succeeded();
    expect(pace.delayMs()).toBe(0);
  });

  test('a clock that was set back makes nobody wait for years', () => {
    const { pace, pass } = aPace();
    pace.failed();
    pass(-86_400_000);
    expect(pace.delayMs()).toBeLessThanOrEqual(60_000);
  });
});
