import { describe, expect, it } from 'vitest';
import type { Receipt } from '../domain/receipt-blocks.ts';
import { createBrowserPrinter } from './browser-printer.ts';

const RECEIPT: Receipt = { language: 'en', blocks: [{ kind: 'text', text: 'Tea' }] };

function browser() {
  const log: string[] = [];
  let afterPrint: (() => void) | null = null;
  let waited: (() => void) | null = null;
  const printer = createBrowserPrinter({
    view: {
      show: () => {
        log.push('show');
        return Promise.resolve();
      },
      hide: () => log.push('hide'),
    },
    window: {
      print: () => log.push('print'),
      addEventListener: (_type, listener) => {
        afterPrint = listener;
      },
      removeEventListener: () => {
        afterPrint = null;
      },
    },
    setTimeout: (run) => {
      waited = run;
      return 1;
    },
    clearTimeout: () => {
      waited = null;
    },
  });
  return { log, printer, closeDialog: () => afterPrint?.(), waitForever: () => waited?.() };
}

describe('printing with the browser', () => {
  it('shows the receipt before the dialog and takes it away after', async () => {
    const { log, printer, closeDialog } = browser();
    const printing = printer.print(RECEIPT);
    await Promise.resolve();
    expect(log).toEqual(['show', 'print']);
    closeDialog();
    expect(await printing).toEqual({ ok: true, value: null });
    expect(log).toEqual(['show', 'print', 'hide']);
  });

  it('refuses a second receipt while the dialog is open, and takes the next one after', async () => {
    const { printer, closeDialog } = browser();
    const first = printer.print(RECEIPT);
    expect(await printer.print(RECEIPT)).toMatchObject({ ok: false, reason: 'print-cancelled' });
    closeDialog();
    await first;
    const next = printer.print(RECEIPT);
    await Promise.resolve();
    closeDialog();
    expect(await next).toMatchObject({ ok: true });
  });

  it('does not wait for ever in a browser that never says that printing has ended', async () => {
    const { log, printer, waitForever } = browser();
    const printing = printer.print(RECEIPT);
    await Promise.resolve();
    waitForever();
    expect(await printing).toMatchObject({ ok: true });
    expect(log.at(-1)).toBe('hide');
  });
});
