import { describe, expect, test } from 'vitest';
import { aCart, anItem, PER_LINE, TAX_GROUPS, valueOf } from '../../tests/support/domain-builders.ts';
import { cartTotals } from './cart-totals.ts';
import type { Cart, Decision } from './cart.ts';
import * as decide from './decide-price.ts';
import { asCategoryId, asItemId, asOperatorId, asTaxGroupId } from './ids.ts';
import type { Promotion } from './promotions/promotion.ts';
import { promotionContextOf } from './promotion-context.ts';

const because: Decision = { reasonCode: 'damaged', operatorId: asOperatorId('operator-1') };
const [TAX_B, TAX_C] = [asTaxGroupId('tax-B'), asTaxGroupId('tax-C')];
const tea = anItem({ sku: 'TEA', priceMinor: 10_00, categoryId: asCategoryId('drinks') });
const cup = anItem({ sku: 'CUP', priceMinor: 20_00, taxGroupId: TAX_B });
const bottle = anItem({ sku: 'WATER', priceMinor: 1_99, depositItemId: asItemId('item-DEPOSIT') });
const deposit = anItem({ sku: 'DEPOSIT', priceMinor: 25 });
const itemOf = (id: string) => [tea, cup, deposit].find((item) => item.id === id) ?? null;

const contextOf = promotionContextOf({ timeZone: 'Europe/Warsaw', dayStartsAtMinute: 0 });
const totals = (cart: Cart, promotions: readonly Promotion[] = []) =>
  cartTotals(cart, PER_LINE, TAX_GROUPS, {
    promotions: {
      promotions,
      context: contextOf(cart, { channel: 'till', now: '2026-03-02T09:30:00.000Z' }),
    },
  });
const offs = (cart: Cart, promotions: readonly Promotion[] = []) =>
  totals(cart, promotions).lines.map((line) =>
    (line.modifiers ?? []).map(({ kind, amountMinor }) => [kind, amountMinor]),
  );

describe('decisions on a line', () => {
  test('20 % off 1.99 is 40 cents, and the tax is that of 1.59', () => {
    const cart = valueOf(decide.discountLine(aCart({ item: anItem() }), 1, { ratePpm: 200_000 }, because));
    expect(totals(cart).lines[0]).toMatchObject({
      unitPriceMinor: 1_99,
      extendedMinor: 1_99,
      modifiers: [{ kind: 'line-discount', amountMinor: -40, ratePpm: 200_000, reasonCode: 'damaged' }],
      netMinor: 1_29,
      taxMinor: 30,
      grossMinor: 1_59,
    });
  });

  test('a price set by hand stands beside the shelf price, and a discount starts from it', () => {
    let cart = valueOf(decide.overridePrice(aCart({ item: tea, quantityMilli: 2000 }), 1, 8_00, because));
    cart = valueOf(decide.discountLine(cart, 1, { amountMinor: 1_00 }, because));
    expect(offs(cart)).toEqual([
      [
        ['price-override', -4_00],
        ['line-discount', -1_00],
      ],
    ]);
    expect(totals(cart).totals.grossMinor).toBe(15_00);
    const back = valueOf(decide.removeModifier(cart, 1, 0));
    expect(totals(back).totals.grossMinor).toBe(19_00);
  });

  test('a discount never goes below zero or the minimum price', () => {
    const guarded = aCart({ item: anItem({ minimumPriceMinor: 1_80 }), quantityMilli: 2000 });
    const half = valueOf(decide.discountLine(guarded, 1, { ratePpm: 500_000 }, because));
    expect(totals(half).totals.grossMinor).toBe(3_60);
    const all = valueOf(decide.discountLine(aCart({ item: tea }), 1, { amountMinor: 50_00 }, because));
    expect(totals(all).totals.grossMinor).toBe(0);
  });

  test('a discount on goods that come back lowers what is given back', () => {
    const back = aCart({ item: tea, direction: 'return' });
    const cart = valueOf(decide.discountLine(back, 1, { ratePpm: 100_000 }, because));
    expect(totals(cart).lines[0]).toMatchObject({
      extendedMinor: -10_00,
      modifiers: [{ amountMinor: 1_00 }],
      grossMinor: -9_00,
    });
  });

  test.each([{ ratePpm: 0 }, { ratePpm: 1_000_001 }, { amountMinor: -1 }, { amountMinor: 0.5 }])(
    'a discount of %o is refused',
    (size) => {
      expect(decide.discountLine(aCart({ item: tea }), 1, size, because)).toMatchObject({
        reason: 'discount-out-of-bounds',
      });
    },
  );

  test('a price that would break the arithmetic is refused', () => {
    const many = aCart({ item: tea, quantityMilli: 1_000_000_000 });
    expect(decide.overridePrice(many, 1, 1_000_000_000_000, because)).toMatchObject({
      reason: 'amount-too-large',
    });
  });
});

describe('discounts on the cart', () => {
  test('5.00 off 10.00 and 20.00 is shared 1.67 and 3.33, and a deposit bears nothing', () => {
    const lines = aCart({ item: tea }, { item: cup }, { item: bottle, itemOf, unitPriceMinor: 0 });
    const cart = valueOf(decide.discountCart(lines, { amountMinor: 5_00 }, because));
    expect(offs(cart)).toEqual([[['cart-discount', -1_67]], [['cart-discount', -3_33]], [], []]);
  });

  test('10 % of 29.99 is rounded once', () => {
    const lines = aCart({ item: tea }, { item: { ...cup, priceMinor: 19_99 } });
    const cart = valueOf(decide.discountCart(lines, { ratePpm: 100_000 }, because));
    expect(totals(cart).totals.grossMinor).toBe(26_99);
  });
});

describe('a customer who pays no tax', () => {
  test('12.30 with 23 % inside is 10.00, and 5 % on top is left out', () => {
    const lines = aCart(
      { item: { ...tea, priceMinor: 12_30 } },
      { item: { ...cup, taxGroupId: TAX_C, priceMinor: 4_00 } },
    );
    const cart = valueOf(decide.exemptCart(lines, 'DE-4711', because));
    expect(offs(cart)).toEqual([[['exemption', -2_30]], []]);
    expect(totals(cart).totals).toEqual({
      netMinor: 14_00,
      taxMinor: 0,
      grossMinor: 14_00,
      cashRoundingMinor: 0,
    });
    expect(totals(decide.removeExemption(cart)).totals.grossMinor).toBe(16_50);
  });

  test('a certificate needs a number', () => {
    expect(decide.exemptCart(aCart({ item: tea }), '  ', because)).toMatchObject({
      reason: 'certificate-missing',
    });
  });
});

describe('promotions in the cart', () => {
  const happyHour: Promotion = {
    id: 'happy',
    name: 'Happy hour',
    priority: 0,
    scope: { categoryIds: ['drinks'] },
    conditions: [{ kind: 'hours', weekdays: [1], fromMinute: 600, toMinute: 660 }],
    reward: { kind: 'percent-off', ratePpm: 500_000, roundedOn: 'sum' },
  };

  test('the line names the promotion, and the cart says what it did', () => {
    const { lines, explanations } = totals(aCart({ item: tea }, { item: cup }), [happyHour]);
    expect(lines[0]?.modifiers).toEqual([
      { kind: 'promotion', promotionId: 'happy', name: 'Happy hour', amountMinor: -5_00 },
    ]);
    expect(lines[1]?.modifiers).toBeUndefined();
    expect(explanations).toEqual([
      { promotionId: 'happy', name: 'Happy hour', discountMinor: 5_00, reason: null },
    ]);
  });

  test('the hour is that of the last change in the time of the store: 09:00 UTC is 10:00 in Warsaw', () => {
    const at = (pricedAt: string) => totals({ ...aCart({ item: tea }), pricedAt }, [happyHour]);
    expect(at('2026-03-02T09:00:00.000Z').totals.grossMinor).toBe(5_00);
    expect(at('2026-03-02T10:00:00.000Z').explanations[0]?.reason).toBe('outside-hours');
  });
});
