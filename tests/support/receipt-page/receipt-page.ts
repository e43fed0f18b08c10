// The receipt encoder as a browser runs it: bundled, lazily loaded, under a policy without eval or inline scripts.
// The test calls `window.printReceipt` and decodes the bytes that a printer would get.

import '@fontsource-variable/vazirmatn/index.css';
import { createCanvasRasterText } from '../../../shared/devices/escpos/canvas-raster-text.ts';
import { createNetworkPrinter } from '../../../shared/devices/network-printer.ts';
import type { Receipt } from '../../../shared/domain/receipt-blocks.ts';
import { accept } from '../../../shared/domain/refusal.ts';

export type PrintReceipt = (
  receipt: Receipt,
  given: { readonly columns: number; readonly family: string },
) => Promise<{ readonly reason: string | null; readonly bytes: readonly number[] }>;

const printReceipt: PrintReceipt = async (receipt, { columns, family }) => {
  let bytes: readonly number[] = [];
  const printer = createNetworkPrinter({
    printer: { columns },
    send: (job) => {
      bytes = [...job];
      return Promise.resolve(accept(null));
    },
    rasterText: createCanvasRasterText({ fonts: document.fonts, family }),
  });
  const printed = await printer.print(receipt);
  return { reason: printed.ok ? null : printed.reason, bytes };
};

Object.assign(window, { printReceipt });
