// The cart as screens show it: every line with what changed its price and why, the sums, and what is still missing before
// the customer can pay.

import { captureNeeds, type CaptureNeed } from '../domain/capture-line.ts';
import type { Cart } from '../domain/cart.ts';
import { cashStepOf } from '../domain/currency.ts';
import { pointsFor } from '../domain/earned-points.ts';
import { dueNow } from '../domain/order-settlement.ts';
import type { GivenPromotions, PromotionExplanation } from '../domain/promote-cart.ts';
import { savingsOf } from '../domain/savings.ts';
import type { StoreSettings } from '../domain/store.ts';
import type { TaxSummary } from '../domain/tax.ts';
import { dueInCash } from '../domain/tender.ts';
import type { TransactionLine, TransactionTotals } from '../domain/transaction.ts';
import { totalsAtDesk } from './cart-desk.ts';

export type CartView = {
  readonly cart: Cart;
  readonly totals: TransactionTotals;
  readonly taxes: readonly TaxSummary[];
  /** The cart's lines with amounts, applied modifiers (promotions named) and price rules; parallel to cart.lines. */
  readonly lines: readonly TransactionLine[];
  /** What the customer saves on shelf prices, ≥ 0. */
  readonly savingsMinor: number;
  /** Points that the customer of the cart earns; null for nobody, and where the shop gives none. */
  readonly points: number | null;
  /** What each promotion of the shop did to this cart, or why it did nothing. */
  readonly promotions: readonly PromotionExplanation[];
  /** What must be taken down before tender; completeSale refuses with `<kind>-missing` {lineNumber} until it is. */
  readonly needs: readonly CaptureNeed[];
  /** What is to be paid now: the goods, less what was paid before on an order, or the deposit that is taken. */
  readonly dueMinor: number;
  /** The same after cash rounding; other tenders settle `dueMinor` exactly. */
  readonly dueInCashMinor: number;
};

/** The cart with its sums, as of its last change. */
export function viewCart(cart: Cart, settings: StoreSettings, promotions: GivenPromotions): CartView {
  const computed = totalsAtDesk(cart, settings, promotions);
  const { lines, totals, taxes, explanations } = computed;
  const dueMinor = dueNow(totals.grossMinor, cart.order);
  return {
    cart,
    lines,
    totals,
    taxes,
    dueMinor,
    dueInCashMinor: dueInCash(dueMinor, { stepMinor: cashStepOf(settings.store) }),
    savingsMinor: savingsOf(lines),
    points: pointsFor(cart, computed, settings.store.points)?.points ?? null,
    promotions: explanations,
    needs: captureNeeds(cart, promotions.context.businessDay),
  };
}
