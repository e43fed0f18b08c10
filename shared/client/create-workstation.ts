// Composes a workstation from its ports. The object is there at once and its status tells what is going on;
// nothing here waits for a disk or a network before a screen can be shown.

import { computed, effect, signal } from '@preact/signals-core';
import type { CardPayment } from '../domain/card-payment.ts';
import type { Cart } from '../domain/cart.ts';
import type { Fact, JournalHead } from '../domain/fact.ts';
import type { ItemId, WorkstationId } from '../domain/ids.ts';
import type { Item } from '../domain/item.ts';
import type { Operator } from '../domain/operator.ts';
import { EMPTY_PRICE_BOOK, type PriceBook } from '../domain/promotion-document.ts';
import type { StoreSettings } from '../domain/store.ts';
import type { TillState } from '../domain/till-session.ts';
import { createApprovalBook } from './approval-book.ts';
import { createPromotionsOf } from './cart-desk.ts';
import { createCartKeeper } from './cart-keeper.ts';
import { createCartNotes } from './cart-notes.ts';
import { viewCart } from './cart-view.ts';
import { createCatalogueClient } from './catalogue/catalogue-client.ts';
import { createAdjustStock } from './commands/adjust-stock.ts';
import { createChangeCart } from './commands/change-cart.ts';
import { createDecidePrices } from './commands/decide-prices.ts';
import { createCompleteSale } from './commands/complete-sale.ts';
import { createEnrol } from './commands/enrol.ts';
import { createOwnTransactions } from './commands/own-transactions.ts';
import { createServerDevices } from './commands/server-devices.ts';
import { createRecordReprint } from './commands/record-reprint.ts';
import { createResolveTrouble } from './commands/resolve-trouble.ts';
import { createShowOnDisplays } from './commands/show-on-displays.ts';
import { createStaysToday } from './commands/stays-today.ts';
import { createSuspendCart } from './commands/suspend-cart.ts';
import { createTillCommands } from './commands/till-commands.ts';
import { openTillId } from './open-till-id.ts';
import { createChannelOrders } from './create-channel-orders.ts';
import { createCustomerBook } from './customer-book.ts';
import { createOrderDesk } from './create-order-desk.ts';
import { createOrdersView } from './orders-view.ts';
import { connectToServer } from './connect-to-server.ts';
import { createOwnDesk } from './own-desk.ts';
import { createQueries } from './queries.ts';
import type { Parts } from './parts.ts';
import { createJournalNotes } from './journal/journal-notes.ts';
import { createPaying, watchCards } from './paying/create-paying.ts';
import { createPassportReleases } from './passport-releases.ts';
import { createPayMemory } from './paying/pay-memory.ts';
import type { Given } from './given.ts';
import type { StoredIdentity } from './ports.ts';
import type { Workstation } from './runtime.ts';
import { createLiveStream } from './server/live-stream.ts';
import { createPriceClock } from './price-clock.ts';
import { startWorkstation } from './start-workstation.ts';
import { createStatusBoard } from './status-board.ts';
import { createStoreCarts } from './store-carts.ts';
import { createStoreDesk } from './create-store-desk.ts';
import { createStockView } from './stock-view.ts';
import { createCanary } from './storage/canary.ts';
import { createStorageHealth } from './storage/storage-health.ts';
import { createWriterLock } from './storage/writer-lock.ts';
import { createTillKeeper, type TillKeeper } from './till-keeper.ts';
import { TROUBLES } from './troubles.ts';

/** What replay, simulation and tests may ask beyond what screens do. */
export type RunningWorkstation = Workstation & {
  /** Resolves when the start has come to a state: enrolled and open, not enrolled, or in trouble. */
  readonly started: Promise<void>;
  /** Resolves true when the server has confirmed every entry. */
  drained(timeoutMs: number): Promise<boolean>;
  journalHead(): JournalHead | null;
  /** The store's stock pages as this replica holds them, after what the server has now has been pulled. */
  replica(): Promise<ReturnType<ReturnType<typeof createStockView>['pages']>>;
};

export function createWorkstation(given: Given): RunningWorkstation {
  const board = createStatusBoard();
  const identity = signal<StoredIdentity | null>(null);
  const settings = signal<StoreSettings | null>(null);
  const operators = signal<readonly Operator[]>([]);
  const operator = signal<Operator | null>(null);
  const tillState = signal<TillState | null>(null);
  const openCart = signal<Cart | null>(null);
  // Without settings (not loaded yet) nothing can be summed, and nothing is shown.
  const priceBook = signal<PriceBook>(EMPTY_PRICE_BOOK);
  const promotionsOf = createPromotionsOf();
  const cart = computed(() => {
    const [shown, current] = [openCart.value, settings.value];
    // Read here, so that a change of the price book shows at once.
    const book = priceBook.value;
    if (shown === null || current === null) return null;
    return viewCart(shown, current, promotionsOf(shown, { ...desk, priceBook: () => book }, current.store));
  });
  const catalogueRevision = signal(0);
  const ordinals = new Map<ItemId, number>();
  const ownId = (): WorkstationId | null => identity.peek()?.enrolment.workstationId ?? null;
  const orders = createOrdersView(ownId);
  const stock = createStockView(ownId);

  // Parts and keeper know each other; the keeper is asked only after both are made.
  let keeper: TillKeeper | null = null;
  const { tokens, connection } = connectToServer(given, board, {
    identity: () => identity.peek(),
    onHead: (head) => keeper?.learnHead(head),
  });
  const favourites = signal<readonly Item[]>([]);
  const catalogue = createCatalogueClient(given.catalogue(connection), {
    token: (refused) => tokens.token(refused),
    onProgress: (progress) => board.report({ catalogue: progress }),
    onChanged() {
      favourites.value = catalogue.view.favourites();
      catalogueRevision.value += 1;
    },
    onFailed: () => board.raise(TROUBLES.catalogueFailed()),
  });
  const carts = createCartKeeper(
    () => keeper?.cartDisk() ?? null,
    () => notes.settle(),
    (error) => console.error('cart-not-kept', String(error)),
  );
  const notes = createCartNotes({
    session: () => keeper?.session() ?? null,
    openTillId: () => openTillId(parts),
    operatorId: () => operator.peek()?.id,
  });
  const storeCarts = createStoreCarts({
    openCart: () => openCart.peek(),
    ownId: () => ownId() ?? undefined,
    newId: given.newId,
    letGo: () => carts.letGo(),
    setCart: (next) => parts.setCart(next),
  });
  const channel = given.openChannel(`tillandsia-writer${given.namespace}`);
  const lock = createWriterLock(
    { locks: given.locks, textStore: given.textStore, channel, namespace: given.namespace },
    {
      onHeld() {
        board.settle(TROUBLES.otherWindow().code);
        board.report({ writer: 'this-window' });
        const own = identity.peek();
        if (own !== null) void keeper?.open(own);
      },
      onOther() {
        board.report({ writer: 'another-window' });
        board.raise(TROUBLES.otherWindow());
      },
      async onLost(why) {
        board.report({ writer: 'another-window' });
        board.raise(why === 'newer-version' ? TROUBLES.newerVersion() : TROUBLES.otherWindow());
        operator.value = null;
        await carts.flush().catch(() => undefined);
        openCart.value = null;
        await keeper?.close();
      },
    },
  );

  const approvals = createApprovalBook(() => operator.peek());
  const desk = createOwnDesk(() => parts);
  const priceClock = createPriceClock(
    () => desk.now(),
    () => {
      catalogueRevision.value += 1;
    },
  );
  const parts: Parts = {
    given,
    board,
    connection,
    canary: createCanary(given.textStore, given.namespace),
    journalNotes: createJournalNotes(given.textStore, given.namespace),
    catalogue,
    stock,
    orders,
    customerBook: createCustomerBook(given.textStore, given.namespace),
    attention: signal([]),
    health: createStorageHealth(given, board),
    carts,
    notes,
    storeCarts,
    identity,
    settings,
    operators,
    operator,
    till: tillState,
    cards: signal<readonly CardPayment[]>([]),
    payMemory: createPayMemory(given.textStore, given.namespace),
    passportReleases: createPassportReleases(given.textStore, given.namespace),
    priceBook,
    cart,
    desk,
    promotionsOf,
    catalogueRevision,
    ordinals,
    session: () => keeper?.session() ?? null,
    settled: () => keeper?.idle() ?? Promise.resolve(),
    mayWrite: () => lock.mayWrite(),
    isOutdated: () => lock.isOutdated(),
    rememberPlace: (item) => void ordinals.set(item.id, item.ordinal),
    onAppended(fact: Fact) {
      stock.addOwn(fact);
      orders.addOwn(fact);
      catalogueRevision.value += 1;
      keeper?.session()?.delivery.poke();
    },
    openCart: () => openCart.peek(),
    cartInHand: openCart,
    setCart(next) {
      openCart.value = next;
      carts.changed(next);
      if (next === null) ordinals.clear();
    },
  };
  const till = createTillKeeper(parts, () => tokens.freshHead());
  keeper = till;
  const stream = createLiveStream({
    connection,
    now: () => given.now().getTime(),
    random: given.random,
    onChanged(collections) {
      till.resync(collections);
      if (collections === null || collections.includes('catalogue_pages')) catalogue.changed();
    },
  });
  const start = startWorkstation(parts, { lock, keeper: till, stream });
  const stopPricing = effect(() => priceClock.watch(priceBook.value.priceRules));
  const stopCards = watchCards(parts);
  const ofChannels = createChannelOrders(parts, approvals);
  const stopFollowing = effect(() => {
    const state = connection.state.value;
    board.report({ connection: state });
    catalogue.setOnline(state === 'online' || state === 'hub');
    if (state === 'online' || state === 'hub') till.session()?.delivery.poke();
  });

  return {
    status: board.status,
    settings,
    operators,
    operator,
    till: tillState,
    cart,
    favourites,
    priceBook,
    catalogueRevision,
    identity: computed(() => identity.value?.enrolment ?? null),
    ...createQueries(parts, approvals),
    ownTransactions: createOwnTransactions(parts),
    staysToday: createStaysToday(parts),
    ...createEnrol(parts, (own) => {
      till.expectNew(own);
      return start.begin(own);
    }),
    ...createTillCommands(parts, approvals),
    ...createPaying(parts, approvals),
    ...createChangeCart(desk),
    ...createDecidePrices(desk, promotionsOf, approvals),
    ...createSuspendCart(parts),
    suspendedCarts: storeCarts.suspended,
    takenCart: storeCarts.taken,
    noticeTakenCart: () => storeCarts.seen(),
    ...createOrderDesk(parts, approvals),
    ...ofChannels.commands,
    ...createStoreDesk(parts, ofChannels.commands),
    completeSale: createCompleteSale(parts),
    adjustStock: createAdjustStock(parts),
    recordReprint: createRecordReprint(parts),
    ...createServerDevices(parts),
    ...createShowOnDisplays(parts),
    resolveTrouble: createResolveTrouble(parts, { lock, keeper: till, start, tokens }),
    isSafeToUpdate() {
      const session = till.session();
      const isBusy = session !== null && (session.delivery.isSending() || session.journal.isWriting());
      return openCart.peek() === null && !isBusy;
    },
    started: start.started,
    drained: (timeoutMs) => till.session()?.delivery.drained(timeoutMs) ?? Promise.resolve(false),
    journalHead: () => till.session()?.journal.head() ?? null,
    async replica() {
      await till.documents()?.current('stock');
      return stock.pages();
    },
    async close() {
      stopFollowing();
      stopPricing();
      stopCards();
      ofChannels.close();
      priceClock.close();
      await carts.flush().catch(() => undefined);
      stream.close();
      connection.close();
      parts.health.close();
      await till.close();
      lock.close();
      await catalogue.close();
    },
  };
}
