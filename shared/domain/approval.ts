// What a manager agrees to when an operator may not do something alone: exactly one action with exactly these values in
// exactly one cart. The entry `action-approved` holds the SHA-256 of this text; whoever checks makes the text again.

import { canonicalJson } from './canonical-json.ts';
import type { DiscountSize } from './cart.ts';
import type { ReservedUnits } from './order/counter-stock.ts';

export type ApprovalSubject = {
  readonly action: string;
  /** Null for what happens at the till without a cart. */
  readonly cartId: string | null;
  readonly lineNumber?: number;
  readonly values: Readonly<Record<string, string | number>>;
};

/** Somebody's yes: the id of its journal entry, and the text of what it is for. */
export type Approval = { readonly approvalId: string; readonly subject: string };

/** A waiting print that is given up, and why; who may not decide that alone brings somebody's yes. The till forgets it afterwards. */
export type DiscardedPrint = {
  readonly printId: string;
  readonly queuedAtMs: number;
  readonly reasonCode: string;
  readonly approval?: Approval;
};

/** The text whose hash the approval's entry holds. */
export function approvalSubject(subject: ApprovalSubject): string {
  const { action, cartId, lineNumber, values } = subject;
  return canonicalJson({ action, cartId, ...(lineNumber === undefined ? {} : { lineNumber }), values });
}

/** Subjects of the actions on a cart, the same for the till that asks and the server that checks. */
export const cartSubjects = {
  overridePrice: (cartId: string, lineNumber: number, unitPriceMinor: number): ApprovalSubject => ({
    action: 'override-price',
    cartId,
    lineNumber,
    values: { unitPriceMinor },
  }),
  discountLine: (cartId: string, lineNumber: number, size: DiscountSize): ApprovalSubject => ({
    action: 'discount-line',
    cartId,
    lineNumber,
    values: { ...size },
  }),
  discountCart: (cartId: string, size: DiscountSize): ApprovalSubject => ({
    action: 'discount-cart',
    cartId,
    values: { ...size },
  }),
  exemptCart: (cartId: string, certificateNumber: string): ApprovalSubject => ({
    action: 'exempt-cart',
    cartId,
    values: { certificateNumber },
  }),
  /** Goods that are promised to others: exactly these, however many of each. */
  sellReserved: (cartId: string, units: readonly ReservedUnits[]): ApprovalSubject => ({
    action: 'sell-reserved',
    cartId,
    values: Object.fromEntries(
      units
        .toSorted((one, other) => (one.itemId < other.itemId ? -1 : 1))
        .map(({ itemId, quantityMilli }) => [itemId, quantityMilli]),
    ),
  }),
};

/** Subjects of what happens at the till. */
export const tillSubjects = {
  moveCash: (tillSessionId: string, kind: string, amountMinor: number): ApprovalSubject => ({
    action: 'move-cash',
    cartId: null,
    values: { tillSessionId, kind, amountMinor },
  }),
  noSale: (reasonCode: string): ApprovalSubject => ({
    action: 'no-sale',
    cartId: null,
    values: { reasonCode },
  }),
  discardPrint: (printId: string, reasonCode: string): ApprovalSubject => ({
    action: 'discard-print',
    cartId: null,
    values: { printId, reasonCode },
  }),
  closeTill: (tillSessionId: string, differenceMinor: number): ApprovalSubject => ({
    action: 'close-till',
    cartId: null,
    values: { tillSessionId, differenceMinor },
  }),
  train: (): ApprovalSubject => ({ action: 'train', cartId: null, values: {} }),
  decideCard: (attemptId: string, outcome: string): ApprovalSubject => ({
    action: 'decide-card',
    cartId: null,
    values: { attemptId, outcome },
  }),
  cancelOrder: (orderId: string, refundedMinor: number): ApprovalSubject => ({
    action: 'cancel-order',
    cartId: null,
    values: { orderId, refundedMinor },
  }),
  /** Although another workstation holds the order. */
  handOverOrder: (orderId: string): ApprovalSubject => ({
    action: 'hand-over-order',
    cartId: null,
    values: { orderId },
  }),
  returnOrder: (orderId: string, refundedMinor: number): ApprovalSubject => ({
    action: 'return-order',
    cartId: null,
    values: { orderId, refundedMinor },
  }),
  voidTransaction: (transactionId: string): ApprovalSubject => ({
    action: 'void-transaction',
    cartId: null,
    values: { transactionId },
  }),
};
