// What the catalogue is asked for when a code was scanned.

import type { ScannedCode } from './scanned-code.ts';

/**
 * What to look a scanned code up by: the goods in it where it says more than which goods they are, else the code itself,
 * without the prefix by which a scanner names the symbology.
 */
export function soughtCode(code: string, parsed: ScannedCode): string {
  if (parsed.kind === 'gs1' || parsed.kind.endsWith('-embedded')) return parsed.key;
  return code.replace(/^\][A-Za-z]\d/, '');
}
