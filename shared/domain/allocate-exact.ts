// Gives a rounded sum back to the exact amounts that it was made from, so that the parts add up to the sum again:
// each part is its exact amount cut off below, and what is left over goes to the largest fractions, ties to the
// earliest. Unlike allocateByWeight the parts may have either sign.

import { checkedAmount } from './money.ts';

/**
 * Splits `totalMinor`, the rounded sum of exact amounts `numerators[i] / over`, into integers that sum to it.
 * Where rounding went in larger steps than one unit, what is left is spread over all parts first.
 */
export function allocateExact(
  totalMinor: number,
  numerators: readonly bigint[],
  over: bigint,
): readonly number[] {
  if (numerators.length === 0) {
    if (totalMinor === 0) return [];
    throw new RangeError('an amount cannot be split over no parts');
  }
  const parts: number[] = [];
  const remainders: bigint[] = [];
  let left = checkedAmount(totalMinor);
  for (const numerator of numerators) {
    // BigInt division cuts towards zero; a fraction below zero has to go one further down.
    const cut = numerator / over;
    const remainder = numerator - cut * over;
    const part = checkedAmount(Number(remainder < 0n ? cut - 1n : cut));
    parts.push(part);
    remainders.push(remainder < 0n ? remainder + over : remainder);
    left -= part;
  }
  if (left === 0) return parts;
  const forAll = Math.floor(left / parts.length);
  const forLargest = left - forAll * parts.length;
  const owners = parts.map((_, place) => place);
  owners.sort((a, b) => compareBig(remainders[b] ?? 0n, remainders[a] ?? 0n) || a - b);
  const owed = new Set(owners.slice(0, forLargest));
  return parts.map((part, place) => checkedAmount(part + forAll + (owed.has(place) ? 1 : 0)));
}

function compareBig(left: bigint, right: bigint): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
