// A picture of black and white dots, as receipts and labels carry it: small, and the same on every printer. The rows stand
// in base64, padded to whole bytes, most significant bit left, 1 = black. Coding is done here, because the domain may use
// neither a browser nor Node.

export type Picture = { readonly width: number; readonly height: number; readonly rowsBase64: string };

/** Dots: 48 mm on 203 dpi paper, and a logo higher than 36 mm wastes paper. */
export const PICTURE_WIDTH_MAX = 384;
export const PICTURE_HEIGHT_MAX = 288;

const SIGNS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const places: ReadonlyMap<string, number> = new Map([...SIGNS].map((sign, place) => [sign, place]));

/** Whole bytes of one row. */
export const bytesPerRow = (width: number): number => Math.ceil(width / 8);

/** Is it a picture that paper takes: whole dots within the limits, and exactly as many bytes as they need? */
export function isPicture({ width, height, rowsBase64 }: Picture): boolean {
  if (!Number.isInteger(width) || width < 1 || width > PICTURE_WIDTH_MAX) return false;
  if (!Number.isInteger(height) || height < 1 || height > PICTURE_HEIGHT_MAX) return false;
  const bytes = bytesPerRow(width) * height;
  const padding = (3 - (bytes % 3)) % 3;
  return (
    rowsBase64.length === Math.ceil(bytes / 3) * 4 &&
    /^[A-Za-z0-9+/]*={0,2}$/.test(rowsBase64) &&
    rowsBase64.endsWith('='.repeat(padding)) &&
    !rowsBase64.endsWith('='.repeat(padding + 1))
  );
}

/** A picture of rows that are padded to whole bytes. */
export function toPicture(width: number, height: number, rows: Uint8Array): Picture {
  if (rows.length !== bytesPerRow(width) * height)
    throw new RangeError('A picture has as many bytes as its width and height say.');
  let text = '';
  for (let at = 0; at < rows.length; at += 3) {
    const triple = ((rows[at] ?? 0) << 16) | ((rows[at + 1] ?? 0) << 8) | (rows[at + 2] ?? 0);
    const signs = [18, 12, 6, 0].map((shift) => SIGNS[(triple >> shift) & 63] ?? '');
    text += signs.slice(0, Math.min(4, rows.length - at + 1)).join('');
  }
  return { width, height, rowsBase64: text.padEnd(Math.ceil(rows.length / 3) * 4, '=') };
}

/** The rows of a picture that {@link isPicture} has let through. */
export function rowsOfPicture({ width, height, rowsBase64 }: Picture): Uint8Array {
  const rows = new Uint8Array(bytesPerRow(width) * height);
  for (let at = 0; at * 4 < rowsBase64.length; at += 1) {
    const quad = [0, 1, 2, 3].reduce(
      (sum, place) => (sum << 6) | (places.get(rowsBase64[at * 4 + place] ?? '') ?? 0),
      0,
    );
    for (const [place, shift] of [16, 8, 0].entries()) {
      const byte = at * 3 + place;
      if (byte < rows.length) rows[byte] = (quad >> shift) & 0xff;
    }
  }
  return rows;
}
