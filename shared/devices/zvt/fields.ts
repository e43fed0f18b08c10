// The fields of a ZVT message: each begins with the byte that names it (a "bitmap") and has a length that its name gives, or
// that stands in front of it. A field that is not in the table has no length, so the message is refused as a whole.

import { accept, refuse, type Outcome } from '../../domain/refusal.ts';

export type Field = { readonly name: number; readonly value: Uint8Array };
export type FieldRefusal = 'field-unknown' | 'field-truncated';

export const FIELD = {
  timeout: 0x01,
  amount: 0x04,
  tlv: 0x06,
  trace: 0x0b,
  time: 0x0c,
  date: 0x0d,
  paymentType: 0x19,
  cardNumber: 0x22,
  result: 0x27,
  terminalId: 0x29,
  authorisation: 0x3b,
  currency: 0x49,
  totals: 0x60,
  receiptNumber: 0x87,
  cardType: 0x8a,
  cardName: 0x8b,
} as const;

type Size = number | 'LL' | 'LLL' | 'tlv';

/** Every field of ZVT 13.13, with its length in bytes. */
const SIZES: ReadonlyMap<number, Size> = new Map<number, Size>([
  [0x01, 1],
  [0x02, 1],
  [0x03, 1],
  [0x04, 6],
  [0x05, 1],
  [0x06, 'tlv'],
  [0x0b, 3],
  [0x0c, 3],
  [0x0d, 2],
  [0x0e, 2],
  [0x17, 2],
  [0x19, 1],
  [0x22, 'LL'],
  [0x23, 'LL'],
  [0x24, 'LLL'],
  [0x27, 1],
  [0x29, 4],
  [0x2a, 15],
  [0x2d, 'LL'],
  [0x2e, 'LLL'],
  [0x37, 3],
  [0x3a, 2],
  [0x3b, 8],
  [0x3c, 'LLL'],
  [0x3d, 3],
  [0x49, 2],
  [0x60, 'LLL'],
  [0x87, 2],
  [0x88, 3],
  [0x8a, 1],
  [0x8b, 'LL'],
  [0x8c, 1],
  [0x92, 'LLL'],
  [0x9a, 'LLL'],
  [0xa0, 1],
  [0xa7, 'LL'],
  [0xaa, 3],
  [0xaf, 'LLL'],
  [0xba, 5],
  [0xd0, 1],
  [0xd1, 'LL'],
  [0xd2, 1],
  [0xd3, 1],
  [0xe0, 1],
  [0xe8, 'LLL'],
  [0xe9, 1],
  [0xea, 1],
  [0xeb, 8],
  [0xf0, 'LLL'],
]);

/** Reads all fields of a message. */
export function readFields(data: Uint8Array): Outcome<readonly Field[], FieldRefusal> {
  const fields: Field[] = [];
  let at = 0;
  while (at < data.length) {
    const name = data[at] ?? 0;
    const size = SIZES.get(name);
    if (size === undefined) return refuse('field-unknown', { name });
    const span = spanOf(data, at + 1, size);
    if (span === null || span.to > data.length) return refuse('field-truncated', { name });
    fields.push({ name, value: data.slice(span.from, span.to) });
    at = span.to;
  }
  return accept(fields);
}

/** The bytes of fields. A value of another length than its field has is a bug of the caller. */
export function writeFields(fields: readonly Field[]): Uint8Array {
  const bytes: number[] = [];
  for (const { name, value } of fields) {
    const size = SIZES.get(name);
    if (size === undefined || (typeof size === 'number' && size !== value.length)) {
      throw new Error(`field ${name} cannot hold ${value.length} bytes`);
    }
    bytes.push(name, ...lengthBytes(size, value.length), ...value);
  }
  return Uint8Array.from(bytes);
}

/** The length of a TLV value as it stands in front of it. */
export function tlvLength(length: number): readonly number[] {
  if (length < 0x80) return [length];
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
}

/** Where a TLV value begins and ends whose length stands at `at`; null where there is no whole length. */
export function tlvSpan(data: Uint8Array, at: number): { readonly from: number; readonly to: number } | null {
  const [first, second, third] = [data[at], data[at + 1], data[at + 2]];
  if (first === undefined) return null;
  if (first < 0x80) return { from: at + 1, to: at + 1 + first };
  if (first === 0x81 && second !== undefined) return { from: at + 2, to: at + 2 + second };
  if (first !== 0x82 || second === undefined || third === undefined) return null;
  return { from: at + 3, to: at + 3 + ((second << 8) | third) };
}

function spanOf(
  data: Uint8Array,
  at: number,
  size: Size,
): { readonly from: number; readonly to: number } | null {
  if (typeof size === 'number') return { from: at, to: at + size };
  if (size === 'tlv') return tlvSpan(data, at);
  const digits = size.length;
  let length = 0;
  for (let place = 0; place < digits; place += 1) {
    const byte = data[at + place];
    // Each digit of the length stands alone in a byte, as F0 to F9.
    if (byte === undefined || byte < 0xf0 || byte > 0xf9) return null;
    length = length * 10 + (byte & 0x0f);
  }
  return { from: at + digits, to: at + digits + length };
}

function lengthBytes(size: Size, length: number): readonly number[] {
  if (typeof size === 'number') return [];
  if (size === 'tlv') return tlvLength(length);
  const text = String(length).padStart(size.length, '0');
  if (text.length > size.length) throw new Error(`${length} bytes do not fit into a field of ${size}`);
  return [...text].map((digit) => 0xf0 + Number(digit));
}
