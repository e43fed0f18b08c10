// The cart of the till: adding, changing, removing, noting, clearing. All of it is synchronous, because it
// happens inside the key handler; the disk learns of it a moment later and always before tender.

import type { Cart } from '../../domain/cart.ts';
import * as change from '../../domain/cart-changes.ts';
import { asCartId } from '../../domain/ids.ts';
import { checkPermission } from '../../domain/permissions.ts';
import { accept, refuse, type Outcome } from '../../domain/refusal.ts';
import type { Parts } from '../parts.ts';
import type { Workstation } from '../runtime.ts';

/** Characters of a scanned code that are kept with its line. */
const CODE_MAX = 200;

export type ChangeCart = Pick<
  Workstation,
  'addItem' | 'changeQuantity' | 'removeLine' | 'noteLine' | 'clearCart'
>;

export function createChangeCart(parts: Parts): ChangeCart {
  const currentCart = (): Outcome<Cart, 'not-signed-on' | 'not-ready'> => {
    const open = parts.cart.peek()?.cart;
    if (open !== undefined) return accept(open);
    const operator = parts.operator.peek();
    const identity = parts.identity.peek();
    const settings = parts.settings.peek();
    if (operator === null) return refuse('not-signed-on');
    if (identity === null || settings === null) return refuse('not-ready');
    return accept(
      change.emptyCart({
        id: asCartId(parts.given.newId()),
        storeId: identity.enrolment.storeId,
        workstationId: identity.enrolment.workstationId,
        operatorId: operator.id,
        currency: settings.store.currency,
      }),
    );
  };
  const apply = (changed: Outcome<Cart>): Outcome<null> => {
    if (!changed.ok) return changed;
    parts.setCart(changed.value.lines.length === 0 ? null : changed.value);
    return accept(null);
  };
  const withCart = (work: (cart: Cart) => Outcome<Cart>): Outcome<null> => {
    const cart = parts.cart.peek()?.cart;
    return cart === undefined ? refuse('cart-empty') : apply(work(cart));
  };

  return {
    addItem(item, given = {}) {
      const operator = parts.operator.peek();
      const permitted = checkPermission(operator, given.direction === 'return' ? 'return-goods' : 'sell');
      if (!permitted.ok) return permitted;
      if (given.unitPriceMinor !== undefined && given.unitPriceMinor !== item.priceMinor) {
        const mayOverride = checkPermission(operator, 'override-price');
        if (!mayOverride.ok) return mayOverride;
      }
      const cart = currentCart();
      if (!cart.ok) return cart;
      const settings = parts.settings.peek();
      if (settings === null) return refuse('not-ready');
      const { scannedCode, ...rest } = given;
      const added = change.addLine(cart.value, item, {
        ...rest,
        ...(scannedCode === undefined ? {} : { scannedCode: storableCode(scannedCode) }),
        taxGroups: settings.taxGroups,
      });
      if (!added.ok) return added;
      parts.rememberPlace(item);
      parts.setCart(added.value.cart);
      return accept(added.value.line);
    },
    changeQuantity: (lineNumber, quantityMilli) =>
      withCart((cart) => change.changeQuantity(cart, lineNumber, quantityMilli)),
    removeLine: (lineNumber) => withCart((cart) => change.removeLine(cart, lineNumber)),
    noteLine: (lineNumber, note) => withCart((cart) => change.noteLine(cart, lineNumber, note)),
    clearCart() {
      parts.setCart(null);
      return accept(null);
    },
  };
}

// What a scanner sends may hold anything; a sale must never fail on it when it is written.
function storableCode(code: string): string {
  return code.replace(/[\p{Cc}\p{Cs}]/gu, '').slice(0, CODE_MAX);
}
