// What a screen may ask about carts that move between a customer's phone and this till (cart passport). All of it needs the server,
// because a cart is in one place and the server knows where; what is in the till's cart stays there whatever happens.

import type { ReadonlySignal } from '@preact/signals-core';
import type { ItemId } from '../domain/ids.ts';
import type { LocalizedText } from '../domain/localized-text.ts';
import type { Outcome } from '../domain/refusal.ts';
import type { PassportPlace } from '../protocol/passport-messages.ts';

export type { PassportPlace } from '../protocol/passport-messages.ts';

/** Goods that cost something else here than where the customer saw them last. Prices of one unit, minor units. */
export type PassportDifference = {
  readonly itemId: ItemId;
  readonly name: LocalizedText;
  readonly quantityMilli: number;
  readonly shownMinor: number;
  readonly priceMinor: number;
};

/** A line that could not be taken over, and why; `name` is null where this till does not know the item. */
export type PassportMissing = {
  readonly itemId: ItemId;
  readonly name: LocalizedText | null;
  readonly quantityMilli: number;
  readonly reason: string;
};

export type PassportTaken = {
  /** Lines that came into the cart; what stood there already counts with it, and never twice. */
  readonly lineCount: number;
  readonly differences: readonly PassportDifference[];
  readonly missing: readonly PassportMissing[];
};

export type PassportGiven = {
  readonly cartId: string;
  readonly code: string;
  /** What the phone opens: the shop with this cart. */
  readonly address: string;
  readonly expiresAt: string;
};

export type PassportDesk = {
  /** How many carts have left this till by themselves since the start: the phone has them, or bought them. Each is to be told. */
  readonly passportsGone: ReadonlySignal<number>;
  /**
   * Goes on with the cart of the customer's phone. `needs-server`, `passport-unknown`, `cart-at-till`, `cart-bought`,
   * `passport-already-there` (one cart of a customer at a time), `passport-takes-nothing` (no line can be sold here; the phone has
   * the cart back), `training-differs`, `cart-has-order`.
   */
  takePassport(code: string): Promise<Outcome<PassportTaken>>;
  /**
   * A code with which the phone takes over the cart; until then it stays here. `needs-server`, `cart-empty`, `shop-closed`,
   * `passport-has-returns`, `cart-has-order`, `card-not-settled`, `training-differs`.
   */
  givePassport(): Promise<Outcome<PassportGiven>>;
  /** Where the cart is now. `needs-server`. */
  passportPlace(cartId: string): Promise<Outcome<PassportPlace>>;
  /** The code that was shown is worthless from now on. `needs-server`: it may be used until its time is over. */
  keepPassport(cartId: string): Promise<Outcome<null>>;
  /** The phone has the cart: it leaves this till, which is written down. */
  finishGiving(given: Pick<PassportGiven, 'cartId' | 'code'>): Promise<Outcome<null>>;
};
