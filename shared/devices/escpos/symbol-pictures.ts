// Bars and QR codes as pictures, for printers that draw none from their data. The same sizes as those that printers draw.

import { code128Modules, ean13Modules, qrModules } from '../paper/symbols.ts';
import type { Bitmap } from './commands.ts';

const BAR_HEIGHT_DOTS = 80;

/** Bars of a code that {@link ean13} or {@link code128} of commands.ts has let through. */
export function barsPicture(symbology: 'code128' | 'ean13', code: string, dotsPerLine: number): Bitmap {
  const modules = symbology === 'ean13' ? ean13Modules(code) : code128Modules(code);
  const moduleDots = dotsPerLine >= 3 * (modules.length + 20) ? 3 : 2;
  const width = modules.length * moduleDots;
  return bitmapOf(width, BAR_HEIGHT_DOTS, (x) => modules[Math.floor(x / moduleDots)] === true);
}

/** A QR code with its quiet zone. */
export function qrPicture(text: string, dotsPerLine: number): Bitmap {
  const rows = qrModules(text);
  const size = rows.length + 8;
  const moduleDots = Math.max(1, Math.min(dotsPerLine >= 500 ? 6 : 4, Math.floor(dotsPerLine / size)));
  return bitmapOf(size * moduleDots, size * moduleDots, (x, y) => {
    const row = rows[Math.floor(y / moduleDots) - 4];
    return row?.[Math.floor(x / moduleDots) - 4] === true;
  });
}

function bitmapOf(width: number, height: number, isBlack: (x: number, y: number) => boolean): Bitmap {
  const bytesPerRow = Math.ceil(width / 8);
  const rows = new Uint8Array(bytesPerRow * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (!isBlack(x, y)) continue;
      const at = y * bytesPerRow + (x >> 3);
      rows[at] = (rows[at] ?? 0) | (0x80 >> (x & 7));
    }
  }
  return { width, height, rows };
}
