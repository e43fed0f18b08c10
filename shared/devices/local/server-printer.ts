// A network printer that was set up at this till: the server alone connects to it, and keeps its jobs by their ids.

import type { Outcome } from '../../domain/refusal.ts';
import { refuse } from '../../domain/refusal.ts';
import { createPrinterDrawer, type DrawerPulse } from '../cash-drawer.ts';
import type { RasterText } from '../escpos/raster-text.ts';
import { createNetworkPrinter } from '../network-printer.ts';
import type { LinkPrinter } from '../link/link-printer.ts';
import type { PrinterStatus, PrintProof } from '../ports.ts';

/** As long as a pulse may wait on its way: later the customer has changed. */
export const DRAWER_VALID_MS = 10_000;

/** What the server does for printers; the composition root brings it. */
export type PrintServer = {
  readonly send: (
    printerId: string,
    bytes: Uint8Array,
    job: { readonly id?: string; readonly validForMs?: number },
  ) => Promise<Outcome<PrintProof>>;
  readonly ask: (printerId: string) => Promise<Outcome<PrinterStatus | null>>;
};

export function createServerPrinter(given: {
  readonly server: PrintServer;
  readonly printerId: string;
  readonly printer: Parameters<typeof createNetworkPrinter>[0]['printer'];
  readonly rasterText: RasterText | null;
  readonly pulse: DrawerPulse | null;
}): LinkPrinter {
  const { server, printerId, pulse } = given;
  return {
    drawer:
      pulse === null
        ? { open: () => Promise.resolve(refuse('drawer-not-set-up')) }
        : createPrinterDrawer({
            pulse,
            send: (bytes) => server.send(printerId, bytes, { validForMs: DRAWER_VALID_MS }),
          }),
    printer: createNetworkPrinter({
      printer: given.printer,
      rasterText: given.rasterText,
      send: (bytes, jobId) => server.send(printerId, bytes, jobId === undefined ? {} : { id: jobId }),
    }),
    askStatus: () => server.ask(printerId),
  };
}
