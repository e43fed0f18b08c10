// The code on the slip of a cart that was set aside: S and the place of its entry in the journal, written like a receipt
// number. So it is unique without asking anybody, and no scanner takes it for goods or for a receipt.

import { parseReceiptNumber, receiptNumber, type ReceiptNumberParts } from './journal.ts';

const MARK = 'S';

/** For example S01-02-A000017. */
export function suspendCode(parts: ReceiptNumberParts): string {
  return MARK + receiptNumber(parts);
}

/** Is this the code of a slip? In any case of letters, as keyboards and scanners give it. */
export function readSuspendCode(scanned: string): string | null {
  const code = scanned.trim().toUpperCase();
  return code.startsWith(MARK) && parseReceiptNumber(code.slice(MARK.length)).ok ? code : null;
}
