import { describe, expect, test } from 'vitest';
import { aCart, anItem, PER_LINE, TAX_GROUPS, valueOf } from '../../tests/support/domain-builders.ts';
import { addLine, changeQuantity, removeLine } from './cart-changes.ts';
import { cartTotals } from './cart-totals.ts';
import type { Cart } from './cart.ts';
import { asStoreId, asTaxGroupId } from './ids.ts';
import type { PriceRule } from './price-rule.ts';
import { resolvePrice } from './resolve-price.ts';
import { stockMovements } from './stock-movements.ts';

const tea = anItem({ sku: 'TEA', priceMinor: 10_00 });
const cup = anItem({ sku: 'CUP', priceMinor: 20_00, taxGroupId: asTaxGroupId('tax-B') });
const deposit = anItem({ sku: 'DEPOSIT', priceMinor: 25 });
const bottle = anItem({ sku: 'WATER', priceMinor: 1_00, depositItemId: deposit.id });
const set = anItem({
  sku: 'SET',
  priceMinor: 24_00,
  bundle: {
    components: [
      { itemId: tea.id, quantityMilli: 2000 },
      { itemId: cup.id, quantityMilli: 1000 },
    ],
    pricing: 'own',
  },
});
const itemOf = (id: string) => [tea, cup, deposit].find((item) => item.id === id) ?? null;
const shape = (cart: Cart) => cart.lines.map((line) => [line.lineNumber, line.sku, line.quantityMilli]);
const gross = (cart: Cart) => cartTotals(cart, PER_LINE, TAX_GROUPS).lines.map((line) => line.grossMinor);

describe('deposits', () => {
  test('a deposit comes, counts and goes with its bottle', () => {
    let cart = aCart({ item: bottle, itemOf });
    expect(shape(cart)).toEqual([
      [1, 'WATER', 1000],
      [2, 'DEPOSIT', 1000],
    ]);
    cart = valueOf(addLine(cart, bottle, { itemOf })).cart;
    cart = valueOf(changeQuantity(cart, 1, 5000));
    expect(shape(cart)).toEqual([
      [1, 'WATER', 5000],
      [2, 'DEPOSIT', 5000],
    ]);
    expect(gross(cart)).toEqual([5_00, 1_25]);
    expect(valueOf(removeLine(cart, 1)).lines).toEqual([]);
  });

  test('a deposit is not changed or taken out by itself', () => {
    const cart = aCart({ item: bottle, itemOf });
    expect(changeQuantity(cart, 2, 3000)).toMatchObject({ reason: 'line-is-deposit' });
    expect(removeLine(cart, 2)).toMatchObject({ reason: 'line-is-deposit' });
  });

  test('a bottle that comes back brings its deposit', () => {
    const cart = aCart({ item: bottle, itemOf, direction: 'return' });
    expect(gross(cart)).toEqual([-1_00, -25]);
  });

  test('nothing is sold without a deposit that it needs', () => {
    expect(addLine(aCart(), bottle, {})).toMatchObject({ reason: 'deposit-item-missing' });
  });
});

describe('bundles', () => {
  test('the price of the bundle is shared over its parts by what they cost, each taxed by its own group', () => {
    const cart = aCart({ item: set, itemOf });
    expect(shape(cart)).toEqual([
      [1, 'TEA', 2000],
      [2, 'CUP', 1000],
    ]);
    const { lines } = cartTotals(cart, PER_LINE, TAX_GROUPS);
    expect(lines.map((line) => line.modifiers)).toEqual([
      [{ kind: 'bundle', amountMinor: -8_00 }],
      [{ kind: 'bundle', amountMinor: -8_00 }],
    ]);
    // 12.00 with 23 % inside has 2.24 tax, 12.00 with 8 % inside has 0.89.
    expect(lines.map((line) => line.taxMinor)).toEqual([2_24, 89]);
  });

  test('what leaves the stock are the parts', () => {
    const cart = aCart({ item: set, itemOf, quantityMilli: 3000 });
    expect(stockMovements(cart.lines, () => 7).map((each) => [each.itemId, each.quantityMilli])).toEqual([
      [tea.id, -6000],
      [cup.id, -3000],
    ]);
  });

  test('a part changes the whole bundle, in whole bundles', () => {
    const cart = aCart({ item: set, itemOf });
    expect(shape(valueOf(changeQuantity(cart, 1, 6000)))).toEqual([
      [1, 'TEA', 6000],
      [2, 'CUP', 3000],
    ]);
    expect(gross(valueOf(changeQuantity(cart, 1, 6000)))).toEqual([36_00, 36_00]);
    expect(changeQuantity(cart, 1, 3000)).toMatchObject({ reason: 'quantity-not-whole' });
    expect(valueOf(removeLine(cart, 2)).lines).toEqual([]);
  });

  test('a bundle for the sum of its parts costs what they cost', () => {
    const sum = { ...set, bundle: { components: set.bundle?.components ?? [], pricing: 'sum' as const } };
    expect(gross(aCart({ item: sum, itemOf }))).toEqual([20_00, 20_00]);
  });
});

describe('prices of lines', () => {
  const crate: PriceRule = {
    id: 'six',
    name: 'From six',
    priority: 0,
    minQuantityMilli: 6000,
    priceMinor: 8_00,
  };
  const priceOf = (item: typeof tea, quantityMilli: number) =>
    resolvePrice(item, quantityMilli, [crate], {
      channel: 'till',
      storeId: asStoreId('store-1'),
      customerGroups: [],
      now: '2026-03-02T10:00:00.000Z',
    });

  test('the sixth piece brings the price of six, for all of them, and the line names the rule', () => {
    let cart = aCart({ item: tea, quantityMilli: 5000, priceOf });
    cart = valueOf(addLine(cart, tea, { priceOf })).cart;
    expect(cart.lines).toMatchObject([
      { quantityMilli: 6000, unitPriceMinor: 8_00, priceRule: { id: 'six', name: 'From six' } },
    ]);
    const fewer = valueOf(changeQuantity(cart, 1, 2000, { priceOf, itemOf }));
    expect(fewer.lines[0]).toMatchObject({ unitPriceMinor: 10_00 });
    expect(fewer.lines[0]?.priceRule).toBeUndefined();
  });

  test('an open price is typed, within its limits', () => {
    const flowers = anItem({ sku: 'FLOWERS', openPrice: { minMinor: 5_00, maxMinor: 50_00 } });
    expect(addLine(aCart(), flowers)).toMatchObject({ reason: 'price-needed' });
    expect(addLine(aCart(), flowers, { unitPriceMinor: 4_99 })).toMatchObject({
      reason: 'open-price-out-of-limits',
      details: { minMinor: 5_00, maxMinor: 50_00 },
    });
    expect(gross(aCart({ item: flowers, unitPriceMinor: 12_34 }))).toEqual([12_34]);
  });

  test('0.512 kg on the scale with 12 g of packing is half a kilogram', () => {
    const cheese = anItem({ sku: 'CHEESE', unit: 'kilogram', priceMinor: 20_00 });
    const cart = aCart({ item: cheese, quantityMilli: 512, tareMilli: 12 });
    expect(cart.lines[0]).toMatchObject({ quantityMilli: 500, tareMilli: 12 });
    expect(gross(cart)).toEqual([10_00]);
    expect(addLine(aCart(), cheese, { quantityMilli: 12, tareMilli: 12 })).toMatchObject({
      reason: 'tare-out-of-bounds',
    });
    expect(addLine(aCart(), tea, { tareMilli: 1 })).toMatchObject({ reason: 'tare-out-of-bounds' });
  });

  test('a service moves no stock', () => {
    const wrapping = anItem({ sku: 'WRAP', isService: true });
    expect(stockMovements(aCart({ item: wrapping }).lines, () => 7)).toEqual([]);
  });
});
