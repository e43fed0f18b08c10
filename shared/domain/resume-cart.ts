// Carts that wait: set aside on one workstation, taken up on any of the store. A cart that is set aside belongs to nobody and
// is changed by nobody; whoever takes it up holds it. Two who take it up at once while the network is cut both see it for
// a while; the earlier one has it (merge-carts), and the server names every cart that was paid twice.

import type { Cart } from './cart.ts';
import { cleanNote } from './clean-note.ts';
import type { CartId, OperatorId, WorkstationId } from './ids.ts';
import { accept, refuse, type Outcome } from './refusal.ts';

/** Characters of the label: a name, a table. */
export const LABEL_MAX = 60;

/** The cart set aside. Refuses `cart-empty` and `label-too-long`; control and direction signs are cleaned out. */
export function suspendCart(
  cart: Cart,
  given: {
    readonly code: string;
    readonly label: string;
    /** By the corrected clock. */
    readonly at: string;
    readonly operatorId: OperatorId;
    readonly workstationNumber: number;
    readonly totalMinor: number;
  },
): Outcome<Cart, 'cart-empty' | 'label-too-long' | 'cart-of-order'> {
  // The order itself waits, and is found again by its number.
  if (cart.order !== undefined) return refuse('cart-of-order', { number: cart.order.orderNumber });
  if (cart.lines.length === 0) return refuse('cart-empty');
  const cleaned = cleanNote(given.label);
  if (!cleaned.ok || cleaned.value.length > LABEL_MAX) return refuse('label-too-long', { max: LABEL_MAX });
  const { resumed: _resumed, ...rest } = cart;
  const { label: _label, ...suspended } = given;
  return accept({
    ...rest,
    suspended: { ...suspended, ...(cleaned.value === '' ? {} : { label: cleaned.value }) },
  });
}

/** The cart taken up. Refuses `cart-taken` {workstationNumber} when somebody else holds it. */
export function resumeCart(
  cart: Cart,
  given: {
    readonly at: string;
    readonly operatorId: OperatorId;
    readonly workstationId: WorkstationId;
    readonly workstationNumber: number;
  },
): Outcome<Cart, 'cart-taken'> {
  const { suspended, ...rest } = cart;
  const { at, operatorId, workstationId, workstationNumber } = given;
  if (suspended === undefined) {
    return refuse('cart-taken', { workstationNumber: cart.resumed?.workstationNumber ?? 0 });
  }
  return accept({
    ...rest,
    operatorId,
    workstationId,
    resumed: { code: suspended.code, at, workstationNumber, lastLineNumber: cart.lastLineNumber },
  });
}

/** What was put into a cart after it was taken up, as a cart of its own; decisions about the old one stay with that. */
export function addedSinceResumed(cart: Cart, id: CartId): Cart {
  const {
    resumed,
    discounts: _discounts,
    coupons: _coupons,
    exemption: _exemption,
    note: _note,
    ...rest
  } = cart;
  const after = resumed?.lastLineNumber ?? cart.lastLineNumber;
  return { ...rest, id, lines: cart.lines.filter(({ lineNumber }) => lineNumber > after) };
}
