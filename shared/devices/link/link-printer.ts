// A receipt printer and its drawer behind a cable of this device. The link is opened for each job and closed after it, so
// that another window of the till, or another program, can print in between, and so that a job always begins on a fresh line.

import type { Outcome } from '../../domain/refusal.ts';
import { refuse } from '../../domain/refusal.ts';
import { createPrinterDrawer, type DrawerPulse } from '../cash-drawer.ts';
import type { PaperProfile } from '../escpos/printer-profiles.ts';
import type { RasterText } from '../escpos/raster-text.ts';
import type { CashDrawer, PosPrinter, PrinterStatus, PrintProof } from '../ports.ts';
import type { OpenLink } from './byte-link.ts';
import { askPrinter, printOverLink, type PrinterMemory } from './printer-talk.ts';
import type { Wait } from './within.ts';

export type LinkPrinterGiven = {
  readonly open: OpenLink;
  readonly paper: PaperProfile;
  readonly rasterText: RasterText | null;
  /** Null where no drawer hangs on this printer. */
  readonly pulse: DrawerPulse | null;
  readonly memory: PrinterMemory;
  readonly wait: Wait;
  readonly onStatus: (status: PrinterStatus) => void;
};

export type LinkPrinter = {
  readonly printer: PosPrinter;
  readonly drawer: CashDrawer;
  /** How the printer is; null where it cannot say. */
  readonly askStatus: () => Promise<Outcome<PrinterStatus | null>>;
};

export function createLinkPrinter(given: LinkPrinterGiven): LinkPrinter {
  const send = async (bytes: Uint8Array): Promise<Outcome<PrintProof>> => {
    const opened = await given.open();
    if (!opened.ok) return opened;
    const link = opened.value;
    try {
      return await printOverLink(link, bytes, given);
    } finally {
      await link.close();
    }
  };
  const drawer =
    given.pulse === null
      ? { open: () => Promise.resolve(refuse('drawer-not-set-up')) }
      : createPrinterDrawer({ pulse: given.pulse, send });
  return {
    drawer,
    printer: {
      async print(receipt) {
        const { encodeReceipt } = await import('../escpos/encode-receipt.ts');
        const encoded = await encodeReceipt(receipt, given.paper, given.rasterText);
        return encoded.ok ? send(encoded.value) : encoded;
      },
    },
    async askStatus() {
      const opened = await given.open();
      if (!opened.ok) return opened;
      try {
        return await askPrinter(opened.value, given);
      } finally {
        await opened.value.close();
      }
    },
  };
}
