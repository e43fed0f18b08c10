// Codes of the shop's own scales: whether one is read as such, and what it says, by the shop's pattern where the case names
// one. A shop without a pattern has no scale codes.

import { parseBarcode } from '../../../shared/domain/barcode.ts';
import type { EmbeddedPattern } from '../../../shared/domain/embedded-barcode.ts';
import type { Figures } from '../judge.ts';
import { readText, type Fields } from '../read-fields.ts';
import { UnsupportedCase } from '../unsupported-case.ts';

const KNOWN = new Set([
  'subject',
  'id',
  'expected',
  'source',
  'code',
  'is_scale_code',
  'pattern',
  'decimals',
  'note',
]);

export function scaleCodeFigures(one: Fields): Figures {
  const strange = Object.keys(one).filter((key) => !KNOWN.has(key));
  if (strange.length > 0) throw new UnsupportedCase(`${strange.join(', ')} is not understood`);
  const pattern = patternOf(one);
  if (pattern === null && one['is_scale_code'] === true)
    throw new UnsupportedCase(
      'a scale code is read by the pattern of its shop, which the case does not name',
    );
  const read = parseBarcode(readText(one, 'code'), { patterns: pattern === null ? [] : [pattern] });
  return { isScaleCode: read.kind.endsWith('-embedded') };
}

function patternOf(one: Fields): EmbeddedPattern | null {
  if (one['pattern'] === undefined) return null;
  const decimals = one['decimals'];
  return { template: readText(one, 'pattern'), decimals: typeof decimals === 'number' ? decimals : 0 };
}
