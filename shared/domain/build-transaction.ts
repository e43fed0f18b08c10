// Turns a cart and its tenders into the whole, immutable record: lines, taxes, tenders, cash rounding and stock
// movements in one document. Nothing is read from a clock or a generator; all of it is given.

import type { Cart, CartLine } from './cart.ts';
import { businessDay } from './business-day.ts';
import { cartTotals, type CartTotals } from './cart-totals.ts';
import { couponLimit, usedCoupons } from './coupon-use.ts';
import { cashStepOf } from './currency.ts';
import { pointsFor } from './earned-points.ts';
import type { JournalPosition } from './fact.ts';
import type { ItemId, TaxGroupId, TransactionId } from './ids.ts';
import { receiptNumber } from './journal.ts';
import { checkRefund } from './order-refund.ts';
import { settledMinor } from './order-settlement.ts';
import type { PricedWith } from './stated-prices.ts';
import type { GivenPromotions } from './promote-cart.ts';
import { accept, refuse, type Outcome } from './refusal.ts';
import { stockMovements } from './stock-movements.ts';
import type { StoreSettings } from './store.ts';
import type { TaxGroup } from './tax.ts';
import { checkTenders, exactTender, type TenderRefusal } from './tender.ts';
import type { ReservedTaken, Tender, Transaction, TransactionKind } from './transaction.ts';

export type BuildTransactionGiven = {
  readonly id: TransactionId;
  /** Device clock, ISO instant; the business day is cut from it. */
  readonly now: string;
  /** The journal position of the entry that will carry this transaction. */
  readonly position: JournalPosition;
  readonly workstationNumber: number;
  readonly tenders: readonly Tender[];
  /** The till session that is open. */
  readonly tillSessionId?: string;
  readonly ordinalOf: (item: ItemId) => number;
  /** The shop's promotions, judged at the time of the cart's last change. */
  readonly promotions?: GivenPromotions | null;
  /** By which version of the shop's prices; the lines say where they differ (statePrices). */
  readonly pricedWith?: PricedWith | null;
  /** What was agreed to be taken from promises. */
  readonly reservedTaken?: ReservedTaken | null;
};

/**
 * The transaction of a cart, ready to be journaled. Refuses an empty cart, tenders that do not settle it, and a coupon for each
 * customer that nobody is named for. The
 * caller has checked the cart by cart-changes; an unknown tax group or an overflow is a bug and throws.
 */
export function buildTransaction(
  cart: Cart,
  settings: Pick<StoreSettings, 'store' | 'taxRules' | 'taxGroups'>,
  given: BuildTransactionGiven,
): Outcome<Transaction, 'cart-empty' | 'refund-to-original' | 'coupon-needs-customer' | TenderRefusal> {
  const { order } = cart;
  const movesNoGoods = order?.step === 'deposit' || order?.step === 'cancellation';
  if (cart.lines.length === 0 && !movesNoGoods) return refuse('cart-empty');
  const { store, taxRules } = settings;
  const computed = cartTotals(cart, taxRules, settings.taxGroups, {
    promotions: given.promotions ?? null,
  });
  const cash = { stepMinor: cashStepOf(store) };
  const redeemedMinor = order?.redeemedMinor ?? 0;
  const tenders =
    redeemedMinor > 0 ? [exactTender('deposit', redeemedMinor), ...given.tenders] : given.tenders;
  const settled = checkTenders(settledMinor(computed.totals.grossMinor, order), tenders, cash);
  if (!settled.ok) return settled;
  const refunded = checkRefund(order, tenders);
  if (!refunded.ok) return refunded;
  const promotions = given.promotions?.promotions ?? [];
  const coupons = usedCoupons(computed.lines, promotions, cart.customerId);
  const nobodys = coupons.find(
    ({ code, customerId }) =>
      customerId === undefined && couponLimit(code, promotions) === 'once-per-customer',
  );
  if (nobodys !== undefined) return refuse('coupon-needs-customer', { code: nobodys.code });
  const points = pointsFor(cart, computed, store.points);
  return accept({
    id: given.id,
    kind: movesNoGoods ? 'deposit' : kindOf(cart.lines),
    receiptNumber: receiptNumber({
      storeNumber: store.number,
      workstationNumber: given.workstationNumber,
      ...given.position,
    }),
    cartId: cart.id,
    storeId: cart.storeId,
    workstationId: cart.workstationId,
    operatorId: cart.operatorId,
    ...(cart.customerId === undefined ? {} : { customerId: cart.customerId }),
    businessDay: businessDay(given.now, store),
    completedAt: given.now,
    currency: cart.currency,
    taxRules,
    lines: computed.lines,
    taxes: computed.taxes,
    tenders: settled.value.tenders,
    totals: { ...computed.totals, cashRoundingMinor: settled.value.cashRoundingMinor },
    stockMovements: cart.isTraining === true ? [] : stockMovements(cart.lines, given.ordinalOf),
    taxGroups: usedTaxGroups(computed, settings.taxGroups),
    ...(given.tillSessionId === undefined ? {} : { tillSessionId: given.tillSessionId }),
    ...(cart.note === undefined ? {} : { note: cart.note }),
    ...(cart.exemption === undefined ? {} : { exemption: cart.exemption }),
    ...(cart.coupons === undefined || cart.coupons.length === 0 ? {} : { coupons: cart.coupons }),
    ...(coupons.length === 0 ? {} : { usedCoupons: coupons }),
    ...(order === undefined ? {} : { order }),
    ...(cart.channelOrder === undefined ? {} : { channelOrder: cart.channelOrder }),
    ...(cart.isTraining === undefined ? {} : { isTraining: cart.isTraining }),
    ...(cart.resumed === undefined ? {} : { suspendedAs: cart.resumed.code }),
    ...(given.pricedWith === undefined || given.pricedWith === null ? {} : { pricedWith: given.pricedWith }),
    ...(given.reservedTaken === undefined || given.reservedTaken === null
      ? {}
      : { reservedTaken: given.reservedTaken }),
    ...(cart.passport === undefined ? {} : { passport: cart.passport }),
    ...(points === null ? {} : { points }),
  });
}

/** Sale when all goods go out, return when all come back, exchange when both. */
export function kindOf(lines: readonly Pick<CartLine, 'direction'>[]): TransactionKind {
  const hasSale = lines.some((line) => line.direction === 'sale');
  const hasReturn = lines.some((line) => line.direction === 'return');
  if (hasSale && hasReturn) return 'exchange';
  return hasReturn ? 'return' : 'sale';
}

// The groups as they are today travel with the transaction, so that anyone can compute it again later.
function usedTaxGroups(
  computed: CartTotals,
  groups: Readonly<Record<TaxGroupId, TaxGroup>>,
): Readonly<Record<TaxGroupId, TaxGroup>> {
  const used: Record<TaxGroupId, TaxGroup> = {};
  for (const { taxGroupId } of computed.lines) {
    const group = groups[taxGroupId];
    if (group !== undefined) used[taxGroupId] = group;
  }
  return used;
}
