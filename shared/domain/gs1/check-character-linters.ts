// Check characters other than the plain GS1 check digit: the pair at the end of alphanumeric GS1 keys (weights are prime
// numbers, modulus 1021) and the check digits of an IBAN (ISO 13616: modulus 97 must leave 1).

import { COUNTRY_LETTERS } from './code-lists.ts';

const IBAN_MIN = 11;
const IBAN_MAX = 34;
/** As many characters as there are weights; the longest GS1 field has fewer. */
const WEIGHTED_MAX = 97;
const WEIGHT_ORDER = `!"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz`;
const PAIR_ORDER = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const PRIMES: readonly number[] = firstPrimes(WEIGHTED_MAX);

/** GMN and the like: do the last two characters belong to those before? */
export function alphaCheckPair(text: string): string | null {
  if (text.length < 2) return 'too-short-for-check-pair';
  if (text.length - 2 > WEIGHTED_MAX) return 'too-long-for-check-pair-implementation';
  const values = Array.from(text.slice(0, -2), (character) => WEIGHT_ORDER.indexOf(character));
  if (values.includes(-1)) return 'invalid-cset82-character';
  const pair = text.slice(-2);
  if (Array.from(pair).some((character) => !PAIR_ORDER.includes(character)))
    return 'invalid-cset32-character';
  const sum = values.reduce((total, value, at) => total + value * (PRIMES[values.length - 1 - at] ?? 0), 0);
  const check = sum % 1021;
  const wanted = `${PAIR_ORDER.charAt(check >> 5)}${PAIR_ORDER.charAt(check & 31)}`;
  return pair === wanted ? null : 'incorrect-check-pair';
}

export function iban(text: string): string | null {
  if (text.length < 4) return 'iban-too-short';
  if (!COUNTRY_LETTERS.has(text.slice(0, 2))) return 'illegal-iban-country-code';
  if (text.length > IBAN_MAX) return 'iban-too-long';
  if (text.length < IBAN_MIN) return 'iban-too-short';
  if (/[^0-9A-Z]/.test(text)) return 'invalid-iban-character';
  let remainder = 0;
  for (const character of text.slice(4) + text.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value < 10 ? 10 : 100) + value) % 97;
  }
  return remainder === 1 ? null : 'incorrect-iban-checksum';
}

function firstPrimes(count: number): readonly number[] {
  const primes: number[] = [];
  for (let candidate = 2; primes.length < count; candidate += 1) {
    if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate);
  }
  return primes;
}
