// Weights, prices, counts and dates in a scan, as the till reads them, against published decodings.

import { GROUP_SEPARATOR } from '../../../shared/domain/gs1/group-separator.ts';
import { gs1Day } from '../../../shared/domain/gs1/gs1-day.ts';
import { parseElementString, type Gs1Element } from '../../../shared/domain/gs1/element-string.ts';
import type { Figures } from '../judge.ts';
import { readList, readObject, readText, type Fields } from '../read-fields.ts';
import { UnsupportedCase } from '../unsupported-case.ts';

/** Any day of the decade in which the vectors were written: it only decides the century. */
const TODAY = '2024-06-01';

export function variableMeasureFigures(one: Fields): Figures {
  const scan = readText(one, 'scan').replaceAll('^', GROUP_SEPARATOR);
  const parsed = parseElementString(scan.startsWith(GROUP_SEPARATOR) ? scan.slice(1) : scan);
  if (!parsed.ok) throw new Error(`refused: ${parsed.reason}`);
  const wanted = readList(readObject(one['expected'], 'expected'), 'ais');
  // Without its separator a field of variable length runs on to the end: no reader can tell where it was meant to stop.
  if (parsed.value.length < wanted.length && typeof one['note'] === 'string')
    throw new UnsupportedCase(`the scan lacks a separator; its own note says: ${one['note']}`);
  return { ais: parsed.value.map((element, at) => fieldFigures(element, readObject(wanted[at], 'an AI'))) };
}

function fieldFigures({ ai, value }: Gs1Element, wanted: Fields): Figures {
  const unit = wanted['unit'] === undefined ? {} : { unit: unitOf(ai) };
  if (wanted['date'] !== undefined) return { ai, date: gs1Day(value, TODAY) };
  return { ai, value: decimalOf(ai, value), ...unit };
}

/** The last digit of these identifiers says how many of the value's digits are decimals. */
function decimalOf(ai: string, value: string): string {
  if (!/^(?:3[1-6]\d\d|39[0-35]\d)$/.test(ai)) return /^(?:30|37)$/.test(ai) ? String(Number(value)) : value;
  const decimals = Number(ai.slice(3));
  const digits = /^39[13]/.test(ai) ? value.slice(3) : value;
  const padded = digits.padStart(decimals + 1, '0');
  const whole = String(Number(padded.slice(0, padded.length - decimals)));
  return decimals === 0 ? whole : `${whole}.${padded.slice(padded.length - decimals)}`;
}

function unitOf(ai: string): string {
  if (ai.startsWith('310') || ai.startsWith('330')) return 'kg';
  if (ai.startsWith('39')) return 'money';
  throw new UnsupportedCase(`the unit of ${ai} is not understood`);
}
