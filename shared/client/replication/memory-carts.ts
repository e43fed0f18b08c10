// The open cart of a headless workstation, kept as text beside the canary: it survives a simulated crash and
// costs no RxDB collection.

import type { Cart } from '../../domain/cart.ts';
import type { CartDisk } from '../cart-keeper.ts';
import type { TextStore } from '../ports.ts';

export function createTextCarts(textStore: TextStore, namespace: string): CartDisk {
  const key = `tillandsia.cart${namespace}`;
  return {
    load() {
      const text = textStore.getItem(key);
      return Promise.resolve(text === null ? [] : [JSON.parse(text) as Cart]); // Written by `save`.
    },
    save(cart) {
      textStore.setItem(key, JSON.stringify(cart));
      return Promise.resolve();
    },
    remove() {
      textStore.removeItem(key);
      return Promise.resolve();
    },
  };
}
