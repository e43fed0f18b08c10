// The GS1 check digit, shared by plain GTINs and by in-store codes. Source: GS1 General Specifications 7.9.1.

/** Check digit of the digits before it: weights 3 and 1 from the right. `digits` without the check digit. */
export function gtinCheckDigit(digits: string): number {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const weight = (digits.length - place) % 2 === 1 ? 3 : 1;
    sum += (digits.charCodeAt(place) - 48) * weight;
  }
  return (10 - (sum % 10)) % 10;
}

/** Is the last digit the check digit of those before it? */
export function hasValidCheckDigit(digits: string): boolean {
  return gtinCheckDigit(digits.slice(0, -1)) === digits.charCodeAt(digits.length - 1) - 48;
}
