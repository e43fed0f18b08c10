// A layaway over more than a month: put aside and paid in part on one day, an instalment when the next part is overdue, handed
// over at another till. The clocks of server and browsers are moved; nothing sleeps. What is printed is decoded.

import { test as base, expect, type BrowserContext } from '@playwright/test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '../support/free-port.ts';
import { openServerDatabase } from '../support/server-database.ts';
import { startServer, type ServerProcess } from '../support/server-process.ts';
import { startVirtualPrinter, type PrintJob } from '../support/virtual-printer.ts';
import { viewsAreCurrent } from '../support/views-are-current.ts';
import { Till } from './till.ts';
import { watchContext } from './watch-page.ts';

const DAY_MS = 86_400_000;
const SHIFTED_CLOCK = pathToFileURL(
  fileURLToPath(new URL('../support/shifted-clock.mjs', import.meta.url)),
).href;
const SHOTS = process.env['LAYAWAY_SHOTS'];

type Shop = {
  readonly url: string;
  readonly printer: Awaited<ReturnType<typeof startVirtualPrinter>>;
  /** Stops the server and starts it again so many days later. */
  on(day: number): Promise<ServerProcess>;
};

const test = base.extend<{ shop: Shop }>({
  shop: [
    // Playwright's fixtures take their dependencies from the first argument's pattern, so an empty one stays a pattern.
    // oxlint-disable-next-line eslint/no-empty-pattern
    async ({}, use) => {
      const printer = await startVirtualPrinter();
      const dataFolder = mkdtempSync(path.join(tmpdir(), 'tillandsia-layaway-'));
      const port = await freePort();
      const running: { server: ServerProcess | null } = { server: null };
      await use({
        url: `http://127.0.0.1:${port}`,
        printer,
        async on(day) {
          await running.server?.stop();
          const env = {
            PRINTERS: `Counter=127.0.0.1:${printer.port},48`,
            NODE_OPTIONS: `--import ${SHIFTED_CLOCK}`,
            CLOCK_SHIFT_MS: String(day * DAY_MS),
          };
          running.server = await startServer({ port, dataFolder, env });
          return running.server;
        },
      });
      await running.server?.dispose();
      rmSync(dataFolder, { recursive: true, force: true, maxRetries: 5 });
      await printer.close();
    },
    { timeout: 240_000 },
  ],
});

/** From its next page on, the browser's clock is so many days ahead. */
async function moveClock(context: BrowserContext, day: number): Promise<void> {
  await context.addInitScript((shiftMs) => {
    const RealDate = Date;
    class ShiftedDate extends RealDate {
      constructor(...given: ConstructorParameters<typeof Date> | []) {
        if (given.length === 0) super(RealDate.now() + shiftMs);
        else super(...given);
      }

      static override now(): number {
        return RealDate.now() + shiftMs;
      }
    }
    globalThis.Date = ShiftedDate as DateConstructor;
  }, day * DAY_MS);
}

async function shoot(till: Till, name: string): Promise<void> {
  if (SHOTS !== undefined) await till.page.screenshot({ path: path.join(SHOTS, `${name}.png`) });
}

async function openOrder(till: Till, number: string): Promise<void> {
  await till.find('open-orders').click();
  await till.find(`order-${number}`).click();
  await expect(till.find('order-number')).toHaveText(number);
}

/** The job that says this; the drawer's pulses are jobs without a word. */
async function printed(shop: Shop, said: string): Promise<PrintJob> {
  const find = () => shop.printer.jobs.find((job) => job.isComplete && job.text.includes(said));
  await expect.poll(() => find() !== undefined, { timeout: 20_000 }).toBe(true);
  const job = find();
  if (job === undefined) throw new Error(`nothing was printed about ${said}`);
  return job;
}

async function aKnownAddress(server: ServerProcess): Promise<string> {
  const database = openServerDatabase(server);
  const [row] = await database<{ body: string }[]>`
    select body from customer where body like '%"email"%' order by id limit 1`;
  await database.end();
  const { email } = JSON.parse(row?.body ?? '{}') as { email?: string };
  if (email === undefined) throw new Error('the demo store knows nobody by e-mail');
  return email;
}

const figures = (text: string): string => text.replaceAll(/[^\d]/g, '');

test('a layaway: deposit, instalment a month later, handed over at another till', async ({
  browser,
  contextOptions,
  shop,
}) => {
  test.setTimeout(400_000);
  const server = await shop.on(0);
  const context = await browser.newContext(contextOptions);
  const watch = await watchContext(context, shop.url);
  watch.expectLostConnections();
  const till = new Till(await context.newPage(), shop.url);
  await till.enrolAndSignOn();
  await till.choosePrinter('counter');

  // Day one: put aside, with the least deposit.
  await till.addTile(0);
  await till.addTile(1);
  const total = await till.totalMinor();
  await till.find('cart-open').click();
  await till.find('cart-sheet-layaway').click();
  // Somebody new, whose number is a known customer's at first: that one is offered, and the other number is typed.
  await till.find('order-customer-search').fill('Ines Albrecht-Neu');
  await till.find('order-customer-new').click();
  await expect(till.find('customer-name')).toHaveValue('Ines Albrecht-Neu');
  await till.find('customer-email').fill(await aKnownAddress(server));
  await till.find('customer-known').waitFor();
  await till.find('customer-email').fill('ines.neu@example.net');
  await expect(till.find('customer-known')).toHaveCount(0);
  await till.find('customer-phone').fill('+49 40 669699');
  await till.find('customer-consent-order-messages').check();
  await shoot(till, 'new-customer');
  await till.find('customer-save').click();
  await expect(till.find('order-customer')).toContainText('Ines Albrecht-Neu');
  await till.find('place-instalments-2').click();
  await shoot(till, 'place-layaway');
  await till.find('place-order-ok').click();
  await till.find('order').waitFor();
  const number = (await till.find('order-number').textContent()) ?? '';
  expect(number).toMatch(/^L\d{2}-\d{2}-A\d{6}$/);
  const slip = await printed(shop, 'Layaway');
  expect(slip.faults).toEqual([]);
  expect(slip.text).toContain(number);

  await till.find('order-pay').click();
  await shoot(till, 'pay-order');
  const least = till.find('pay-order').locator('.order-choices button').first();
  await least.click();
  await till.waitForScreen('pay');
  const deposit = Number(await till.find('pay-screen').getAttribute('data-due-minor'));
  expect(deposit).toBe(Math.ceil(total / 5));
  await till.pressTake();
  const first = await till.waitForFinish();
  expect(first.totalMinor).toBe(deposit);
  await till.find('print').click();
  const receipt = await printed(shop, 'Deposit');
  expect(receipt.faults).toEqual([]);
  expect(receipt.text).toContain(first.receiptNumber);
  expect(receipt.text).toContain(number);
  expect(figures(receipt.text)).toContain(String(total - deposit));
  await till.newSale();
  await till.waitForStatus({ pending: 0, connection: 'online' });

  const database = openServerDatabase(server);
  await viewsAreCurrent(database);
  const placed =
    await database`select state, paid_minor::int as paid, total_minor::int as total from customer_order`;
  expect([...placed]).toEqual([{ state: 'open', paid: deposit, total }]);
  await database.end();

  // A month and a day later: the first part is overdue, and is paid.
  const later = await shop.on(31);
  await moveClock(context, 31);
  await till.open();
  await till.becomeReady();
  await openOrder(till, number);
  await expect(till.find('order-stand')).toHaveText('Overdue');
  await shoot(till, 'order-overdue');
  await till.find('order-pay').click();
  const part = Math.ceil((total - deposit) / 2);
  await till.find(`pay-order-${part}`).click();
  await till.waitForScreen('pay');
  await till.pressTake();
  expect((await till.waitForFinish()).totalMinor).toBe(part);
  await till.newSale();
  await till.waitForStatus({ pending: 0, connection: 'online' });
  await openOrder(till, number);
  await expect(till.find('order-stand')).toHaveText('Open');
  await expect(till.find('order')).toHaveAttribute('data-paid-minor', String(deposit + part));

  // Handed over at another till, which takes the rest.
  const otherContext = await browser.newContext(contextOptions);
  await moveClock(otherContext, 31);
  const otherWatch = await watchContext(otherContext, shop.url);
  const other = new Till(await otherContext.newPage(), shop.url);
  await other.enrolAndSignOn();
  await other.choosePrinter('counter');
  // The other till knows who it is for.
  await other.find('open-orders').click();
  await expect(other.find(`order-${number}`)).toContainText('Ines Albrecht-Neu');
  await other.find(`order-${number}`).click();
  await other.find('order-hand-over').click();
  await other.waitForScreen('sell');
  await expect(other.find('order-band')).toBeVisible();
  await shoot(other, 'hand-over-cart');
  const left = total - deposit - part;
  expect(await other.totalMinor()).toBe(left);
  expect(await other.startPaying()).toBe(left);
  await other.pressTake();
  const done = await other.waitForFinish();
  expect(done.totalMinor).toBe(left);
  await other.find('print').click();
  const last = await printed(shop, done.receiptNumber);
  expect(last.faults).toEqual([]);
  expect(last.text).toContain('Paid before');
  expect(last.text).toContain(number);
  expect(figures(last.text)).toContain(String(total));
  await other.newSale();
  await other.waitForStatus({ pending: 0, connection: 'online' });

  // The first till learns of it, and offers nothing more.
  await expect(till.find('order')).toHaveAttribute('data-state', 'collected', { timeout: 30_000 });
  await expect(till.find('order-hand-over')).toHaveCount(0);
  await shoot(till, 'order-collected');

  const books = openServerDatabase(later);
  await viewsAreCurrent(books);
  const ended = await books`select state, paid_minor::int as paid from customer_order`;
  expect([...ended]).toEqual([{ state: 'collected', paid: 0 }]);
  const sold =
    await books`select kind, gross_minor::int as gross from transaction_view order by epoch, kind, gross_minor`;
  expect([...sold]).toEqual([
    { kind: 'deposit', gross: 0 },
    { kind: 'deposit', gross: 0 },
    { kind: 'sale', gross: total },
  ]);
  expect(await books`select 1 from fact where mark is not null`).toHaveLength(0);
  const known = await books`select name from customer where body like '%ines.neu@example.net%'`;
  expect([...known]).toEqual([{ name: 'Ines Albrecht-Neu' }]);
  expect(await books`select 1 from fact where body like '%669699%' or body like '%ines.neu%'`).toHaveLength(
    0,
  );
  await books.end();
  expect([...watch.offences, ...otherWatch.offences]).toEqual([]);
  await otherContext.close();
  await context.close();
});
