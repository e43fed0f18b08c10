// A serial port in the page, with a scale on it that speaks Toledo 8217: it answers each question with what the test last laid on
// it. What else is written to the port is kept, as a display would show it. Runs before the page's own scripts; the page sees the browser's interface and nothing of this.

import type { Page } from 'playwright';

export type FakeScale = {
  /** `1.245` for a stable weight, `?A` for a status, '' for silence. */
  lay(says: string): Promise<void>;
  /** Everything written, as Latin-1. */
  written(): Promise<string>;
};

declare global {
  interface Window {
    fakeScaleSays?: string;
    fakeSerialWritten?: string;
  }
}

export async function withFakeScale(page: Page): Promise<FakeScale> {
  await page.addInitScript(() => {
    const GRANTED = 'fake-serial-granted';
    let controller: ReadableStreamDefaultController<Uint8Array> | null = null;
    let [readable, writable]: [ReadableStream<Uint8Array> | null, WritableStream<Uint8Array> | null] = [
      null,
      null,
    ];
    const port = {
      getInfo: () => ({ usbVendorId: 0x0403, usbProductId: 0x6001 }),
      open() {
        readable = new ReadableStream({
          start(given) {
            controller = given;
          },
        });
        writable = new WritableStream({
          write(chunk) {
            const says = window.fakeScaleSays ?? '0.000';
            const text = String.fromCharCode(...chunk);
            window.fakeSerialWritten = (window.fakeSerialWritten ?? '') + text;
            if (text !== 'W' || says === '') return;
            controller?.enqueue(Uint8Array.from(`\u0002${says}\r`, (letter) => letter.charCodeAt(0)));
          },
        });
        return Promise.resolve();
      },
      close: () => Promise.resolve(),
      get readable() {
        return readable;
      },
      get writable() {
        return writable;
      },
    };
    Object.defineProperty(navigator, 'serial', {
      value: {
        getPorts: () => Promise.resolve(localStorage.getItem(GRANTED) === null ? [] : [port]),
        requestPort() {
          localStorage.setItem(GRANTED, 'yes');
          return Promise.resolve(port);
        },
        addEventListener: () => undefined,
        removeEventListener: () => undefined,
      },
    });
  });
  return {
    written: () => page.evaluate(() => window.fakeSerialWritten ?? ''),
    lay: (says) =>
      page.evaluate((text) => {
        window.fakeScaleSays = text;
      }, says),
  };
}
