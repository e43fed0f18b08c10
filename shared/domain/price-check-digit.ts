// The check digit of the price (or weight) inside an in-store code: a scale prints it before a value of four or five digits,
// so that a misread price is noticed even where the digits of the whole code happen to fit. Each place has its own weighting.
// Source: GS1 General Specifications 7.9.3 and 7.9.4.

const WEIGHTED = {
  /** Doubled; of a sum of two digits the tens are taken from the units. */
  '2-': [0, 2, 4, 6, 8, 9, 1, 3, 5, 7],
  '3': [0, 3, 6, 9, 2, 5, 8, 1, 4, 7],
  '5+': [0, 5, 1, 6, 2, 7, 3, 8, 4, 9],
  '5-': [0, 5, 9, 4, 8, 3, 7, 2, 6, 1],
} as const;

const FOUR_PLACES = ['2-', '2-', '3', '5-'] as const;
const FIVE_PLACES = ['5+', '2-', '5-', '5+', '2-'] as const;

/** Check digit of a value of four or five digits; null for other lengths, which have none. */
export function priceCheckDigit(digits: string): number | null {
  if (/^\d{4}$/.test(digits)) return (weightedSum(digits, FOUR_PLACES) * 3) % 10;
  if (!/^\d{5}$/.test(digits)) return null;
  const missing = (10 - (weightedSum(digits, FIVE_PLACES) % 10)) % 10;
  return WEIGHTED['5-'].findIndex((weighted) => weighted === missing);
}

function weightedSum(digits: string, places: readonly (keyof typeof WEIGHTED)[]): number {
  return places.reduce((sum, weight, at) => sum + (WEIGHTED[weight][Number(digits.charAt(at))] ?? 0), 0);
}
