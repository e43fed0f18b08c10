import { describe, expect, test } from 'vitest';
import { checkQuantity, parseQuantity, quantityText } from './quantity.ts';
import { parseDecimal } from './parse-decimal.ts';

describe('quantities', () => {
  test('half a piece is refused, half a kilogram is not', () => {
    expect(checkQuantity(500, 'piece')).toMatchObject({ ok: false, reason: 'quantity-not-whole' });
    expect(checkQuantity(500, 'kilogram')).toEqual({ ok: true, value: 500 });
  });

  test.each([0, -1000, 1_000_000_001, 0.5, Number.NaN])(
    '%d thousandths are out of bounds',
    (quantityMilli) => {
      expect(checkQuantity(quantityMilli, 'kilogram')).toMatchObject({ reason: 'quantity-out-of-bounds' });
    },
  );

  test.each([
    ['3', 'piece', 3000],
    ['1,25', 'kilogram', 1250],
    ['۲٫۵', 'kilogram', 2500],
    ['٠٫٧٥٠', 'litre', 750],
    ['.5', 'metre', 500],
    ['1.2500', 'kilogram', 1250],
  ] as const)('"%s" %s is %i thousandths', (text, unit, expected) => {
    expect(parseQuantity(text, unit)).toEqual({ ok: true, value: expected });
  });

  test.each([
    ['', 'kilogram', 'not-a-number'],
    ['abc', 'kilogram', 'not-a-number'],
    ['1.2.3', 'kilogram', 'not-a-number'],
    ['1.5', 'piece', 'quantity-not-whole'],
    ['1.0005', 'piece', 'quantity-not-whole'],
    ['1.0005', 'kilogram', 'quantity-out-of-bounds'],
    ['0', 'kilogram', 'quantity-out-of-bounds'],
    ['99999999999999999999', 'piece', 'quantity-out-of-bounds'],
  ] as const)('"%s" %s is refused: %s', (text, unit, reason) => {
    expect(parseQuantity(text, unit)).toMatchObject({ ok: false, reason });
  });

  test('a quantity is written without needless zeros', () => {
    expect(quantityText(1250)).toBe('1.25');
    expect(quantityText(3000)).toBe('3');
    expect(quantityText(-5)).toBe('-0.005');
  });
});

describe('typed amounts', () => {
  test('12,50 euro are 1250 cents and 12500 rial are 12500', () => {
    expect(parseDecimal('12,50', 2)).toEqual({ ok: true, value: 12_50 });
    expect(parseDecimal('۱۲۵۰۰', 0)).toEqual({ ok: true, value: 12_500 });
    expect(parseDecimal('-3', 2)).toEqual({ ok: true, value: -3_00 });
  });

  test('a third decimal of a cent is refused, zeros at the end are not', () => {
    expect(parseDecimal('1.005', 2)).toMatchObject({ reason: 'too-many-decimals' });
    expect(parseDecimal('1.500', 2)).toEqual({ ok: true, value: 1_50 });
  });
});
