// What a scan means for the list of somebody who looks for the goods of an order: one more of a line that still wants it. A wrong item, or one
// more than was ordered, is refused, so that it never reaches the customer's bag.

import type { ItemId } from '../ids.ts';
import { accept, refuse, type Outcome } from '../refusal.ts';
import { boughtOf } from './collect-order.ts';
import type { PickedLine } from './order-move.ts';
import type { Order, OrderLine } from './order.ts';

const ONE_PIECE = 1000;

/** How much of a line somebody should bring. */
export const wantedMilli = (line: OrderLine): number => boughtOf(line).quantityMilli;

/** Is nothing to be looked for any more, because it is there or somebody said that it is not? */
export const isLineDone = (line: OrderLine): boolean =>
  line.substitute?.consent !== 'asked' && (line.isShort || line.pickedMilli >= wantedMilli(line));

/** Everything is picked, or known to be short; at least something is there. */
export const isPickedWhole = ({ lines }: Pick<Order, 'lines'>): boolean =>
  lines.every(isLineDone) && lines.some(({ pickedMilli }) => pickedMilli > 0);

/**
 * The pick of one scan: a piece more, or all that the line wants of goods that are measured (`quantityMilli` where the code says how much).
 * Refuses `pick-wrong-item` for goods that are not in the order and `pick-all-there` {lineNumber} for one too many.
 */
export function pickByScan(
  order: Pick<Order, 'lines'>,
  scanned: { readonly itemIds: readonly ItemId[]; readonly quantityMilli: number | null },
): Outcome<PickedLine, 'pick-wrong-item' | 'pick-all-there'> {
  const fitting = order.lines.filter((line) => scanned.itemIds.includes(boughtOf(line).itemId));
  const [first] = fitting;
  if (first === undefined) return refuse('pick-wrong-item');
  const line = fitting.find((each) => each.pickedMilli < wantedMilli(each));
  if (line === undefined) return refuse('pick-all-there', { lineNumber: first.lineNumber });
  const left = wantedMilli(line) - line.pickedMilli;
  const found = boughtOf(line).unit === 'piece' ? ONE_PIECE : (scanned.quantityMilli ?? left);
  const pickedMilli = line.pickedMilli + Math.min(left, found);
  return accept({ lineNumber: line.lineNumber, pickedMilli, isShort: false });
}
