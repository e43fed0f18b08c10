// Prints shelf labels: as ZPL on a label printer, as short strips on a receipt printer. Both are reached through the server,
// which sends to configured printers only. Jobs are kept below what one request may hold.

import { accept, type Outcome } from '../../domain/refusal.ts';
import type { ShelfLabel } from '../../domain/shelf-label.ts';
import type { ConfiguredPrinter } from '../../domain/store.ts';
import type { RasterText } from '../escpos/raster-text.ts';
import type { LabelDesk } from '../ports.ts';

/** Well below the largest job that the server takes. */
const JOB_BYTES_MAX = 200_000;

export function createLabelDesk(given: {
  readonly send: (printer: ConfiguredPrinter, bytes: Uint8Array) => Promise<Outcome<unknown>>;
  readonly rasterText: RasterText;
}): LabelDesk {
  const bytesOf = async (
    printer: ConfiguredPrinter,
    wanted: { readonly label: ShelfLabel; readonly copies: number },
    size: Parameters<LabelDesk['print']>[2],
  ): Promise<Outcome<Uint8Array>> => {
    const { label, copies } = wanted;
    if (printer.zplDpi !== undefined) {
      const { encodeLabel } = await import('./encode-label.ts');
      return encodeLabel(label, copies, { size, dpi: printer.zplDpi, rasterText: given.rasterText });
    }
    const [{ encodeReceipt }, { joinBytes }, { labelReceipt }, { paperOf }] = await Promise.all([
      import('../escpos/encode-receipt.ts'),
      import('../escpos/commands.ts'),
      import('../../domain/shelf-label.ts'),
      import('../escpos/printer-profiles.ts'),
    ]);
    const one = await encodeReceipt(labelReceipt(label), paperOf(printer), given.rasterText);
    return one.ok ? accept(joinBytes(Array.from({ length: copies }, () => one.value))) : one;
  };
  return {
    async print(printer, labels, size) {
      const { joinBytes } = await import('../escpos/commands.ts');
      let job: Uint8Array[] = [];
      let jobBytes = 0;
      const flush = async (): Promise<Outcome<unknown>> => {
        if (job.length === 0) return accept(null);
        const bytes = joinBytes(job);
        [job, jobBytes] = [[], 0];
        return given.send(printer, bytes);
      };
      for (const wanted of labels) {
        const encoded = await bytesOf(printer, wanted, size);
        if (!encoded.ok) return encoded;
        if (jobBytes + encoded.value.length > JOB_BYTES_MAX) {
          const sent = await flush();
          if (!sent.ok) return sent;
        }
        job.push(encoded.value);
        jobBytes += encoded.value.length;
      }
      const sent = await flush();
      return sent.ok ? accept(null) : sent;
    },
    async preview(label, size) {
      const { drawLabel } = await import('./draw-label.ts');
      return drawLabel(label, size, given.rasterText);
    },
  };
}
