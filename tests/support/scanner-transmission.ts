// What a scanner would send for a printed code, with the AIM prefix of its symbology: for tests that play a scanner. `data` is
// written as GS1 writes test data: FNC1 as `^`, a 2D component after `|`, a retail number as digits or as AI 01.

import { gtinCheckDigit, hasValidCheckDigit } from '../../shared/domain/gtin-check-digit.ts';
import { formatElementString, parseElementString } from '../../shared/domain/gs1/element-string.ts';
import { GROUP_SEPARATOR } from '../../shared/domain/gs1/group-separator.ts';

type Options = { readonly addsCheckDigit?: boolean };

/** Codes that may hold text or fields, with the prefix for each. */
const MATRIX: ReadonlyMap<string, readonly [plain: string, gs1: string]> = new Map([
  ['QR', [']Q1', ']Q3']],
  ['DM', [']d1', ']d2']],
  ['DotCode', [']J0', ']J1']],
]);
/** Digits of retail numbers; UPC is sent as EAN-13. */
const RETAIL: ReadonlyMap<string, readonly [digits: number, prefix: string]> = new Map([
  ['EAN13', [13, ']E0']],
  ['UPCA', [12, ']E00']],
  ['UPCE', [12, ']E00']],
  ['EAN8', [8, ']E4']],
]);
const DATABAR_GTIN = /^DataBar(?:Omni|Truncated|Stacked|StackedOmni|Limited)$/;
const DATABAR_LIMITED_MAX = 19_999_999_999_999;

/** The transmission, or null where such a code cannot be printed. */
export function transmissionOf(symbology: string, data: string, options: Options = {}): string | null {
  const matrix = MATRIX.get(symbology);
  if (matrix !== undefined) {
    const [plain, gs1] = matrix;
    return data.startsWith('^') ? gs1 + separated(data) : plain + data.replace(/^\\(?=\\*\^)/, '');
  }
  const bar = data.indexOf('|');
  const linear = bar === -1 ? data : data.slice(0, bar);
  const component = bar === -1 ? null : data.slice(bar + 1);
  if (component !== null && !component.startsWith('^')) return null;
  if (symbology === 'DataBarExpanded' || symbology.startsWith('GS1_128')) {
    if (!linear.startsWith('^')) return null;
    if (component === null) return (symbology === 'DataBarExpanded' ? ']e0' : ']C1') + separated(linear);
    return `]e0${joined(separated(linear), separated(component))}`;
  }
  if (DATABAR_GTIN.test(symbology)) {
    const number = retailNumber(linear.replace(/^\^01/, ''), 14, options);
    const isTooLarge = symbology === 'DataBarLimited' && Number(number) > DATABAR_LIMITED_MAX;
    return number === null || isTooLarge ? null : `]e001${number}${separated(component ?? '^')}`;
  }
  const retail = RETAIL.get(symbology);
  if (retail === undefined) return null;
  const [digits, prefix] = retail;
  const zeros = `^01${'0'.repeat(14 - digits)}`;
  const number = retailNumber(
    linear.startsWith(zeros) ? linear.slice(zeros.length) : linear,
    digits,
    options,
  );
  if (number === null) return null;
  return component === null ? prefix + number : `${prefix}${number}|]e0${separated(component)}`;
}

/** Fields behind a prefix: the leading FNC1 is what the prefix says already. */
function separated(data: string): string {
  return data.slice(1).replaceAll('^', GROUP_SEPARATOR);
}

/** The fields of the 2D component follow those of the bars, behind a separator where the last needs one. */
function joined(linear: string, component: string): string {
  const parsed = parseElementString(linear);
  if (!parsed.ok) return linear + component;
  const next = { ai: '99', value: 'X' };
  return formatElementString([...parsed.value, next]).slice(0, -'99X'.length) + component;
}

function retailNumber(text: string, digits: number, { addsCheckDigit = false }: Options): string | null {
  const wanted = addsCheckDigit ? digits - 1 : digits;
  if (text.length !== wanted || !/^\d+$/.test(text)) return null;
  if (addsCheckDigit) return `${text}${String(gtinCheckDigit(text))}`;
  return hasValidCheckDigit(text) ? text : null;
}
