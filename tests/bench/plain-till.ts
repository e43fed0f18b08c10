// Raw IndexedDB in the page of the till that is measured, so that both see the same browser, disk and load: one of its
// acts after each act of the till.

import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright';

/** What plain-till-in-page.js puts into the window. */
type PlainInPage = {
  fill(count: number): Promise<void>;
  scan(place: number): Promise<number>;
  search(text: string): Promise<number>;
  pay(id: string, body: string): Promise<number>;
};
type PlainWindow = { readonly plainTill: PlainInPage };

/** About the size of a stored sale of three lines. */
const ENTRY_LENGTH = 3_300;
const TYPED = ['t', 'te', 'tea', 'tea r', 'lam', 'shirt c', 'so', 'rad'];

export type PlainTill = {
  readonly scans: readonly number[];
  readonly searches: readonly number[];
  readonly pays: readonly number[];
  scan(): Promise<void>;
  search(): Promise<void>;
  pay(): Promise<void>;
};

/** To be called before the page is opened. */
export async function installPlainTill(page: Page): Promise<void> {
  await page.addInitScript({ path: fileURLToPath(new URL('./plain-till-in-page.js', import.meta.url)) });
}

/** Fills the plain store of a page that is open. */
export async function openPlainTill(page: Page, items: number): Promise<PlainTill> {
  await page.evaluate((count) => (window as unknown as PlainWindow).plainTill.fill(count), items);
  const scans: number[] = [];
  const searches: number[] = [];
  const pays: number[] = [];
  return {
    scans,
    searches,
    pays,
    async scan() {
      const place = (scans.length * 7919) % items;
      scans.push(await page.evaluate((at) => (window as unknown as PlainWindow).plainTill.scan(at), place));
    },
    async search() {
      const text = TYPED[searches.length % TYPED.length] ?? 't';
      searches.push(
        await page.evaluate((typed) => (window as unknown as PlainWindow).plainTill.search(typed), text),
      );
    },
    async pay() {
      const entry = { id: `entry-${pays.length}`, body: 'x'.repeat(ENTRY_LENGTH) };
      pays.push(
        await page.evaluate(
          ({ id, body }) => (window as unknown as PlainWindow).plainTill.pay(id, body),
          entry,
        ),
      );
    },
  };
}
