// What a transaction does to the stock of its store: one movement per item and reason, in the order in which the
// items first appear. Goods sold leave (negative), goods returned come back (positive). Services move nothing.

import type { CartLine } from './cart.ts';
import type { ItemId } from './ids.ts';
import { addAmounts } from './money.ts';
import type { StockMovement } from './transaction.ts';

/** The movements of the lines. `ordinalOf` tells an item's fixed place in the catalogue. */
export function stockMovements(
  lines: readonly Pick<CartLine, 'itemId' | 'direction' | 'quantityMilli' | 'isService'>[],
  ordinalOf: (item: ItemId) => number,
): readonly StockMovement[] {
  const movements = new Map<string, StockMovement>();
  for (const { itemId, direction, quantityMilli, isService } of lines) {
    if (isService === true) continue;
    const key = `${direction}:${itemId}`;
    const before = movements.get(key);
    const signedMilli = direction === 'sale' ? -quantityMilli : quantityMilli;
    movements.set(key, {
      itemId,
      ordinal: before?.ordinal ?? ordinalOf(itemId),
      quantityMilli: addAmounts(before?.quantityMilli ?? 0, signedMilli),
      reason: direction,
    });
  }
  return [...movements.values()];
}
