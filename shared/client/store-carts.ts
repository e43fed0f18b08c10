// The carts of the store as this workstation knows them: those that are set aside can be taken up here. When the cart that
// is open here turns out to be somebody else's (taken up elsewhere before, paid, given up), it is let go at once and the
// person is told; what was added here since stays here, as a cart of its own, so that nothing has to be scanned again.

import { computed, signal, type ReadonlySignal } from '@preact/signals-core';
import type { Cart } from '../domain/cart.ts';
import { asCartId, type CartId, type WorkstationId } from '../domain/ids.ts';
import { addedSinceResumed } from '../domain/resume-cart.ts';

/** The cart that was open here and is not any more. */
export type TakenCart = {
  readonly code: string;
  /** Null: nobody has it any more, it was paid or given up. */
  readonly byWorkstationNumber: number | null;
  /** Lines that were added here and are in a cart of their own now. */
  readonly keptLines: number;
};

export type StoreCarts = {
  /** Oldest first. */
  readonly suspended: ReadonlySignal<readonly Cart[]>;
  readonly taken: ReadonlySignal<TakenCart | null>;
  /** Somebody has read that the cart was taken. */
  seen(): void;
  find(id: CartId): Cart | null;
  load(carts: readonly Cart[]): void;
  take(id: CartId, cart: Cart | null): void;
};

export type StoreCartsGiven = {
  readonly openCart: () => Cart | null;
  readonly ownId: () => WorkstationId | undefined;
  readonly newId: () => string;
  /** Forgets the open cart and leaves the disk alone. */
  readonly letGo: () => void;
  readonly setCart: (cart: Cart | null) => void;
};

export function createStoreCarts(given: StoreCartsGiven): StoreCarts {
  const carts = signal<ReadonlyMap<CartId, Cart>>(new Map());
  const taken = signal<TakenCart | null>(null);

  const letGoIfTaken = (id: CartId, now: Cart | null): void => {
    const open = given.openCart();
    if (open === null || open.id !== id || open.resumed === undefined) return;
    if (now !== null && now.workstationId === given.ownId()) return;
    given.letGo();
    const kept = addedSinceResumed(open, asCartId(given.newId()));
    taken.value = {
      code: open.resumed.code,
      byWorkstationNumber: now?.resumed?.workstationNumber ?? null,
      keptLines: kept.lines.length,
    };
    given.setCart(kept.lines.length === 0 ? null : kept);
  };
  return {
    suspended: computed(() =>
      [...carts.value.values()]
        .filter((cart) => cart.suspended !== undefined)
        .sort((left, right) => ((left.suspended?.at ?? '') < (right.suspended?.at ?? '') ? -1 : 1)),
    ),
    taken,
    seen() {
      taken.value = null;
    },
    find: (id) => carts.peek().get(id) ?? null,
    load(all) {
      carts.value = new Map(all.map((cart) => [cart.id, cart]));
    },
    take(id, cart) {
      const next = new Map(carts.peek());
      if (cart === null) next.delete(id);
      else next.set(id, cart);
      carts.value = next;
      letGoIfTaken(id, cart);
    },
  };
}
