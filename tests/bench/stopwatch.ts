// A stopwatch inside the page: it starts with the time stamp that the browser gave the key or click itself and stops
// in the very change of the document that shows the result, so neither the test's own messages nor its polling are
// measured. Input is real input through the DevTools protocol.

import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright';

/** What starts the watch: a key (by `KeyboardEvent.key`), a click, or the navigation of the page. */
export type StartEvent =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'click' }
  | { readonly kind: 'navigation' };

export type Watched = {
  readonly start: StartEvent;
  /** CSS selector that matches as soon as the result stands in the document, and not before. */
  readonly until: string;
};

/** What stopwatch-in-page.js puts into the window. */
type PageStopwatch = { arm(watched: Watched): void; result: Promise<number> | null };

const RESULT_TIMEOUT_MS = 30_000;

/** To be called before the page is opened. */
export async function installStopwatch(page: Page): Promise<void> {
  await page.addInitScript({ path: fileURLToPath(new URL('./stopwatch-in-page.js', import.meta.url)) });
}

/** Milliseconds from the start event that `act` causes to the result. */
export async function measure(
  page: Page,
  watched: Watched,
  act: () => Promise<unknown>,
  timeoutMs = RESULT_TIMEOUT_MS,
): Promise<number> {
  await page.evaluate((asked) => {
    (window as unknown as { stopwatch: PageStopwatch }).stopwatch.arm(asked);
  }, watched);
  await act();
  return readStopwatch(page, watched.until, timeoutMs);
}

/** Milliseconds from the start of the navigation to the result, for a page that was opened with {@link armedUrl}. */
export async function measureStart(page: Page, until: string, open: () => Promise<unknown>): Promise<number> {
  await page.addInitScript((selector) => {
    (window as unknown as { stopwatch: PageStopwatch }).stopwatch.arm({
      start: { kind: 'navigation' },
      until: selector,
    });
  }, until);
  await open();
  return readStopwatch(page, until, RESULT_TIMEOUT_MS);
}

async function readStopwatch(page: Page, until: string, timeoutMs: number): Promise<number> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`${until} did not appear within ${timeoutMs / 1000} s`)),
      timeoutMs,
    );
  });
  try {
    const reading = page.evaluate(
      () => (window as unknown as { stopwatch: PageStopwatch }).stopwatch.result ?? Promise.resolve(-1),
    );
    const ms = await Promise.race([reading, late]);
    if (ms < 0) throw new Error(`The stopwatch for ${until} was never started.`);
    return ms;
  } finally {
    clearTimeout(timer);
  }
}
