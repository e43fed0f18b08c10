// Printing as the screens know it: bytes to a configured printer through the server, and how that printer is.

import type { PrinterStatus, PrintProof } from '../devices/ports.ts';
import type { PrinterId } from '../domain/ids.ts';
import type { Outcome } from '../domain/refusal.ts';

export type PrintCommands = {
  /**
   * Sends bytes to a configured printer through the server. The answer says whether the printer took them. Asked again under
   * the same id, the server tells how it went instead of printing twice.
   */
  printThroughServer(
    printer: PrinterId,
    bytes: Uint8Array,
    job?: { readonly id?: string; readonly validForMs?: number },
  ): Promise<Outcome<PrintProof>>;
  /** How a configured printer is: paper, cover, errors; null where it does not say. */
  askPrinter(printer: PrinterId): Promise<Outcome<PrinterStatus | null>>;
};
