// What promotions and price rules ask besides the lines: who buys, where, and what time it is in the store. The time is that of
// the cart's last change, by the device clock less its known difference to the server's, so that a wrong clock on one till
// neither starts nor ends a promotion, and a till without a network still changes over by itself.

import { businessDayOf } from './business-day.ts';
import type { Cart } from './cart.ts';
import type { PriceContext } from './price-rule.ts';
import type { PromotionContext } from './promotions/promotion.ts';
import type { Store } from './store.ts';

export type CartPlace = {
  readonly channel: string;
  /** ISO instant by the corrected clock, for a cart that has not been changed yet. */
  readonly now: string;
};

type Buyer = Pick<Cart, 'customerGroups' | 'coupons' | 'isFirstPurchase' | 'pricedAt'>;

/** Returns a function from cart to context for one store; the time-zone data is looked up once. */
export function promotionContextOf(
  store: Pick<Store, 'timeZone' | 'dayStartsAtMinute'>,
): (cart: Buyer, place: CartPlace) => PromotionContext {
  const dayOf = businessDayOf(store);
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: store.timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    numberingSystem: 'latn',
  });
  const timeOf = (instant: string): TimeOfStore => {
    const parts = new Map(format.formatToParts(Date.parse(instant)).map(({ type, value }) => [type, value]));
    return {
      businessDay: dayOf(instant),
      weekday: WEEKDAYS.indexOf(parts.get('weekday') ?? '') + 1,
      minuteOfDay: Number(parts.get('hour')) * 60 + Number(parts.get('minute')),
    };
  };
  // Asked with every key, and by the server for every sale: the same minute is looked up once.
  let known: { readonly minute: number; readonly time: TimeOfStore } | null = null;
  return (cart, { channel, now }) => {
    const instant = cart.pricedAt ?? now;
    const minute = Math.floor(Date.parse(instant) / 60_000);
    if (known?.minute !== minute) known = { minute, time: timeOf(instant) };
    return {
      coupons: cart.coupons ?? [],
      customerGroups: cart.customerGroups ?? [],
      isFirstPurchase: cart.isFirstPurchase ?? false,
      channel,
      ...known.time,
    };
  };
}

type TimeOfStore = Pick<PromotionContext, 'businessDay' | 'weekday' | 'minuteOfDay'>;

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** What the price book asks of a cart. */
export function priceContextOf(
  cart: Pick<Cart, 'storeId' | 'customerGroups'>,
  { channel, now }: CartPlace,
): PriceContext {
  return { channel, storeId: cart.storeId, customerGroups: cart.customerGroups ?? [], now };
}
