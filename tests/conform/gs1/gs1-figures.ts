// What our GS1 code makes of one published vector. Vectors write FNC1 as `^`; we write it as scanners send it.

import {
  checkExclusions,
  checkRepeats,
  checkRequirements,
  checkSignedKey,
} from '../../../shared/domain/gs1/associations.ts';
import { formatDigitalLink, parseDigitalLink } from '../../../shared/domain/gs1/digital-link.ts';
import {
  formatElementString,
  parseBracketed,
  parseElementString,
} from '../../../shared/domain/gs1/element-string.ts';
import { GROUP_SEPARATOR } from '../../../shared/domain/gs1/group-separator.ts';
import { isLinterName, lint } from '../../../shared/domain/gs1/linters.ts';
import { readScanData } from '../../../shared/domain/gs1/scan-data.ts';
import { gtinCheckDigit, hasValidCheckDigit } from '../../../shared/domain/gtin-check-digit.ts';
import type { Figures } from '../judge.ts';
import { readObject, readText, type Fields } from '../read-fields.ts';
import { UnsupportedCase } from '../unsupported-case.ts';
import { transmissionOf } from '../../support/scanner-transmission.ts';
import { scaleCodeFigures } from './scale-codes.ts';
import { variableMeasureFigures } from './variable-measure.ts';

const SUBJECTS: Readonly<Record<string, (one: Fields) => Figures>> = {
  linters: linterFigures,
  bracketed_ai_to_fnc1: (one) => bracketedFigures(readText(one, 'input')),
  fnc1_ai_valid: (one) => ({ ok: isElementString(readText(one, 'input')) }),
  ai_combinations: combinationFigures,
  digital_link_parse: linkFigures,
  digital_link_generate: linkFormFigures,
  generate_scan_data: transmissionFigures,
  process_scan_data: scanFigures,
  ai_linter_table: problemFigures,
  check_digits: checkDigitFigures,
  variable_measure_decode: variableMeasureFigures,
  in_store_scale_codes: scaleCodeFigures,
};

/** Our figures for one case, in the shape of its expectation. */
export function gs1Figures(one: Fields): Figures {
  const subject = readText(one, 'subject');
  const figures = SUBJECTS[subject];
  if (figures === undefined) throw new UnsupportedCase(`cases about ${subject} are not understood`);
  return figures(one);
}

function linterFigures(one: Fields): Figures {
  const [name, value] = [readText(one, 'linter'), readText(one, 'value')];
  if (!isLinterName(name)) throw new UnsupportedCase(`there is no check named ${name} in the dictionary`);
  const { error } = readObject(one['expected'], 'expected');
  const problem = lint(name, value);
  // Whether a company prefix has been given out is known only to GS1's directory, which a till does not ask.
  const needsDirectory =
    error === 'gcp-datasource-offline' || (error === 'invalid-gcp-prefix' && problem === null);
  if (needsDirectory) throw new UnsupportedCase('it needs the directory of company prefixes');
  return { valid: problem === null, error: problem };
}

function bracketedFigures(input: string): Figures {
  const parsed = parseBracketed(input);
  return { ok: parsed.ok, expected: parsed.ok ? withCarets(formatElementString(parsed.value)) : null };
}

function isElementString(input: string): boolean {
  return input.startsWith('^') && parseElementString(input.slice(1).replaceAll('^', GROUP_SEPARATOR)).ok;
}

const RULES = {
  validateAIrepeats: checkRepeats,
  validateAImutex: checkExclusions,
  validateAIrequisites: checkRequirements,
  validateDigSigRequiresSerialisedKey: checkSignedKey,
} as const;

function combinationFigures(one: Fields): Figures {
  const name = readText(one, 'rule');
  if (!isRule(name)) throw new UnsupportedCase(`the rule ${name} is not understood`);
  // One rule is judged at a time, over fields that need not all be known.
  const parsed = parseBracketed(readText(one, 'input'), { keepsUnknown: true });
  return { ok: parsed.ok && RULES[name](parsed.value).ok };
}

function isRule(name: string): name is keyof typeof RULES {
  return Object.hasOwn(RULES, name);
}

const LINK_OPTIONS = [
  'permitConvenienceAlphas',
  'PermitZeroSuppressedGTINinDLuris',
  'PermitUnknownAIs',
  'ValidationEnabled:gs1_encoder_vUNKNOWN_AI_NOT_DL_ATTR',
];

function linkOptions(one: Fields): NonNullable<Parameters<typeof parseDigitalLink>[1]> {
  const options = readObject(one['options'], 'options');
  const strange = Object.keys(options).filter((key) => !LINK_OPTIONS.includes(key));
  if (strange.length > 0) throw new UnsupportedCase(`the option ${strange.join(', ')} is not understood`);
  const [names, zeros, unknown, validation] = LINK_OPTIONS.map((key) => options[key]);
  return {
    readsNames: names === 'true',
    padsGtin: zeros === 'true',
    keepsUnknown: unknown === 'true',
    allowsUnknownInQuery: validation === 'false',
  };
}

function linkFigures(one: Fields): Figures {
  const parsed = parseDigitalLink(readText(one, 'input'), linkOptions(one));
  return { ok: parsed.ok, expected: parsed.ok ? withCarets(formatElementString(parsed.value)) : null };
}

function linkFormFigures(one: Fields): Figures {
  const options = linkOptions(one);
  const parsed = parseBracketed(readText(one, 'ai_data'), { keepsUnknown: options.keepsUnknown ?? false });
  const link = parsed.ok ? formatDigitalLink(readText(one, 'stem'), parsed.value, options) : parsed;
  return { ok: link.ok, expected: link.ok ? link.value : null };
}

function transmissionFigures(one: Fields): Figures {
  const { AddCheckDigit: adds, ...others } = readObject(one['options'], 'options');
  if (Object.keys(others).length > 0) throw new UnsupportedCase('an option is not understood');
  return {
    scan: transmissionOf(readText(one, 'symbology'), readText(one, 'data'), {
      addsCheckDigit: adds === 'true',
    }),
  };
}

const SYMBOLOGY_NAMES = {
  'gs1-128': 'GS1_128_CCA',
  'ean-13': 'EAN13',
  'ean-8': 'EAN8',
  databar: 'DataBarExpanded',
  'data-matrix': 'DM',
  qr: 'QR',
  dotcode: 'DotCode',
} as const;

function scanFigures(one: Fields): Figures {
  const scan = readText(one, 'scan');
  const read = readScanData(scan);
  if (!read.ok) return { ok: false };
  const { symbology, text, elements } = read.value;
  const isGs1 = elements.length > 0 && !/^https?:/i.test(text);
  const fields = isGs1 ? withCarets(formatElementString(elements)) : '';
  // A plain text that begins with a caret would look like fields, so the vectors put a backslash before it.
  const plain = /^\\*\^/.test(text) ? `\\${text}` : text;
  return {
    ok: true,
    symbology: SYMBOLOGY_NAMES[symbology],
    data: plain === '' || !isGs1 ? plain + fields : `${plain}|${fields}`,
  };
}

function problemFigures(one: Fields): Figures {
  const parsed = parseBracketed(readText(one, 'ai_data'));
  return { problem: parsed.ok ? null : (parsed.details['problem'] ?? parsed.reason).toString() };
}

function checkDigitFigures(one: Fields): Figures {
  const gtin = readText(one, 'gtin');
  const body = gtin.slice(0, -1);
  return { ok: hasValidCheckDigit(gtin), correct: `${body}${String(gtinCheckDigit(body))}` };
}

function withCarets(text: string): string {
  return `^${text.replaceAll(GROUP_SEPARATOR, '^')}`;
}
