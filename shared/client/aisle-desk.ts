// What a screen may ask about other stores: what they have of an item, goods kept there for a customer, and for the call centre the
// orders of everybody. What was heard last is shown with its age while the till is cut off; a request is then taken, and its outcome
// told when it is known.

import type { ReadonlySignal } from '@preact/signals-core';
import type { ItemId } from '../domain/ids.ts';
import type { LocalizedText } from '../domain/localized-text.ts';
import type { Outcome } from '../domain/refusal.ts';
import type { AisleOrder, AisleRequest, AisleStock } from '../protocol/aisle-messages.ts';

export type { AisleOrder, AisleStock } from '../protocol/aisle-messages.ts';

/** A request of this till to another store. */
export type AisleAsked = {
  readonly request: AisleRequest;
  readonly storeName: string;
  /** Of the first line. */
  readonly itemName: LocalizedText;
  /** By the corrected clock. */
  readonly at: string;
  readonly state: 'waiting' | 'placed' | 'refused';
  /** Tracking code once it is placed. */
  readonly code: string | null;
  /** Why it was refused, as a code. */
  readonly reason: string | null;
  /** Has somebody been told how it ended? What was answered at once needs no telling. */
  readonly isTold: boolean;
};

/** So much of an item, with its name for whoever is told how it ended. */
export type AisleLine = {
  readonly itemId: ItemId;
  readonly itemName: LocalizedText;
  readonly quantityMilli: number;
};

export type AisleDesk = {
  /** Requests of this till, newest first. */
  readonly aisleAsked: ReadonlySignal<readonly AisleAsked[]>;
  /** As the server says it now, or as it said it last. `needs-server` while cut off and nothing was heard before. */
  stockElsewhere(itemId: ItemId): Promise<Outcome<{ readonly stock: AisleStock; readonly isFresh: boolean }>>;
  /**
   * Asks a store to keep goods for a customer. Placed at once while there is contact; cut off it waits here and is sent when there is.
   * `not-signed-on`, `permission-missing`, `aisle-name-missing`, `cart-empty` (no line), `aisle-too-many-waiting`; the call centre needs contact: `needs-server`.
   */
  askStore(asked: {
    readonly channel: AisleRequest['channel'];
    readonly storeId: string;
    readonly storeName: string;
    /** At least one; all of them at this store, or none. */
    readonly lines: readonly AisleLine[];
    readonly customer: { readonly name: string; readonly phone?: string; readonly email?: string };
    readonly language: AisleRequest['language'];
  }): Promise<Outcome<AisleAsked>>;
  /** Somebody has seen how the requests ended. */
  noticeAsked(): void;
  /** Orders of all stores by code, name, telephone or e-mail. `needs-server`, `permission-missing`. */
  findAnyOrder(words: string): Promise<Outcome<readonly AisleOrder[]>>;
};
