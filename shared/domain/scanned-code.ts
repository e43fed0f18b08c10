// What a code means that comes from a scanner, a camera or a keyboard at the till: GS1 fields in any of their forms, or a plain
// code (barcode.ts). A GS1 code is found by the goods it names and says more about them (lot, last day, weight).

import { BARCODE_MAX, parseBarcode, type BarcodeOptions, type PlainCode } from './barcode.ts';
import { readGs1, type Gs1Scan } from './gs1/read-gs1.ts';
import { toAsciiDigits } from './parse-decimal.ts';

export type ScannedCode =
  | PlainCode
  /** Fields of a GS1 code that names goods; `key` is their GTIN. */
  | { readonly kind: 'gs1'; readonly gtin14: string; readonly key: string; readonly scan: Gs1Scan }
  /** Meant as GS1, and a field in it is wrong. */
  | { readonly kind: 'wrong-fields'; readonly reason: string; readonly key: '' };

/** Reads one code as it comes. Never throws. */
export function parseScannedCode(code: string, options: BarcodeOptions = {}): ScannedCode {
  if (code.length > BARCODE_MAX) return { kind: 'unknown', reason: 'too-long', key: '' };
  // GS1 fields tell small letters from capitals and are parted by a control character.
  const reading = readGs1(toAsciiDigits(code.trim()));
  if (reading?.kind === 'wrong') return { kind: 'wrong-fields', reason: reading.reason, key: '' };
  if (reading?.kind === 'gs1' && reading.scan.gtin14 !== null) {
    const { gtin14 } = reading.scan;
    return { kind: 'gs1', gtin14, key: gtin14, scan: reading.scan };
  }
  return parseBarcode(reading?.kind === 'plain' ? reading.text : code, options);
}
