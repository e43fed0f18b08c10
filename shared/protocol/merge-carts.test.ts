import { describe, expect, test } from 'vitest';
import type { Cart, CartLine } from '../domain/cart.ts';
import { asCartId, asItemId, asOperatorId, asStoreId, asTaxGroupId, asWorkstationId } from '../domain/ids.ts';
import { isSameCart, mergeCarts } from './merge-carts.ts';

const aLine = (lineNumber: number, quantityMilli = 1000): CartLine => ({
  lineNumber,
  direction: 'sale',
  itemId: asItemId(`item-${lineNumber}`),
  sku: `SKU-${lineNumber}`,
  name: { en: 'Tea' },
  unit: 'piece',
  quantityMilli,
  unitPriceMinor: 250,
  taxGroupId: asTaxGroupId('standard'),
});
const aCart = (lines: readonly CartLine[], more: Partial<Cart> = {}): Cart => ({
  id: asCartId('cart-1'),
  storeId: asStoreId('s1'),
  workstationId: asWorkstationId('w1'),
  operatorId: asOperatorId('o1'),
  currency: 'EUR',
  lines,
  lastLineNumber: lines.at(-1)?.lineNumber ?? 0,
  ...more,
});

describe('merging carts by line', () => {
  const base = aCart([aLine(1), aLine(2)]);

  test('a line added here and a line changed there are both in the cart', () => {
    const merged = mergeCarts({
      base,
      mine: aCart([aLine(1), aLine(2), aLine(3)]),
      theirs: aCart([aLine(1, 5000), aLine(2)]),
    });
    expect(merged).toEqual(aCart([aLine(1, 5000), aLine(2), aLine(3)]));
  });

  test('a line that one side removed and nobody changed is gone', () => {
    const merged = mergeCarts({ base, mine: aCart([aLine(2)]), theirs: base });
    expect(merged.lines).toEqual([aLine(2)]);
  });

  test('a line that one side removed and the other changed stays as changed', () => {
    const changed = aCart([aLine(1, 3000), aLine(2)]);
    const removed = aCart([aLine(2)]);
    expect(mergeCarts({ base, mine: changed, theirs: removed }).lines).toEqual(changed.lines);
    expect(mergeCarts({ base, mine: removed, theirs: changed }).lines).toEqual(changed.lines);
  });

  test('where both changed the same line the later change counts, whoever merges', () => {
    const early = aCart([aLine(1, 9000), aLine(2)], { pricedAt: '2026-03-02T10:00:00.000Z' });
    const late = aCart([aLine(1, 2000), aLine(2)], { pricedAt: '2026-03-02T10:01:00.000Z' });
    expect(mergeCarts({ base, mine: late, theirs: early }).lines).toEqual(late.lines);
    expect(mergeCarts({ base, mine: early, theirs: late }).lines).toEqual(late.lines);
  });

  test('a cart that two tills took up is that of the earlier one, whole', () => {
    const suspended = {
      code: 'S01-01-A000009',
      at: '2026-03-02T09:00:00.000Z',
      operatorId: asOperatorId('o1'),
      workstationNumber: 1,
      totalMinor: 500,
    };
    const resumedBy = (workstation: string, at: string, lines: readonly CartLine[]) =>
      aCart(lines, {
        workstationId: asWorkstationId(workstation),
        resumed: { code: suspended.code, at, workstationNumber: 1, lastLineNumber: 2 },
      });
    const first = resumedBy('w2', '2026-03-02T10:00:00.000Z', [aLine(1), aLine(2)]);
    const second = resumedBy('w1', '2026-03-02T10:00:01.000Z', [aLine(1), aLine(2), aLine(3)]);
    const waiting = aCart([aLine(1), aLine(2)], { suspended });
    expect(mergeCarts({ base: waiting, mine: first, theirs: second })).toEqual(first);
    expect(mergeCarts({ base: waiting, mine: second, theirs: first })).toEqual(first);
  });

  test('a note written here is kept when the server has none', () => {
    const merged = mergeCarts({
      base,
      mine: aCart(base.lines, { note: 'gift' }),
      theirs: aCart([aLine(1), aLine(2), aLine(3)]),
    });
    expect(merged).toEqual(aCart([aLine(1), aLine(2), aLine(3)], { note: 'gift' }));
  });

  test('a line number that was used is not used again', () => {
    const merged = mergeCarts({ base, mine: aCart([aLine(1)], { lastLineNumber: 7 }), theirs: base });
    expect(merged.lastLineNumber).toBe(7);
  });

  test('merging what is already merged changes nothing', () => {
    const mine = aCart([aLine(1), aLine(2), aLine(3)]);
    const theirs = aCart([aLine(1, 5000), aLine(2)]);
    const merged = mergeCarts({ base, mine, theirs });
    expect(isSameCart(mergeCarts({ base: theirs, mine: merged, theirs }), merged)).toBe(true);
  });

  test('an item that stays keeps its deposit and its whole bundle', () => {
    const deposit: CartLine = { ...aLine(2), parentLineNumber: 1 };
    const family = aCart([aLine(1), deposit]);
    const noted: CartLine = { ...aLine(1), note: 'cold' };
    expect(mergeCarts({ base: family, mine: aCart([]), theirs: aCart([noted, deposit]) }).lines).toEqual([
      noted,
      deposit,
    ]);
    const part = (lineNumber: number): CartLine => ({
      ...aLine(lineNumber),
      bundleOf: {
        itemId: asItemId('set'),
        sku: 'SET',
        name: { en: 'Set' },
        firstLineNumber: 1,
        quantityMilli: 1000,
        partMilli: 1000,
        unitPriceMinor: 400,
      },
    });
    const bundle = aCart([part(1), part(2)]);
    const changed: CartLine = { ...part(2), note: 'gift' };
    expect(mergeCarts({ base: bundle, mine: aCart([part(1), changed]), theirs: aCart([]) }).lines).toEqual([
      part(1),
      changed,
    ]);
  });

  test('a discount on the cart survives a line that the other side added a moment later', () => {
    const discounts = [{ ratePpm: 100_000, reasonCode: 'goodwill', operatorId: asOperatorId('o1') }];
    const merged = mergeCarts({
      base: aCart([aLine(1)], { pricedAt: '2026-03-02T10:00:00.000Z' }),
      mine: aCart([aLine(1)], { pricedAt: '2026-03-02T10:01:00.000Z', discounts }),
      theirs: aCart([aLine(1), aLine(2)], { pricedAt: '2026-03-02T10:02:00.000Z' }),
    });
    expect(merged).toMatchObject({ discounts, pricedAt: '2026-03-02T10:02:00.000Z' });
    expect(merged.lines).toHaveLength(2);
  });
});
