// What a person types on a numpad or in a field, read as an integer of small units without any float:
// "1,25" kilogram → 1250 thousandths, "۱۲٫۵۰" euro → 1250 cents. Reads ASCII, Persian and Arabic digits.

import { accept, refuse, type Outcome } from './refusal.ts';

/** Longest text that is read as a number, in characters. */
export const DECIMAL_TEXT_MAX = 24;

/**
 * The decimal number in `text`, counted in 10^-digits. Point, comma and Arabic decimal sign all separate the
 * fraction; grouping signs are not read, so that "1,000" kilogram is one kilogram and never a thousand.
 * Refuses what is no number, has too many decimals (zeros at the end are fine) or is too large to be exact.
 */
export function parseDecimal(
  text: string,
  digits: number,
): Outcome<number, 'not-a-number' | 'too-many-decimals' | 'number-too-large'> {
  const plain = toAsciiDigits(text.trim());
  const parts = /^([+-]?)([0-9]*)(?:[.,\u066B]([0-9]*))?$/.exec(plain);
  const whole = parts?.[2] ?? '';
  const fraction = (parts?.[3] ?? '').replace(/0+$/, '');
  const hasDigit = whole !== '' || (parts?.[3] ?? '') !== '';
  if (text.length > DECIMAL_TEXT_MAX || parts === null || !hasDigit) return refuse('not-a-number');
  if (fraction.length > digits) return refuse('too-many-decimals', { digits });
  const size = Number(`${whole}${fraction.padEnd(digits, '0')}`);
  if (!Number.isSafeInteger(size)) return refuse('number-too-large');
  return accept(parts[1] === '-' && size !== 0 ? -size : size);
}

/** Persian (۰–۹) and Arabic (٠–٩) digits as ASCII; everything else stays. */
export function toAsciiDigits(text: string): string {
  return text.replace(/[\u0660-\u0669\u06F0-\u06F9]/g, (digit) => String(digit.charCodeAt(0) & 0xf));
}
