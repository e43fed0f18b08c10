// What a window that writes has open: the journal, what is pending, and delivery (see till-session.ts).

import type { Delivery } from './delivery/delivery.ts';
import type { FactStore } from './journal/fact-store.ts';
import type { Journal } from './journal/journal.ts';
import type { PendingBook } from './journal/pending-book.ts';

export type TillSession = {
  readonly store: FactStore;
  readonly book: PendingBook;
  readonly journal: Journal;
  readonly delivery: Delivery;
  /** Brings back what the server has confirmed and this device has lost, as soon as it can be asked. */
  fetchMissing(): Promise<void>;
  /** Removes what the server has confirmed and nobody will ask for again. */
  purge(): Promise<void>;
  close(): Promise<void>;
};
