// The carts of a headless workstation, kept as text beside the canary: they survive a simulated crash and cost no RxDB
// collection. Nothing is replicated, so only what this workstation set aside can be taken up again.

import type { Cart } from '../../domain/cart.ts';
import type { CartDisk } from '../cart-keeper.ts';
import type { TextStore } from '../ports.ts';

export function createTextCarts(textStore: TextStore, namespace: string): CartDisk {
  const key = `tillandsia.carts${namespace}`;
  let tell: (id: Cart['id'], cart: Cart | null) => void = () => undefined;
  const read = (): readonly Cart[] => {
    const text = textStore.getItem(key);
    return text === null ? [] : (JSON.parse(text) as Cart[]); // Written by `write`.
  };
  const write = (carts: readonly Cart[]): void => {
    if (carts.length === 0) textStore.removeItem(key);
    else textStore.setItem(key, JSON.stringify(carts));
  };
  return {
    load: () => Promise.resolve(read()),
    save(cart) {
      write([...read().filter((each) => each.id !== cart.id), cart]);
      tell(cart.id, cart);
      return Promise.resolve();
    },
    remove(id) {
      write(read().filter((each) => each.id !== id));
      tell(id, null);
      return Promise.resolve();
    },
    watch(take) {
      tell = take;
    },
  };
}
