// The encoders of receipts and labels as a browser runs them: bundled, lazily loaded, under a policy without eval or inline
// scripts. Tests call these functions on `window` and decode the bytes that a printer would get.

import '@fontsource-variable/vazirmatn/index.css';
import { createCanvasRasterText } from '../../../shared/devices/escpos/canvas-raster-text.ts';
import { createNetworkPrinter } from '../../../shared/devices/network-printer.ts';
import type { LabelSize } from '../../../shared/devices/ports.ts';
import type { Receipt } from '../../../shared/domain/receipt-blocks.ts';
import type { ShelfLabel } from '../../../shared/domain/shelf-label.ts';
import { accept } from '../../../shared/domain/refusal.ts';

type Printed = { readonly reason: string | null; readonly bytes: readonly number[] };

export type ReceiptPage = {
  printReceipt(
    receipt: Receipt,
    given: { readonly columns: number; readonly family: string },
  ): Promise<Printed>;
  printLabel(
    label: ShelfLabel,
    given: { readonly size: LabelSize; readonly dpi: 203 | 300; readonly copies: number },
  ): Promise<Printed>;
  /** Milliseconds of each encoding, receipts taken in turn so that none has the warmer half. */
  timeReceipts(receipts: readonly Receipt[], rounds: number): Promise<readonly (readonly number[])[]>;
};

const FAMILY = 'Vazirmatn Variable';
const rasterTextOf = (family: string) => createCanvasRasterText({ fonts: document.fonts, family });

const page: ReceiptPage = {
  async printReceipt(receipt, { columns, family }) {
    let bytes: readonly number[] = [];
    const printer = createNetworkPrinter({
      printer: { columns },
      send: (job) => {
        bytes = [...job];
        return Promise.resolve(accept('sent'));
      },
      rasterText: rasterTextOf(family),
    });
    const printed = await printer.print(receipt);
    return { reason: printed.ok ? null : printed.reason, bytes };
  },
  async printLabel(label, { size, dpi, copies }) {
    const { encodeLabel } = await import('../../../shared/devices/zpl/encode-label.ts');
    const encoded = await encodeLabel(label, copies, { size, dpi, rasterText: rasterTextOf(FAMILY) });
    return encoded.ok ? { reason: null, bytes: [...encoded.value] } : { reason: encoded.reason, bytes: [] };
  },
  async timeReceipts(receipts, rounds) {
    const [{ encodeReceipt }, { paperOfColumns }] = await Promise.all([
      import('../../../shared/devices/escpos/encode-receipt.ts'),
      import('../../../shared/devices/escpos/printer-profiles.ts'),
    ]);
    const rasterText = rasterTextOf(FAMILY);
    const times: number[][] = receipts.map(() => []);
    for (let round = 0; round < rounds; round += 1) {
      for (const [place, receipt] of receipts.entries()) {
        const started = performance.now();
        const encoded = await encodeReceipt(receipt, paperOfColumns(48), rasterText);
        times[place]?.push(performance.now() - started);
        if (!encoded.ok) throw new Error(`The receipt was refused: ${encoded.reason}`);
      }
    }
    return times;
  },
};

Object.assign(window, { receiptPage: page });
