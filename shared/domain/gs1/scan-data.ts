// What a scanner transmits once it names the symbology (AIM prefix, as `]C1`): plain text, GS1 fields, a retail number, or a
// retail number with a 2D component printed over it. Source: ISO/IEC 15424 and GS1 General Specifications 5.1.2.

import { hasValidCheckDigit } from '../gtin-check-digit.ts';
import { accept, refuse, type Outcome } from '../refusal.ts';
import { isWebAddress, parseDigitalLink } from './digital-link.ts';
import { parseElementString, type Gs1Element } from './element-string.ts';

export type Symbology = 'gs1-128' | 'ean-13' | 'ean-8' | 'databar' | 'data-matrix' | 'qr' | 'dotcode';

export type ScanData = {
  readonly symbology: Symbology;
  /** What stands in the code: digits of a retail number, or plain text. Empty where the code is GS1 fields. */
  readonly text: string;
  /** GS1 fields: of the code itself, of the 2D component, or of a Digital Link in `text`. */
  readonly elements: readonly Gs1Element[];
};

/** By the prefix, which codes hold GS1 fields. Other symbologies are read, but carry none. */
const PREFIXES: ReadonlyMap<string, { readonly symbology: Symbology; readonly isGs1: boolean }> = new Map([
  [']C1', { symbology: 'gs1-128', isGs1: true }],
  [']e0', { symbology: 'databar', isGs1: true }],
  [']d1', { symbology: 'data-matrix', isGs1: false }],
  [']d2', { symbology: 'data-matrix', isGs1: true }],
  [']Q1', { symbology: 'qr', isGs1: false }],
  [']Q3', { symbology: 'qr', isGs1: true }],
  [']J0', { symbology: 'dotcode', isGs1: false }],
  [']J1', { symbology: 'dotcode', isGs1: true }],
  [']E0', { symbology: 'ean-13', isGs1: false }],
  [']E4', { symbology: 'ean-8', isGs1: false }],
]);

const COMPOSITE = '|]e0';

/** Reads a transmission that begins with an AIM prefix. Refuses prefixes that carry nothing GS1 knows. */
export function readScanData(scan: string): Outcome<ScanData> {
  const prefix = PREFIXES.get(scan.slice(0, 3));
  if (prefix === undefined) return refuse('gs1-prefix-unknown');
  const { symbology, isGs1 } = prefix;
  const data = scan.slice(3);
  if (symbology === 'ean-13' || symbology === 'ean-8') return readRetail(symbology, data);
  if (isGs1) {
    const elements = parseElementString(data);
    return elements.ok ? accept({ symbology, text: '', elements: elements.value }) : elements;
  }
  if (!isWebAddress(data)) return accept({ symbology, text: data, elements: [] });
  const link = parseDigitalLink(data);
  return link.ok ? accept({ symbology, text: data, elements: link.value }) : link;
}

function readRetail(symbology: 'ean-13' | 'ean-8', data: string): Outcome<ScanData> {
  const length = symbology === 'ean-13' ? 13 : 8;
  const text = data.slice(0, length);
  const rest = data.slice(length);
  const isNumber = text.length === length && /^\d+$/.test(text);
  if (!isNumber || (rest !== '' && !rest.startsWith(COMPOSITE))) return refuse('gs1-number-wrong');
  if (!hasValidCheckDigit(text)) return refuse('gs1-value-wrong', { problem: 'incorrect-check-digit' });
  if (rest === '') return accept({ symbology, text, elements: [] });
  const elements = parseElementString(rest.slice(COMPOSITE.length));
  return elements.ok ? accept({ symbology, text, elements: elements.value }) : elements;
}
