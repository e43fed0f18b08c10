// Shows on the screen what a printer will print: the receipt goes through the very encoder, its bytes through the strict
// reading of a printer, and what comes out are the dots. All of it is fetched when somebody first wants to look.

import { accept, refuse } from '../../domain/refusal.ts';
import type { RasterText } from '../escpos/raster-text.ts';
import type { PaperPreview } from '../ports.ts';
import type { Glyphs } from './glyphs.ts';

export function createPaperPreview(given: { readonly rasterText: RasterText | null }): PaperPreview {
  const memory: { glyphs: Promise<Glyphs> | null } = { glyphs: null };
  return async (receipt, columns) => {
    const [encoder, profiles, decoder, papers, glyphs] = await Promise.all([
      import('../escpos/encode-receipt.ts'),
      import('../escpos/printer-profiles.ts'),
      import('./decode-escpos.ts'),
      import('./paper.ts'),
      import('./glyphs.ts'),
    ]);
    memory.glyphs ??= glyphs.loadGlyphs();
    const profile = profiles.paperOfColumns(columns);
    const encoded = await encoder.encodeReceipt(receipt, profile, given.rasterText);
    if (!encoded.ok) return encoded;
    const reader = new decoder.EscPosDecoder();
    const paper = new papers.Paper(profile.dotsPerLine, await memory.glyphs);
    for (const operation of reader.push(encoded.value)) paper.apply(operation);
    reader.end();
    // Our own encoder is read by our own reader: a fault is a letter that no printer would print.
    if (reader.faults.length > 0 || paper.faults.length > 0)
      return refuse('printer-text-not-printable', { text: reader.faults[0]?.what ?? paper.faults[0] ?? '' });
    return accept(paper.dots());
  };
}
