// An operator signs on with a PIN that is checked on the device (check-pin.ts), signs off, and lets somebody try again who
// is locked out after too many wrong PINs.

import { checkPermission } from '../../domain/permissions.ts';
import { accept, refuse, type Outcome } from '../../domain/refusal.ts';
import type { Parts } from '../parts.ts';
import type { Workstation } from '../runtime.ts';
import type { PinCheck, PinChecked } from './check-pin.ts';
import { readySession } from './ready-session.ts';

export type SignOn = Pick<Workstation, 'signOn' | 'signOff' | 'unlockOperator'>;

export function createSignOn(parts: Parts, pins: PinCheck): SignOn {
  const begin = async ({ operator, session }: PinChecked): Promise<Outcome<null>> => {
    if (parts.operator.peek() !== null) await signOff('switched');
    const noted = await session.journal.append(
      'operator-signed-on',
      () => accept({ operatorId: operator.id }),
      operator.id,
    );
    if (!noted.ok) return noted;
    parts.operator.value = operator;
    const open = parts.cart.peek();
    if (open !== null) parts.setCart({ ...open.cart, operatorId: operator.id });
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
    pins.forget(operatorId);
    return accept(null);
  };

  return {
    signOff,
    unlockOperator,
    signOn: (operatorId, pin) => pins.whenRight({ operatorId, pin }, begin),
  };
}
