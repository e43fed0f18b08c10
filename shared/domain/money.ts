// Arithmetic of amounts. An amount is a safe integer of minor units (cents, fils, whole rials) whose currency
// stands beside it in the cart or transaction. Nothing here ever holds a fraction: whoever divides says how
// the fraction is rounded, and parts of a sum add up to the sum again. An amount that leaves the safe-integer
// range is a bug and throws RangeError; input that could reach it is refused long before (cart-changes).

import type { RoundingMode } from './tax.ts';

/** Largest amount that is computed exactly, in minor units: ± 9,007,199,254,740,991. */
export const AMOUNT_MAX_MINOR = Number.MAX_SAFE_INTEGER;

/** Parts per million in one whole: a rate of 23 % is 230,000 ppm. */
export const PPM_IN_WHOLE = 1_000_000;

/** The amount itself when it is a safe integer; throws RangeError when it is not. Turns −0 into 0. */
export function checkedAmount(amountMinor: number): number {
  if (!Number.isSafeInteger(amountMinor)) {
    throw new RangeError(`amount is not a safe integer of minor units: ${String(amountMinor)}`);
  }
  return amountMinor === 0 ? 0 : amountMinor;
}

/** Sum of two amounts in minor units; overflow throws RangeError. */
export function addAmounts(leftMinor: number, rightMinor: number): number {
  return checkedAmount(checkedAmount(leftMinor) + checkedAmount(rightMinor));
}

/** Sum of any number of amounts in minor units, 0 for none; overflow throws RangeError. */
export function sumAmounts(amountsMinor: readonly number[]): number {
  let sum = 0;
  for (const amount of amountsMinor) sum = addAmounts(sum, amount);
  return sum;
}

/** The same amount with the other sign, never −0. */
export function negateAmount(amountMinor: number): number {
  return checkedAmount(0 - amountMinor);
}

/**
 * numerator ÷ denominator, rounded to an integer. Modes are symmetrical: −2.5 rounds as 2.5 does, with the
 * sign put back ('half-up' = half away from zero, 'down' = towards zero, 'up' = away from zero).
 */
export function divideRounded(numerator: number, denominator: number, mode: RoundingMode): number {
  checkedAmount(numerator);
  if (!Number.isSafeInteger(denominator) || denominator <= 0) {
    throw new RangeError(`denominator is not a positive safe integer: ${String(denominator)}`);
  }
  const isNegative = numerator < 0;
  const size = Math.abs(numerator);
  const remainder = size % denominator;
  const floor = (size - remainder) / denominator;
  // Comparing the remainder with what is left of the denominator avoids doubling it past 2^53.
  const half = Math.sign(remainder - (denominator - remainder));
  const rounded = floor + (roundsAway(mode, remainder > 0, half, floor % 2 === 1) ? 1 : 0);
  return checkedAmount(isNegative ? -rounded : rounded);
}

/** divideRounded for numerators and denominators of any size. The quotient must be a safe integer. */
export function divideRoundedBig(numerator: bigint, denominator: bigint, mode: RoundingMode): number {
  if (denominator <= 0n) throw new RangeError('denominator is not positive');
  const isNegative = numerator < 0n;
  const size = isNegative ? -numerator : numerator;
  const remainder = size % denominator;
  const floor = size / denominator;
  const doubled = remainder * 2n;
  const half = doubled > denominator ? 1 : doubled === denominator ? 0 : -1;
  const rounded = floor + (roundsAway(mode, remainder > 0n, half, floor % 2n === 1n) ? 1n : 0n);
  return checkedAmount(Number(isNegative ? -rounded : rounded));
}

/** left × right ÷ denominator, rounded once. The product may pass 2^53: it is then taken with BigInt. */
export function multiplyDivide(
  left: number,
  right: number,
  denominator: number,
  mode: RoundingMode = 'half-up',
): number {
  const product = left * right;
  if (Number.isSafeInteger(product)) return divideRounded(product, denominator, mode);
  return divideRoundedBig(
    BigInt(checkedAmount(left)) * BigInt(checkedAmount(right)),
    BigInt(denominator),
    mode,
  );
}

/** Price of one unit (minor units) × quantity in thousandths of the unit. */
export function multiplyByQuantity(
  priceMinor: number,
  quantityMilli: number,
  mode: RoundingMode = 'half-up',
): number {
  return multiplyDivide(priceMinor, quantityMilli, 1000, mode);
}

/** A rate in parts per million of an amount: applyRate(10_00, 230_000, 'half-up') is 2_30. */
export function applyRate(amountMinor: number, ratePpm: number, mode: RoundingMode): number {
  return multiplyDivide(amountMinor, ratePpm, PPM_IN_WHOLE, mode);
}

/** The nearest multiple of `stepMinor` in the direction of `mode`: 15_04 in steps of 5, half-up, is 15_05. */
export function roundToStep(amountMinor: number, stepMinor: number, mode: RoundingMode): number {
  if (stepMinor === 1) return checkedAmount(amountMinor);
  return checkedAmount(divideRounded(amountMinor, stepMinor, mode) * stepMinor);
}

/**
 * Splits `totalMinor` in proportion to `weights` (integers ≥ 0) so that the parts sum to it exactly: each part
 * is cut off below, and what is left over goes, unit by unit, to the largest remainders, ties to the earliest
 * (Hamilton's method), or with `remainderTo` 'first' simply to the first parts that have a weight. Weights that are
 * all zero count as equal. Throws when there is nothing to split over.
 */
export function allocateByWeight(
  totalMinor: number,
  weights: readonly number[],
  remainderTo: 'largest' | 'first' = 'largest',
): readonly number[] {
  checkedAmount(totalMinor);
  if (weights.length === 0) {
    if (totalMinor === 0) return [];
    throw new RangeError('an amount cannot be split over no parts');
  }
  const weightSum = sumOfWeights(weights);
  if (weightSum === 0) {
    return allocateByWeight(
      totalMinor,
      weights.map(() => 1),
      remainderTo,
    );
  }
  if (weights.length === 1) return [totalMinor];
  const size = Math.abs(totalMinor);
  const parts: number[] = [];
  const remainders: number[] = [];
  let left = size;
  for (const weight of weights) {
    const { floor, remainder } = shareOf(size, weight, weightSum);
    parts.push(floor);
    remainders.push(remainder);
    left -= floor;
  }
  if (left > 0) {
    const owners: number[] = [];
    for (const [place, weight] of weights.entries()) if (weight > 0) owners.push(place);
    if (remainderTo === 'largest') {
      owners.sort((a, b) => (remainders[b] ?? 0) - (remainders[a] ?? 0) || a - b);
    }
    for (const place of owners.slice(0, left)) parts[place] = (parts[place] ?? 0) + 1;
  }
  return totalMinor < 0 ? parts.map(negateAmount) : parts;
}

function roundsAway(mode: RoundingMode, hasRemainder: boolean, half: number, floorIsOdd: boolean): boolean {
  switch (mode) {
    case 'half-up':
      return hasRemainder && half >= 0;
    case 'half-even':
      return hasRemainder && (half > 0 || (half === 0 && floorIsOdd));
    case 'down':
      return false;
    case 'up':
      return hasRemainder;
  }
}

function sumOfWeights(weights: readonly number[]): number {
  let sum = 0;
  for (const weight of weights) {
    if (weight < 0) throw new RangeError('a weight is never negative');
    sum = addAmounts(sum, weight);
  }
  return sum;
}

function shareOf(size: number, weight: number, weightSum: number): { floor: number; remainder: number } {
  const product = size * weight;
  if (Number.isSafeInteger(product)) {
    const remainder = product % weightSum;
    return { floor: (product - remainder) / weightSum, remainder };
  }
  const exact = BigInt(size) * BigInt(weight);
  const divisor = BigInt(weightSum);
  return { floor: Number(exact / divisor), remainder: Number(exact % divisor) };
}
