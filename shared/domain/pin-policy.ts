// When a PIN may be tried. Five tries are free; after the fifth wrong one in a row the operator waits 30 seconds and
// each further wrong one doubles the wait; after the tenth only another manager or the server lets them try again.
//
//   open ──5th failure──► waiting (30 s, 60 s, 120 s, 240 s, 480 s) ──10th failure──► locked ──operator-unlocked──► open
//     ▲──────────────────── right PIN (signed on, approved) ────────┘
//
// The count is folded from the journal, where every failure is an entry, so that deleting storage or reloading gives
// no new tries. The wait is measured by a monotonic clock that the caller passes in: the device clock may lie.

import type { Fact } from './fact.ts';
import type { OperatorId } from './ids.ts';
import { accept, refuse, type Outcome } from './refusal.ts';

export const PIN_FREE_TRIES = 5;
export const PIN_FIRST_WAIT_MS = 30_000;
export const PIN_HARD_LOCK_AT = 10;

/** Wrong PINs in a row by operator; an operator who is not in it has none. */
export type PinFailures = ReadonlyMap<OperatorId, number>;

export type PinLock =
  | { readonly state: 'open'; readonly triesLeft: number }
  | { readonly state: 'waiting'; readonly waitMs: number }
  | { readonly state: 'locked' };

/** Folds one entry of the journal, in order, into the failures in a row. Entries of other kinds change nothing. */
export function foldPinFailure(failures: PinFailures, fact: Fact): PinFailures {
  switch (fact.kind) {
    case 'pin-failed': {
      const { operatorId, failuresInRow } = fact.body;
      const counted = (failures.get(operatorId) ?? 0) + 1;
      // The higher of the two counts: an entry restored from the server may be ahead of what is held here.
      return new Map(failures).set(operatorId, Math.max(counted, failuresInRow));
    }
    case 'operator-signed-on':
    case 'operator-unlocked':
      return without(failures, fact.body.operatorId);
    case 'action-approved':
      return without(failures, fact.body.approverId);
    case 'epoch-started':
    case 'transaction-completed':
    case 'receipt-reprinted':
    case 'operator-signed-off':
    case 'till-opened':
    case 'cash-moved':
    case 'no-sale':
    case 'till-counted':
    case 'card-attempted':
    case 'card-answered':
    case 'x-report-made':
    case 'till-closed':
    case 'clocked-in':
    case 'clocked-out':
    case 'cart-action':
    case 'print-discarded':
    case 'training-switched':
    case 'stock-received':
    case 'price-changed':
    case 'attention-resolved':
    case 'settings-changed':
    case 'channel-order-placed':
    case 'channel-order-moved':
    case 'feedback-given':
    case 'rights-moved':
    case 'quotation-made':
    case 'customer-order-placed':
    case 'layaway-opened':
    case 'customer-order-arrived':
    case 'customer-recorded':
      return failures;
  }
}

function without(failures: PinFailures, operatorId: OperatorId): PinFailures {
  if (!failures.has(operatorId)) return failures;
  const rest = new Map(failures);
  rest.delete(operatorId);
  return rest;
}

/**
 * May a PIN be tried now? `elapsedMs` is monotonic time since the last failure; after a restart it is the time since
 * the app started, so that a reload never shortens the wait.
 */
export function pinLock(failuresInRow: number, elapsedMs: number): PinLock {
  if (failuresInRow >= PIN_HARD_LOCK_AT) return { state: 'locked' };
  if (failuresInRow < PIN_FREE_TRIES) return { state: 'open', triesLeft: PIN_FREE_TRIES - failuresInRow };
  const waitMs = PIN_FIRST_WAIT_MS * 2 ** (failuresInRow - PIN_FREE_TRIES);
  const passedMs = Number.isFinite(elapsedMs) ? Math.max(0, elapsedMs) : 0;
  return passedMs >= waitMs
    ? { state: 'open', triesLeft: 1 }
    : { state: 'waiting', waitMs: waitMs - passedMs };
}

/** pinLock as an outcome: refused while waiting (with the seconds left, rounded up) or locked. */
export function checkPinTry(
  failuresInRow: number,
  elapsedMs: number,
): Outcome<null, 'pin-wait' | 'pin-locked'> {
  const lock = pinLock(failuresInRow, elapsedMs);
  switch (lock.state) {
    case 'open':
      return accept(null);
    case 'waiting':
      return refuse('pin-wait', { waitSeconds: Math.ceil(lock.waitMs / 1000) });
    case 'locked':
      return refuse('pin-locked', { failures: failuresInRow });
  }
}
