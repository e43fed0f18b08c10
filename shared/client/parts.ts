// What commands and queries work with: the parts of one workstation, wired by create-workstation.ts. Signals are
// written only by the file that owns the state; everything else reads them.

import type { ReadonlySignal, Signal } from '@preact/signals-core';
import type { CardPayment } from '../domain/card-payment.ts';
import type { Cart } from '../domain/cart.ts';
import type { Fact } from '../domain/fact.ts';
import type { ItemId } from '../domain/ids.ts';
import type { Item } from '../domain/item.ts';
import type { Operator } from '../domain/operator.ts';
import type { Outcome } from '../domain/refusal.ts';
import type { PriceBook } from '../domain/promotion-document.ts';
import type { StoreSettings } from '../domain/store.ts';
import type { Attention } from '../protocol/documents.ts';
import type { TillState } from '../domain/till-session.ts';
import type { CartKeeper } from './cart-keeper.ts';
import type { CartNotes } from './cart-notes.ts';
import type { CartDesk, PromotionsOf } from './cart-desk.ts';
import type { CatalogueClient } from './catalogue/catalogue-client.ts';
import type { CustomerBook } from './customer-book.ts';
import type { Given } from './given.ts';
import type { JournalNotes } from './journal/journal-notes.ts';
import type { PassportReleases } from './passport-releases.ts';
import type { PayMemory } from './paying/pay-memory.ts';
import type { StoredIdentity } from './ports.ts';
import type { CartView } from './runtime.ts';
import type { ServerConnection } from './server/server-connection.ts';
import type { StoreCarts } from './store-carts.ts';
import type { OrdersView } from './orders-view.ts';
import type { StatusBoard } from './status-board.ts';
import type { StockView } from './stock-view.ts';
import type { Canary } from './storage/canary.ts';
import type { StorageHealth } from './storage/storage-health.ts';
import type { TillSession } from './session.ts';

export type Parts = {
  readonly given: Given;
  readonly board: StatusBoard;
  readonly connection: ServerConnection;
  readonly canary: Canary;
  readonly journalNotes: JournalNotes;
  readonly catalogue: CatalogueClient;
  readonly stock: StockView;
  readonly orders: OrdersView;
  readonly customerBook: CustomerBook;
  /** Needs attention: open ones first, newest first. */
  readonly attention: Signal<readonly Attention[]>;
  readonly health: StorageHealth;
  readonly carts: CartKeeper;
  readonly notes: CartNotes;
  readonly storeCarts: StoreCarts;
  readonly identity: Signal<StoredIdentity | null>;
  readonly settings: Signal<StoreSettings | null>;
  readonly operators: Signal<readonly Operator[]>;
  readonly operator: Signal<Operator | null>;
  /** The till folded from the journal; null until it is read, or when its older entries are not here. */
  readonly till: Signal<TillState | null>;
  /** Card payments that are neither finished nor given up, folded from the journal. */
  readonly cards: Signal<readonly CardPayment[]>;
  readonly payMemory: PayMemory;
  readonly passportReleases: PassportReleases;
  readonly priceBook: Signal<PriceBook>;
  readonly cart: ReadonlySignal<CartView | null>;
  /** What the commands of the cart work with. */
  readonly desk: CartDesk;
  readonly promotionsOf: PromotionsOf;
  readonly catalogueRevision: Signal<number>;
  /** The open journal, or null while this window does not write. */
  session(): TillSession | null;
  /** Resolves when opening and checking the journal has come to a state. */
  settled(): Promise<void>;
  mayWrite(): boolean;
  isOutdated(): boolean;
  /** An entry is on the disk: views, counters and delivery take it in. */
  onAppended(fact: Fact): void;
  /** Places of items that stood in the cart, so that a deleted item can still be completed. */
  readonly ordinals: Map<ItemId, number>;
  rememberPlace(item: Item): void;
  /** The open cart without its sums: commands ask for it at every scan, and would have them computed each time. */
  openCart(): Cart | null;
  /** The same, for whoever follows it. */
  readonly cartInHand: ReadonlySignal<Cart | null>;
  /** Shows and keeps a cart; null clears it. */
  setCart(cart: Cart | null): void;
};

/** The session, or the refusal that every command gives while there is none. */
export type Ready = Outcome<TillSession, 'not-ready' | 'another-window-writes' | 'trouble-blocks-selling'>;
