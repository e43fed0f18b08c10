// A workstation of plain signals for tests of screens and for looking at them (ui-preview): real retail rules, real
// demo items, no database, no network. What a screen shows can be put into any state through `set`.

import { signal } from '@preact/signals';
import { createApprovalBook } from '../../shared/client/approval-book.ts';
import { createPromotionsOf, priceAtDesk, type CartDesk } from '../../shared/client/cart-desk.ts';
import { viewCart } from '../../shared/client/cart-view.ts';
import { createChangeCart } from '../../shared/client/commands/change-cart.ts';
import { createDecidePrices } from '../../shared/client/commands/decide-prices.ts';
import type {
  CartView,
  OwnTransaction,
  SearchHit,
  Workstation,
  WorkstationStatus,
} from '../../shared/client/runtime.ts';
import { catalogueKeys } from '../../shared/domain/barcode.ts';
import type { Cart } from '../../shared/domain/cart.ts';
import type { TakenCart } from '../../shared/client/store-carts.ts';
import { suspendCart } from '../../shared/domain/resume-cart.ts';
import { suspendCode } from '../../shared/domain/suspend-code.ts';
import { buildTransaction } from '../../shared/domain/build-transaction.ts';
import type { Fact } from '../../shared/domain/fact.ts';
import { foldForSearch } from '../../shared/domain/fold-for-search.ts';
import { asTransactionId, asWorkstationId, asOperatorId } from '../../shared/domain/ids.ts';
import type { Item } from '../../shared/domain/item.ts';
import type { Operator } from '../../shared/domain/operator.ts';
import { EMPTY_PRICE_BOOK, type PriceBook } from '../../shared/domain/promotion-document.ts';
import { checkPaid } from '../../shared/client/paying/create-paying.ts';
import { createFakeChannelOrders } from './fake-channel-orders.ts';
import { createFakeOrders } from './fake-orders.ts';
import { createFakePaying } from './fake-paying.ts';
import { createFakeTill } from './fake-till.ts';
import { accept, refuse } from '../../shared/domain/refusal.ts';
import { showStock } from '../../shared/domain/order/counter-stock.ts';
import type { StoreSettings } from '../../shared/domain/store.ts';

export type FakeGiven = {
  readonly items: readonly Item[];
  readonly settings: StoreSettings;
  readonly operators: readonly Operator[];
  readonly now?: () => string;
  readonly priceBook?: PriceBook;
};

export const READY_STATUS: WorkstationStatus = {
  enrolment: 'enrolled',
  writer: 'this-window',
  connection: 'online',
  lastContactAt: new Date().toISOString(),
  pendingCount: 0,
  oldestPendingAt: null,
  storage: { isPersisted: true, usedBytes: 48_000_000, quotaBytes: 12_000_000_000, level: 'ok' },
  catalogue: { phase: 'ready', loadedPages: 20, totalPages: 20, itemCount: 5000 },
  clockDifferenceMs: 400,
  troubles: [],
};

export type FakeWorkstation = Workstation & {
  set(change: Partial<WorkstationStatus>): void;
  readonly printed: Uint8Array[];
};

/** PIN 1234 signs anybody on; 0000 is refused as waiting, anything else as wrong. */
export function createFakeWorkstation(given: FakeGiven): FakeWorkstation {
  const { items, settings } = given;
  const now = given.now ?? (() => new Date().toISOString());
  const status = signal<WorkstationStatus>(READY_STATUS);
  const operator = signal<Operator | null>(null);
  const cart = signal<CartView | null>(null);
  const catalogueRevision = signal(0);
  const enrolled = signal<{
    readonly workstationId: string;
    readonly workstationNumber: number;
    readonly storeId: string;
  } | null>({ workstationId: 'f0e1d2c3-fake', workstationNumber: 2, storeId: settings.store.id });
  const byKey = new Map<string, Item[]>();
  for (const item of items) {
    for (const code of [...item.barcodes, item.sku]) byKey.set(code, [...(byKey.get(code) ?? []), item]);
  }
  const byId = new Map(items.map((item) => [item.id, item]));
  const onHand = new Map(items.map((item) => [item.id, ((item.ordinal * 37) % 60) * 1000]));
  const sold: OwnTransaction[] = [];
  const printed: Uint8Array[] = [];
  let sequence = 1;

  const priceBook = signal<PriceBook>(given.priceBook ?? EMPTY_PRICE_BOOK);
  const promotionsOf = createPromotionsOf();
  const approvals = createApprovalBook(() => operator.peek());
  const fakeTill = createFakeTill({
    approvals,
    currency: settings.store.currency,
    now,
    operatorId: () => operator.peek()?.id ?? asOperatorId('nobody'),
  });
  const paying = createFakePaying({ cart, settings, now, approvals, operator: () => operator.peek() });
  const suspended = signal<readonly Cart[]>([]);
  const desk: CartDesk = {
    channel: 'till',
    newId: () => `cart-${String(sequence)}`,
    now,
    cart: () => cart.peek()?.cart ?? null,
    setCart(next) {
      cart.value = next === null ? null : viewCart(next, settings, promotionsOf(next, desk, settings.store));
    },
    operator: () => operator.peek(),
    operators: () => given.operators,
    settings: () => settings,
    identity: () => ({ storeId: settings.store.id, workstationId: asWorkstationId('fake') }),
    priceBook: () => priceBook.peek(),
    itemOf: (id) => byId.get(id) ?? null,
    rememberPlace: () => undefined,
    note: (actions) => {
      for (const action of actions) fakeTill.record('cart-action', action);
    },
    checkMayGiveUp: (open) =>
      paying.commands.cardPayments.peek().some(({ cartId }) => cartId === open.id)
        ? refuse('card-not-settled')
        : accept(null),
    isTraining: () => fakeTill.commands.till.peek()?.isTraining === true,
  };

  const ofOrders = createFakeOrders({ cart, desk, settings, now });
  const ofChannels = createFakeChannelOrders({ cart, desk, settings, items, now });

  return {
    printed,
    set(part) {
      status.value = { ...status.value, ...part };
    },
    status,
    settings: signal<StoreSettings | null>(settings),
    operators: signal(given.operators),
    operator,
    cart,
    favourites: signal(items.filter((item) => item.favourite === true)),
    priceBook,
    catalogueRevision,
    priceOf: (item, quantityMilli = 1000) =>
      priceAtDesk(item, quantityMilli, desk.cart() ?? { storeId: settings.store.id }, desk),
    identity: enrolled,
    findByCode(code) {
      for (const key of catalogueKeys(code)) {
        const found = byKey.get(key);
        if (found !== undefined) return found;
      }
      return [];
    },
    awaitByCode: () => Promise.resolve([]),
    item: (id) => byId.get(id) ?? null,
    onHand: (id) => onHand.get(id) ?? null,
    aisleAsked: signal([]),
    stockElsewhere: () => Promise.resolve(refuse('needs-server')),
    askStore: () => Promise.resolve(refuse('needs-server')),
    noticeAsked: () => undefined,
    findAnyOrder: () => Promise.resolve(refuse('needs-server')),
    passportsGone: signal(0),
    takePassport: () => Promise.resolve(refuse('needs-server')),
    givePassport: () => Promise.resolve(refuse('needs-server')),
    claimCode: () => Promise.resolve(accept(null)),
    releaseCode: () => undefined,
    passportPlace: () => Promise.resolve(refuse('needs-server')),
    keepPassport: () => Promise.resolve(refuse('needs-server')),
    finishGiving: () => Promise.resolve(refuse('needs-server')),
    attention: signal([]),
    attentionOffers: () => Promise.resolve(refuse('needs-server')),
    resolveAttention: () => Promise.resolve(refuse('needs-server')),
    reservedInCart: () => [],
    sellReserved: () => accept(null),
    stockOf: (id) => showStock(onHand.get(id) ?? 0, null, { asideMilli: ofOrders.commands.reserved(id) }),
    search(text, limit) {
      const words = foldForSearch(text).split(' ');
      const hits: SearchHit[] = [];
      for (const item of items) {
        const name = foldForSearch(`${item.sku} ${Object.values(item.name).join(' ')}`);
        if (words.every((word) => name.includes(word))) {
          hits.push({ item, onHandMilli: onHand.get(item.id) ?? null });
        }
        if (hits.length === limit) break;
      }
      return Promise.resolve(hits);
    },
    itemsOfStyle: (styleId) => Promise.resolve(items.filter((item) => item.variant?.styleId === styleId)),
    itemsInCategory: (category, limit, offset) =>
      Promise.resolve(items.filter((item) => item.categoryId === category).slice(offset, offset + limit)),
    staysToday: () => Promise.resolve(new Map()),
    ownTransactions: (limit) => Promise.resolve([...sold].reverse().slice(0, limit)),
    enrol: ({ code }) => {
      if (code === 'BADBADBA') return Promise.resolve(refuse('enrolment-code-refused'));
      status.value = { ...status.value, enrolment: 'enrolled' };
      return Promise.resolve(accept(null));
    },
    enrolInDemoStore() {
      status.value = { ...status.value, enrolment: 'enrolled' };
      return Promise.resolve(accept(null));
    },
    signOn(id, pin) {
      if (pin === '0000') return Promise.resolve(refuse('pin-wait', { waitSeconds: 30 }));
      if (pin !== '1234') return Promise.resolve(refuse('pin-wrong', { triesLeft: 3 }));
      operator.value = given.operators.find((one) => one.id === id) ?? null;
      return Promise.resolve(accept(null));
    },
    ...fakeTill.commands,
    ...paying.commands,
    unlockOperator: () => Promise.resolve(accept(null)),
    signOff() {
      operator.value = null;
      return Promise.resolve(accept(null));
    },
    ...createChangeCart(desk),
    ...createDecidePrices(desk, promotionsOf, approvals),
    ...ofOrders.commands,
    ...ofChannels.commands,
    suspendedCarts: suspended,
    takenCart: signal<TakenCart | null>(null),
    noticeTakenCart: () => undefined,
    suspendCart({ label = '' } = {}) {
      const view = cart.peek();
      if (view === null) return Promise.resolve(refuse('cart-empty'));
      sequence += 1;
      const made = suspendCart(view.cart, {
        code: suspendCode({ storeNumber: 1, workstationNumber: 2, epoch: 1, sequence }),
        label,
        at: now(),
        operatorId: operator.peek()?.id ?? asOperatorId('nobody'),
        workstationNumber: 2,
        totalMinor: view.totals.grossMinor,
      });
      if (made.ok) {
        suspended.value = [...suspended.value, made.value];
        cart.value = null;
      }
      return Promise.resolve(made);
    },
    resumeCart(id) {
      const found = suspended.peek().find((each) => each.id === id);
      if (found === undefined) return Promise.resolve(refuse('cart-not-found'));
      const { suspended: _suspended, ...open } = found;
      suspended.value = suspended.peek().filter((each) => each !== found);
      desk.setCart(open);
      return Promise.resolve(accept(null));
    },
    completeSale({ tenders }) {
      const open = desk.cart();
      if (open === null) return Promise.resolve(refuse('cart-empty'));
      const { voucherUsedOn, commands } = paying;
      const paid = checkPaid(tenders, open.id, { cards: commands.cardPayments.peek(), voucherUsedOn });
      if (!paid.ok) return Promise.resolve(paid);
      sequence += 1;
      const built = buildTransaction(open, settings, {
        promotions: promotionsOf(open, desk, settings.store),
        id: asTransactionId(`transaction-${String(sequence)}`),
        now: now(),
        position: { epoch: 1, sequence },
        workstationNumber: 2,
        tenders,
        ordinalOf: (id) => byId.get(id)?.ordinal ?? 0,
      });
      if (!built.ok) return Promise.resolve(built);
      const transaction = built.value;
      const hash = 'c0ffee'.padEnd(64, '0');
      sold.push({ transaction, sequence, epoch: 1, hash, isDelivered: sequence % 3 !== 0 });
      for (const move of transaction.stockMovements) {
        onHand.set(move.itemId, (onHand.get(move.itemId) ?? 0) + move.quantityMilli);
      }
      paying.sold(transaction);
      ofOrders.record('transaction-completed', { transaction });
      ofChannels.record('transaction-completed', { transaction });
      cart.value = null;
      catalogueRevision.value += 1;
      // The screens read the transaction and the hash of the entry, nothing else of it.
      const fact = { hash, body: { transaction } } as unknown as Fact<'transaction-completed'>;
      return Promise.resolve(accept({ transaction, fact }));
    },
    adjustStock: () => Promise.resolve(accept(null)),
    recordReprint: () => Promise.resolve(accept({ copyNumber: 1 })),
    askTerminalServer: () => Promise.resolve({ kind: 'not-sent' }),
    printThroughServer(_printer, bytes) {
      printed.push(bytes);
      return Promise.resolve(accept('on-paper'));
    },
    askPrinter: () => Promise.resolve(accept(null)),
    saveReceiptLayout: (layout) => Promise.resolve(accept({ ...layout, version: layout.version + 1 })),
    priceChangesToday: () =>
      Promise.resolve(
        accept(items.slice(0, 2).map((item) => ({ item, fromMinor: item.priceMinor + 50, at: now() }))),
      ),
    pairDisplay: () =>
      Promise.resolve(accept({ code: '314159', expiresAt: new Date(Date.now() + 600_000).toISOString() })),
    showOnDisplays: () => Promise.resolve(accept({ displays: 0 })),
    changeSettings: () => Promise.resolve(accept(null)),
    resolveTrouble(code) {
      status.value = {
        ...status.value,
        troubles: status.value.troubles.filter((trouble) => trouble.code !== code),
      };
      return Promise.resolve(accept(null));
    },
    isSafeToUpdate: () => cart.peek() === null,
    close: () => Promise.resolve(),
  };
}
