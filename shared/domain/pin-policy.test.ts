import { describe, expect, test } from 'vitest';
import type { Fact, FactBodies, FactKind } from './fact.ts';
import { asFactId, asOperatorId, asStoreId, asWorkstationId } from './ids.ts';
import { checkPinTry, foldPinFailure, pinLock, type PinFailures } from './pin-policy.ts';

const anna = asOperatorId('anna');
const omid = asOperatorId('omid');

describe('wrong PINs', () => {
  test.each([
    [0, 0, { state: 'open', triesLeft: 5 }],
    [4, 0, { state: 'open', triesLeft: 1 }],
    [5, 0, { state: 'waiting', waitMs: 30_000 }],
    [5, 29_999, { state: 'waiting', waitMs: 1 }],
    [5, 30_000, { state: 'open', triesLeft: 1 }],
    [6, 30_000, { state: 'waiting', waitMs: 30_000 }],
    [7, 0, { state: 'waiting', waitMs: 120_000 }],
    [8, 0, { state: 'waiting', waitMs: 240_000 }],
    [9, 0, { state: 'waiting', waitMs: 480_000 }],
    [9, 480_000, { state: 'open', triesLeft: 1 }],
    [10, 1e12, { state: 'locked' }],
    [11, 1e12, { state: 'locked' }],
  ])('%i in a row, %i ms after the last', (failures, elapsedMs, expected) => {
    expect(pinLock(failures, elapsedMs)).toEqual(expected);
  });

  test('a clock that went back or makes no sense shortens nothing', () => {
    expect(pinLock(5, -1_000_000)).toEqual({ state: 'waiting', waitMs: 30_000 });
    expect(pinLock(5, Number.NaN)).toEqual({ state: 'waiting', waitMs: 30_000 });
  });

  test('the refusal tells the seconds, rounded up', () => {
    expect(checkPinTry(5, 1)).toMatchObject({ reason: 'pin-wait', details: { waitSeconds: 30 } });
    expect(checkPinTry(10, 0)).toMatchObject({ reason: 'pin-locked' });
    expect(checkPinTry(4, 0).ok).toBe(true);
  });
});

describe('folding the journal', () => {
  test('failures count by operator until the right PIN', () => {
    const failures = folded(
      fact('pin-failed', { operatorId: anna, failuresInRow: 1 }),
      fact('pin-failed', { operatorId: omid, failuresInRow: 1 }),
      fact('pin-failed', { operatorId: anna, failuresInRow: 2 }),
      fact('operator-signed-on', { operatorId: omid }),
    );
    expect([...failures]).toEqual([[anna, 2]]);
  });

  test('a manager or the server opens the lock', () => {
    const failures = folded(
      fact('pin-failed', { operatorId: anna, failuresInRow: 10 }),
      fact('operator-unlocked', { operatorId: anna, byOperatorId: null }),
    );
    expect(failures.get(anna)).toBeUndefined();
  });

  test('entries that state too few failures do not help', () => {
    const failures = folded(
      fact('pin-failed', { operatorId: anna, failuresInRow: 1 }),
      fact('pin-failed', { operatorId: anna, failuresInRow: 1 }),
      fact('operator-signed-off', { operatorId: anna, reason: 'locked' }),
    );
    expect(failures.get(anna)).toBe(2);
  });
});

function folded(...facts: readonly Fact[]): PinFailures {
  return facts.reduce<PinFailures>(foldPinFailure, new Map());
}

function fact<Kind extends FactKind>(kind: Kind, body: FactBodies[Kind]): Fact {
  // Kind and body belong together by the signature; TypeScript does not carry that through a generic union.
  return {
    id: asFactId('fact'),
    workstationId: asWorkstationId('till-1'),
    storeId: asStoreId('store-1'),
    epoch: 1,
    sequence: 1,
    previousHash: '',
    recordedAt: '2026-03-02T10:00:00.000Z',
    hash: '',
    signature: '',
    kind,
    body,
  } as Fact;
}
