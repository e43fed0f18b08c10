// Keeps the open cart on the disk, so that a crash brings it back as it was: open, never half-paid. Writing is
// put off a moment while somebody scans, and begun at the latest when money is taken.

import type { Cart } from '../domain/cart.ts';

const WRITE_AFTER_MS = 300;

export type CartDisk = {
  /** Carts of the store that are on this device: open here, open elsewhere, set aside. */
  load(): Promise<readonly Cart[]>;
  /** A cart that another workstation holds by now is left as it is. */
  save(cart: Cart): Promise<void>;
  remove(id: Cart['id']): Promise<void>;
  /** Calls back with every change that comes from anywhere; null when the cart is gone. */
  watch(take: (id: Cart['id'], cart: Cart | null) => void): void;
};

export type CartKeeper = {
  /** The cart as it is now, or null after it was completed or cleared. */
  changed(cart: Cart | null): void;
  /** Resolves when the newest state is on the disk; rejects when it could not be written. */
  flush(): Promise<void>;
  /** Writes the cart and forgets it: it stays on the disk when the till goes on with another. Rejects like flush. */
  setAside(cart: Cart): Promise<void>;
  /** Forgets the open cart and leaves the disk alone: it belongs to somebody else now. */
  letGo(): void;
};

/** `before` is awaited before anything is written; `onFailed` hears of writes that nobody waits for. */
export function createCartKeeper(
  disk: () => CartDisk | null,
  before: () => Promise<unknown>,
  onFailed: (error: unknown) => void,
): CartKeeper {
  let wanted: Cart | null = null;
  let stored: Cart | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let writing: Promise<void> = Promise.resolve();

  const write = async () => {
    await before();
    const target = disk();
    const cart = wanted;
    if (target === null || cart === stored) return;
    if (stored !== null && stored.id !== cart?.id) await target.remove(stored.id);
    if (cart !== null) await target.save(cart);
    stored = cart;
  };
  const inTurn = (work: () => Promise<void>) => {
    clearTimeout(timer);
    const result = writing.then(work);
    writing = result.catch(() => undefined);
    return result;
  };
  const flush = () => inTurn(write);
  return {
    changed(cart) {
      wanted = cart;
      clearTimeout(timer);
      timer = setTimeout(() => void flush().catch(onFailed), WRITE_AFTER_MS);
    },
    flush,
    setAside: (cart) =>
      inTurn(async () => {
        await before();
        await disk()?.save(cart);
        stored = null;
        wanted = null;
      }),
    letGo() {
      clearTimeout(timer);
      stored = null;
      wanted = null;
    },
  };
}
