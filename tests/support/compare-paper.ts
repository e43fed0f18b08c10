// Compares what came out of a printer with a picture that somebody has looked at, dot by dot. Letters that a browser has drawn
// may differ by a few dots from one browser to the next; a printer's own letters may not.
// `RECEIPT_PICTURES=write` draws the pictures anew: look at them before they are committed.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inflateSync } from 'node:zlib';

/** Null where they agree; else what is wrong, in words. */
export function differenceFrom(file: string, png: Buffer, mayDifferPermille = 0): string | null {
  if (process.env['RECEIPT_PICTURES'] === 'write') {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, png);
  }
  if (!existsSync(file)) return `${file} is missing`;
  const [approved, drawn] = [dotsOf(readFileSync(file)), dotsOf(png)];
  if (approved.length !== drawn.length) return `${path.basename(file)} has another size`;
  let differing = 0;
  let black = 0;
  for (let at = 0; at < drawn.length; at += 1) {
    differing += bitsOf((approved[at] ?? 0) ^ (drawn[at] ?? 0));
    // PNG grey of one bit: 0 is black.
    black += 8 - bitsOf(drawn[at] ?? 0);
  }
  return differing * 1000 <= black * mayDifferPermille
    ? null
    : `${path.basename(file)}: ${differing} dots of ${black} differ`;
}

const bitsOf = (byte: number): number => byte.toString(2).replaceAll('0', '').length;

/** The rows of a picture, whatever the compression. */
function dotsOf(png: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  return inflateSync(Buffer.concat(parts));
}
