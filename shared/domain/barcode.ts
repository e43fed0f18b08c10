// What a scanned or typed code means, and the string it is looked up by. GTIN-8, UPC-A (12), EAN-13 and ITF-14 are
// one number space: they are kept as 14 digits, so that any of them finds the item. UPC-E is a short way to print a
// UPC-A and is expanded. Codes with a weight or price inside (GTIN-13 of the in-store prefixes 20–29) follow the
// store's patterns. Codes with GS1 fields are read by scanned-code.ts, which the catalogue does not need.
// Source: GS1 General Specifications, check digit calculation and UPC-E zero suppression.

import { parseEmbeddedCode, type EmbeddedCode, type EmbeddedPattern } from './embedded-barcode.ts';
import { gtinCheckDigit, hasValidCheckDigit } from './gtin-check-digit.ts';
import { toAsciiDigits } from './parse-decimal.ts';

/** Longest code that is read, in characters; a GS1 DataMatrix holds less. */
export const BARCODE_MAX = 256;

export type PlainCode =
  | {
      readonly kind: 'gtin';
      readonly gtin14: string;
      readonly form: 'gtin-8' | 'gtin-12' | 'gtin-13' | 'gtin-14' | 'upc-e';
      /** Restricted circulation: meaningful in this shop only (GTIN-13 prefixes 02, 04, 20–29, GTIN-8 0 and 2). */
      readonly isInStore: boolean;
      readonly key: string;
    }
  /** Weight or price is inside the code; `key` finds the item, `value` says how much. */
  | EmbeddedCode
  /** A code of the shop itself (SKU, locker, badge): looked up as it is printed. */
  | { readonly kind: 'other'; readonly key: string }
  | {
      readonly kind: 'unknown';
      readonly reason: 'empty' | 'too-long' | 'unreadable' | 'wrong-check-digit';
      /** Still worth a look-up: shops do use digits of their own in the length of a GTIN. */
      readonly key: string;
    };

export type BarcodeOptions = {
  /** Patterns of the store for codes with a weight or price inside. */
  readonly patterns?: readonly EmbeddedPattern[];
  /** Says that the scanner read UPC-E, which six to eight digits alone cannot prove. */
  readonly isUpcE?: boolean;
};

/** Reads one code as scanned or typed. Never throws: what cannot be read is `unknown` with the reason. */
export function parseBarcode(code: string, options: BarcodeOptions = {}): PlainCode {
  const plain = plainCode(code);
  if (plain.length > BARCODE_MAX) return { kind: 'unknown', reason: 'too-long', key: '' };
  if (plain === '') return { kind: 'unknown', reason: 'empty', key: '' };
  if (/[\p{Cc}\p{Cs}\uFFFD]/u.test(plain)) return { kind: 'unknown', reason: 'unreadable', key: '' };
  const embedded = parseEmbeddedCode(plain, options.patterns ?? []);
  if (embedded !== null) return embedded;
  const key = catalogueKey(plain);
  if (options.isUpcE === true) {
    const upcA = expandUpcE(plain);
    if (upcA !== null) return gtin(upcA, 'upc-e');
  }
  const form = gtinForm(plain);
  if (form === null) return { kind: 'other', key };
  if (hasValidCheckDigit(plain)) return gtin(plain, form);
  const upcA = plain.length === 8 ? expandUpcE(plain) : null;
  return upcA === null ? { kind: 'unknown', reason: 'wrong-check-digit', key } : gtin(upcA, 'upc-e');
}

/**
 * The string that a code is stored and looked up by: the 14-digit GTIN where the check digit holds (UPC-E expanded),
 * else the code as printed in capitals, without spaces at its ends, digits of any script as ASCII.
 */
export function catalogueKey(code: string): string {
  const plain = plainCode(code);
  if (gtinForm(plain) === null) return plain;
  if (hasValidCheckDigit(plain)) return plain.padStart(14, '0');
  const upcA = plain.length === 8 ? expandUpcE(plain) : null;
  return upcA === null ? plain : upcA.padStart(14, '0');
}

/**
 * All keys under which a scanned code may stand in the catalogue, best first: its own key, the item of a code with
 * weight or price inside, and the UPC-A behind eight digits that are a valid GTIN-8 and a valid UPC-E at once.
 */
export function catalogueKeys(code: string, options: BarcodeOptions = {}): readonly string[] {
  const plain = plainCode(code);
  const keys = new Set([parseBarcode(code, options).key, catalogueKey(code)]);
  const upcA = plain.length === 8 ? expandUpcE(plain) : null;
  if (upcA !== null) keys.add(upcA.padStart(14, '0'));
  keys.delete('');
  return [...keys];
}

/**
 * The 12-digit UPC-A behind a UPC-E of 6 (bare), 7 (with number system) or 8 digits (with check digit).
 * Null when it is no UPC-E: number system other than 0 or 1, or a check digit that does not hold.
 */
export function expandUpcE(code: string): string | null {
  if (!/^(?:[0-9]{6}|[01][0-9]{6,7})$/.test(code)) return null;
  const numberSystem = code.length === 6 ? '0' : code.slice(0, 1);
  const body = code.length === 6 ? code : code.slice(1, 7);
  const [a, b, c, d, e, last] = [0, 1, 2, 3, 4, 5].map((place) => body.charAt(place));
  const expanded = {
    '0': `${a}${b}00000${c}${d}${e}`,
    '1': `${a}${b}10000${c}${d}${e}`,
    '2': `${a}${b}20000${c}${d}${e}`,
    '3': `${a}${b}${c}00000${d}${e}`,
    '4': `${a}${b}${c}${d}00000${e}`,
  }[last ?? ''];
  const digits = `${numberSystem}${expanded ?? `${a}${b}${c}${d}${e}0000${last}`}`;
  const upcA = `${digits}${String(gtinCheckDigit(digits))}`;
  return code.length === 8 && code.at(-1) !== upcA.at(-1) ? null : upcA;
}

// Digits of other scripts come from keyboards set to Persian or Arabic; scanners type through them.
function plainCode(code: string): string {
  return toAsciiDigits(code.trim()).toUpperCase();
}

function gtinForm(plain: string): 'gtin-8' | 'gtin-12' | 'gtin-13' | 'gtin-14' | null {
  if (!/^[0-9]+$/.test(plain) || /^0+$/.test(plain)) return null;
  switch (plain.length) {
    case 8:
      return 'gtin-8';
    case 12:
      return 'gtin-12';
    case 13:
      return 'gtin-13';
    case 14:
      return 'gtin-14';
    default:
      return null;
  }
}

function gtin(digits: string, form: Extract<PlainCode, { kind: 'gtin' }>['form']): PlainCode {
  const gtin14 = digits.padStart(14, '0');
  const isInStore =
    form === 'gtin-8' ? /^[02]/.test(digits) : form !== 'gtin-14' && /^(?:02|04|2)/.test(gtin14.slice(1));
  return { kind: 'gtin', gtin14, form, isInStore, key: gtin14 };
}
