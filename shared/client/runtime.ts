// What a screen may ask of the workstation: one object, made by the composition root, the same in a browser and headless in Node.
// Signals carry what is shown; commands are verbs that return an Outcome; nothing here waits for a network unless it says so.

import type { ServerDevices } from './server-devices.ts';
import type { ReadonlySignal } from '@preact/signals-core';
import type { Approval, ApprovalSubject, DiscardedPrint } from '../domain/approval.ts';
import type { LineCapture } from '../domain/capture-line.ts';
import type { CartLine, DiscountSize } from '../domain/cart.ts';
import type { AskedAction } from '../domain/check-allowed.ts';
import type { CountedCash, CountedPieces } from '../domain/denominations.ts';
import type { Fact } from '../domain/fact.ts';
import type { CustomerId, ItemId, OperatorId, TransactionId } from '../domain/ids.ts';
import type { Category, Item } from '../domain/item.ts';
import type { Operator } from '../domain/operator.ts';
import type { Outcome } from '../domain/refusal.ts';
import type { PriceResolution } from '../domain/price-rule.ts';
import type { PriceBook } from '../domain/promotion-document.ts';
import type { StoreSettings } from '../domain/store.ts';
import type { Tender, Transaction } from '../domain/transaction.ts';
import type { CashMoveKind } from '../domain/till-figures.ts';
import type { TillState } from '../domain/till-session.ts';
import type { Stay } from '../domain/time-clock.ts';
import type { OpenTill, ZReport } from '../domain/z-report.ts';
import type { CartView } from './cart-view.ts';
import type { ChannelOrderCommands } from './channel-order-commands.ts';
import type { OrderCommands } from './order-commands.ts';
import type { PayCommands } from './paying/pay-commands.ts';
import type { StoreDesk } from './store-desk.ts';
import type { CustomerScreens, WaitingCarts } from './waiting-carts.ts';

/** A fault a person must know of: stable code, and message keys `trouble.<code>.happened|safe|do`. */
export type Trouble = {
  readonly code: `${'ST' | 'JR' | 'NW' | 'CL' | 'CD' | 'EN' | 'UP'}-${string}`;
  /** Are money buttons off until it is settled? */
  readonly blocksSelling: boolean;
  readonly values: Readonly<Record<string, string | number>>;
  /** What the person may do here, as command names of `resolveTrouble`. */
  readonly actions: readonly ('retry' | 'reload' | 'rebuild-from-server' | 'start-new-epoch' | 'take-over')[];
};

export type { CartView } from './cart-view.ts';

export type WorkstationStatus = {
  readonly enrolment: 'checking' | 'not-enrolled' | 'enrolled' | 'revoked';
  /** Who holds the journal: this window, or another tab or window of this workstation. */
  readonly writer: 'this-window' | 'another-window' | 'checking';
  readonly connection: 'connecting' | 'online' | 'hub' | 'offline';
  readonly lastContactAt: string | null;
  /** Exact number of own facts the server has not acknowledged; "synced" is shown only at 0. */
  readonly pendingCount: number;
  readonly oldestPendingAt: string | null;
  readonly storage: {
    readonly isPersisted: boolean;
    readonly usedBytes: number;
    readonly quotaBytes: number;
    readonly level: 'ok' | 'warning' | 'full' | 'unknown';
  };
  readonly catalogue: {
    readonly phase: 'empty' | 'loading' | 'ready';
    readonly loadedPages: number;
    readonly totalPages: number;
    readonly itemCount: number;
  };
  /** Device clock minus server clock, null before first contact. Shown when above 120 s either way. */
  readonly clockDifferenceMs: number | null;
  readonly troubles: readonly Trouble[];
};

/** Why somebody decides something by hand, and a manager's yes where the operator may not alone. */
export type ManualAction = { readonly reasonCode: string; readonly approval?: Approval };

/**
 * Everything about prices and the cart that a person decides. Each refuses with `permission-missing` {permission} or
 * `limit-exceeded` {permission, limit, allowed, asked} when the operator may not: ask a manager for an Approval of the same
 * subject (cartSubjects in domain/approval.ts) and call again with it (`approval-not-fitting`, `approval-used` when it is for
 * something else or was used). All refuse with `cart-empty` and, where a line is named, `line-not-found`.
 */
export type CartCommands = {
  /** `reason-code-missing`, `reason-code-unknown`, `price-out-of-bounds`, `line-is-deposit`, `amount-too-large`. */
  overridePrice(lineNumber: number, unitPriceMinor: number, action: ManualAction): Outcome<null>;
  /** `discount-out-of-bounds`, `line-is-deposit`, `too-many-modifiers`, and those of reasons. */
  discountLine(lineNumber: number, size: DiscountSize, action: ManualAction): Outcome<null>;
  /** `place` from 0 in the manual modifiers of the line. `modifier-not-found`. */
  removeModifier(lineNumber: number, place: number): Outcome<null>;
  discountCart(size: DiscountSize, action: ManualAction): Outcome<null>;
  /** `place` from 0 in cart.discounts. `modifier-not-found`. */
  removeCartDiscount(place: number): Outcome<null>;
  /** `certificate-missing`. One exemption a cart; a new one replaces it. */
  exemptCart(certificateNumber: string, action: ManualAction): Outcome<null>;
  removeExemption(): Outcome<null>;
  /** `coupon-missing` (empty), `coupon-unknown`, `coupon-needs-customer`, `coupon-expired`, `coupon-already-there`, `too-many-coupons`. Works on an empty cart's next cart too: `cart-empty`. */
  addCoupon(code: string): Outcome<null>;
  removeCoupon(code: string): Outcome<null>;
  /** Prices of lines that are there are asked again. Null takes the customer off. `coupon-of-customer` {code}. */
  setCustomer(
    customer: {
      readonly id: CustomerId;
      readonly groups?: readonly string[];
      readonly isFirstPurchase?: boolean;
    } | null,
  ): Outcome<null>;
  /** `note-too-long`. */
  noteCart(note: string): Outcome<null>;
  /**
   * Takes down what a line needs. `customer-too-young` {ageMinimum, age}, `date-not-understood`, `serial-already-there`,
   * `too-many-serials`, `tare-out-of-bounds` (the scale showed less), `nothing-to-capture`.
   */
  captureLine(lineNumber: number, capture: LineCapture): Outcome<null>;
};

/**
 * The till. All need an open journal (`not-ready`, `another-window-writes`, `trouble-blocks-selling`) and somebody signed on
 * (`not-signed-on`), and all but noSale, voidTransaction and the clock refuse `till-history-missing` when this device does
 * not have its older entries. Where an approval may be given, `permission-missing` and `limit-exceeded` {permission, limit,
 * allowed, asked} ask for one (tillSubjects in domain/approval.ts), `approval-not-fitting` and `approval-used` refuse it.
 */
export type TillCommands = {
  /** Opens a session with a counted float. `till-already-open`, `denomination-unknown`, `count-out-of-bounds`. */
  openTill(counted: CountedCash): Promise<Outcome<null>>;
  /** `till-not-open`, `amount-out-of-bounds`, `note-too-long`, `reason-code-missing`, `reason-code-unknown`. */
  moveCash(given: {
    readonly kind: CashMoveKind;
    /** Positive; the kind says which way. */
    readonly amountMinor: number;
    readonly reasonCode: string;
    readonly note?: string;
    readonly approval?: Approval;
  }): Promise<Outcome<null>>;
  /** Written before the drawer opens; opening it is the screen's part. Works without a session as well. */
  noSale(given: { readonly reasonCode: string; readonly approval?: Approval }): Promise<Outcome<null>>;
  discardPrint(given: DiscardedPrint): Promise<Outcome<null>>;
  /**
   * Blind: do not show expectedCash before this answered. Foreign cash that was taken is counted apart, each currency by
   * itself. `till-not-open`, `denomination-unknown`, `count-out-of-bounds`, `foreign-not-counted` {currency}.
   */
  countTill(
    counted: CountedCash,
    foreign?: readonly CountedPieces[],
  ): Promise<Outcome<{ readonly countedMinor: number }>>;
  /** The session as it stands, its figures and cash. `till-not-open`, `permission-missing` {permission: 'close-till'}. */
  makeXReport(): Promise<Outcome<OpenTill>>;
  /**
   * The Z report. `till-not-open`, `cart-open`, `till-not-counted` (count again, cash has moved since). Those of approval
   * come with `differenceMinor`, which the subject of the approval names.
   */
  closeTill(given?: { readonly approval?: Approval }): Promise<Outcome<ZReport>>;
  /**
   * Turns the last transaction of this workstation round. `transaction-not-found`, `not-last-transaction`,
   * `transaction-is-void`, `already-voided`, `cart-open`, and those of reasons.
   */
  voidTransaction(given: {
    readonly transactionId: TransactionId;
    readonly reasonCode: string;
    readonly approval?: Approval;
  }): Promise<Outcome<CompletedSale>>;
  /** Into training or out of it; `cart-open`. What is sold in training counts nowhere and says so on paper. */
  switchTraining(given: { readonly isOn: boolean; readonly approval?: Approval }): Promise<Outcome<null>>;
  /** Whoever is signed on comes (`already-clocked-in`) and goes (`not-clocked-in`). */
  clockIn(): Promise<Outcome<null>>;
  clockOut(): Promise<Outcome<null>>;
};

/** Why goods are taken out of a cart, where the shop asks. */
export type Why = { readonly reasonCode?: string };

export type SearchHit = { readonly item: Item; readonly onHandMilli: number | null };

export type CompletedSale = {
  readonly transaction: Transaction;
  readonly fact: Fact<'transaction-completed'>;
};

export type OwnTransaction = {
  readonly transaction: Transaction;
  readonly sequence: number;
  readonly epoch: number;
  readonly hash: string;
  readonly isDelivered: boolean;
};

export type Workstation = CartCommands &
  ServerDevices &
  WaitingCarts &
  CustomerScreens &
  OrderCommands &
  ChannelOrderCommands &
  TillCommands &
  PayCommands &
  StoreDesk & {
    readonly status: ReadonlySignal<WorkstationStatus>;
    readonly settings: ReadonlySignal<StoreSettings | null>;
    readonly operators: ReadonlySignal<readonly Operator[]>;
    readonly operator: ReadonlySignal<Operator | null>;
    /** How the till stands; null until the journal is open, or when its older entries are not on this device. */
    readonly till: ReadonlySignal<TillState | null>;
    readonly cart: ReadonlySignal<CartView | null>;
    /** Favourite items, ready to sell; refreshed when the catalogue changes. */
    readonly favourites: ReadonlySignal<readonly Item[]>;
    /** Promotions, price rules and reason codes of the shop. */
    readonly priceBook: ReadonlySignal<PriceBook>;
    /** Raised after every change of stock or prices that this workstation has taken in. */
    readonly catalogueRevision: ReadonlySignal<number>;
    readonly identity: ReadonlySignal<{
      readonly workstationId: string;
      readonly workstationNumber: number;
      readonly storeId: string;
    } | null>;

    // findByCode, item and onHand answer synchronously, inside the key handler.
    findByCode(code: string): readonly Item[];
    /**
     * As findByCode, and waits a moment for the page of a known code while the catalogue is still being read in (at
     * most 2 s). Ask it when findByCode found nothing and the catalogue's phase is not `ready`.
     */
    awaitByCode(code: string): Promise<readonly Item[]>;
    item(id: ItemId): Item | null;
    /** What an item costs in the open cart now (one unit, or so much), which rule says so, and why others do not. */
    priceOf(item: Item, quantityMilli?: number): PriceResolution;
    search(text: string, limit: number): Promise<readonly SearchHit[]>;
    /** All sizes and colours of a style, in the order of the catalogue. */
    itemsOfStyle(styleId: string): Promise<readonly Item[]>;
    itemsInCategory(category: Category['id'], limit: number, offset: number): Promise<readonly Item[]>;
    /** Who has come and gone on this workstation today (clockIn, clockOut), by operator. */
    staysToday(): Promise<ReadonlyMap<OperatorId, readonly Stay[]>>;
    ownTransactions(limit: number): Promise<readonly OwnTransaction[]>;

    // Commands.
    enrol(given: { readonly code: string; readonly name: string }): Promise<Outcome<null>>;
    /** Only in a demo store: asks the server for a code and enrols with it. */
    enrolInDemoStore(): Promise<Outcome<null>>;
    signOn(operatorId: OperatorId, pin: string): Promise<Outcome<null>>;
    signOff(reason: 'switched' | 'locked' | 'signed-off'): Promise<Outcome<null>>;
    /**
     * Somebody who may approve agrees to one action of whoever is signed on, by their PIN; nobody is signed on or off. The
     * subject is what the action itself names (cartSubjects, tillSubjects in domain/approval.ts); `limit` is what it takes of
     * a limit, which the approver's own limits must allow. Refuses like signOn, `permission-missing` {permission: 'approve'},
     * `limit-exceeded`. The approval serves once, in this window, for the action that it names.
     */
    approve(given: {
      readonly subject: ApprovalSubject;
      readonly limit?: AskedAction['limit'];
      readonly approverId: OperatorId;
      readonly pin: string;
    }): Promise<Outcome<Approval>>;
    /** A signed-on manager lets somebody try again who is locked after too many wrong PINs; not oneself. */
    unlockOperator(operatorId: OperatorId): Promise<Outcome<null>>;
    addItem(
      item: Item,
      given?: {
        readonly quantityMilli?: number;
        readonly scannedCode?: string;
        /** Typed: needed for an item with `openPrice` (`price-needed`, `open-price-out-of-limits` {minMinor, maxMinor}). */
        readonly unitPriceMinor?: number;
        readonly direction?: CartLine['direction'];
        /** Weight of the packing; the quantity is then what the scale shows. `tare-out-of-bounds`. */
        readonly tareMilli?: number;
      },
    ): Outcome<CartLine>;
    /**
     * Both write down what they take out of the cart. `reason-code-missing` where the shop asks for a reason (its setting
     * `reasonsAskedFor`), `reason-code-unknown`.
     */
    changeQuantity(lineNumber: number, quantityMilli: number, given?: Why): Outcome<null>;
    removeLine(lineNumber: number, given?: Why): Outcome<null>;
    noteLine(lineNumber: number, note: string): Outcome<null>;
    /** Gives the cart up, which is written down. Refuses as removeLine does. */
    clearCart(given?: Why): Outcome<null>;
    /** `till-not-open` where sales belong to till sessions. Final when it resolves ok; only then devices are asked. */
    completeSale(given: { readonly tenders: readonly Tender[] }): Promise<Outcome<CompletedSale>>;
    /**
     * Stock that changes without a sale (broken, lost, counted again): one `stock-received` fact whose movements have
     * the reason `adjustment`. Signed thousandths; final when it resolves ok, like a sale.
     */
    adjustStock(given: {
      readonly documentNumber: string;
      readonly changes: readonly { readonly item: Item; readonly quantityMilli: number }[];
    }): Promise<Outcome<null>>;
    recordReprint(id: TransactionId): Promise<Outcome<{ readonly copyNumber: number }>>;
    resolveTrouble(code: string, action: Trouble['actions'][number]): Promise<Outcome<null>>;
    /** Empty cart, nothing being sent: a reload would hurt nothing. */
    isSafeToUpdate(): boolean;
    close(): Promise<void>;
  };
