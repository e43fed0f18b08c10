// Checks a PIN on the device, for whoever signs on and for whoever approves. Every failure is an entry of the journal, so
// neither a reload nor deleted storage gives new tries; tries stand in a queue, so that a script gains nothing
// by asking many times at once. Unknown operators take as long and get the same answer.

import type { OperatorId } from '../../domain/ids.ts';
import type { Operator } from '../../domain/operator.ts';
import { checkPinTry, foldPinFailure, pinLock, type PinFailures } from '../../domain/pin-policy.ts';
import { accept, refuse, type Outcome } from '../../domain/refusal.ts';
import type { Parts } from '../parts.ts';
import type { TillSession } from '../session.ts';
import { readySession } from './ready-session.ts';

/** Argon2id of a random secret that nobody has; makes an unknown operator cost what a known one does. */
const NOBODYS_VERIFIER =
  '$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$9sQyVCwNEoeD6Ovr9IwnjH0YvXBNVvxq8iEnQn0uF+w';

/** Whose PIN was right, and the open journal that the caller writes the consequence to. */
export type PinChecked = { readonly operator: Operator; readonly session: TillSession };

export type PinCheck = {
  /**
   * Runs `then` when the PIN is that of the operator, before the next try is looked at; refuses `pin-wrong`
   * {triesLeft}, `pin-wait` {waitSeconds}, `pin-locked` {failures}, and what any command does without an open journal.
   * `then` must write an entry that ends the failures in a row (foldPinFailure), or say no.
   */
  whenRight<Value>(
    asked: { readonly operatorId: OperatorId; readonly pin: string },
    then: (checked: PinChecked) => Promise<Outcome<Value>>,
  ): Promise<Outcome<Value>>;
  /** The failures of an operator were ended by an entry that this device has just written. */
  forget(operatorId: OperatorId): void;
};

export function createPinCheck(parts: Parts): PinCheck {
  const startedAt = performance.now();
  const lastFailureAt = new Map<OperatorId, number>();
  const failuresOf = new Map<OperatorId, number>();
  let queue: Promise<unknown> = Promise.resolve();

  const failuresInRow = async (session: TillSession, operatorId: OperatorId): Promise<number> => {
    const known = failuresOf.get(operatorId);
    if (known !== undefined) return known;
    let failures: PinFailures = new Map();
    for (const fact of await session.store.about(operatorId)) failures = foldPinFailure(failures, fact);
    const counted = failures.get(operatorId) ?? 0;
    failuresOf.set(operatorId, counted);
    return counted;
  };

  const check = async (operatorId: OperatorId, pin: string): Promise<Outcome<PinChecked>> => {
    // At a cold start the journal may still be under its check; that takes a moment, not a refusal.
    await parts.settled();
    const ready = readySession(parts);
    if (!ready.ok) return ready;
    const session = ready.value;
    const operator = parts.operators.peek().find((one) => one.id === operatorId && one.isActive) ?? null;
    const before = await failuresInRow(session, operatorId);
    const elapsedMs = performance.now() - (lastFailureAt.get(operatorId) ?? startedAt);
    const mayTry = checkPinTry(before, elapsedMs);
    if (!mayTry.ok) return mayTry;
    const isRight = await parts.given.verifyPin(pin, operator?.pinVerifier ?? NOBODYS_VERIFIER);
    if (operator !== null && isRight) return accept({ operator, session });
    const failures = before + 1;
    lastFailureAt.set(operatorId, performance.now());
    failuresOf.set(operatorId, failures);
    const noted = await session.journal.append('pin-failed', () =>
      accept({ operatorId, failuresInRow: failures }),
    );
    if (!noted.ok) return noted;
    const lock = pinLock(failures, 0);
    return refuse('pin-wrong', { triesLeft: lock.state === 'open' ? lock.triesLeft : 0 });
  };

  return {
    forget: (operatorId) => void failuresOf.set(operatorId, 0),
    whenRight({ operatorId, pin }, then) {
      const result = queue.then(async () => {
        const checked = await check(operatorId, pin);
        if (!checked.ok) return checked;
        const done = await then(checked.value);
        if (done.ok) failuresOf.set(operatorId, 0);
        return done;
      });
      queue = result.catch(() => undefined);
      return result;
    },
  };
}
