// What happens to a cart besides being filled and paid, as it is written down: goods taken out again, a cart given up, set
// aside and taken up. Every removal counts from the moment the goods stand in the cart, because who scans, names the sum and
// then takes a line out, has been paid for it. What was added is always what is in the cart and what was taken out.

import type { Cart, CartLine } from './cart.ts';
import type { CartId, ItemId } from './ids.ts';
import { multiplyByQuantity, negateAmount, sumAmounts } from './money.ts';

type OfAnyCart = {
  readonly cartId: CartId;
  /** What was taken out, or what was in the cart, at shelf prices; goods that come back count as negative. */
  readonly amountMinor: number;
  readonly reasonCode?: string;
  /** The till session that was open. */
  readonly tillSessionId?: string;
  readonly isTraining?: boolean;
};

export type CartAction =
  | (OfAnyCart & {
      readonly action: 'line-removed' | 'quantity-reduced';
      readonly lineNumber: number;
      readonly itemId: ItemId;
      readonly sku: string;
      /** How much was taken out, always positive. */
      readonly quantityMilli: number;
    })
  | (OfAnyCart & {
      readonly action: 'cart-cancelled' | 'cart-suspended' | 'cart-resumed';
      readonly lineCount: number;
      /** Of the slip, where it was set aside or taken up. */
      readonly code?: string;
    });

export type WholeCartAction = Extract<CartAction, { readonly lineCount: number }>;

/** What was taken out of the cart between two states of it, line by line in their order. */
export function takenOut(
  before: Pick<Cart, 'id' | 'lines'>,
  after: Pick<Cart, 'lines'>,
): readonly CartAction[] {
  const left = new Map(after.lines.map((line) => [line.lineNumber, line.quantityMilli]));
  return before.lines.flatMap((line): readonly CartAction[] => {
    const leftMilli = left.get(line.lineNumber);
    const quantityMilli = line.quantityMilli - (leftMilli ?? 0);
    if (quantityMilli <= 0) return [];
    const { lineNumber, itemId, sku } = line;
    const action = leftMilli === undefined ? 'line-removed' : 'quantity-reduced';
    const amountMinor = shelfAmount(line, quantityMilli);
    return [{ action, cartId: before.id, lineNumber, itemId, sku, quantityMilli, amountMinor }];
  });
}

/** The whole cart was given up, set aside or taken up. */
export function ofWholeCart(
  action: WholeCartAction['action'],
  cart: Pick<Cart, 'id' | 'lines'>,
): WholeCartAction {
  const amountMinor = sumAmounts(cart.lines.map((line) => shelfAmount(line, line.quantityMilli)));
  return { action, cartId: cart.id, lineCount: cart.lines.length, amountMinor };
}

function shelfAmount({ unitPriceMinor, direction }: CartLine, quantityMilli: number): number {
  const amountMinor = multiplyByQuantity(unitPriceMinor, quantityMilli, 'half-up');
  return direction === 'return' ? negateAmount(amountMinor) : amountMinor;
}
