// Which reads of a camera count. A single picture of bars can be misread; two equal reads shortly after each other are hardly
// both wrong, and retail numbers prove themselves by their check digit. Codes that correct their own errors (QR, Data Matrix)
// count at once. A code that stays in view counts once, until it was out of view for a while.
//
//   read ─► right by itself? ─► bars: read equally a moment ago? ─► counted lately? no ─► it counts
//
// Time is given with every read, so that traces can be replayed.

import { expandUpcE } from '../../domain/barcode.ts';
import { hasValidCheckDigit } from '../../domain/gtin-check-digit.ts';
import type { CodeFormat, DecodedCode } from './decoded-code.ts';

/** Two equal reads must lie within this. */
const SAME_READ_MS = 800;
/** A code that was not seen for so long may be meant again. */
const OUT_OF_VIEW_MS = 1500;
/** Shorter ones are too easily seen in any pattern of lines. */
const ITF_MIN = 6;
const CODE_39_MIN = 3;

/** Codes with error correction of their own. */
const SELF_CORRECTING: ReadonlySet<CodeFormat> = new Set(['QRCode', 'DataMatrix']);

export type ReadsSeen = {
  /** By code: when it was read last, and when it last counted. */
  readonly codes: ReadonlyMap<string, { readonly readAt: number; readonly countedAt: number | null }>;
};

export const NOTHING_SEEN: ReadsSeen = { codes: new Map() };

/** Takes in what one picture showed; `counted` is what counts now, in the order of the picture. */
export function judgeReads(
  seen: ReadsSeen,
  reads: readonly DecodedCode[],
  atMs: number,
): { readonly seen: ReadsSeen; readonly counted: readonly DecodedCode[] } {
  const codes = new Map([...seen.codes].filter(([, { readAt }]) => atMs - readAt <= OUT_OF_VIEW_MS));
  const counted: DecodedCode[] = [];
  for (const read of reads) {
    if (!isRightByItself(read)) continue;
    const key = `${read.format} ${read.text}`;
    const before = codes.get(key);
    const isConfirmed =
      SELF_CORRECTING.has(read.format) || (before !== undefined && atMs - before.readAt <= SAME_READ_MS);
    const countsNow = isConfirmed && (before?.countedAt ?? null) === null;
    if (countsNow) counted.push(read);
    codes.set(key, { readAt: atMs, countedAt: countsNow ? atMs : (before?.countedAt ?? null) });
  }
  return { seen: { codes }, counted };
}

/** The code as the rest of the till takes it: GS1 fields keep the prefix that says so. */
export function scannedText(read: DecodedCode): string {
  return read.isGs1 && read.symbology !== null ? `${read.symbology}${read.text}` : read.text;
}

function isRightByItself({ format, text }: DecodedCode): boolean {
  switch (format) {
    case 'EAN13':
    case 'EAN8':
    case 'UPCA':
      return /^\d+$/.test(text) && hasValidCheckDigit(text);
    case 'UPCE':
      return text.length === 8 ? expandUpcE(text) !== null : hasValidCheckDigit(text);
    case 'ITF':
      return text.length >= ITF_MIN && (text.length !== 14 || hasValidCheckDigit(text));
    case 'Code39':
      return text.length >= CODE_39_MIN;
    case 'Code128':
    case 'DataBarOmni':
    case 'DataBarStk':
    case 'DataBarStkOmni':
    case 'DataBarLtd':
    case 'DataBarExp':
    case 'DataBarExpStk':
    case 'QRCode':
    case 'DataMatrix':
      return text !== '';
  }
}
