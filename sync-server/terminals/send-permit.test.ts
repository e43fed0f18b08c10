import { expect, it } from 'vitest';
import { beginSendPermit, HELD_SECONDS, SEND_WITHIN_MS } from './send-permit.ts';

const permitAfter = (monotonicMs: number, wallMs: number): boolean => {
  let gone = { monotonicMs: 0, wallMs: 0 };
  const permit = beginSendPermit({
    monotonicMs: () => 5_000 + gone.monotonicMs,
    wallMs: () => Date.UTC(2026, 2, 2, 10) + gone.wallMs,
  });
  gone = { monotonicMs, wallMs };
  return permit.isOpen();
};

it('a question may be sent for ten seconds, which end before others give it up', () => {
  expect(SEND_WITHIN_MS).toBe(10_000);
  expect(SEND_WITHIN_MS).toBeLessThan(HELD_SECONDS * 1_000);
  expect(permitAfter(9_999, 9_999)).toBe(true);
  expect(permitAfter(10_000, 10_000)).toBe(false);
});

it('a machine that slept is seen by the clock on the wall alone', () => {
  expect(permitAfter(3, 20_000)).toBe(false);
});

it('a clock that was set back hides no time that went by', () => {
  expect(permitAfter(20_000, -3_600_000)).toBe(false);
  expect(permitAfter(3, -3_600_000)).toBe(true);
});
