// What screens may ask about carts that wait, and about the screens of customers.

import type { ReadonlySignal } from '@preact/signals-core';
import type { Cart } from '../domain/cart.ts';
import type { DisplayContent } from '../domain/display-content.ts';
import type { CartId } from '../domain/ids.ts';
import type { Outcome } from '../domain/refusal.ts';
import type { TakenCart } from './store-carts.ts';

export type WaitingCarts = {
  /** Carts of the store that are set aside and wait to be taken up, oldest first. */
  readonly suspendedCarts: ReadonlySignal<readonly Cart[]>;
  /** The cart that was open here and turned out to be somebody else's; null once that was noticed. */
  readonly takenCart: ReadonlySignal<TakenCart | null>;
  /**
   * Sets the open cart aside for any workstation of the store; the answer carries the code of its slip. `cart-empty`,
   * `label-too-long`, `cart-not-kept`, and those of the journal.
   */
  suspendCart(given?: { readonly label?: string }): Promise<Outcome<Cart>>;
  /** `cart-open`, `cart-not-found`, `cart-taken` {workstationNumber}, `training-differs`, and those of the journal. */
  resumeCart(id: CartId): Promise<Outcome<null>>;
  /** Somebody has read that the cart was taken. */
  noticeTakenCart(): void;
};

export type CustomerScreens = {
  /** A code that pairs a customer's screen on another device with this till, for ten minutes. `server-unreachable`. */
  pairDisplay(): Promise<Outcome<{ readonly code: string; readonly expiresAt: string }>>;
  /** What the customer's screens on other devices show now; the answer says how many there are. */
  showOnDisplays(content: DisplayContent): Promise<Outcome<{ readonly displays: number }>>;
};
