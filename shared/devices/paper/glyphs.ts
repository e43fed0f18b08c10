// The letters of a receipt printer's font A as dots, 12 × 24 each. They are packed, so that the preview costs a few
// kilobytes; unpacking is the platform's own, in browsers and in Node alike.

import packed from './glyphs.json' with { type: 'json' };

export const GLYPH_COLUMNS = 12;
export const GLYPH_ROWS = 24;
const BYTES_PER_ROW = 2;

export type Glyphs = {
  /** 24 rows from top to bottom, bit 11 = the leftmost dot; null for a letter that font A has not. */
  rowsOf(letter: string): ArrayLike<number> | null;
};

/** Unpacks the font; about 5 ms, once for each page that needs it. */
export async function loadGlyphs(): Promise<Glyphs> {
  const rows = await inflate(Uint8Array.from(atob(packed.deflatedRowsBase64), (sign) => sign.charCodeAt(0)));
  const places = new Map([...packed.characters].map((letter, index) => [letter, index]));
  return {
    rowsOf(letter) {
      const place = places.get(letter);
      if (place === undefined) return null;
      return Array.from({ length: GLYPH_ROWS }, (_, row) => {
        const offset = (place * GLYPH_ROWS + row) * BYTES_PER_ROW;
        return ((rows[offset] ?? 0) << 8) | (rows[offset + 1] ?? 0);
      });
    },
  };
}

async function inflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
