// The two shops and the web channel of the demo. They share one currency, so that prices and stock compare. The
// tax numbers are of no real business, and the addresses are those of German model forms.

import type { ExchangeRate } from '../../shared/domain/exchange-rate.ts';
import { asStoreId, type StoreId } from '../../shared/domain/ids.ts';
import type { OpeningHours, Store } from '../../shared/domain/store.ts';
import { DEFAULT_ORDER_RULES, type OrderRules } from '../../shared/domain/order-rules.ts';
import type { TaxRules } from '../../shared/domain/tax.ts';

export type DemoStore = { readonly kind: 'shop' | 'channel'; readonly store: Store };

export const BERLIN: StoreId = asStoreId('s1');
export const HAMBURG: StoreId = asStoreId('s2');

/** The shops that have workstations, in the order of their numbers. */
export const DEMO_SHOPS: readonly StoreId[] = [BERLIN, HAMBURG];

/** What the demo shops take besides their own cash: for one unit, or a hundred of the weaker ones. */
const RATES: readonly (readonly [currency: string, rateMicro: number, perUnits: number])[] = [
  ['CHF', 1_030_000, 1],
  ['GBP', 1_140_000, 1],
  ['PLN', 22_800_000, 100],
  ['USD', 920_000, 1],
];

/** Nine to eight, and ten to six on Saturdays. */
const SHOP_HOURS: readonly OpeningHours[] = [1, 2, 3, 4, 5, 6].map((weekday) => ({
  weekday,
  opensAtMinute: weekday === 6 ? 600 : 540,
  closesAtMinute: weekday === 6 ? 1080 : 1200,
}));

const SHARED = {
  taxNumber: 'DE000000000',
  timeZone: 'Europe/Berlin',
  // Sales after midnight still belong to the evening before.
  dayStartsAtMinute: 240,
  currency: 'EUR',
  exchangeRates: demoRates(),
  defaultLanguage: 'en',
  points: { spendMinor: 1_00 },
  // What the scales of the shop print: the item, then the weight in grams.
  scalePatterns: [{ template: '28IIIIIWWWWWC', decimals: 3 }],
} as const satisfies Partial<Store>;

export const DEMO_STORES: readonly DemoStore[] = [
  {
    kind: 'shop',
    store: {
      ...SHARED,
      id: BERLIN,
      number: 1,
      name: 'Tillandsia Berlin',
      addressLines: ['Musterstraße 1', '10115 Berlin'],
      location: { latitudeMicro: 52_532_000, longitudeMicro: 13_384_000 },
      hours: SHOP_HOURS,
      receiptFooter: 'Thank you! Goods may be returned within 14 days with this receipt.',
    },
  },
  {
    kind: 'shop',
    store: {
      ...SHARED,
      id: HAMBURG,
      number: 2,
      name: 'Tillandsia Hamburg',
      addressLines: ['Musterkai 7', '20457 Hamburg'],
      location: { latitudeMicro: 53_543_000, longitudeMicro: 9_996_000 },
      hours: SHOP_HOURS,
      receiptFooter: 'Thank you! Goods may be returned within 14 days with this receipt.',
    },
  },
  {
    kind: 'channel',
    store: {
      ...SHARED,
      id: asStoreId('web'),
      number: 90,
      name: 'Tillandsia Web',
      addressLines: ['Musterstraße 1', '10115 Berlin'],
      receiptFooter: 'Thank you for your order!',
    },
  },
];

/** Tax inside the price, rounded once per rate of a receipt. */
export const TAX_RULES: TaxRules = { rounding: 'half-up', roundingPoint: 'rate' };

/** A fifth down, five euros kept when somebody gives up, and everything three months after the last day. */
export const ORDER_RULES: OrderRules = {
  ...DEFAULT_ORDER_RULES,
  cancellationFeeMinor: 5_00,
  forfeitAfterDays: 90,
};

function demoRates(): readonly ExchangeRate[] {
  return RATES.map(([currency, rateMicro, perUnits]) => ({
    currency,
    rateMicro,
    perUnits,
    validFrom: '2026-01-01T00:00:00.000Z',
    setBy: 'Head office',
  }));
}
