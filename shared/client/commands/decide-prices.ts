// What people decide about the prices of the cart. Each decision is asked for permission and limits first, states its
// reason, and may carry a manager's approval, which is for exactly this action with these values and serves once.

import { businessDay } from '../../domain/business-day.ts';
import { cartSubjects, type ApprovalSubject } from '../../domain/approval.ts';
import type { Cart, Decision } from '../../domain/cart.ts';
import { couponLimit } from '../../domain/coupon-use.ts';
import * as decide from '../../domain/decide-price.ts';
import { checkDiscountAuthority } from '../../domain/discount-authority.ts';
import type { Permission } from '../../domain/operator.ts';
import { checkPermission } from '../../domain/permissions.ts';
import type { Promotion } from '../../domain/promotions/promotion.ts';
import type { ReasonedAction } from '../../domain/reason-code.ts';
import { accept, refuse, type Outcome } from '../../domain/refusal.ts';
import type { ApprovalBook } from '../approval-book.ts';
import { totalsAtDesk, type CartDesk, type PromotionsOf } from '../cart-desk.ts';
import type { ManualAction, Workstation } from '../runtime.ts';
import { changeAtDesk } from './change-cart.ts';

/** Coupons of one cart. */
const COUPONS_MAX = 20;

export type DecidePrices = Pick<
  Workstation,
  | 'overridePrice'
  | 'discountLine'
  | 'removeModifier'
  | 'discountCart'
  | 'removeCartDiscount'
  | 'exemptCart'
  | 'removeExemption'
  | 'addCoupon'
  | 'removeCoupon'
>;

type Asked = {
  readonly permission: Permission;
  readonly reasonFor: ReasonedAction;
  readonly action: ManualAction;
  readonly subject: (cart: Cart) => ApprovalSubject;
};

export function createDecidePrices(
  desk: CartDesk,
  promotionsOf: PromotionsOf,
  approvals: Pick<ApprovalBook, 'checkFits' | 'use'>,
): DecidePrices {
  const decideAs = (asked: Asked, work: (cart: Cart, decision: Decision) => Outcome<Cart>): Outcome<null> =>
    changeAtDesk(desk, (cart) => {
      const { approval, reasonCode } = asked.action;
      const reason = checkReason(desk, asked.reasonFor, reasonCode);
      if (!reason.ok) return reason;
      const operator = desk.operator();
      if (operator === null) return refuse('not-signed-on');
      const permitted = checkPermission(operator, asked.permission);
      if (approval === undefined && !permitted.ok) return permitted;
      const fits = approval === undefined ? null : approvals.checkFits(approval, asked.subject(cart));
      if (fits !== null && !fits.ok) return fits;
      const approved = approval === undefined ? {} : { approvalId: approval.approvalId };
      const changed = work(cart, { reasonCode, operatorId: operator.id, ...approved });
      if (!changed.ok) return changed;
      const within = checkAuthority(desk, promotionsOf, changed.value);
      if (!within.ok) return within;
      if (approval !== undefined) approvals.use(approval.approvalId);
      return changed;
    });

  return {
    overridePrice: (lineNumber, unitPriceMinor, action) =>
      decideAs(
        {
          permission: 'override-price',
          reasonFor: 'override-price',
          action,
          subject: (cart) => cartSubjects.overridePrice(cart.id, lineNumber, unitPriceMinor),
        },
        (cart, decision) => decide.overridePrice(cart, lineNumber, unitPriceMinor, decision),
      ),
    discountLine: (lineNumber, size, action) =>
      decideAs(
        {
          permission: 'give-discount',
          reasonFor: 'discount',
          action,
          subject: (cart) => cartSubjects.discountLine(cart.id, lineNumber, size),
        },
        (cart, decision) => decide.discountLine(cart, lineNumber, size, decision),
      ),
    discountCart: (size, action) =>
      decideAs(
        {
          permission: 'give-discount',
          reasonFor: 'discount',
          action,
          subject: (cart) => cartSubjects.discountCart(cart.id, size),
        },
        (cart, decision) => decide.discountCart(cart, size, decision),
      ),
    exemptCart: (certificateNumber, action) =>
      decideAs(
        {
          permission: 'exempt-tax',
          reasonFor: 'exempt-tax',
          action,
          subject: (cart) => cartSubjects.exemptCart(cart.id, certificateNumber),
        },
        (cart, decision) => decide.exemptCart(cart, certificateNumber, decision),
      ),
    removeModifier: (lineNumber, place) =>
      changeAtDesk(desk, (cart) => decide.removeModifier(cart, lineNumber, place)),
    removeCartDiscount: (place) => changeAtDesk(desk, (cart) => decide.removeCartDiscount(cart, place)),
    removeExemption: () => changeAtDesk(desk, (cart) => accept(decide.removeExemption(cart))),
    addCoupon: (code) => changeAtDesk(desk, (cart) => withCoupon(cart, code, desk)),
    removeCoupon: (code) =>
      changeAtDesk(desk, ({ coupons = [], ...cart }) => {
        const left = coupons.filter((each) => each !== code);
        return accept(left.length === 0 ? cart : { ...cart, coupons: left });
      }),
  };
}

/** Do the operators who decided about this cart hold the permission, and stay within their limits? */
export function checkAuthority(desk: CartDesk, promotionsOf: PromotionsOf, cart: Cart): Outcome<null> {
  const settings = desk.settings();
  if (settings === null) return refuse('not-ready');
  const { lines } = totalsAtDesk(cart, settings, promotionsOf(cart, desk, settings.store));
  const operators = new Map(desk.operators().map((operator) => [operator.id, operator]));
  return checkDiscountAuthority({ lines, exemption: cart.exemption }, (id) => operators.get(id) ?? null);
}

function checkReason(
  desk: CartDesk,
  action: ReasonedAction,
  reasonCode: string,
): Outcome<null, 'reason-code-missing' | 'reason-code-unknown'> {
  if (reasonCode === '') return refuse('reason-code-missing');
  const known = desk.priceBook().reasonCodes.filter(({ actions }) => actions.includes(action));
  // A shop that keeps no list says why in its own words.
  const isKnown = known.length === 0 || known.some(({ id }) => id === reasonCode);
  return isKnown ? accept(null) : refuse('reason-code-unknown', { reasonCode });
}

/** The code of the shop that was typed, as the shop writes it; null where it has none such. */
export function knownCoupon(
  typed: string,
  promotions: readonly Pick<Promotion, 'conditions'>[],
): string | null {
  const wanted = typed.trim().toUpperCase();
  for (const { conditions } of promotions) {
    for (const one of conditions)
      if (one.kind === 'coupon' && one.code.toUpperCase() === wanted) return one.code;
  }
  return null;
}

function withCoupon(
  cart: Cart,
  typed: string,
  desk: CartDesk,
): Outcome<
  Cart,
  | 'coupon-missing'
  | 'coupon-unknown'
  | 'coupon-needs-customer'
  | 'coupon-expired'
  | 'coupon-already-there'
  | 'too-many-coupons'
> {
  if (typed.trim() === '') return refuse('coupon-missing');
  const { promotions } = desk.priceBook();
  const code = knownCoupon(typed, promotions);
  if (code === null) return refuse('coupon-unknown', { code: typed.trim().toUpperCase().slice(0, 64) });
  const meant = promotions.filter(({ conditions }) =>
    conditions.some((one) => one.kind === 'coupon' && one.code === code),
  );
  if (couponLimit(code, promotions) === 'once-per-customer' && cart.customerId === undefined)
    return refuse('coupon-needs-customer', { code });
  const settings = desk.settings();
  if (settings !== null) {
    const today = businessDay(desk.now(), settings.store);
    if (meant.every(({ conditions }) => isOverOn(conditions, today)))
      return refuse('coupon-expired', { code });
  }
  const coupons = cart.coupons ?? [];
  if (coupons.includes(code)) return refuse('coupon-already-there', { code });
  if (coupons.length >= COUPONS_MAX) return refuse('too-many-coupons', { max: COUPONS_MAX });
  return accept({ ...cart, coupons: [...coupons, code] });
}

/** Are the days of a promotion past? One without days, or whose days are still to come, is not over. */
const isOverOn = (conditions: Promotion['conditions'], today: string): boolean =>
  conditions.some((one) => one.kind === 'days' && one.to < today);
