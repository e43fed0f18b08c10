// Decimal texts of case files as exact integers, and back. No float touches a figure on its way in or out.

import type { Fraction } from '../../shared/domain/fraction.ts';
import { divideRoundedBig } from '../../shared/domain/money.ts';
import { UnsupportedCase } from './unsupported-case.ts';

/** Decimals that exact figures are compared at, as the case files state them. */
export const EXACT_DIGITS = 6;

const DECIMAL = /^([+-]?)(\d{1,15})(?:\.(\d{1,12}))?$/;

/** Decimals that a text really uses: "9.50" has one. */
export function digitsOf(text: string): number {
  return (DECIMAL.exec(text)?.[3] ?? '').replace(/0+$/, '').length;
}

/** Is it a plain decimal number? */
export function isDecimal(text: string): boolean {
  return DECIMAL.test(text);
}

/** The number in `text`, counted in 10^-digits. A finer number is a case that we cannot express. */
export function unitsOf(text: string, digits: number): number {
  const parts = DECIMAL.exec(text);
  if (parts === null) throw new UnsupportedCase(`"${text}" is not a plain decimal number`);
  if (digitsOf(text) > digits) throw new UnsupportedCase(`${text} is finer than ${String(digits)} decimals`);
  const fraction = (parts[3] ?? '').replace(/0+$/, '').padEnd(digits, '0');
  const units = Number(`${parts[2] ?? '0'}${fraction}`);
  if (!Number.isSafeInteger(units)) throw new UnsupportedCase(`${text} is beyond the largest amount`);
  return parts[1] === '-' && units !== 0 ? -units : units;
}

/** An integer of 10^-digits as the shortest decimal text: 950 with 2 digits is "9.5". */
export function textOfUnits(units: number | bigint, digits: number): string {
  const isNegative = units < 0;
  const size = String(isNegative ? -units : units).padStart(digits + 1, '0');
  const whole = size.slice(0, size.length - digits);
  const fraction = digits === 0 ? '' : size.slice(-digits).replace(/0+$/, '');
  return `${isNegative ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** An exact fraction of 10^-digits, rounded half-up to EXACT_DIGITS decimals. */
export function textOfFraction(value: Fraction, digits: number): string {
  const numerator = value.numerator * 10n ** BigInt(EXACT_DIGITS);
  const units = divideRoundedBig(numerator, value.denominator * 10n ** BigInt(digits), 'half-up');
  return textOfUnits(units, EXACT_DIGITS);
}

/** Two decimal texts for the same number? */
export function isSameNumber(left: string, right: string): boolean {
  return isDecimal(left) && isDecimal(right) && shortest(left) === shortest(right);
}

function shortest(text: string): string {
  const digits = digitsOf(text);
  return textOfUnits(unitsOf(text, digits), digits);
}
