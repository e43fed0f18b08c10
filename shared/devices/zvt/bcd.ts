// Numbers as ZVT writes them: two decimal digits in each byte, the leading ones first.

/** `digits` decimal digits of a whole number. One that does not fit is a bug of the caller. */
export function toBcd(value: number, digits: number): Uint8Array {
  const text = String(value).padStart(digits, '0');
  if (!/^\d+$/.test(text) || text.length > digits || digits % 2 !== 0) {
    throw new Error(`${value} has no ${digits} digits`);
  }
  return digitsToBytes(text);
}

/** Digits, two in each byte. */
export function digitsToBytes(digits: string): Uint8Array {
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** The number that stands there, or null where something else than decimal digits does. */
export function fromBcd(bytes: Uint8Array): number | null {
  const digits = toDigits(bytes);
  const value = Number(digits);
  return /^\d+$/.test(digits) && Number.isSafeInteger(value) ? value : null;
}

/** The half-bytes as hexadecimal digits: `e` hides a digit of a card number, `f` fills up. */
export function toDigits(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
