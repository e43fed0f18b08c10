// Sets the open cart aside and takes one up again, on this workstation or another one of the store. Both are entries of the
// journal; both work without a network for every cart that this device has.

import { ofWholeCart, type CartAction } from '../../domain/cart-action.ts';
import type { Cart } from '../../domain/cart.ts';
import { checkPermission } from '../../domain/permissions.ts';
import { accept, refuse, type Outcome } from '../../domain/refusal.ts';
import { resumeCart, suspendCart } from '../../domain/resume-cart.ts';
import { suspendCode } from '../../domain/suspend-code.ts';
import type { Operator } from '../../domain/operator.ts';
import type { Enrolment } from '../ports.ts';
import { openTillId } from '../open-till-id.ts';
import type { Parts } from '../parts.ts';
import type { Workstation } from '../runtime.ts';
import type { TillSession } from '../session.ts';
import { readySession } from './ready-session.ts';

export type SuspendCart = Pick<Workstation, 'suspendCart' | 'resumeCart'>;

type Here = {
  readonly session: TillSession;
  readonly operator: Operator;
  readonly enrolment: Enrolment;
};

export function createSuspendCart(parts: Parts): SuspendCart {
  return {
    async suspendCart({ label = '' } = {}) {
      const here = whoIsHere(parts);
      if (!here.ok) return here;
      const view = parts.cart.peek();
      if (view === null) return refuse('cart-empty');
      const noted = await parts.notes.settle();
      if (!noted.ok) return noted;
      const { session, operator, enrolment } = here.value;
      const { storeNumber, workstationNumber } = enrolment;
      const { cart } = view;
      const made: { cart: Cart | null } = { cart: null };
      const written = await session.journal.append(
        'cart-action',
        (place) => {
          const code = suspendCode({ storeNumber, workstationNumber, ...place });
          const suspended = suspendCart(cart, {
            code,
            label,
            at: parts.desk.now(),
            operatorId: operator.id,
            workstationNumber,
            totalMinor: view.totals.grossMinor,
          });
          if (!suspended.ok) return suspended;
          made.cart = suspended.value;
          return accept(entryOf(parts, { ...ofWholeCart('cart-suspended', cart), code }, cart));
        },
        operator.id,
      );
      if (!written.ok) return written;
      if (made.cart === null) throw new Error('a cart was set aside without being made');
      try {
        await parts.carts.setAside(made.cart);
      } catch {
        return refuse('cart-not-kept');
      }
      parts.setCart(null);
      return accept(made.cart);
    },
    async resumeCart(id) {
      const here = whoIsHere(parts);
      if (!here.ok) return here;
      if (parts.cart.peek() !== null) return refuse('cart-open');
      const found = parts.storeCarts.find(id);
      if (found === null) return refuse('cart-not-found');
      if ((found.isTraining === true) !== parts.desk.isTraining()) return refuse('training-differs');
      const { session, operator, enrolment } = here.value;
      const { workstationId, workstationNumber } = enrolment;
      const at = parts.desk.now();
      const resumed = resumeCart(found, { at, operatorId: operator.id, workstationId, workstationNumber });
      if (!resumed.ok) return resumed;
      const noted = await parts.notes.settle();
      if (!noted.ok) return noted;
      const code = resumed.value.resumed?.code ?? '';
      const written = await session.journal.append(
        'cart-action',
        () => accept(entryOf(parts, { ...ofWholeCart('cart-resumed', found), code }, found)),
        operator.id,
      );
      if (!written.ok) return written;
      // Places of its items are looked up now: the catalogue may change before it is paid.
      for (const { itemId } of resumed.value.lines) parts.desk.itemOf(itemId);
      parts.setCart(resumed.value);
      await parts.carts.flush().catch(() => undefined);
      return accept(null);
    },
  };
}

function whoIsHere(parts: Parts): Outcome<Here> {
  const ready = readySession(parts);
  if (!ready.ok) return ready;
  const operator = parts.operator.peek();
  const permitted = checkPermission(operator, 'sell');
  if (!permitted.ok) return permitted;
  const enrolment = parts.identity.peek()?.enrolment;
  if (operator === null || enrolment === undefined) return refuse('not-ready');
  return accept({ session: ready.value, operator, enrolment });
}

function entryOf(parts: Parts, action: CartAction, cart: Cart): CartAction {
  const tillSessionId = openTillId(parts);
  return {
    ...action,
    ...(tillSessionId === undefined ? {} : { tillSessionId }),
    ...(cart.isTraining === true ? { isTraining: true } : {}),
  };
}
