// A real till for measuring: the built app in a real Chromium with a profile on the disk, and the real server with a
// demo store of the asked size.

import type { Page } from 'playwright';
import type { Item } from '../../shared/domain/item.ts';
import { Till } from '../e2e/till.ts';
import { makeProfile, removeProfile, startBrowser, type BrowserProcess } from '../support/browser-process.ts';
import { openServerDatabase } from '../support/server-database.ts';
import type { ServerProcess } from '../support/server-process.ts';
import { installStopwatch } from './stopwatch.ts';

/** The catalogue's progress is shown until everything can be found. */
const WHOLE_CATALOGUE = '[data-testid="register"]:not(:has([data-testid="catalogue-progress"]))';
export const SIGN_ON_WITH_WHOLE_CATALOGUE = `${WHOLE_CATALOGUE} [data-testid="sign-on-screen"]`;
export const SELL_WITH_WHOLE_CATALOGUE = `${WHOLE_CATALOGUE} [data-testid="sell-screen"]`;

export type OpenTill = { readonly till: Till; readonly page: Page; readonly browser: BrowserProcess };

/** Runs with a profile that is removed at the end. */
export async function withProfile<Result>(run: (profile: string) => Promise<Result>): Promise<Result> {
  const profile = makeProfile();
  try {
    return await run(profile);
  } finally {
    removeProfile(profile);
  }
}

/** Opens the browser on a profile, with the stopwatch in every page; the till is not opened yet. */
export async function openBrowser(profile: string, server: ServerProcess): Promise<OpenTill> {
  const browser = await startBrowser(profile);
  const page = browser.context.pages()[0] ?? (await browser.context.newPage());
  await installStopwatch(page);
  return { till: new Till(page, server.url), page, browser };
}

/**
 * A code as a fast scanner types it: all digits are handed to the browser at once, so that a busy test machine does
 * not make a slow and uneven scanner of it.
 */
export async function scanBurst(page: Page, code: string): Promise<void> {
  const keys = await page.context().newCDPSession(page);
  const strokes = [...code].map((digit) => ({
    code: `Digit${digit}`,
    key: digit,
    text: digit,
    windowsVirtualKeyCode: digit.charCodeAt(0),
  }));
  const enter = { code: 'Enter', key: 'Enter', text: '\r', windowsVirtualKeyCode: 13 };
  const press = (stroke: typeof enter): Promise<unknown>[] => [
    keys.send('Input.dispatchKeyEvent', { type: 'keyDown', ...stroke }),
    keys.send('Input.dispatchKeyEvent', {
      type: 'keyUp',
      code: stroke.code,
      key: stroke.key,
      windowsVirtualKeyCode: stroke.windowsVirtualKeyCode,
    }),
  ];
  await Promise.all(strokes.flatMap(press));
  // The last key only when the page has taken the others: what is measured begins with it.
  await Promise.all(press(enter));
  await keys.detach();
}

/** Codes as a scanner reads them, of items sold by the piece, spread over the whole catalogue. */
export async function scannableCodes(server: ServerProcess, count: number): Promise<string[]> {
  const items = await someItems(server, count * 3);
  return items
    .filter((item) => item.unit === 'piece')
    .flatMap((item) => item.barcodes[0] ?? [])
    .map((code) => code.replace(/^0(?=\d{13}$)/, ''))
    .slice(0, count);
}

/** Beginnings of names as people type them, in the languages of the demo store. */
export async function searchTexts(server: ServerProcess, count: number): Promise<string[]> {
  const items = await someItems(server, count * 2);
  return items
    .map((item, place) => [item.name.en, item.name.fa, item.name.ru, item.name.pl][place % 4] ?? item.name.en)
    .map((name) => name.split(' ').slice(0, 2).join(' ').slice(0, 10).trim())
    .filter((text) => text.length >= 3)
    .slice(0, count);
}

async function someItems(server: ServerProcess, count: number): Promise<Item[]> {
  const sql = openServerDatabase(server);
  try {
    const rows = await sql<{ body: string }[]>`
      select body from item where not is_deleted order by md5(id) limit ${count}`;
    // The server writes JSON of an Item into this column and nothing else.
    return rows.map((row) => JSON.parse(row.body) as Item);
  } finally {
    await sql.end();
  }
}
