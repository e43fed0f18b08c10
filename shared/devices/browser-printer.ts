// Prints with the browser's own dialog: the receipt is shown in a part of the page that only the print
// stylesheet makes visible, then the dialog opens, then it is taken away again. What it looks like is the
// screen's matter (the same receipt component); this file owns the order of things.
//
//   show(receipt) ─► fonts and pictures ready ─► window.print() ─► afterprint ─► hide()

import { accept, refuse, type Outcome } from '../domain/refusal.ts';
import type { Receipt } from '../domain/receipt-blocks.ts';
import type { PosPrinter, PrintProof } from './ports.ts';

/** The part of the page that is only seen by the printer. */
export type PrintView = {
  /** Resolves when the receipt stands in the document, with its fonts loaded. */
  show(receipt: Receipt): Promise<void>;
  hide(): void;
};

/** What we need of `window`. */
export type PrintWindow = {
  print(): void;
  addEventListener(type: 'afterprint', listener: () => void, options: { readonly once: true }): void;
  removeEventListener(type: 'afterprint', listener: () => void): void;
};

/** Some browsers never say that printing has ended; then the view is taken away after this time. */
const AFTER_PRINT_WAIT_MS = 60_000;

/**
 * A printer that opens the browser's print dialog. `ok` says that the dialog was shown and closed; whether
 * paper came out is something no browser tells. Refuses a second receipt while a dialog is open.
 */
export function createBrowserPrinter(given: {
  readonly view: PrintView;
  readonly window: PrintWindow;
  readonly setTimeout: (run: () => void, afterMs: number) => number;
  readonly clearTimeout: (timer: number) => void;
}): PosPrinter {
  let isPrinting = false;
  return {
    async print(receipt): Promise<Outcome<PrintProof>> {
      if (isPrinting) return refuse('print-cancelled', { because: 'dialog-open' });
      isPrinting = true;
      try {
        await given.view.show(receipt);
        await dialogClosed(given);
        return accept(null);
      } finally {
        given.view.hide();
        isPrinting = false;
      }
    },
  };
}

function dialogClosed(given: Parameters<typeof createBrowserPrinter>[0]): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      given.clearTimeout(timer);
      given.window.removeEventListener('afterprint', finish);
      resolve();
    };
    const timer = given.setTimeout(finish, AFTER_PRINT_WAIT_MS);
    given.window.addEventListener('afterprint', finish, { once: true });
    given.window.print();
  });
}
