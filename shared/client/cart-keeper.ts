// Keeps the open cart on the disk, so that a crash brings it back as it was: open, never half-paid. Writing is
// put off a moment while somebody scans, and always finished before tender.

import type { Cart } from '../domain/cart.ts';

const WRITE_AFTER_MS = 300;

export type CartDisk = {
  /** Open carts of this workstation. */
  load(): Promise<readonly Cart[]>;
  save(cart: Cart): Promise<void>;
  remove(id: Cart['id']): Promise<void>;
};

export type CartKeeper = {
  /** The cart as it is now, or null after it was completed or cleared. */
  changed(cart: Cart | null): void;
  /** Resolves when the newest state is on the disk; rejects when it could not be written. */
  flush(): Promise<void>;
};

/** `onFailed` hears of writes that nobody waits for. */
export function createCartKeeper(
  disk: () => CartDisk | null,
  onFailed: (error: unknown) => void,
): CartKeeper {
  let wanted: Cart | null = null;
  let stored: Cart | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let writing: Promise<void> = Promise.resolve();

  const write = async () => {
    const target = disk();
    const cart = wanted;
    if (target === null || cart === stored) return;
    if (stored !== null && stored.id !== cart?.id) await target.remove(stored.id);
    if (cart !== null) await target.save(cart);
    stored = cart;
  };
  const flush = () => {
    clearTimeout(timer);
    const result = writing.then(write);
    writing = result.catch(() => undefined);
    return result;
  };
  return {
    changed(cart) {
      wanted = cart;
      clearTimeout(timer);
      timer = setTimeout(() => void flush().catch(onFailed), WRITE_AFTER_MS);
    },
    flush,
  };
}
