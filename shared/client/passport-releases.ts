// Carts of customers that go back to their phones, noted beside the database until the server has answered: a till that is cut off, or
// reloaded, when the customer walks away must not keep the cart for ever.

import { signal, type ReadonlySignal } from '@preact/signals-core';
import type { TextStore } from './ports.ts';

/** The oldest is forgotten beyond that: its customer goes on with a copy. */
const WAITING_MAX = 50;

export type PassportReleases = {
  readonly waiting: ReadonlySignal<readonly string[]>;
  add(cartId: string): void;
  /** The server has answered. */
  done(cartId: string): void;
};

export function createPassportReleases(textStore: TextStore, namespace: string): PassportReleases {
  const key = `tillandsia.passport-releases${namespace}`;
  const waiting = signal<readonly string[]>(read(textStore, key));
  const keep = (next: readonly string[]): void => {
    waiting.value = next.slice(-WAITING_MAX);
    try {
      textStore.setItem(key, JSON.stringify(waiting.value));
    } catch {
      // A full or forbidden store: the cart goes back in this sitting or stays with the shop, and the customer has a copy.
    }
  };
  return {
    waiting,
    add: (cartId) => keep([...waiting.peek().filter((one) => one !== cartId), cartId]),
    done: (cartId) => keep(waiting.peek().filter((one) => one !== cartId)),
  };
}

function read(textStore: TextStore, key: string): readonly string[] {
  try {
    const kept: unknown = JSON.parse(textStore.getItem(key) ?? 'null');
    return Array.isArray(kept) ? kept.filter((one) => typeof one === 'string') : [];
  } catch {
    return [];
  }
}
