// Goods that are promised: a quotation holds prices, a customer order gets goods for somebody, a layaway puts goods aside that
// are paid in parts. Each is placed once, as a fact, and moved by facts; what a screen shows is folded from them (fold-order).
//
//   quotation       open ──sold, or ordered──► converted           (expires by itself)
//   customer order  open ──goods are here──► arrived ──handed over──► collected
//   layaway         open ──handed over──► collected          any but a quotation: ──► cancelled

import type { CustomerId, OperatorId, OrderId, WorkstationId } from './ids.ts';
import type { Instalment } from './instalment-plan.ts';
import type { JournalPosition } from './journal-position.ts';
import type { OrderTerms } from './order-rules.ts';
import type { OrderPayment } from './order-payment.ts';
import type { OrderStep } from './order-settlement.ts';
import type { TaxGroup, TaxRules, TaxSummary } from './tax.ts';
import type { TaxGroupId } from './ids.ts';
import type { TransactionLine } from './transaction.ts';

export const ORDER_KINDS = ['quotation', 'customer-order', 'layaway'] as const;
export type OrderKind = (typeof ORDER_KINDS)[number];

/** What was agreed, whole, as it was placed. */
export type PlacedOrder = {
  readonly id: OrderId;
  readonly kind: OrderKind;
  /** A letter and the journal position of the entry, such as L01-02-A000017: nobody has to be asked for a number. */
  readonly number: string;
  readonly operatorId: OperatorId;
  readonly customerId?: CustomerId;
  /** Device clock, recorded and never trusted. */
  readonly placedAt: string;
  readonly businessDay: string;
  readonly currency: string;
  readonly taxRules: TaxRules;
  readonly taxGroups: Readonly<Record<TaxGroupId, TaxGroup>>;
  /** With the prices that are held. */
  readonly lines: readonly TransactionLine[];
  readonly taxes: readonly TaxSummary[];
  readonly totals: { readonly netMinor: number; readonly taxMinor: number; readonly grossMinor: number };
  /** Of a quotation: the last business day on which its prices count. */
  readonly validUntil?: string;
  /** When the customer would like to have the goods. */
  readonly wantedOn?: string;
  /** Of a layaway: what is to be paid by when; the parts are the total. */
  readonly plan?: readonly Instalment[];
  /** Of everything but a quotation. */
  readonly terms?: OrderTerms;
  /** The quotation that it came of: its prices are kept, and it ends with this order. */
  readonly quotation?: { readonly orderId: OrderId; readonly orderNumber: string };
  readonly note?: string;
};

export type OrderState = 'open' | 'arrived' | 'collected' | 'converted' | 'cancelled';

/** States in which goods may still be handed over. */
export const OPEN_STATES: readonly OrderState[] = ['open', 'arrived'];

/** What somebody must look at: money or goods moved on an order that was at its end, or more than it comes to. */
export type OrderProblem = {
  readonly kind: 'ended-twice' | 'paid-after-end' | 'paid-too-much' | 'not-redeemed';
  readonly receiptNumber: string;
  readonly amountMinor: number;
};

/** One step on the way of an order. */
export type OrderMove = {
  readonly step: OrderStep | 'arrival' | 'void';
  readonly at: string;
  /** What it added to the account (or took off). */
  readonly amountMinor: number;
  readonly receiptNumber: string | null;
};

/** An order as it stands, folded from its facts. */
export type CustomerOrder = PlacedOrder & {
  readonly workstationId: WorkstationId;
  readonly state: OrderState;
  /** On its account. */
  readonly paidMinor: number;
  /** How it was paid, deposits less their voids; what ends the order leaves it. Absent: nothing was, or it is not known. */
  readonly payments?: readonly OrderPayment[];
  /** Of it, what was kept at the end. */
  readonly forfeitedMinor: number;
  /** Tax that deposits have declared and no hand-over has taken off yet. */
  readonly depositTaxes: readonly TaxSummary[];
  readonly moves: readonly OrderMove[];
  readonly problems: readonly OrderProblem[];
  /** Newest entry of each workstation that is folded in. */
  readonly through: readonly (JournalPosition & { readonly workstationId: WorkstationId })[];
};

const LETTERS: Readonly<Record<OrderKind, string>> = {
  quotation: 'Q',
  'customer-order': 'O',
  layaway: 'L',
};

/** The number of an order from the receipt number that its entry would have. */
export const orderNumber = (kind: OrderKind, receiptNumber: string): string =>
  `${LETTERS[kind]}${receiptNumber}`;

/** Is this text one of the kinds of orders? */
export const isOrderKind = (text: string): text is OrderKind => ORDER_KINDS.some((kind) => kind === text);

/** Does a scanned or typed code look like the number of an order? */
export const isOrderNumber = (code: string): boolean =>
  /^[QOL]\d{2,6}-\d{2,6}-[A-Z]{1,6}\d{6,12}$/.test(code.trim().toUpperCase());

/** May goods still be handed over, money still be paid? */
export const isOpenOrder = (order: Pick<CustomerOrder, 'state'>): boolean =>
  OPEN_STATES.includes(order.state);

/** Has a quotation lost its prices on this business day? */
export const isExpired = (
  order: Pick<CustomerOrder, 'kind' | 'validUntil' | 'state'>,
  today: string,
): boolean =>
  order.kind === 'quotation' &&
  order.state === 'open' &&
  order.validUntil !== undefined &&
  today > order.validUntil;

/** What is still to be paid; never below 0. */
export const leftToPay = (order: Pick<CustomerOrder, 'totals' | 'paidMinor'>): number =>
  Math.max(0, order.totals.grossMinor - order.paidMinor);
