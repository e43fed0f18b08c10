// The transaction while it is still being built. A cart is plain data: every change is a function that
// returns a new cart or a refusal, so that till, server and replay share one arithmetic.

import type {
  CartId,
  CategoryId,
  CustomerId,
  ItemId,
  OperatorId,
  StoreId,
  TaxGroupId,
  WorkstationId,
} from './ids.ts';
import type { LocalizedText } from './localized-text.ts';
import type { UnitOfMeasure } from './item.ts';
import type { OrderSettlement } from './order-settlement.ts';
import type { PriceStamp } from './price-stamp.ts';
import type { ChannelOrderSettled } from './order/order-move.ts';

/** Goods going out (sale) or coming back (return). A cart may hold both: that is an exchange. */
export type LineDirection = 'sale' | 'return';

export type CartLine = {
  /** From 1, in the order of entry; never renumbered while the cart lives. */
  readonly lineNumber: number;
  readonly direction: LineDirection;
  readonly itemId: ItemId;
  readonly sku: string;
  readonly name: LocalizedText;
  readonly unit: UnitOfMeasure;
  /** Always positive; the direction carries the sign. Pieces are multiples of 1000. */
  readonly quantityMilli: number;
  readonly unitPriceMinor: number;
  readonly taxGroupId: TaxGroupId;
  readonly note?: string;
  /** Code as scanned, where the line came from a scan. */
  readonly scannedCode?: string;
  /** For a return: what it goes back on. Absent for a return without receipt. */
  readonly original?: { readonly receiptNumber: string; readonly lineNumber: number };
  readonly reasonCode?: string;
  readonly categoryId?: CategoryId;
  /** The rule of the price book that gave the unit price. Absent: the item's own price, or a typed one. */
  readonly priceRule?: AppliedPriceRule;
  /** What people decided about the price of this line, in order; the unit price above stays the shelf's. */
  readonly modifiers?: readonly ManualModifier[];
  /** No discount takes a unit below this price. */
  readonly minimumPriceMinor?: number;
  /** Full years that the customer must have, and how it was seen that they are. */
  readonly ageMinimum?: number;
  readonly ageCheck?: AgeCheck;
  readonly trackBy?: 'serial' | 'lot';
  /** One for each piece. */
  readonly serials?: readonly string[];
  readonly lot?: string;
  /** Weight of the packing that is already taken off the quantity. */
  readonly tareMilli?: number;
  /** This line is the deposit of that line: it comes, goes and counts with it. */
  readonly parentLineNumber?: number;
  readonly bundleOf?: BundlePart;
  readonly isService?: boolean;
  /** The price was promised with a quotation or an order, and nothing changes it any more. */
  readonly heldPrice?: HeldPrice;
  /** How the unit price was asked for. */
  readonly priced?: PriceStamp;
};

export type HeldPrice = {
  readonly orderNumber: string;
  /** Of the whole line, after everything that changed it then; with or without tax as the shop's prices are. */
  readonly priceMinor: number;
};

export type AppliedPriceRule = { readonly id: string; readonly name: string };

/** A discount of so much of the price, or of an amount. */
export type DiscountSize = { readonly ratePpm: number } | { readonly amountMinor: number };

/** Who decided something about a price, why, and with whose approval (id of an `action-approved` entry). */
export type Decision = {
  readonly reasonCode: string;
  readonly operatorId: OperatorId;
  readonly approvalId?: string;
};

export type ManualModifier =
  | ({ readonly kind: 'price-override'; readonly unitPriceMinor: number } & Decision)
  | ({ readonly kind: 'line-discount' } & DiscountSize & Decision);

/** A discount on the whole cart, shared over its lines by their price. */
export type CartDiscount = DiscountSize & Decision;

/** A customer who pays no tax, by the certificate that says so. */
export type Exemption = { readonly certificateNumber: string } & Decision;

export type AgeCheck =
  /** YYYY-MM-DD, read from a document. */
  | { readonly kind: 'date-of-birth'; readonly dateOfBirth: string }
  /** Visibly old enough. */
  | { readonly kind: 'seen' };

/** The line is a part of a bundle; all lines with the same `firstLineNumber` are one bundle. */
export type BundlePart = {
  readonly itemId: ItemId;
  readonly sku: string;
  readonly name: LocalizedText;
  /** Line number of the first part. */
  readonly firstLineNumber: number;
  /** Whole bundles, in thousandths. */
  readonly quantityMilli: number;
  /** How much of this part is in one bundle. */
  readonly partMilli: number;
  /** Price of one bundle; null: what the parts cost. */
  readonly unitPriceMinor: number | null;
  /** How the price of the bundle was asked for. */
  readonly priced?: PriceStamp;
};

export type Cart = {
  readonly id: CartId;
  readonly storeId: StoreId;
  readonly workstationId: WorkstationId;
  readonly operatorId: OperatorId;
  readonly currency: string;
  readonly customerId?: CustomerId;
  readonly lines: readonly CartLine[];
  /** Highest line number ever used in this cart, so that a removed number does not come back. */
  readonly lastLineNumber: number;
  readonly note?: string;
  readonly discounts?: readonly CartDiscount[];
  readonly exemption?: Exemption;
  /** Codes as typed or scanned, each once. */
  readonly coupons?: readonly string[];
  /** Groups of the customer, as they were when the customer was chosen. */
  readonly customerGroups?: readonly string[];
  readonly isFirstPurchase?: boolean;
  /** For practice: takes the same way, and counts nowhere. */
  readonly isTraining?: boolean;
  /**
   * Instant of the last change by the corrected clock. Promotions by weekday and hour are judged at it, so that the
   * total that the customer was told cannot change while the money is counted.
   */
  readonly pricedAt?: string;
  /** The order that this cart pays into, hands over or makes real. Only a deposit has no lines. */
  readonly order?: OrderSettlement;
  /** The order of a channel whose goods go out, or come back, with this cart. */
  readonly channelOrder?: ChannelOrderSettled;
  /** Set aside, to be taken up again on any workstation of the store; nobody changes it meanwhile. */
  readonly suspended?: SuspendedCart;
  /** Taken up again after it was set aside. */
  readonly resumed?: ResumedCart;
  /** The cart that a customer keeps at the shop (cart passport) and that came into this one; it may be bought only once. */
  readonly passport?: string;
};

export type SuspendedCart = {
  /** What stands on the slip, as text and as bars (suspendCode). */
  readonly code: string;
  /** What helps to find it again: a name, a table, "blue coat". */
  readonly label?: string;
  /** By the corrected clock. */
  readonly at: string;
  readonly operatorId: OperatorId;
  readonly workstationNumber: number;
  /** What the cart came to then. */
  readonly totalMinor: number;
};

export type ResumedCart = {
  /** Of the slip. */
  readonly code: string;
  /** By the corrected clock: where two workstations took up the same cart, the earlier one has it. */
  readonly at: string;
  readonly workstationNumber: number;
  /** Lines with higher numbers were added since. */
  readonly lastLineNumber: number;
};
