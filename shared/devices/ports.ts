// What a device promises, named after UnifiedPOS. A promise is small and kept or refused: the answer is an
// Outcome, never an exception, because a printer without paper is daily business and never undoes a sale.
// Screens see these types only; drivers are chosen by the composition root.

import type { Receipt } from '../domain/receipt-blocks.ts';
import type { Outcome } from '../domain/refusal.ts';

/**
 * Why a driver itself did not print; each has a sentence under `refusal.<reason>`. What stands behind the driver
 * (the server, the printer) refuses with reasons of its own, which are passed on.
 */
export type PrintRefusal = 'printer-font-missing' | 'printer-text-not-printable' | 'print-cancelled';

/** Prints on paper (or hands the page to the browser). `ok` means the device took all of it. */
export type PosPrinter = {
  print(receipt: Receipt): Promise<Outcome<null>>;
};

/** The box that opens. Asked only after the sale is final, and never again for the same sale by itself. */
export type CashDrawer = {
  open(): Promise<Outcome<null>>;
};

/** One code as read, before the domain has parsed it. */
export type ScanEvent = {
  readonly code: string;
  readonly source: 'keyboard' | 'camera' | 'serial';
  /** Milliseconds on the clock of the event (`KeyboardEvent.timeStamp`); for measuring, not for dating. */
  readonly atMs: number;
};

export type Scanner = {
  /** Calls back for every code read, until the returned function is called. */
  onScan(listener: (event: ScanEvent) => void): () => void;
};
