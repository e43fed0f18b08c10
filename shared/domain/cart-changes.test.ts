import { describe, expect, test } from 'vitest';
import { aCart, anItem, TAX_GROUPS, valueOf } from '../../tests/support/domain-builders.ts';
import { addLine, changeQuantity, noteLine, removeLine } from './cart-changes.ts';
import { asTaxGroupId } from './ids.ts';

const milk = anItem();
const cheese = anItem({ sku: 'CHEESE', unit: 'kilogram', priceMinor: 8_99 });

describe('adding a line', () => {
  test('one piece where nothing else is said', () => {
    const { line } = valueOf(addLine(aCart(), milk));
    expect(line).toMatchObject({
      lineNumber: 1,
      quantityMilli: 1000,
      unitPriceMinor: 1_99,
      direction: 'sale',
    });
  });

  test('the same item at the same price joins its line', () => {
    const cart = aCart({ item: milk }, { item: milk, quantityMilli: 2000 });
    expect(cart.lines).toHaveLength(1);
    expect(cart.lines[0]?.quantityMilli).toBe(3000);
  });

  test('another price, a return, a note or a weight makes a line of its own', () => {
    let cart = aCart(
      { item: milk },
      { item: milk, unitPriceMinor: 1_49 },
      { item: milk, direction: 'return' },
      { item: cheese, quantityMilli: 250 },
      { item: cheese, quantityMilli: 250 },
    );
    cart = valueOf(noteLine(cart, 1, 'cold'));
    cart = valueOf(addLine(cart, milk)).cart;
    expect(cart.lines.map((line) => line.lineNumber)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('a line of its own where the caller asks for it', () => {
    expect(aCart({ item: milk }, { item: milk, joinsEqualLine: false }).lines).toHaveLength(2);
  });

  test.each([
    ['quantity-not-whole', { quantityMilli: 1500 }],
    ['quantity-out-of-bounds', { quantityMilli: 0 }],
    ['quantity-out-of-bounds', { quantityMilli: -1000 }],
    ['price-out-of-bounds', { unitPriceMinor: -1 }],
    ['price-out-of-bounds', { unitPriceMinor: 0.5 }],
    ['price-out-of-bounds', { unitPriceMinor: 1_000_000_000_001 }],
  ])('is refused: %s', (reason, options) => {
    expect(addLine(aCart(), milk, options)).toMatchObject({ ok: false, reason });
  });

  test('an item whose tax is unknown here is refused instead of sold untaxed', () => {
    const strange = anItem({ taxGroupId: asTaxGroupId('tax-Z') });
    expect(addLine(aCart(), strange, { taxGroups: TAX_GROUPS })).toMatchObject({
      reason: 'tax-group-unknown',
    });
  });

  test('a free item is an item', () => {
    expect(addLine(aCart(), milk, { unitPriceMinor: 0 }).ok).toBe(true);
  });

  test('a cart beyond any real sum is refused', () => {
    const gold = anItem({ priceMinor: 1_000_000_000_000 });
    expect(addLine(aCart(), gold, { quantityMilli: 1_001_000 })).toMatchObject({
      reason: 'amount-too-large',
    });
    const cart = aCart({ item: gold, quantityMilli: 999_000 });
    expect(addLine(cart, gold, { quantityMilli: 2000 })).toMatchObject({ reason: 'amount-too-large' });
  });

  test('line 2,001 is refused', () => {
    const { line } = valueOf(addLine(aCart(), milk));
    const lines = Array.from({ length: 2000 }, (_, place) => ({ ...line, lineNumber: place + 1 }));
    const cart = { ...aCart(), lines, lastLineNumber: 2000 };
    expect(addLine(cart, milk, { joinsEqualLine: false })).toMatchObject({ reason: 'cart-full' });
    expect(addLine(cart, milk).ok).toBe(true);
  });
});

describe('changing a line', () => {
  test('the quantity of a weighed line may be a fraction', () => {
    const cart = valueOf(changeQuantity(aCart({ item: cheese }), 1, 1234));
    expect(cart.lines[0]?.quantityMilli).toBe(1234);
  });

  test.each([
    [2, 1000, 'line-not-found'],
    [1, 0, 'quantity-out-of-bounds'],
    [1, 1500, 'quantity-not-whole'],
  ])('line %i to %i thousandths is refused: %s', (lineNumber, quantityMilli, reason) => {
    expect(changeQuantity(aCart({ item: milk }), lineNumber, quantityMilli)).toMatchObject({
      ok: false,
      reason,
    });
  });

  test('the number of a removed line never comes back', () => {
    let cart = valueOf(removeLine(aCart({ item: milk }, { item: cheese }), 2));
    cart = valueOf(addLine(cart, cheese)).cart;
    expect(cart.lines.map((line) => line.lineNumber)).toEqual([1, 3]);
    expect(removeLine(cart, 2)).toMatchObject({ reason: 'line-not-found' });
  });

  test('a note is one clean line', () => {
    const cart = valueOf(noteLine(aCart({ item: milk }), 1, '  gift\u0007 wrap\n\u202Eplease\uD800 '));
    expect(cart.lines[0]?.note).toBe('gift wrap please\uFFFD');
  });

  test('an empty note takes the old one away', () => {
    const noted = valueOf(noteLine(aCart({ item: milk }), 1, 'gift'));
    expect(valueOf(noteLine(noted, 1, ' ')).lines[0]).not.toHaveProperty('note');
  });

  test('a note of 201 characters is refused', () => {
    expect(noteLine(aCart({ item: milk }), 1, 'x'.repeat(200)).ok).toBe(true);
    expect(noteLine(aCart({ item: milk }), 1, 'x'.repeat(201))).toMatchObject({ reason: 'note-too-long' });
  });

  test('a change leaves the cart before it as it was', () => {
    const before = aCart({ item: milk });
    changeQuantity(before, 1, 5000);
    expect(before.lines[0]?.quantityMilli).toBe(1000);
  });
});
