// Which approvals a transaction uses, and what each must have been given for. A discount on the cart stands on many lines and
// is one decision; the same approval on two decisions is listed twice, because it serves once.

import { cartSubjects, tillSubjects, type ApprovalSubject } from './approval.ts';
import type { DiscountSize } from './cart.ts';
import type { AppliedModifier, Transaction } from './transaction.ts';

export type UsedApproval = { readonly approvalId: string; readonly subject: ApprovalSubject };

/** Approvals of the decisions in a transaction, once for each decision. */
export function usedApprovals(
  transaction: Pick<Transaction, 'cartId' | 'exemption' | 'lines' | 'order' | 'reservedTaken'>,
): readonly UsedApproval[] {
  const { cartId, exemption, order, reservedTaken } = transaction;
  const used = new Map<string, UsedApproval>();
  const add = (approvalId: string | undefined, subject: ApprovalSubject): void => {
    if (approvalId === undefined) return;
    used.set(JSON.stringify([approvalId, subject]), { approvalId, subject });
  };
  if (exemption !== undefined) {
    add(exemption.approvalId, cartSubjects.exemptCart(cartId, exemption.certificateNumber));
  }
  if (order !== undefined) {
    add(order.approvalId, tillSubjects.cancelOrder(order.orderId, order.refundedMinor));
  }
  if (reservedTaken !== undefined) {
    add(reservedTaken.approvalId, cartSubjects.sellReserved(cartId, reservedTaken.units));
  }
  for (const { lineNumber, modifiers = [] } of transaction.lines) {
    for (const modifier of modifiers) {
      const subject = subjectOf(cartId, lineNumber, modifier);
      if (subject !== null) add(modifier.approvalId, subject);
    }
  }
  return [...used.values()];
}

function subjectOf(cartId: string, lineNumber: number, modifier: AppliedModifier): ApprovalSubject | null {
  switch (modifier.kind) {
    case 'price-override':
      return cartSubjects.overridePrice(cartId, lineNumber, modifier.unitPriceMinor ?? 0);
    case 'line-discount':
      return cartSubjects.discountLine(cartId, lineNumber, sizeOf(modifier));
    case 'cart-discount':
      return cartSubjects.discountCart(cartId, sizeOf(modifier));
    case 'bundle':
    case 'held-price':
    case 'promotion':
    case 'exemption':
      return null;
  }
}

const sizeOf = ({ ratePpm, enteredMinor }: AppliedModifier): DiscountSize =>
  ratePpm === undefined ? { amountMinor: enteredMinor ?? 0 } : { ratePpm };
