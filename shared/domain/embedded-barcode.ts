// In-store codes that carry a weight or a price: printed by the scale, read at the till. Their layout is national
// or the shop's own, so it is a pattern of the store and not a rule:
//
//   21IIIIIWWWWWC   digits stand for themselves · I item · W weight · P price · N count · V check digit of a value
//                   of four or five digits · C GS1 check digit of the whole code (both are judged)
//
// The item is looked up by the same code with the value zeroed and the check digit made right again.

import { gtinCheckDigit } from './gtin-check-digit.ts';
import { priceCheckDigit } from './price-check-digit.ts';

export type EmbeddedPattern = {
  /** One character per digit of the code, as above. */
  readonly template: string;
  /** How many of the value's digits are decimals: WWWWW with 3 is 12.345 kg. */
  readonly decimals: number;
};

export type EmbeddedCode = {
  readonly kind: 'weight-embedded' | 'price-embedded' | 'count-embedded';
  /** Code of the item: the scanned code with its value zeroed. */
  readonly key: string;
  /** Digits of the item alone. */
  readonly itemDigits: string;
  /** The value as printed, in 10^-decimals of a kilogram, currency unit or piece. */
  readonly value: number;
  readonly decimals: number;
};

/** Reads `code` by the first pattern that fits, or null when none does. A wrong check digit fits no pattern. */
export function parseEmbeddedCode(code: string, patterns: readonly EmbeddedPattern[]): EmbeddedCode | null {
  for (const pattern of patterns) {
    const read = readByPattern(code, pattern);
    if (read !== null) return read;
  }
  return null;
}

/** Is this a pattern that can be read: known letters, one kind of value, item digits, sensible decimals? */
export function isEmbeddedPattern(pattern: EmbeddedPattern): boolean {
  const { template, decimals } = pattern;
  const valueDigits = /W+|P+|N+/g;
  const values = template.match(valueDigits) ?? [];
  return (
    /^[0-9IWPNV]+C?$/.test(template) &&
    template.includes('I') &&
    values.length === 1 &&
    Number.isInteger(decimals) &&
    decimals >= 0 &&
    decimals <= (values[0]?.length ?? 0)
  );
}

/** The value scaled to 10^-digits (thousandths of a kilogram, minor units), null where that is no whole number. */
export function embeddedValueIn(
  code: Pick<EmbeddedCode, 'value' | 'decimals'>,
  digits: number,
): number | null {
  if (digits >= code.decimals) return code.value * 10 ** (digits - code.decimals);
  const divisor = 10 ** (code.decimals - digits);
  return code.value % divisor === 0 ? code.value / divisor : null;
}

function readByPattern(code: string, pattern: EmbeddedPattern): EmbeddedCode | null {
  const { template, decimals } = pattern;
  if (code.length !== template.length || !/^[0-9]+$/.test(code)) return null;
  let itemDigits = '';
  let valueDigits = '';
  let valueCheck = '';
  let zeroed = '';
  let letter = '';
  for (let place = 0; place < template.length; place += 1) {
    const sign = template.charAt(place);
    const digit = code.charAt(place);
    if (/[0-9]/.test(sign) && sign !== digit) return null;
    if (sign === 'I') itemDigits += digit;
    if (sign === 'W' || sign === 'P' || sign === 'N') {
      valueDigits += digit;
      letter = sign;
    }
    if (sign === 'V') valueCheck += digit;
    zeroed += /[WPNVC]/.test(sign) ? '0' : digit;
  }
  const isChecked = template.endsWith('C');
  if (isChecked && gtinCheckDigit(code.slice(0, -1)) !== Number(code.slice(-1))) return null;
  if (letter === '') return null;
  const wantedCheck = valueCheck === '' ? null : priceCheckDigit(valueDigits);
  if (wantedCheck !== null && String(wantedCheck) !== valueCheck) return null;
  const body = zeroed.slice(0, -1);
  const base = isChecked ? `${body}${String(gtinCheckDigit(body))}` : zeroed;
  return {
    kind: letter === 'W' ? 'weight-embedded' : letter === 'P' ? 'price-embedded' : 'count-embedded',
    key: isChecked ? base.padStart(14, '0') : base,
    itemDigits,
    value: Number(valueDigits),
    decimals,
  };
}
