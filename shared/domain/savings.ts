// What a customer saves on shelf prices, told on the screen and on the receipt.

import { negateAmount, sumAmounts } from './money.ts';
import type { TransactionLine } from './transaction.ts';

/** What the customer saves on shelf prices: everything but a bundle's own price counts, and a tax exemption is no saving. */
export function savingsOf(lines: readonly TransactionLine[]): number {
  const off = lines.flatMap(({ direction, modifiers = [] }) =>
    modifiers.flatMap(({ kind, amountMinor }) =>
      direction === 'sale' && kind !== 'exemption' && kind !== 'bundle' ? [amountMinor] : [],
    ),
  );
  return Math.max(0, negateAmount(sumAmounts(off)));
}
