// Turns a grey picture into black dots and white ones so that the eye still sees the greys: Floyd–Steinberg. What a dot is
// too dark or too light by is handed on to its neighbours: 7/16 to the right, 3, 5 and 1/16 below. Whole numbers only, so
// that every device makes the same dots. For pictures and logos; letters keep clean edges with a plain threshold.

import { bytesPerRow } from './picture.ts';

const BLACK_BELOW = 128;
const WHITE = 255;

/** `grey` is 0 (black) to 255 (white), one byte a dot, row by row. Returns rows padded to whole bytes, 1 = black. */
export function ditherFloydSteinberg(grey: ArrayLike<number>, width: number, height: number): Uint8Array {
  if (grey.length !== width * height) throw new RangeError('A grey picture has one byte for each dot.');
  const rows = new Uint8Array(bytesPerRow(width) * height);
  // Sixteenths of what is still to be spread, for this row and the next; one dot more on each side needs no bounds.
  let current = new Int32Array(width + 2);
  let below = new Int32Array(width + 2);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const value = (grey[y * width + x] ?? WHITE) + Math.trunc((current[x + 1] ?? 0) / 16);
      const isBlack = value < BLACK_BELOW;
      if (isBlack) {
        const at = y * bytesPerRow(width) + (x >> 3);
        rows[at] = (rows[at] ?? 0) | (0x80 >> (x & 7));
      }
      const error = value - (isBlack ? 0 : WHITE);
      spread(current, x + 2, error * 7);
      spread(below, x, error * 3);
      spread(below, x + 1, error * 5);
      spread(below, x + 2, error);
    }
    [current, below] = [below, current.fill(0)];
  }
  return rows;
}

function spread(row: Int32Array, at: number, sixteenths: number): void {
  row[at] = (row[at] ?? 0) + sixteenths;
}
