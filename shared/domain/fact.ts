// Everything that happened, as entries of a workstation's journal (DESIGN: the heart of the system).
//
//   entry n ── previousHash ──► entry n-1 ──► … ──► entry 1 (epoch-started) ──► genesis or the epoch before
//
// `hash` is SHA-256 over the RFC 8785 canonical JSON of the entry without `hash` and `signature`;
// `signature` is ECDSA P-256 (IEEE P1363, base64url) over the same bytes by the workstation's key.
// (workstation, epoch, sequence) is gapless from 1 in each epoch. An entry is never edited.

import type { CartAction } from './cart-action.ts';
import type { CountedCash, CountedForeign } from './denominations.ts';
import type { CustomerRecorded } from './customer.ts';
import type { PlacedOrder } from './customer-order.ts';
import type { FactId, ItemId, OperatorId, OrderId, StoreId, WorkstationId } from './ids.ts';
import type { JournalPosition } from './journal-position.ts';
import type {
  ChannelOrderMoved,
  ChannelOrderPlaced,
  FeedbackGiven,
  RightsMoved,
} from './order/order-facts.ts';
import type { CashMoveKind } from './till-figures.ts';
import type { SettingsChanged } from './settings-change.ts';
import type { CardDetails, StockMovement, Transaction } from './transaction.ts';
import type { ZReport } from './z-report.ts';

/** previousHash of the very first entry of a workstation. */
export const GENESIS_HASH = '0'.repeat(64);

export type FactBodies = {
  'epoch-started': {
    readonly reason: 'enrolled' | 'tail-missing' | 'storage-lost';
    /** What is known to be gone, if anything: sequences of the epoch before that nobody has. */
    readonly lost: null | {
      readonly epoch: number;
      readonly fromSequence: number;
      readonly toSequence: number;
    };
  };
  'transaction-completed': { readonly transaction: Transaction };
  'receipt-reprinted': {
    readonly transactionId: string;
    readonly receiptNumber: string;
    readonly copyNumber: number;
  };
  'operator-signed-on': { readonly operatorId: OperatorId };
  'operator-signed-off': {
    readonly operatorId: OperatorId;
    readonly reason: 'switched' | 'locked' | 'signed-off';
  };
  'pin-failed': { readonly operatorId: OperatorId; readonly failuresInRow: number };
  /** A manager or the server let an operator try PINs again. */
  'operator-unlocked': { readonly operatorId: OperatorId; readonly byOperatorId: OperatorId | null };
  /** Somebody who may more agreed, with their PIN on this device, to one action of the operator who is signed on. */
  'action-approved': {
    readonly approvalId: string;
    readonly action: string;
    /** Null for what happens at the till without a cart. */
    readonly cartId: string | null;
    readonly lineNumber?: number;
    /** SHA-256 of the text of the subject (approvalSubject): action, cart, line and values. */
    readonly subjectHash: string;
    readonly approverId: OperatorId;
    readonly values: Readonly<Record<string, string | number>>;
  };
  'till-opened': {
    readonly tillSessionId: string;
    /** From 1, without gaps, per workstation. */
    readonly sessionNumber: number;
    readonly businessDay: string;
    readonly currency: string;
    readonly openedBy: OperatorId;
    readonly floatMinor: number;
    readonly counted: CountedCash;
  };
  /** Cash into the drawer or out of it without goods; the amount is positive, the kind says which way. */
  'cash-moved': {
    readonly tillSessionId: string;
    readonly kind: CashMoveKind;
    readonly amountMinor: number;
    readonly reasonCode: string;
    readonly note?: string;
    readonly approvalId?: string;
  };
  /** The drawer was opened without a sale. */
  'no-sale': {
    readonly reasonCode: string;
    readonly tillSessionId?: string;
    readonly approvalId?: string;
  };
  /** Somebody gave up a print that waited for a printer: a customer may have left without it. */
  'print-discarded': {
    readonly printId: string;
    readonly queuedAt: string;
    readonly reasonCode: string;
    readonly approvalId?: string;
  };
  /** The drawer as somebody counted it, before they were shown what it should hold. */
  'till-counted': {
    readonly tillSessionId: string;
    readonly counted: CountedCash;
    readonly countedMinor: number;
    /** Cash of other currencies, each in its own minor units. */
    readonly foreign?: readonly CountedForeign[];
  };
  /** Somebody took goods out of a cart, gave it up, set it aside or took it up again. */
  'cart-action': CartAction;
  /** From here on (or no more) what is sold is practice and counts nowhere. */
  'training-switched': { readonly isOn: boolean };
  /** A card terminal is about to be asked; written before it is. A reversal names the attempt that it takes back. */
  'card-attempted': {
    readonly attemptId: string;
    readonly cartId: string;
    readonly terminalId: string;
    readonly action: 'payment' | 'refund' | 'reversal';
    /** Always positive; the action says which way. */
    readonly amountMinor: number;
    readonly currency: string;
    readonly reverses?: string;
    readonly tillSessionId?: string;
  };
  /**
   * What became of it: the terminal's answer, nothing (`unknown`: lost, or the till was started again meanwhile), or later
   * what the terminal remembered or somebody decided. `approvedMinor` is positive, and 0 unless approved.
   */
  'card-answered': {
    readonly attemptId: string;
    readonly outcome: 'approved' | 'declined' | 'unknown';
    readonly approvedMinor: number;
    readonly by: 'terminal' | 'operator' | 'restart';
    /** Why it was declined or is not known, as a code. */
    readonly reason?: string;
    readonly card?: Omit<CardDetails, 'attemptId' | 'terminalId'>;
    readonly reasonCode?: string;
    readonly approvalId?: string;
  };
  /** Somebody became a customer of the shop, or is reached in another way; who it is lies beside the journal. */
  'customer-recorded': CustomerRecorded;
  /** Prices are held for a customer until a day. */
  'quotation-made': { readonly order: PlacedOrder };
  /** Goods are to be got for a customer; deposits follow as transactions. */
  'customer-order-placed': { readonly order: PlacedOrder };
  /** Goods are put aside for a customer who pays in parts. */
  'layaway-opened': { readonly order: PlacedOrder };
  /** The goods of a customer order are here. */
  'customer-order-arrived': { readonly orderId: OrderId };
  'x-report-made': { readonly tillSessionId: string };
  'till-closed': { readonly z: ZReport; readonly approvalId?: string };
  'clocked-in': { readonly operatorId: OperatorId };
  'clocked-out': { readonly operatorId: OperatorId };
  'stock-received': {
    readonly documentNumber: string;
    readonly movements: readonly StockMovement[];
    /** Cost per unit in minor units, parallel to movements; only the server's own workstation writes it. */
    readonly costsMinor?: readonly number[];
  };
  /** Somebody decided something that stood in Needs attention; only the server's own workstation writes it. */
  /** A manager changed settings of the shop; written by the server, which did it. */
  'settings-changed': SettingsChanged;
  'attention-resolved': {
    readonly attentionId: string;
    readonly attentionKind: string;
    readonly choice: string;
    readonly operatorId: OperatorId;
    /** Where it was decided. */
    readonly workstationId: WorkstationId;
    readonly note?: string;
    readonly values: Readonly<Record<string, string | number>>;
  };
  'price-changed': { readonly itemId: ItemId; readonly fromMinor: number; readonly toMinor: number };
  'channel-order-placed': ChannelOrderPlaced;
  'channel-order-moved': ChannelOrderMoved;
  /** A customer said what they thought of an order. */
  'feedback-given': FeedbackGiven;
  /** Rights over units of a store went from its counter to the channels, or back. */
  'rights-moved': RightsMoved;
};

export type FactKind = keyof FactBodies;

export type FactContent<Kind extends FactKind = FactKind> = {
  readonly id: FactId;
  readonly workstationId: WorkstationId;
  readonly storeId: StoreId;
  readonly epoch: number;
  readonly sequence: number;
  readonly previousHash: string;
  readonly kind: Kind;
  /** Device clock (ISO instant), recorded and never trusted. */
  readonly recordedAt: string;
  readonly operatorId?: OperatorId;
  readonly body: FactBodies[Kind];
};

export type Fact<Kind extends FactKind = FactKind> = {
  [Each in Kind]: FactContent<Each> & { readonly hash: string; readonly signature: string };
}[Kind];

export type { JournalPosition } from './journal-position.ts';

/** The newest entry somebody holds of a journal; sequence 0 and GENESIS_HASH when there is none. */
export type JournalHead = JournalPosition & { readonly hash: string };
