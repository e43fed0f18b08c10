// Which approvals a transaction uses, and what each must have been given for. A discount on the cart stands on many lines and
// is one decision; the same approval on two decisions is listed twice, because it serves once.

import { cartSubjects, type ApprovalSubject } from './approval.ts';
import type { DiscountSize } from './cart.ts';
import type { AskedAction } from './check-allowed.ts';
import { discountAskedPpm } from './discount-authority.ts';
import type { AppliedModifier, Transaction, TransactionLine } from './transaction.ts';

export type UsedApproval = {
  readonly approvalId: string;
  readonly subject: ApprovalSubject;
  /** How much of a limit of the approver it takes; absent where there is none or it can no longer be told. */
  readonly limit?: AskedAction['limit'];
};

/** Approvals of the decisions in a transaction, once for each decision. */
export function usedApprovals(
  transaction: Pick<Transaction, 'cartId' | 'exemption' | 'lines' | 'reservedTaken'>,
): readonly UsedApproval[] {
  const { cartId, exemption, reservedTaken } = transaction;
  const used = new Map<string, UsedApproval>();
  const add = (
    approvalId: string | undefined,
    subject: ApprovalSubject,
    limit?: AskedAction['limit'],
  ): void => {
    if (approvalId === undefined) return;
    const use = { approvalId, subject, ...(limit === undefined ? {} : { limit }) };
    used.set(JSON.stringify([approvalId, subject]), use);
  };
  if (exemption !== undefined) {
    add(exemption.approvalId, cartSubjects.exemptCart(cartId, exemption.certificateNumber));
  }
  if (reservedTaken !== undefined) {
    add(reservedTaken.approvalId, cartSubjects.sellReserved(cartId, reservedTaken.units));
  }
  for (const line of transaction.lines) {
    for (const modifier of line.modifiers ?? []) {
      const subject = subjectOf(cartId, line.lineNumber, modifier);
      if (subject !== null) add(modifier.approvalId, subject, limitOf(line, modifier));
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

// What an amount was of, when it was agreed to, the sale no longer says: the quantity may have changed since.
function limitOf(
  { unitPriceMinor: shelfMinor }: TransactionLine,
  { kind, ratePpm, unitPriceMinor }: AppliedModifier,
): AskedAction['limit'] {
  const limit = (asked: number) => ({ name: 'maxDiscountPpm', asked }) as const;
  if (kind === 'price-override' && unitPriceMinor !== undefined) {
    return limit(discountAskedPpm(shelfMinor - unitPriceMinor, shelfMinor));
  }
  return ratePpm === undefined ? undefined : limit(ratePpm);
}

const sizeOf = ({ ratePpm, enteredMinor }: AppliedModifier): DiscountSize =>
  ratePpm === undefined ? { amountMinor: enteredMinor ?? 0 } : { ratePpm };
