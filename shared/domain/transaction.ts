// The committed, immutable record of a sale, return or exchange: lines, taxes, tenders, stock and cash
// movements inside one document, made whole at one workstation. Amounts are minor units of `currency`.
// Signs: goods out and money in are positive; goods back and money back are negative.

import type { CartLine, Exemption } from './cart.ts';
import type { EarnedPoints } from './earned-points.ts';
import type {
  CartId,
  CustomerId,
  ItemId,
  OperatorId,
  StoreId,
  TaxGroupId,
  TransactionId,
  WorkstationId,
} from './ids.ts';
import type { ReservedUnits } from './order/counter-stock.ts';
import type { OrderSettlement } from './order-settlement.ts';
import type { PricedWith } from './stated-prices.ts';
import type { ChannelOrderSettled } from './order/order-move.ts';
import type { TaxRules, TaxSummary } from './tax.ts';

/** A deposit moves money onto or off the account of an order and no goods; its totals are 0. */
export type TransactionKind = 'sale' | 'return' | 'exchange' | 'void' | 'deposit';

export type TransactionLine = Omit<CartLine, 'direction' | 'modifiers'> & {
  readonly direction: CartLine['direction'];
  /** unitPrice × quantity, signed, before price modifiers. */
  readonly extendedMinor: number;
  /** Everything that changed the price, in order. Taxed is extendedMinor + Σ amountMinor. */
  readonly modifiers?: readonly AppliedModifier[];
  readonly netMinor: number;
  readonly taxMinor: number;
  readonly grossMinor: number;
};

/** What changed the price of a line, as a signed amount: negative takes off a sale. */
export type AppliedModifier = {
  readonly kind:
    | 'price-override'
    | 'line-discount'
    /** Brings the shelf price of a part to its share of the bundle's price. */
    | 'bundle'
    /** Brings the shelf price to the one that was promised with a quotation or an order. */
    | 'held-price'
    | 'promotion'
    | 'cart-discount'
    /** Takes the tax that is in the price out of it, for an exempt customer. */
    | 'exemption';
  readonly amountMinor: number;
  readonly promotionId?: string;
  /** Name of the promotion, for the receipt. */
  readonly name?: string;
  readonly reasonCode?: string;
  readonly operatorId?: OperatorId;
  readonly approvalId?: string;
  /** What was decided, as it was entered: a rate, an amount, or a new unit price. */
  readonly ratePpm?: number;
  readonly enteredMinor?: number;
  readonly unitPriceMinor?: number;
};

export type Tender = {
  readonly kind: 'cash' | 'card' | 'voucher' | 'foreign-cash' | 'bad-debt' | 'deposit';
  /** What settles the transaction: signed, after change. A 'deposit' was paid before, on the account of the order. */
  readonly amountMinor: number;
  /**
   * What the customer handed over (cash), 0 when money goes back. Of foreign cash what it is worth here, with the sign of
   * the way it goes, so that tendered − change = amount also where a void gives it back.
   */
  readonly tenderedMinor: number;
  /** Always in the store's own cash. */
  readonly changeMinor: number;
  /** Of a card: the attempt in the journal that was approved. */
  readonly card?: CardDetails;
  readonly voucher?: { readonly number: string };
  readonly foreign?: ForeignCash;
};

/** What may be kept of a card payment. The number of the card never comes here: at most its last four digits. */
export type CardDetails = {
  readonly attemptId: string;
  readonly terminalId: string;
  readonly scheme?: string;
  readonly lastDigits?: string;
  readonly authorisationCode?: string;
  readonly reference?: string;
  /** Lines of the terminal's slip for the customer, as they go on the receipt. */
  readonly slip?: readonly string[];
};

/** Cash of another currency and the rate it was taken at (see foreign-cash.ts). */
export type ForeignCash = {
  readonly currency: string;
  /** In its own minor units; negative where a void gives it back. */
  readonly foreignMinor: number;
  readonly rateMicro: number;
  readonly perUnits: number;
  /** Digits of the store's currency less those of this one, so that nobody needs a table to compute it again. */
  readonly digitShift: number;
};

/** A coupon of a limited number that a sale has used up; with a customer where each of them may use it once. */
export type UsedCoupon = { readonly code: string; readonly customerId?: CustomerId };

/** Which transaction a void turns round, why, and with whose approval. */
export type VoidedTransaction = {
  readonly transactionId: TransactionId;
  readonly receiptNumber: string;
  readonly reasonCode: string;
  readonly approvalId?: string;
};

export type StockMovement = {
  readonly itemId: ItemId;
  /** Catalogue place of the item, so that a view can be folded without a look-up. */
  readonly ordinal: number;
  /** Negative when goods leave the store. */
  readonly quantityMilli: number;
  readonly reason: 'sale' | 'return' | 'receipt' | 'adjustment';
};

export type TransactionTotals = {
  readonly netMinor: number;
  readonly taxMinor: number;
  /** net + tax. */
  readonly grossMinor: number;
  /** What cash rounding added (or took), so that gross + cashRounding = Σ tenders (besides order). */
  readonly cashRoundingMinor: number;
};

export type Transaction = {
  readonly id: TransactionId;
  readonly kind: TransactionKind;
  /** store-workstation-epoch letter and sequence, e.g. 01-02-A000017. */
  readonly receiptNumber: string;
  readonly cartId: CartId;
  readonly storeId: StoreId;
  readonly workstationId: WorkstationId;
  readonly operatorId: OperatorId;
  readonly customerId?: CustomerId;
  /** YYYY-MM-DD in the store's time zone, cut at the store's day start. */
  readonly businessDay: string;
  /** Device clock, recorded and never trusted. */
  readonly completedAt: string;
  readonly currency: string;
  readonly taxRules: TaxRules;
  readonly lines: readonly TransactionLine[];
  readonly taxes: readonly TaxSummary[];
  readonly tenders: readonly Tender[];
  readonly totals: TransactionTotals;
  readonly stockMovements: readonly StockMovement[];
  /** Tax groups used by the lines, as they were when sold, so that anyone can compute it again later. */
  readonly taxGroups: Readonly<Record<TaxGroupId, import('./tax.ts').TaxGroup>>;
  readonly note?: string;
  readonly exemption?: Exemption;
  readonly coupons?: readonly string[];
  /** Coupons of a limited number that it has used up. */
  readonly usedCoupons?: readonly UsedCoupon[];
  /** The till session that was open; absent when none was. */
  readonly tillSessionId?: string;
  /** For a void: the transaction that it turns round exactly. */
  readonly voids?: VoidedTransaction;
  /** What it does to the account of an order. */
  readonly order?: OrderSettlement;
  /** The order of a channel whose goods went out, or came back, with it. */
  readonly channelOrder?: ChannelOrderSettled;
  /** For practice: counts nowhere and moves no stock. */
  readonly isTraining?: boolean;
  /** The cart was set aside under this code and taken up again, on whichever workstation: it may be sold only once. */
  readonly suspendedAs?: string;
  /** By which version of the shop's prices it was computed; absent where the workstation could not say. */
  readonly pricedWith?: PricedWith;
  /** The cart that the customer kept at the shop and that was bought here. */
  readonly passport?: string;
  /** Points that the customer of the sale earned with it. */
  readonly points?: EarnedPoints;
  /** Units that were promised to others and sold here all the same. */
  readonly reservedTaken?: ReservedTaken;
};

/** Somebody who may agreed to it: the operator alone, or a manager (id of an `action-approved` entry). */
export type ReservedTaken = {
  readonly units: readonly ReservedUnits[];
  readonly operatorId: OperatorId;
  readonly approvalId?: string;
};
