// A label as dots for the preview: the layout of the printer, every text drawn, symbols from their modules.

import { accept, type Outcome } from '../../domain/refusal.ts';
import type { ShelfLabel } from '../../domain/shelf-label.ts';
import type { Bitmap } from '../escpos/commands.ts';
import { isolateCodes, type RasterText } from '../escpos/raster-text.ts';
import { qrModules } from '../paper/symbols.ts';
import type { LabelSize, PaperDots, PrintRefusal } from '../ports.ts';
import { barModules, layoutLabel, type LabelElement } from './label-layout.ts';

const PREVIEW_DPI = 203;

/** The label as a printer of 203 dots per inch makes it. */
export async function drawLabel(
  label: ShelfLabel,
  size: LabelSize,
  rasterText: RasterText,
): Promise<Outcome<PaperDots, PrintRefusal>> {
  const { width, height, direction, elements } = layoutLabel(label, size, PREVIEW_DPI);
  const rows = new Uint8Array(Math.ceil(width / 8) * height);
  const paint = (bitmap: Bitmap, left: number, top: number): void => {
    const from = Math.ceil(bitmap.width / 8);
    for (let y = 0; y < bitmap.height; y += 1) {
      for (let x = 0; x < bitmap.width; x += 1) {
        if (((bitmap.rows[y * from + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) === 0) continue;
        dot(left + x, top + y);
      }
    }
  };
  const dot = (x: number, y: number): void => {
    if (x < 0 || y < 0 || x >= width || y >= height) return;
    const at = y * Math.ceil(width / 8) + (x >> 3);
    rows[at] = (rows[at] ?? 0) | (0x80 >> (x & 7));
  };
  for (const element of elements) {
    if (element.kind !== 'text') {
      for (const [x, y] of symbolDots(element)) dot(x, y);
      continue;
    }
    const drawn = await rasterText.draw({
      pieces: [
        { text: isolateCodes(element.text, direction), left: 0, width: element.width, align: element.align },
      ],
      isBold: element.isBold,
      fontDots: Math.round(element.height * 0.82),
      width: element.width,
      height: Math.round(element.height * 1.2),
      direction,
    });
    if (!drawn.ok) return drawn;
    paint(drawn.value, element.left, Math.max(0, element.top - Math.round(element.height * 0.1)));
  }
  return accept({ width, height, rows });
}

function* symbolDots(
  element: Exclude<LabelElement, { kind: 'text' }>,
): Generator<readonly [x: number, y: number]> {
  const { left, top, moduleDots } = element;
  const modules: readonly (readonly boolean[])[] =
    element.kind === 'qr' ? qrModules(element.text) : [barModules(element.symbology, element.text)];
  const rowDots = element.kind === 'qr' ? moduleDots : element.height;
  for (const [row, cells] of modules.entries()) {
    for (const [column, isDark] of cells.entries()) {
      if (!isDark) continue;
      for (let y = 0; y < rowDots; y += 1)
        for (let x = 0; x < moduleDots; x += 1)
          yield [left + column * moduleDots + x, top + row * rowDots + y];
    }
  }
}
