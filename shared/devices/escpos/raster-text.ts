// Lines that a printer has no letters for are drawn and sent as dots. This file names the promise of whoever
// draws (a canvas in the browser) and decides the one thing that must not depend on the canvas: numbers, codes,
// dates and phone numbers inside right-to-left text are isolated (LRI … PDI), because the bidirectional rules
// would print +98 21 1234-5678 as 5678-1234 21 98+.

import type { Outcome } from '../../domain/refusal.ts';
import type { Bitmap } from './commands.ts';
import { needsShaping } from './printable-text.ts';

/** A text in a box of dots. */
export type RasterPiece = {
  readonly text: string;
  readonly left: number;
  readonly width: number;
  readonly align: 'left' | 'center' | 'right';
};

export type RasterLine = {
  readonly pieces: readonly RasterPiece[];
  readonly isBold: boolean;
  readonly fontDots: number;
  readonly width: number;
  readonly height: number;
  readonly direction: 'ltr' | 'rtl';
};

/** Draws one line in black and white. Refuses rather than drawing with a font that lacks the letters. */
export type RasterText = {
  draw(line: RasterLine): Promise<Outcome<Bitmap, 'printer-font-missing'>>;
};

const LEFT_TO_RIGHT_ISOLATE = '\u2066';
const POP_ISOLATE = '\u2069';
// A sign, a currency before or behind, and letters and digits of numbers and codes with the signs between them.
const CODE_OR_NUMBER =
  /[+\-\u2212]?(?:\p{Sc}\s?)?[\p{Nd}\p{Script=Latin}](?:[\p{Nd}\p{Script=Latin}.,:;/\\\-\u066a-\u066c\u2212_@#&'()+*]|\s(?=[\p{Nd}\p{Script=Latin}(+]))*(?<=[\p{Nd}\p{Script=Latin})])(?:[%\u066a]|\s?\p{Sc})?/gu;

/**
 * `text` with every number and code isolated where it stands on a line that runs from right to left, or holds such letters
 * itself; otherwise as it is. A receipt number alone on such a line would be turned around as well.
 */
export function isolateCodes(text: string, direction: 'ltr' | 'rtl' = 'ltr'): string {
  if (direction === 'ltr' && !needsShaping(text)) return text;
  return text.replace(CODE_OR_NUMBER, (run) => `${LEFT_TO_RIGHT_ISOLATE}${run}${POP_ISOLATE}`);
}
