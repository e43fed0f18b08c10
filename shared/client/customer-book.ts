// Customers as this till shows them: what the server has published, and above it what was taken down here and the server has not
// taken in. Details wait in the text storage of this device (never in the journal) until the server has them, and then go from it.

import { computed, signal, type ReadonlySignal } from '@preact/signals-core';
import type { CustomerDetails } from '../domain/customer.ts';
import type { CustomerId } from '../domain/ids.ts';
import type { Customer } from '../protocol/documents.ts';
import type { TextStore } from './ports.ts';

/** Details that the server must hear of. The salt makes the commitment in the journal unguessable. */
export type WaitingCustomer = CustomerDetails & {
  readonly customerId: CustomerId;
  /** Null until the entry is on the disk. */
  readonly factId: string | null;
  readonly salt: string;
  /** As screens show them meanwhile. */
  readonly shown: Customer;
};

export type CustomerBook = {
  /** By name. */
  readonly customers: ReadonlySignal<readonly Customer[]>;
  byId(id: CustomerId): Customer | null;
  /** Documents of the `customers` collection; null takes one away. */
  take(changes: readonly { readonly id: string; readonly content: unknown }[]): void;
  /** Oldest first. */
  waiting(): readonly WaitingCustomer[];
  /** On the disk before the entry: an entry whose person nobody knows would be worse than details without an entry. */
  keep(customer: WaitingCustomer): void;
  /** The entry is written; or it was not, and the details go. */
  settle(salt: string, factId: string | null): void;
  /** The server has answered for these details; what it says now stands. */
  delivered(salt: string, customer: Customer | null): void;
};

export function createCustomerBook(textStore: TextStore, namespace: string): CustomerBook {
  const key = `tillandsia.customers-waiting${namespace}`;
  const fromServer = signal<ReadonlyMap<string, Customer>>(new Map());
  const waiting = signal<readonly WaitingCustomer[]>(read(textStore, key));
  const all = computed(() => {
    const shown = new Map(fromServer.value);
    for (const one of waiting.value) {
      // Without an entry nobody was taken down: the till stopped between the two.
      if (one.factId !== null) shown.set(one.customerId, one.shown);
    }
    return shown;
  });
  const keepAll = (next: readonly WaitingCustomer[]): void => {
    if (next.length === 0) textStore.removeItem(key);
    else textStore.setItem(key, JSON.stringify(next));
    waiting.value = next;
  };
  const put = (changes: readonly { readonly id: string; readonly content: unknown }[]): void => {
    const next = new Map(fromServer.peek());
    for (const { id, content } of changes) {
      if (content === null) next.delete(id);
      else next.set(id, content as Customer); // The server checked it against customerSchema.
    }
    fromServer.value = next;
  };

  return {
    customers: computed(() =>
      [...all.value.values()].sort((left, right) => (left.name < right.name ? -1 : 1)),
    ),
    byId: (id) => all.peek().get(id) ?? null,
    take: put,
    waiting: () => waiting.peek(),
    keep: (customer) => keepAll([...waiting.peek(), customer]),
    settle(salt, factId) {
      keepAll(
        waiting.peek().flatMap((one) => {
          if (one.salt !== salt) return [one];
          return factId === null ? [] : [{ ...one, factId }];
        }),
      );
    },
    delivered(salt, customer) {
      if (customer !== null) put([{ id: customer.id, content: customer }]);
      keepAll(waiting.peek().filter((one) => one.salt !== salt));
    },
  };
}

function read(textStore: TextStore, key: string): readonly WaitingCustomer[] {
  try {
    const kept: unknown = JSON.parse(textStore.getItem(key) ?? '[]');
    // Written by keepAll only.
    return Array.isArray(kept) ? (kept as readonly WaitingCustomer[]) : [];
  } catch {
    return [];
  }
}
