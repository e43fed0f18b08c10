// A picture file becomes dots for paper: drawn on white at the chosen width, turned to greys, dithered. What is no picture, or
// too large to be one for a receipt, is refused before anything is drawn.

import { ditherFloydSteinberg } from '../../../shared/domain/dither.ts';
import { PICTURE_HEIGHT_MAX, toPicture, type Picture } from '../../../shared/domain/picture.ts';
import { accept, refuse, type Outcome } from '../../../shared/domain/refusal.ts';

const FILE_BYTES_MAX = 10_000_000;
/** Weights of red, green and blue in a grey, in thousandths (ITU-R BT.709). */
const [RED, GREEN, BLUE] = [213, 715, 72];

/** The file as a picture `width` dots wide, or less where it would become too high. */
export async function readLogo(file: Blob, width: number): Promise<Outcome<Picture, 'layout-logo'>> {
  if (file.size > FILE_BYTES_MAX) return refuse('layout-logo');
  let source: ImageBitmap;
  try {
    source = await createImageBitmap(file);
  } catch {
    return refuse('layout-logo');
  }
  try {
    const scale = Math.min(width / source.width, PICTURE_HEIGHT_MAX / source.height);
    const [across, down] = [source.width, source.height].map((size) => Math.max(1, Math.floor(size * scale)));
    return accept(draw(source, across ?? 1, down ?? 1));
  } finally {
    source.close();
  }
}

function draw(source: ImageBitmap, width: number, height: number): Picture {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('This browser gives no 2D canvas to draw a logo on.');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(source, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  const grey = Uint8Array.from({ length: width * height }, (_, place) =>
    Math.round(
      ((data[place * 4] ?? 0) * RED +
        (data[place * 4 + 1] ?? 0) * GREEN +
        (data[place * 4 + 2] ?? 0) * BLUE) /
        1000,
    ),
  );
  return toPicture(width, height, ditherFloydSteinberg(grey, width, height));
}
