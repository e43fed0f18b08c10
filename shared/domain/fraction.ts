// Exact fractions for the few places where a division must wait until the end: a chain of tax rates is solved
// once in fractions, and only the tax itself is rounded. Denominators are always positive. Nothing is reduced on
// the way (the numbers stay small enough); `reduced` is called once on the result.

export type Fraction = { readonly numerator: bigint; readonly denominator: bigint };

export const ZERO: Fraction = { numerator: 0n, denominator: 1n };
export const ONE: Fraction = { numerator: 1n, denominator: 1n };

/** numerator ÷ denominator of two integers. The denominator is positive. */
export function fraction(numerator: number | bigint, denominator: number | bigint): Fraction {
  return { numerator: BigInt(numerator), denominator: BigInt(denominator) };
}

export function addFractions(left: Fraction, right: Fraction): Fraction {
  if (left.numerator === 0n) return right;
  if (right.numerator === 0n) return left;
  if (left.denominator === right.denominator) {
    return { numerator: left.numerator + right.numerator, denominator: left.denominator };
  }
  return {
    numerator: left.numerator * right.denominator + right.numerator * left.denominator,
    denominator: left.denominator * right.denominator,
  };
}

export function negateFraction(value: Fraction): Fraction {
  return { numerator: -value.numerator, denominator: value.denominator };
}

export function multiplyFractions(left: Fraction, right: Fraction): Fraction {
  if (left.numerator === 0n || right.numerator === 0n) return ZERO;
  return {
    numerator: left.numerator * right.numerator,
    denominator: left.denominator * right.denominator,
  };
}

/** left ÷ right; right is positive (RangeError otherwise: a chain of taxes that eats the whole price). */
export function divideFractions(left: Fraction, right: Fraction): Fraction {
  if (right.numerator <= 0n) throw new RangeError('division by a fraction that is not positive');
  return multiplyFractions(left, { numerator: right.denominator, denominator: right.numerator });
}

/** The same value with the smallest denominator. */
export function reduced(value: Fraction): Fraction {
  let left = value.numerator < 0n ? -value.numerator : value.numerator;
  let right = value.denominator;
  while (right !== 0n) [left, right] = [right, left % right];
  return { numerator: value.numerator / left, denominator: value.denominator / left };
}
