// A receipt printer on the network, reached through the server (or hub), which alone opens TCP connections and
// only to printers that are set up. The encoder is a chunk of its own: it is loaded with the first receipt, so
// that it costs nothing before the first sale.

import type { Outcome } from '../domain/refusal.ts';
import type { PaperProfile } from './escpos/printer-profiles.ts';
import type { RasterText } from './escpos/raster-text.ts';
import type { PosPrinter, PrintProof } from './ports.ts';

/**
 * A printer as it was set up (columns of font A, profile) behind `send`. Refuses with what `send` refuses, and with
 * `printer-font-missing` or `printer-text-not-printable` before a byte is sent.
 */
export function createNetworkPrinter(given: {
  readonly printer: {
    readonly columns: number;
    readonly profile?: string;
    /** Where it is not that of the profile. */
    readonly cut?: PaperProfile['cut'];
  };
  readonly send: (bytes: Uint8Array, jobId?: string) => Promise<Outcome<PrintProof>>;
  readonly rasterText: RasterText | null;
}): PosPrinter {
  return {
    async print(receipt, jobId) {
      const [{ encodeReceipt }, { paperOf }] = await Promise.all([
        import('./escpos/encode-receipt.ts'),
        import('./escpos/printer-profiles.ts'),
      ]);
      const { cut, ...printer } = given.printer;
      const paper = { ...paperOf(printer), ...(cut !== undefined && { cut }) };
      const encoded = await encodeReceipt(receipt, paper, given.rasterText);
      return encoded.ok ? given.send(encoded.value, jobId) : encoded;
    },
  };
}
