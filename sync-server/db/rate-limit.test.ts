import { describe, expect, test } from 'vitest';
import { createRateLimit } from './rate-limit.ts';

describe('rate limit', () => {
  test('a burst is let through, then the bucket refills evenly', () => {
    let now = 0;
    const limit = createRateLimit({ burst: 2, perMinute: 60, now: () => now });
    expect([limit.take('a'), limit.take('a'), limit.take('a')]).toEqual([0, 0, 1000]);
    now = 1000;
    expect([limit.take('a'), limit.take('a')]).toEqual([0, 1000]);
  });

  test('one key does not use up the bucket of another', () => {
    const limit = createRateLimit({ burst: 1, perMinute: 1, now: () => 0 });
    expect([limit.take('a'), limit.take('b'), limit.take('a')]).toEqual([0, 0, 60_000]);
  });

  test('memory stays bounded under many keys', () => {
    const limit = createRateLimit({ burst: 1, perMinute: 1, now: () => 0, bucketsMax: 3 });
    for (const key of ['a', 'b', 'c', 'd']) expect(limit.take(key)).toBe(0);
    // The oldest bucket had to go, so its key starts afresh.
    expect(limit.take('a')).toBe(0);
    expect(limit.take('d')).toBe(60_000);
  });
});
