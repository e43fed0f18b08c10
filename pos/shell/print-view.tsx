// The part of the page that only the browser's printer sees. It speaks the language of the receipt, not of the
// screen, and waits for the faces of its letters.

import { render } from 'preact';
import type { Receipt } from '../../shared/domain/receipt-blocks.ts';
import { ReceiptView } from '../../shared/ui/receipt-view.tsx';

export function createPrintView(document: Document): {
  /** Resolves when the receipt stands in the document, with its fonts loaded. */
  show(receipt: Receipt): Promise<void>;
  hide(): void;
} {
  let sheet: HTMLElement | null = null;
  return {
    async show(receipt) {
      sheet = document.createElement('div');
      sheet.className = 'print-only';
      document.body.append(sheet);
      document.body.classList.add('is-printing');
      render(<ReceiptView receipt={receipt} />, sheet);
      await document.fonts.ready;
    },
    hide() {
      document.body.classList.remove('is-printing');
      if (sheet === null) return;
      render(null, sheet);
      sheet.remove();
      sheet = null;
    },
  };
}
