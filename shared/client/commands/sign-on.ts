// An operator signs on with a PIN that is checked on the device. Every failure is an entry of the journal, so
// neither a reload nor deleted storage gives new tries; tries stand in a queue, so that a script gains nothing
// by asking many times at once. Unknown operators take as long and get the same answer.

import type { OperatorId } from '../../domain/ids.ts';
import { checkPinTry, foldPinFailure, pinLock, type PinFailures } from '../../domain/pin-policy.ts';
import { checkPermission } from '../../domain/permissions.ts';
import { accept, refuse, type Outcome } from '../../domain/refusal.ts';
import type { Parts } from '../parts.ts';
import type { Workstation } from '../runtime.ts';
import type { TillSession } from '../session.ts';
import { readySession } from './ready-session.ts';

/** Argon2id of a random secret that nobody has; makes an unknown operator cost what a known one does. */
const NOBODYS_VERIFIER =
  '$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$9sQyVCwNEoeD6Ovr9IwnjH0YvXBNVvxq8iEnQn0uF+w';

export type SignOn = Pick<Workstation, 'signOn' | 'signOff' | 'unlockOperator'>;

export function createSignOn(parts: Parts): SignOn {
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

  const tryPin = async (operatorId: OperatorId, pin: string): Promise<Outcome<null>> => {
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
    if (operator === null || !isRight) {
      const failures = before + 1;
      lastFailureAt.set(operatorId, performance.now());
      failuresOf.set(operatorId, failures);
      const noted = await session.journal.append('pin-failed', () =>
        accept({ operatorId, failuresInRow: failures }),
      );
      if (!noted.ok) return noted;
      const lock = pinLock(failures, 0);
      return refuse('pin-wrong', { triesLeft: lock.state === 'open' ? lock.triesLeft : 0 });
    }
    if (parts.operator.peek() !== null) await signOff('switched');
    const noted = await session.journal.append(
      'operator-signed-on',
      () => accept({ operatorId }),
      operatorId,
    );
    if (!noted.ok) return noted;
    failuresOf.set(operatorId, 0);
    parts.operator.value = operator;
    const open = parts.cart.peek();
    if (open !== null) parts.setCart({ ...open.cart, operatorId });
    return accept(null);
  };

  const signOff: SignOn['signOff'] = async (reason) => {
    const operator = parts.operator.peek();
    if (operator === null) return accept(null);
    // Whoever walks away must be signed off on the screen even when the entry cannot be written.
    parts.operator.value = null;
    const session = parts.session();
    if (session === null) return refuse('not-ready');
    const noted = await session.journal.append(
      'operator-signed-off',
      () => accept({ operatorId: operator.id, reason }),
      operator.id,
    );
    return noted.ok ? accept(null) : noted;
  };

  const unlockOperator: SignOn['unlockOperator'] = async (operatorId) => {
    const ready = readySession(parts);
    if (!ready.ok) return ready;
    const manager = parts.operator.peek();
    const permitted = checkPermission(manager, 'approve');
    if (!permitted.ok) return permitted;
    if (manager === null || manager.id === operatorId)
      return refuse('permission-missing', { permission: 'approve' });
    const noted = await ready.value.journal.append(
      'operator-unlocked',
      () => accept({ operatorId, byOperatorId: manager.id }),
      manager.id,
    );
    if (!noted.ok) return noted;
    failuresOf.set(operatorId, 0);
    return accept(null);
  };

  return {
    signOff,
    unlockOperator,
    signOn(operatorId, pin) {
      const result = queue.then(() => tryPin(operatorId, pin));
      queue = result.catch(() => undefined);
      return result;
    },
  };
}
