// The cart of the till: adding, changing, removing, noting, capturing, clearing. All of it is synchronous, because it
// happens inside the key handler; the disk learns of it a moment later and always before tender. Every change marks the
// cart with the time at which prices and promotions are judged; lines that are there keep the price that they were added at.

import { businessDay } from '../../domain/business-day.ts';
import { ofWholeCart, takenOut, type CartAction } from '../../domain/cart-action.ts';
import { captureLine } from '../../domain/capture-line.ts';
import type { Cart } from '../../domain/cart.ts';
import * as change from '../../domain/cart-changes.ts';
import { couponLimit } from '../../domain/coupon-use.ts';
import { asCartId } from '../../domain/ids.ts';
import type { Item } from '../../domain/item.ts';
import type { AddLineOptions } from '../../domain/new-line.ts';
import { checkPermission } from '../../domain/permissions.ts';
import type { ReasonedAction } from '../../domain/reason-code.ts';
import { accept, refuse, type Outcome } from '../../domain/refusal.ts';
import { itemBookOf, type CartDesk } from '../cart-desk.ts';
import type { Workstation } from '../runtime.ts';
import { checkReason } from './check-reason.ts';

/** Characters of a scanned code that are kept with its line. */
const CODE_MAX = 200;

export type ChangeCart = Pick<
  Workstation,
  | 'addItem'
  | 'changeQuantity'
  | 'removeLine'
  | 'noteLine'
  | 'noteCart'
  | 'captureLine'
  | 'setCustomer'
  | 'clearCart'
>;

export function createChangeCart(desk: CartDesk): ChangeCart {
  const withCart = (work: (cart: Cart) => Outcome<Cart>): Outcome<null> => changeAtDesk(desk, work);
  return {
    addItem(item, given = {}) {
      const permitted = checkMayAdd(desk, item, given);
      if (!permitted.ok) return permitted;
      const cart = openCart(desk);
      if (!cart.ok) return cart;
      const settings = desk.settings();
      if (settings === null) return refuse('not-ready');
      const { scannedCode, ...rest } = given;
      const added = change.addLine(cart.value, item, {
        ...rest,
        ...(scannedCode === undefined ? {} : { scannedCode: storableCode(scannedCode) }),
        ...itemBookOf(cart.value, desk),
        taxGroups: settings.taxGroups,
      });
      if (!added.ok) return added;
      desk.rememberPlace(item);
      keepAtDesk(desk, added.value.cart);
      return accept(added.value.line);
    },
    changeQuantity: (lineNumber, quantityMilli, given = {}) =>
      takeOut(desk, given.reasonCode, (cart) =>
        change.changeQuantity(cart, lineNumber, quantityMilli, itemBookOf(cart, desk)),
      ),
    removeLine: (lineNumber, given = {}) =>
      takeOut(desk, given.reasonCode, (cart) => change.removeLine(cart, lineNumber)),
    noteLine: (lineNumber, note) => withCart((cart) => change.noteLine(cart, lineNumber, note)),
    noteCart: (note) => withCart((cart) => change.noteCart(cart, note)),
    captureLine: (lineNumber, capture) =>
      withCart((cart) => {
        const settings = desk.settings();
        if (settings === null) return refuse('not-ready');
        return captureLine(cart, lineNumber, capture, businessDay(desk.now(), settings.store));
      }),
    setCustomer: (customer) =>
      withCart((cart) => {
        const code = couponOfCustomer(cart, desk);
        const isSame = cart.customerId === undefined || cart.customerId === customer?.id;
        return code === null || isSame
          ? accept(withCustomer(cart, customer, desk))
          : refuse('coupon-of-customer', { code });
      }),
    clearCart(given = {}) {
      const cart = desk.cart();
      if (cart === null) return accept(null);
      const free = desk.checkMayGiveUp(cart);
      if (!free.ok) return free;
      if (cart.order !== undefined) {
        // Nothing was given up: the order is as it was.
        desk.setCart(null);
        return accept(null);
      }
      const reason = checkReasonAsked(desk, 'cancel-cart', given.reasonCode);
      if (!reason.ok) return reason;
      noteDown(desk, cart, [ofWholeCart('cart-cancelled', cart)], given.reasonCode);
      if (cart.passport !== undefined) desk.releasePassport?.(cart.passport);
      desk.setCart(null);
      return accept(null);
    },
  };
}

/** Changes the cart, and writes down what is no longer in it; the shop may want to know why. */
function takeOut(
  desk: CartDesk,
  reasonCode: string | undefined,
  work: (cart: Cart) => Outcome<Cart>,
): Outcome<null> {
  return changeAtDesk(desk, (cart) => {
    const changed = work(cart);
    if (!changed.ok) return changed;
    const actions = takenOut(cart, changed.value);
    if (actions.length > 0) {
      const reason = checkReasonAsked(desk, 'remove-line', reasonCode);
      if (!reason.ok) return reason;
      noteDown(desk, cart, actions, reasonCode);
    }
    return changed;
  });
}

function noteDown(
  desk: CartDesk,
  cart: Cart,
  actions: readonly CartAction[],
  reasonCode: string | undefined,
): void {
  desk.note(
    actions.map((action) => ({
      ...action,
      ...(reasonCode === undefined ? {} : { reasonCode }),
      ...(cart.isTraining === true ? { isTraining: true } : {}),
    })),
  );
}

/** A shop that asks for a reason takes one of its own; one that does not takes what is given. */
function checkReasonAsked(
  desk: CartDesk,
  action: ReasonedAction,
  reasonCode: string | undefined,
): Outcome<null> {
  const isAsked = desk.settings()?.store.reasonsAskedFor?.includes(action) === true;
  if (reasonCode === undefined) return isAsked ? refuse('reason-code-missing') : accept(null);
  return checkReason(desk.priceBook().reasonCodes, action, reasonCode);
}

/** Changes the cart that is there; one without lines is gone. */
export function changeAtDesk(desk: CartDesk, work: (cart: Cart) => Outcome<Cart>): Outcome<null> {
  const cart = desk.cart();
  if (cart === null) return refuse('cart-empty');
  const changed = work(cart);
  if (!changed.ok) return changed;
  keepAtDesk(desk, changed.value);
  return accept(null);
}

function keepAtDesk(desk: CartDesk, cart: Cart): void {
  // Without its last line the cart is gone, and so is the customer's part in it.
  if (cart.lines.length === 0 && cart.passport !== undefined) desk.releasePassport?.(cart.passport);
  desk.setCart(cart.lines.length === 0 ? null : { ...cart, pricedAt: desk.now() });
}

function openCart(desk: CartDesk): Outcome<Cart, 'not-signed-on' | 'not-ready'> {
  const open = desk.cart();
  if (open !== null) return accept(open);
  const [operator, identity, settings] = [desk.operator(), desk.identity(), desk.settings()];
  if (operator === null) return refuse('not-signed-on');
  if (identity === null || settings === null) return refuse('not-ready');
  const { storeId, workstationId } = identity;
  const id = asCartId(desk.newId());
  return accept(
    change.emptyCart({
      id,
      storeId,
      workstationId,
      operatorId: operator.id,
      currency: settings.store.currency,
      isTraining: desk.isTraining(),
    }),
  );
}

// A typed price is the item's own business where its price is open; anywhere else it is an override.
function checkMayAdd(
  desk: CartDesk,
  item: Item,
  given: AddLineOptions,
): Outcome<null, 'not-signed-on' | 'permission-missing'> {
  const operator = desk.operator();
  const permitted = checkPermission(operator, given.direction === 'return' ? 'return-goods' : 'sell');
  const isOverride =
    given.unitPriceMinor !== undefined &&
    given.unitPriceMinor !== item.priceMinor &&
    item.openPrice === undefined;
  return permitted.ok && isOverride ? checkPermission(operator, 'override-price') : permitted;
}

/** A coupon in the cart that each customer may use once: it was asked for this one. */
function couponOfCustomer({ coupons = [] }: Cart, desk: CartDesk): string | null {
  const { promotions } = desk.priceBook();
  return coupons.find((code) => couponLimit(code, promotions) === 'once-per-customer') ?? null;
}

// Lines that the price book priced are priced again for whom they are sold to now.
function withCustomer(cart: Cart, customer: Parameters<Workstation['setCustomer']>[0], desk: CartDesk): Cart {
  const { customerId: _id, customerGroups: _groups, isFirstPurchase: _first, ...anonymous } = cart;
  const next: Cart =
    customer === null
      ? anonymous
      : {
          ...anonymous,
          customerId: customer.id,
          ...(customer.groups === undefined ? {} : { customerGroups: customer.groups }),
          ...(customer.isFirstPurchase === undefined ? {} : { isFirstPurchase: customer.isFirstPurchase }),
        };
  const [before, after] = [itemBookOf(cart, desk), itemBookOf(next, desk)];
  const lines = cart.lines.map((line) => {
    const item = desk.itemOf(line.itemId);
    const isOfBook =
      item !== null &&
      item.openPrice === undefined &&
      before.priceOf(item, line.quantityMilli).priceMinor === line.unitPriceMinor;
    return isOfBook ? change.withPrice(line, after.priceOf(item, line.quantityMilli)) : line;
  });
  return { ...next, lines };
}

// What a scanner sends may hold anything; a sale must never fail on it when it is written.
function storableCode(code: string): string {
  return code.replace(/[\p{Cc}\p{Cs}]/gu, '').slice(0, CODE_MAX);
}
