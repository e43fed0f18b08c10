// What a GS1 code means at the till: which goods, which lot and serial number, until when they may be sold, how much they
// weigh and what they cost. Takes whatever a scanner or a person gives: an AIM prefix, fields with separators, fields in
// brackets, a Digital Link. Anything else is not GS1 and is answered with null.

import { checkRepeats } from './associations.ts';
import { isWebAddress, parseDigitalLink } from './digital-link.ts';
import { parseBracketed, parseElementString, type Gs1Element } from './element-string.ts';
import { GROUP_SEPARATOR } from './group-separator.ts';
import { mayHaveFields } from './may-have-fields.ts';
import { readScanData } from './scan-data.ts';

/** A number as it stands in a field: `value` in 10^-decimals. */
export type ScaledNumber = { readonly value: number; readonly decimals: number };

export type Gs1Scan = {
  readonly elements: readonly Gs1Element[];
  /** Fourteen digits; null where the code names no goods (a parcel, a place, a coupon). */
  readonly gtin14: string | null;
  readonly lot: string | null;
  readonly serial: string | null;
  /** YYMMDD as printed: 17 (use by), 16 (sell by). Best before (15) is advice and does not stop a sale. */
  readonly expiry: string | null;
  /** Net weight in kilograms (310n), volume in litres (315n), length in metres (311n), or pieces (30). */
  readonly measure: (ScaledNumber & { readonly unit: 'kilogram' | 'litre' | 'metre' | 'piece' }) | null;
  /** Price of all of it (392n, 393n); the currency as three digits of ISO 4217 where it is named. */
  readonly price: (ScaledNumber & { readonly currencyNumber: string | null }) | null;
};

export type Gs1Reading =
  | { readonly kind: 'gs1'; readonly scan: Gs1Scan }
  /** It is meant as GS1, and something in it is wrong. */
  | { readonly kind: 'wrong'; readonly reason: string }
  /** It came with an AIM prefix, and is this plain text. */
  | { readonly kind: 'plain'; readonly text: string };

const UNITS = { '310': 'kilogram', '315': 'litre', '311': 'metre' } as const;

/** Reads one code as GS1; null when nothing says that it is. */
export function readGs1(code: string): Gs1Reading | null {
  if (!mayHaveFields(code)) return null;
  if (/^\][A-Za-z]\d/.test(code)) return readPrefixed(code);
  if (isWebAddress(code)) {
    // The address of anything: only one with a GS1 key in it is ours.
    const link = parseDigitalLink(code, {
      padsGtin: true,
      readsNames: true,
      keepsUnknown: true,
      allowsUnknownInQuery: true,
    });
    if (link.ok) return meant(link.value);
    return link.reason === 'gs1-link-without-key' ? null : { kind: 'wrong', reason: link.reason };
  }
  if (/^\(\d{2,4}\)/.test(code)) return reading(parseBracketed(code));
  if (code.startsWith(GROUP_SEPARATOR)) return reading(parseElementString(code.slice(1)));
  // Without a prefix nothing but its shape says that this is GS1: a GTIN field first, and more than a plain number.
  if (/^0[12]\d{14}(?:\D|\d{2})/.test(code) || code.includes(GROUP_SEPARATOR)) {
    const parsed = parseElementString(code);
    return parsed.ok ? meant(parsed.value) : null;
  }
  return null;
}

function readPrefixed(code: string): Gs1Reading {
  const read = readScanData(code);
  if (!read.ok) {
    // Symbologies that GS1 does not use (Code 39, ITF …) are plain codes of the shop.
    if (read.reason === 'gs1-prefix-unknown') return { kind: 'plain', text: code.slice(3) };
    if (isWebAddress(code.slice(3))) return readGs1(code.slice(3)) ?? { kind: 'plain', text: code.slice(3) };
    return { kind: 'wrong', reason: read.reason };
  }
  const { text, elements } = read.value;
  if (elements.length === 0) return { kind: 'plain', text };
  // The number under a 2D component is the GTIN of the same goods.
  const own = /^\d{8,13}$/.test(text) ? [{ ai: '01', value: text.padStart(14, '0') }] : [];
  return meant([...own, ...elements]);
}

function reading(parsed: ReturnType<typeof parseElementString>): Gs1Reading {
  return parsed.ok ? meant(parsed.value) : { kind: 'wrong', reason: parsed.reason };
}

/** Two lots or two numbers in one code: nobody can say which of them is meant. */
function meant(elements: readonly Gs1Element[]): Gs1Reading {
  const repeats = checkRepeats(elements);
  return repeats.ok ? { kind: 'gs1', scan: meaningOf(elements) } : { kind: 'wrong', reason: repeats.reason };
}

function meaningOf(elements: readonly Gs1Element[]): Gs1Scan {
  const valueOf = (ai: string): string | null => elements.find((each) => each.ai === ai)?.value ?? null;
  return {
    elements,
    gtin14: valueOf('01') ?? valueOf('02'),
    lot: valueOf('10'),
    serial: valueOf('21'),
    expiry: valueOf('17') ?? valueOf('16'),
    measure: measureOf(elements),
    price: priceOf(elements),
  };
}

function measureOf(elements: readonly Gs1Element[]): Gs1Scan['measure'] {
  for (const { ai, value } of elements) {
    const family = ai.slice(0, 3);
    if (ai.length === 4 && (family === '310' || family === '311' || family === '315'))
      return { unit: UNITS[family], value: Number(value), decimals: Number(ai.slice(3)) };
  }
  const count = elements.find(({ ai }) => ai === '30');
  return count === undefined ? null : { unit: 'piece', value: Number(count.value), decimals: 0 };
}

function priceOf(elements: readonly Gs1Element[]): Gs1Scan['price'] {
  for (const { ai, value } of elements) {
    const decimals = Number(ai.slice(3));
    if (/^392\d$/.test(ai)) return { value: Number(value), decimals, currencyNumber: null };
    if (/^393\d$/.test(ai))
      return { value: Number(value.slice(3)), decimals, currencyNumber: value.slice(0, 3) };
  }
  return null;
}
