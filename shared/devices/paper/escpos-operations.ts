// What ESC/POS bytes ask of a printer, one operation at a time, and the readers of the commands that need no memory of
// what came before. Arguments that make no sense are faults.

export type Operation =
  | { readonly kind: 'initialise' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'line-feed' }
  | { readonly kind: 'feed'; readonly dots: number }
  | { readonly kind: 'bold'; readonly isOn: boolean }
  | { readonly kind: 'size'; readonly width: number; readonly height: number }
  | { readonly kind: 'align'; readonly align: 'left' | 'center' | 'right' }
  | { readonly kind: 'code-page'; readonly name: string }
  | { readonly kind: 'raster'; readonly width: number; readonly height: number; readonly rows: Uint8Array }
  /** A part of a picture that waits for the end of its line. */
  | { readonly kind: 'strip'; readonly width: number; readonly height: number; readonly rows: Uint8Array }
  | {
      readonly kind: 'barcode';
      readonly symbology: 'ean13' | 'code128';
      readonly code: string;
      readonly heightDots: number;
      readonly moduleDots: number;
      readonly hasText: boolean;
    }
  | { readonly kind: 'qr'; readonly text: string; readonly moduleDots: number }
  | { readonly kind: 'cut'; readonly feedDots: number; readonly isFull: boolean }
  | { readonly kind: 'drawer-pulse'; readonly pin: number; readonly onMs: number; readonly offMs: number }
  | {
      readonly kind: 'status-request';
      readonly command: 'DLE EOT' | 'GS r' | 'GS I' | 'GS a';
      readonly which: number;
    };

export type Fault = { readonly at: number; readonly what: string };

/** A command that is not complete in the bytes so far. */
export const MORE = 'more' as const;
export type Read =
  | { readonly length: number; readonly operation?: Operation; readonly fault?: string }
  | typeof MORE;

/** One sixth of an inch at 203 dots per inch: the line of a printer that was told nothing else. */
export const LINE_DOTS = 34;

export function readDrawerPulse(bytes: Uint8Array): Read {
  if (bytes.length < 5) return MORE;
  const pin = (bytes[2] ?? 0) % 48;
  if (pin > 1) return { length: 5, fault: `ESC p: no drawer connector ${pin}` };
  const onMs = 2 * (bytes[3] ?? 0);
  return { length: 5, operation: { kind: 'drawer-pulse', pin, onMs, offMs: 2 * (bytes[4] ?? 0) } };
}

export function readAlign(n: number): Read {
  const align = (['left', 'center', 'right'] as const)[n % 48];
  if (align === undefined) return { length: 3, fault: `ESC a ${n}: no such alignment` };
  return { length: 3, operation: { kind: 'align', align } };
}

export function readCut(bytes: Uint8Array): Read {
  if (bytes.length < 3) return MORE;
  const mode = bytes[2] ?? 0;
  if (mode === 0 || mode === 1 || mode === 48 || mode === 49)
    return { length: 3, operation: { kind: 'cut', feedDots: 0, isFull: mode % 48 === 0 } };
  if (mode !== 65 && mode !== 66) return unknown(bytes, 3);
  if (bytes.length < 4) return MORE;
  return { length: 4, operation: { kind: 'cut', feedDots: bytes[3] ?? 0, isFull: mode === 65 } };
}

export function readRaster(bytes: Uint8Array): Read {
  if (bytes.length < 8) return MORE;
  if (bytes[2] !== 0x30 || (bytes[3] ?? 0) % 48 !== 0) return unknown(bytes, 4);
  const bytesPerRow = (bytes[4] ?? 0) + 256 * (bytes[5] ?? 0);
  const height = (bytes[6] ?? 0) + 256 * (bytes[7] ?? 0);
  if (height === 0 || height > 255 || bytesPerRow === 0)
    return { length: 8, fault: `GS v 0: ${bytesPerRow} bytes by ${height} rows is not safe on all printers` };
  const length = 8 + bytesPerRow * height;
  if (bytes.length < length) return MORE;
  const rows = bytes.slice(8, length);
  return { length, operation: { kind: 'raster', width: bytesPerRow * 8, height, rows } };
}

/** `ESC * 33`: one strip of 24 rows, three bytes for each column; becomes the rows that it shows. */
export function readColumns(bytes: Uint8Array): Read {
  if (bytes.length < 5) return MORE;
  const width = (bytes[3] ?? 0) + 256 * (bytes[4] ?? 0);
  if (bytes[2] !== 33) return { length: 5, fault: `ESC * ${String(bytes[2])}: only 24 dots, double density` };
  const length = 5 + width * 3;
  if (width === 0 || width > 2047) return { length: 5, fault: `ESC *: a strip of ${width} columns` };
  if (bytes.length < length) return MORE;
  const bytesPerRow = Math.ceil(width / 8);
  const rows = new Uint8Array(bytesPerRow * STRIP_ROWS);
  for (let x = 0; x < width; x += 1) {
    for (let row = 0; row < STRIP_ROWS; row += 1) {
      if (((bytes[5 + x * 3 + (row >> 3)] ?? 0) & (0x80 >> (row & 7))) === 0) continue;
      const at = row * bytesPerRow + (x >> 3);
      rows[at] = (rows[at] ?? 0) | (0x80 >> (x & 7));
    }
  }
  return { length, operation: { kind: 'strip', width, height: STRIP_ROWS, rows } };
}

const STRIP_ROWS = 24;

export function hasRightEan13Check(data: string): boolean {
  if (!/^\d{13}$/.test(data)) return false;
  let sum = 0;
  for (let index = 0; index < 13; index += 1) sum += Number(data[index]) * (index % 2 === 0 ? 1 : 3);
  return sum % 10 === 0;
}

export function unknown(bytes: Uint8Array, length: number): Read {
  return { length: 1, fault: `unknown command ${hex(bytes.subarray(0, length))}` };
}

export function hex(bytes: ArrayLike<number>): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
