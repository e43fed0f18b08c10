// The cart as screens show it: every line with what changed its price and why, the sums, and what is still missing before
// the customer can pay.

import { captureNeeds } from '../domain/capture-line.ts';
import type { Cart } from '../domain/cart.ts';
import { cashStepOf } from '../domain/currency.ts';
import { dueNow } from '../domain/order-settlement.ts';
import type { GivenPromotions } from '../domain/promote-cart.ts';
import { savingsOf } from '../domain/savings.ts';
import type { StoreSettings } from '../domain/store.ts';
import { dueInCash } from '../domain/tender.ts';
import { totalsAtDesk } from './cart-desk.ts';
import type { CartView } from './runtime.ts';

/** The cart with its sums, as of its last change. */
export function viewCart(cart: Cart, settings: StoreSettings, promotions: GivenPromotions): CartView {
  const { lines, totals, taxes, explanations } = totalsAtDesk(cart, settings, promotions);
  const dueMinor = dueNow(totals.grossMinor, cart.order);
  return {
    cart,
    lines,
    totals,
    taxes,
    dueMinor,
    dueInCashMinor: dueInCash(dueMinor, { stepMinor: cashStepOf(settings.store) }),
    savingsMinor: savingsOf(lines),
    promotions: explanations,
    needs: captureNeeds(cart, promotions.context.businessDay),
  };
}
