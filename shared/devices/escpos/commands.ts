// The few ESC/POS commands that we write ourselves, because the library's own are wrong or missing: start of a
// job, feed before the cut, drawer pulse, bars, QR in UTF-8 and raster pictures. Each function names the
// command as Epson's reference does. Every byte here is ours; text from people never passes through this file
// except as counted data of a barcode.

const ESC = 0x1b;
const FS = 0x1c;
const GS = 0x1d;

/** Rows of one raster command: some firmware reads only the low byte of the height. */
const RASTER_ROWS_MAX = 255;
const BAR_HEIGHT_DOTS = 80;
const QR_BYTES_MAX = 1000;

/** `ESC @` and `FS .`: forget what the job before (perhaps cut off) has left, and leave kanji mode. */
export function startOfJob(): Uint8Array {
  return Uint8Array.of(ESC, 0x40, FS, 0x2e);
}

/** `GS V 66 n`: feed to the knife and `dots` more, then cut all but a bridge. */
export function feedAndCut(dots: number): Uint8Array {
  return Uint8Array.of(GS, 0x56, 66, Math.max(0, Math.min(255, dots)));
}

/** `GS V 65 n`: the same, cut right through. */
export function feedAndCutThrough(dots: number): Uint8Array {
  return Uint8Array.of(GS, 0x56, 65, Math.max(0, Math.min(255, dots)));
}

/** `ESC J n`: feed alone, for printers without a knife; the paper is torn at its edge. */
export function feedDots(dots: number): Uint8Array {
  const parts: number[] = [];
  for (let left = dots; left > 0; left -= 255) parts.push(ESC, 0x4a, Math.min(255, left));
  return Uint8Array.from(parts);
}

/** `ESC p m t1 t2`: one pulse on a drawer connector. Times in milliseconds, in steps of two. */
export function drawerPulse(given: {
  readonly pin: 0 | 1;
  readonly onMs: number;
  readonly offMs: number;
}): Uint8Array {
  const steps = (milliseconds: number) => Math.max(1, Math.min(255, Math.round(milliseconds / 2)));
  return Uint8Array.of(ESC, 0x70, given.pin, steps(given.onMs), steps(given.offMs));
}

/** `LF`. */
export function lineFeed(): Uint8Array {
  return Uint8Array.of(0x0a);
}

/** `GS k 67`: 12 or 13 digits with a right check digit; null otherwise, or where the paper is too narrow. */
export function ean13(code: string, dotsPerLine: number): Uint8Array | null {
  if (!/^\d{12,13}$/.test(code) || dotsPerLine < 2 * (95 + 18)) return null;
  const digits = Array.from(code, Number);
  const sum = digits
    .slice(0, 12)
    .reduce((total, digit, index) => total + digit * (index % 2 === 0 ? 1 : 3), 0);
  const check = (10 - (sum % 10)) % 10;
  if (digits.length === 13 && digits[12] !== check) return null;
  return bars(67, asciiBytes(code.slice(0, 12) + String(check)), dotsPerLine >= 3 * (95 + 18) ? 3 : 2);
}

/** `GS k 73` in code set B: printable ASCII; null for anything else, or where the paper is too narrow. */
export function code128(code: string, dotsPerLine: number): Uint8Array | null {
  if (!/^[ -~]{1,40}$/.test(code)) return null;
  // Wide bars only with room for a quiet zone; narrow ones count on the unprinted margins of the paper.
  const modules = 11 * (code.length + 2) + 13;
  const moduleDots = dotsPerLine >= 3 * (modules + 20) ? 3 : 2;
  if (dotsPerLine < moduleDots * modules) return null;
  return bars(73, asciiBytes(`{B${code.replaceAll('{', '{{')}`), moduleDots);
}

/** `GS h`, `GS w`, `GS H 2` (the code below the bars), `GS k m n`. */
function bars(system: number, data: Uint8Array, moduleDots: number): Uint8Array {
  return joinBytes([
    [GS, 0x68, BAR_HEIGHT_DOTS],
    [GS, 0x77, moduleDots],
    [GS, 0x48, 2],
    [GS, 0x6b, system, data.length],
    data,
    [0x0a],
  ]);
}

/** `GS ( k`: QR model 2, error correction M, text as UTF-8; null for an empty text or one above 1,000 bytes. */
export function qrCode(text: string, dotsPerLine: number): Uint8Array | null {
  const data = new TextEncoder().encode(text);
  if (data.length === 0 || data.length > QR_BYTES_MAX) return null;
  // A symbol of 1,000 bytes has 121 modules; with its margin that is 4 dots each on the widest paper.
  const moduleDots = data.length > 300 ? 3 : dotsPerLine >= 500 ? 6 : 4;
  const store = data.length + 3;
  return joinBytes([
    [GS, 0x28, 0x6b, 4, 0, 49, 65, 50, 0],
    [GS, 0x28, 0x6b, 3, 0, 49, 67, moduleDots],
    [GS, 0x28, 0x6b, 3, 0, 49, 69, 49],
    [GS, 0x28, 0x6b, store & 0xff, store >> 8, 49, 80, 48],
    data,
    [GS, 0x28, 0x6b, 3, 0, 49, 81, 48],
    [0x0a],
  ]);
}

/** A picture of black and white dots, one bit each, rows padded to whole bytes, most significant bit left. */
export type Bitmap = { readonly width: number; readonly height: number; readonly rows: Uint8Array };

/** The same picture, made narrower where it is wider than the paper: every n-th dot of it. */
export function narrowed(bitmap: Bitmap, dotsPerLine: number): Bitmap {
  if (bitmap.width <= dotsPerLine) return bitmap;
  const height = Math.max(1, Math.floor((bitmap.height * dotsPerLine) / bitmap.width));
  const from = Math.ceil(bitmap.width / 8);
  const to = Math.ceil(dotsPerLine / 8);
  const rows = new Uint8Array(to * height);
  for (let y = 0; y < height; y += 1) {
    const top = Math.floor((y * bitmap.height) / height);
    for (let x = 0; x < dotsPerLine; x += 1) {
      const left = Math.floor((x * bitmap.width) / dotsPerLine);
      if (((bitmap.rows[top * from + (left >> 3)] ?? 0) & (0x80 >> (left & 7))) === 0) continue;
      rows[y * to + (x >> 3)] = (rows[y * to + (x >> 3)] ?? 0) | (0x80 >> (x & 7));
    }
  }
  return { width: dotsPerLine, height, rows };
}

/** `GS v 0`: the picture in slices of at most 255 rows. */
export function rasterImage(bitmap: Bitmap): Uint8Array {
  const bytesPerRow = Math.ceil(bitmap.width / 8);
  if (bitmap.rows.length !== bytesPerRow * bitmap.height)
    throw new RangeError('A bitmap has as many bytes as its width and height say.');
  const parts: Uint8Array[] = [];
  for (let top = 0; top < bitmap.height; top += RASTER_ROWS_MAX) {
    const height = Math.min(RASTER_ROWS_MAX, bitmap.height - top);
    parts.push(Uint8Array.of(GS, 0x76, 0x30, 0, bytesPerRow & 0xff, bytesPerRow >> 8, height, 0));
    parts.push(bitmap.rows.subarray(top * bytesPerRow, (top + height) * bytesPerRow));
  }
  return joinBytes(parts);
}

/** Rows of one strip of `ESC * 33`. */
const STRIP_ROWS = 24;

/** `ESC * 33`: the picture in strips of 24 rows, for printers that know no `GS v 0`. */
export function columnImage(bitmap: Bitmap): Uint8Array {
  const bytesPerRow = Math.ceil(bitmap.width / 8);
  const parts: ArrayLike<number>[] = [[ESC, 0x33, STRIP_ROWS]];
  for (let top = 0; top < bitmap.height; top += STRIP_ROWS) {
    const strip = new Uint8Array(bitmap.width * (STRIP_ROWS / 8));
    for (let row = 0; row < Math.min(STRIP_ROWS, bitmap.height - top); row += 1) {
      for (let x = 0; x < bitmap.width; x += 1) {
        const byte = bitmap.rows[(top + row) * bytesPerRow + (x >> 3)] ?? 0;
        if ((byte & (0x80 >> (x & 7))) === 0) continue;
        const at = x * 3 + (row >> 3);
        strip[at] = (strip[at] ?? 0) | (0x80 >> (row & 7));
      }
    }
    parts.push([ESC, 0x2a, 33, bitmap.width & 0xff, bitmap.width >> 8], strip, [0x0a]);
  }
  parts.push([ESC, 0x32]);
  return joinBytes(parts);
}

/** One array out of many. */
export function joinBytes(parts: readonly ArrayLike<number>[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

function asciiBytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
