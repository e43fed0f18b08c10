// What the sell screen holds between two keys: what was typed, the quantity that waits for its item, the chosen
// line, the search and the question that is open. None of it is money; the cart itself lives in the workstation.

import { signal, type Signal } from '@preact/signals';
import type { PassportTaken } from '../../shared/client/passport-desk.ts';
import type { Why } from '../../shared/client/runtime.ts';
import type { Outcome } from '../../shared/domain/refusal.ts';
import type { CaptureNeed } from '../../shared/domain/capture-line.ts';
import type { CartLine } from '../../shared/domain/cart.ts';
import type { CategoryId } from '../../shared/domain/ids.ts';
import type { Item } from '../../shared/domain/item.ts';

/** How an item is to be added once everything about it is known. */
export type Adding = {
  readonly quantityMilli: number;
  readonly scannedCode: string | null;
  /** Typed, for an item without a price of its own. */
  readonly unitPriceMinor?: number;
  /** Weight of the packing, which the quantity still holds. */
  readonly tareMilli?: number;
  /** From the scanned code, for goods that are tracked by it. */
  readonly lot?: string;
  readonly serial?: string;
};

export type SellQuestion =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'unknown-code';
      readonly code: string;
      readonly reason: 'not-found' | 'wrong-check-digit' | 'wrong-fields' | 'unreadable';
    }
  | { readonly kind: 'ambiguous-code'; readonly code: string; readonly items: readonly Item[] }
  | { readonly kind: 'item-quantity'; readonly item: Item; readonly adding: Omit<Adding, 'quantityMilli'> }
  /** The last day of these goods is over. */
  | {
      readonly kind: 'expired';
      readonly item: Item;
      readonly scannedCode: string;
      readonly lastDay: string;
    }
  /** Which size and colour of a style. */
  | { readonly kind: 'variants'; readonly item: Item }
  | { readonly kind: 'open-price'; readonly item: Item; readonly adding: Adding }
  | { readonly kind: 'line-quantity'; readonly line: CartLine }
  | { readonly kind: 'note'; readonly line: CartLine }
  | { readonly kind: 'clear-cart' }
  /** The shop wants a reason before goods are taken out. */
  | { readonly kind: 'why-taken-out'; readonly act: (why: Why) => Outcome<null> }
  | { readonly kind: 'line'; readonly lineNumber: number }
  | { readonly kind: 'override-price'; readonly lineNumber: number }
  | { readonly kind: 'discount-line'; readonly lineNumber: number }
  | { readonly kind: 'cart' }
  | { readonly kind: 'discount-cart' }
  | { readonly kind: 'exempt-cart' }
  | { readonly kind: 'coupon' }
  | { readonly kind: 'customer' }
  | { readonly kind: 'cart-note' }
  | { readonly kind: 'offers' }
  /** An item at the other stores. */
  | { readonly kind: 'elsewhere'; readonly item: Item; readonly quantityMilli: number }
  /** The cart of the customer's phone came, and something of it is different here. */
  | { readonly kind: 'passport-taken'; readonly taken: PassportTaken; readonly from: 'phone' | 'quotation' }
  /** The cart goes to the customer's phone. */
  | { readonly kind: 'give-passport' }
  /** Goods in the cart are promised to others. */
  | { readonly kind: 'reserved' }
  | {
      readonly kind: 'capture';
      readonly need: CaptureNeed;
      /** Somebody wanted to pay: what is still missing is asked one after the other, then it goes on there. */
      readonly isForPaying: boolean;
    };

export type SellState = {
  /** Digits typed on the numpad or the keyboard: a code, or a quantity once × is pressed. */
  readonly entry: Signal<string>;
  /** Quantity for the next item, set with ×. */
  readonly multiplierMilli: Signal<number | null>;
  readonly chosenLine: Signal<number | null>;
  readonly query: Signal<string>;
  readonly category: Signal<CategoryId | 'favourites'>;
  readonly question: Signal<SellQuestion>;
  /** Which half is shown where only one fits (phone). */
  readonly tab: Signal<'catalogue' | 'cart'>;
  readonly isNumpadOpen: Signal<boolean>;
};

/** The numpad is open at first where there is room for it beside the lines. */
export function createSellState(isNumpadOpen: boolean): SellState {
  return {
    entry: signal(''),
    multiplierMilli: signal(null),
    chosenLine: signal(null),
    query: signal(''),
    category: signal<CategoryId | 'favourites'>('favourites'),
    question: signal<SellQuestion>({ kind: 'none' }),
    tab: signal<'catalogue' | 'cart'>('catalogue'),
    isNumpadOpen: signal(isNumpadOpen),
  };
}

export const NO_QUESTION: SellQuestion = { kind: 'none' };

/** Takes back everything that was typed or asked, and keeps what is only looked at (category, numpad). */
export function resetSellState(state: SellState): void {
  state.entry.value = '';
  state.multiplierMilli.value = null;
  state.chosenLine.value = null;
  state.query.value = '';
  state.question.value = NO_QUESTION;
  state.tab.value = 'catalogue';
}
