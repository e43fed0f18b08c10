// Two versions of one cart become one, line by line.

import { describe, expect, test } from 'vitest';
import { anItem } from '../../../tests/support/a-shop.ts';
import type { Cart, CartLine } from '../../domain/cart.ts';
import { addLine, emptyCart } from '../../domain/cart-changes.ts';
import { asCartId, asOperatorId, asStoreId, asWorkstationId } from '../../domain/ids.ts';
import { mergeCarts } from './merge-carts.ts';

const empty = emptyCart({
  id: asCartId('c1'),
  storeId: asStoreId('s1'),
  workstationId: asWorkstationId('w1'),
  operatorId: asOperatorId('o1'),
  currency: 'EUR',
});

function withItem(cart: Cart, ordinal: number): Cart {
  const added = addLine(cart, anItem(ordinal));
  if (!added.ok) throw new Error(added.reason);
  return added.value.cart;
}
const change = (cart: Cart, lineNumber: number, part: Partial<CartLine>): Cart => ({
  ...cart,
  lines: cart.lines.map((line) => (line.lineNumber === lineNumber ? { ...line, ...part } : line)),
});
const without = (cart: Cart, lineNumber: number): Cart => ({
  ...cart,
  lines: cart.lines.filter((line) => line.lineNumber !== lineNumber),
});
const quantities = (cart: Cart) => cart.lines.map((line) => [line.lineNumber, line.quantityMilli]);

describe('merging carts', () => {
  const base = withItem(withItem(empty, 1), 2);

  test('lines that each side added are both kept', () => {
    const merged = mergeCarts(withItem(base, 3), change(base, 1, { quantityMilli: 4000 }), base);
    expect(quantities(merged)).toEqual([
      [1, 4000],
      [2, 1000],
      [3, 1000],
    ]);
  });

  test('a line that both sides changed is ours', () => {
    const ours = change(base, 1, { quantityMilli: 2000 });
    const theirs = change(base, 1, { quantityMilli: 5000 });
    expect(quantities(mergeCarts(ours, theirs, base))).toEqual([
      [1, 2000],
      [2, 1000],
    ]);
  });

  test('a removed line is gone unless the other side changed it', () => {
    expect(quantities(mergeCarts(without(base, 1), base, base))).toEqual([[2, 1000]]);
    expect(quantities(mergeCarts(base, without(base, 1), base))).toEqual([[2, 1000]]);
    const changed = change(base, 1, { quantityMilli: 3000 });
    expect(quantities(mergeCarts(without(base, 1), changed, base))).toEqual([
      [1, 3000],
      [2, 1000],
    ]);
    expect(quantities(mergeCarts(changed, without(base, 1), base))).toEqual([
      [1, 3000],
      [2, 1000],
    ]);
  });

  test('without a common version nothing is lost', () => {
    expect(quantities(mergeCarts(base, withItem(without(base, 1), 9), null))).toEqual([
      [1, 1000],
      [2, 1000],
      [3, 1000],
    ]);
  });

  test('a line number is never given twice afterwards', () => {
    expect(mergeCarts(base, withItem(base, 3), base).lastLineNumber).toBe(3);
  });
});
