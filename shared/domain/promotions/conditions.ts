// When a promotion applies. Spend is measured at the moment of the promotion, after the ones before it, so a threshold
// that an earlier promotion has undercut is no longer reached.

import { sumAmounts } from '../money.ts';
import type {
  NotAppliedReason,
  Promotion,
  PromotionCondition,
  PromotionContext,
  PromotionScope,
} from './promotion.ts';
import { placesInScope, WHOLE_CART, type PromotionState } from './promotion-state.ts';

/** Why the promotion does not apply to the cart as it is now, or null when all its conditions hold. */
export function unmetCondition(
  promotion: Promotion,
  cart: PromotionState,
  context: PromotionContext,
): NotAppliedReason | null {
  for (const condition of promotion.conditions) {
    const reason = unmet(condition, cart, context);
    if (reason !== null) return reason;
  }
  return null;
}

function unmet(
  condition: PromotionCondition,
  cart: PromotionState,
  context: PromotionContext,
): NotAppliedReason | null {
  switch (condition.kind) {
    case 'spend-at-least':
      return spendOf(condition, cart, context) >= condition.minMinor ? null : 'spend-too-low';
    case 'quantity-at-least':
      return unitsIn(cart, condition.scope) >= condition.minUnits ? null : 'quantity-too-low';
    case 'line-quantity-at-least':
      return cart.lines.some((line) => line.units >= condition.minUnits) ? null : 'quantity-too-low';
    case 'contains':
      return placesInScope(cart, condition.scope).places.length > 0 ? null : 'items-missing';
    case 'coupon':
      return context.coupons.includes(condition.code) ? null : 'coupon-missing';
    case 'customer-group':
      return context.customerGroups.includes(condition.group) ? null : 'customer-not-in-group';
    case 'first-purchase':
      return context.isFirstPurchase ? null : 'not-first-purchase';
    case 'channel':
      return condition.channels.includes(context.channel) ? null : 'other-channel';
    case 'hours':
      return isWithinHours(condition, context) ? null : 'outside-hours';
    case 'days':
      return context.businessDay >= condition.from && context.businessDay <= condition.to
        ? null
        : 'outside-days';
  }
}

function spendOf(
  { scope, measure }: Extract<PromotionCondition, { kind: 'spend-at-least' }>,
  cart: PromotionState,
  context: PromotionContext,
): number {
  const own = placesInScope(cart, scope ?? WHOLE_CART);
  if (measure !== 'net' || context.netOf === undefined) {
    return sumAmounts(own.places.map((place) => cart.prices[place] ?? 0));
  }
  return context.netOf(cart.prices.map((price, place) => (own.has.has(place) ? price : 0)));
}

function unitsIn(cart: PromotionState, scope: PromotionScope | undefined): number {
  return sumAmounts(
    placesInScope(cart, scope ?? WHOLE_CART).places.map((place) => cart.lines[place]?.units ?? 0),
  );
}

// Hours past midnight belong to the weekday on which they began.
function isWithinHours(
  { weekdays, fromMinute, toMinute }: Extract<PromotionCondition, { kind: 'hours' }>,
  { weekday, minuteOfDay }: PromotionContext,
): boolean {
  if (fromMinute <= toMinute) {
    return weekdays.includes(weekday) && minuteOfDay >= fromMinute && minuteOfDay < toMinute;
  }
  const dayBefore = weekday === 1 ? 7 : weekday - 1;
  return (
    (weekdays.includes(weekday) && minuteOfDay >= fromMinute) ||
    (weekdays.includes(dayBefore) && minuteOfDay < toMinute)
  );
}
