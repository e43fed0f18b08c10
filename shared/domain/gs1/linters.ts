// Checks of one component of a GS1 field, under the names that the GS1 syntax dictionary uses for them ("linters"). Each
// answers null when the text is right, or says in kebab-case what is wrong first. Rules: GS1 General Specifications.

import { hasValidCheckDigit } from '../gtin-check-digit.ts';
import {
  COUNTRY_LETTERS,
  COUNTRY_NUMBERS,
  CURRENCY_NUMBERS,
  MEDIA_TYPES,
  PACKAGE_TYPES,
} from './code-lists.ts';
import { couponCode, couponOffer } from './coupon-linters.ts';
import {
  dayOfMonth,
  hour,
  hourAndMinute,
  minute,
  second,
  twoDigitYearDate,
  yearDate,
} from './date-linters.ts';
import { alphaCheckPair, iban } from './check-character-linters.ts';

export type Linter = (text: string) => string | null;

const CSET_82 = /[^!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]/;
/** The shortest GS1 company prefix has four digits. Whether it is given out only GS1's directory could say. */
const COMPANY_PREFIX_MIN = 4;

const LINTERS = {
  csetnumeric: (text) => (/\D/.test(text) ? 'non-digit-character' : null),
  cset82: (text) => (CSET_82.test(text) ? 'invalid-cset82-character' : null),
  cset39: (text) => (/[^#\-/0-9A-Z]/.test(text) ? 'invalid-cset39-character' : null),
  cset64: base64Url,
  csum: checkDigit,
  csumalpha: alphaCheckPair,
  gcppos1: companyPrefix,
  gcppos2: (text) => companyPrefix(text.slice(1)),
  yymmdd: (text) => dayOfMonth(text) ?? twoDigitYearDate(text),
  yymmd0: twoDigitYearDate,
  yyyymmdd: (text) => yearDate(text) ?? (text.endsWith('00') ? 'illegal-day' : null),
  yyyymmd0: yearDate,
  hh: hour,
  mi: minute,
  ss: second,
  hhmi: hourAndMinute,
  iso3166: (text) => (COUNTRY_NUMBERS.has(text) ? null : 'not-iso3166'),
  iso3166999: (text) => (COUNTRY_NUMBERS.has(text) || text === '999' ? null : 'not-iso3166-or-999'),
  iso3166alpha2: (text) => (COUNTRY_LETTERS.has(text) ? null : 'not-iso3166-alpha2'),
  iso4217: (text) => (CURRENCY_NUMBERS.has(text) ? null : 'not-iso4217'),
  iso5218: (text) => (/^[0129]$/.test(text) ? null : 'invalid-biological-sex-code'),
  iban,
  couponcode: couponCode,
  couponposoffer: couponOffer,
  pcenc: (text) => (/%(?![0-9A-Fa-f]{2})/.test(text) ? 'invalid-percent-sequence' : null),
  latitude: (text) => coordinate(text, { name: 'latitude', max: 1_800_000_000 }),
  longitude: (text) => coordinate(text, { name: 'longitude', max: 3_600_000_000 }),
  importeridx: importerIndex,
  packagetype: (text) => (PACKAGE_TYPES.has(text) ? null : 'invalid-package-type'),
  mediatype: (text) => (MEDIA_TYPES.has(text) ? null : 'invalid-media-type'),
  pieceoftotal: pieceOfTotal,
  posinseqslash: positionInSequence,
  hyphen: (text) => (text === '-' ? null : 'not-hyphen'),
  yesno: (text) => (/^[01]$/.test(text) ? null : 'not-zero-or-one'),
  winding: (text) => (/^[019]$/.test(text) ? null : 'invalid-winding-direction'),
  zero: (text) => (/[^0]/.test(text) ? 'not-zero' : null),
  nonzero: (text) => digitsOr(text, () => (/[1-9]/.test(text) ? null : 'illegal-zero-value')),
  nozeroprefix: (text) => digitsOr(text, () => (text.startsWith('0') ? 'illegal-zero-prefix' : null)),
  hasnondigit: (text) => (/\D/.test(text) ? null : 'requires-non-digit-character'),
} as const satisfies Readonly<Record<string, Linter>>;

export type LinterName = keyof typeof LINTERS;

export function isLinterName(name: string): name is LinterName {
  return Object.hasOwn(LINTERS, name);
}

/** What is wrong with `text` first, or null. */
export function lint(name: LinterName, text: string): string | null {
  return LINTERS[name](text);
}

function digitsOr(text: string, check: () => string | null): string | null {
  return /\D/.test(text) ? 'non-digit-character' : check();
}

function checkDigit(text: string): string | null {
  if (text === '') return 'too-short-for-check-digit';
  return digitsOr(text, () => (hasValidCheckDigit(text) ? null : 'incorrect-check-digit'));
}

function companyPrefix(text: string): string | null {
  if (text.length < COMPANY_PREFIX_MIN) return 'too-short-for-gcp';
  return /\D/.test(text.slice(0, COMPANY_PREFIX_MIN)) ? 'invalid-gcp-prefix' : null;
}

// GS1 keeps the padding of a base64url field in whole groups of three characters.
function base64Url(text: string): string | null {
  const body = text.replace(/=+$/, '');
  const padding = text.length - body.length;
  if (padding > 2 || (padding > 0 && text.length % 3 !== 0)) return 'invalid-cset64-padding';
  return /[^A-Za-z0-9\-_]/.test(body) ? 'invalid-cset64-character' : null;
}

function coordinate(
  text: string,
  { name, max }: { readonly name: string; readonly max: number },
): string | null {
  if (text.length !== 10) return `${name}-invalid-length`;
  return digitsOr(text, () => (Number(text) > max ? `invalid-${name}` : null));
}

function importerIndex(text: string): string | null {
  if (text.length !== 1) return 'importer-idx-must-be-one-character';
  return /[-0-9A-Za-z_]/.test(text) ? null : 'invalid-import-idx-character';
}

/** `0205`: piece 2 of 5, both halves of the same width. */
function pieceOfTotal(text: string): string | null {
  return digitsOr(text, () => {
    if (text === '' || text.length % 2 !== 0) return 'invalid-length-for-piece-of-total';
    const [piece, total] = [text.slice(0, text.length / 2), text.slice(text.length / 2)];
    if (/^0+$/.test(piece)) return 'zero-piece-number';
    if (/^0+$/.test(total)) return 'zero-total-pieces';
    return piece > total ? 'piece-number-exceeds-total' : null;
  });
}

/** `2/3`: the second of three. */
function positionInSequence(text: string): string | null {
  const [, position, end] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  if (position === undefined || end === undefined) return 'position-in-sequence-malformed';
  if (position.startsWith('0') || end.startsWith('0')) return 'illegal-zero-prefix';
  const isAfterEnd = position.length > end.length || (position.length === end.length && position > end);
  return isAfterEnd ? 'position-exceeds-end' : null;
}
