// A reason code that is stated must be one that the shop keeps for this action; a shop without a list takes any text.

import type { PriceBook } from '../../domain/promotion-document.ts';
import type { ReasonedAction } from '../../domain/reason-code.ts';
import { accept, refuse, type Outcome } from '../../domain/refusal.ts';
import type { Parts } from '../parts.ts';

const CODE_MAX = 64;

export function checkReasonCode(
  parts: Pick<Parts, 'priceBook'>,
  action: ReasonedAction,
  reasonCode: string,
): Outcome<null, 'reason-code-missing' | 'reason-code-unknown'> {
  return checkReason(parts.priceBook.peek().reasonCodes, action, reasonCode);
}

/** The same with the shop's list in hand. */
export function checkReason(
  reasonCodes: PriceBook['reasonCodes'],
  action: ReasonedAction,
  reasonCode: string,
): Outcome<null, 'reason-code-missing' | 'reason-code-unknown'> {
  if (reasonCode.trim() === '' || reasonCode.length > CODE_MAX) return refuse('reason-code-missing');
  const codes = reasonCodes.filter(({ actions }) => actions.includes(action));
  return codes.length === 0 || codes.some(({ id }) => id === reasonCode)
    ? accept(null)
    : refuse('reason-code-unknown', { reasonCode });
}
