// Draws receipt lines in the browser with the shop's own Persian and Arabic face, then cuts the grey of the
// letters' edges to black and white at a plain threshold (dithering would fray them). The face must really be
// loaded: a substitute would print boxes or unjoined letters, so a missing one refuses the print.

import { accept, refuse, type Outcome } from '../../domain/refusal.ts';
import type { Bitmap } from './commands.ts';
import { needsShaping } from './printable-text.ts';
import type { RasterLine, RasterText } from './raster-text.ts';

/** Below this luminance (0..255) a dot is black. */
const BLACK_BELOW = 160;
/** Share of the line height at which the letters stand. */
const BASELINE = 0.74;

/** A {@link RasterText} on an OffscreenCanvas, with faces of the document (`fonts` is `document.fonts`). */
export function createCanvasRasterText(given: {
  readonly fonts: FontFaceSet;
  readonly family: string;
}): RasterText {
  return {
    async draw(line): Promise<Outcome<Bitmap, 'printer-font-missing'>> {
      const font = `${line.isBold ? 700 : 400} ${line.fontDots}px "${given.family}"`;
      const text = line.pieces.map((piece) => piece.text).join(' ');
      if (!(await isFaceLoaded(given.fonts, font, text)))
        return refuse('printer-font-missing', { family: given.family });
      return accept(drawLine(line, `${font}, sans-serif`));
    },
  };
}

/** `load` answers with the faces that the letters need; none for joined letters means that the face is absent. */
async function isFaceLoaded(fonts: FontFaceSet, font: string, text: string): Promise<boolean> {
  try {
    const faces = await fonts.load(font, text);
    return !needsShaping(text) || (faces.length > 0 && faces.every((face) => face.status === 'loaded'));
  } catch {
    return false;
  }
}

function drawLine(line: RasterLine, font: string): Bitmap {
  const canvas = new OffscreenCanvas(line.width, line.height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('This browser gives no 2D canvas to draw a receipt on.');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, line.width, line.height);
  context.fillStyle = '#000';
  context.font = font;
  context.direction = line.direction;
  context.textBaseline = 'alphabetic';
  for (const piece of line.pieces) {
    context.textAlign = piece.align;
    const x = { left: 0, center: piece.width / 2, right: piece.width }[piece.align];
    // The last argument condenses a text that is wider than its place, so that it never runs into another.
    context.fillText(piece.text, piece.left + x, line.height * BASELINE, piece.width);
  }
  return toBitmap(context.getImageData(0, 0, line.width, line.height));
}

function toBitmap(image: ImageData): Bitmap {
  const bytesPerRow = Math.ceil(image.width / 8);
  const rows = new Uint8Array(bytesPerRow * image.height);
  for (let y = 0; y < image.height; y += 1) {
    for (let x = 0; x < image.width; x += 1) {
      const red = image.data[(y * image.width + x) * 4] ?? 255;
      if (red < BLACK_BELOW) {
        const at = y * bytesPerRow + (x >> 3);
        rows[at] = (rows[at] ?? 0) | (0x80 >> (x & 7));
      }
    }
  }
  return { width: image.width, height: image.height, rows };
}
