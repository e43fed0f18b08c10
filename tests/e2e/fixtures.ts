// What every browser test stands on: one server with a demo store and a virtual printer per worker, and for each test a
// fresh browser profile that is watched from its first request to its last.

import { test as base, expect, type BrowserContext, type Page } from '@playwright/test';
import { freePort } from '../support/free-port.ts';
import { openServerDatabase, type ServerDatabase } from '../support/server-database.ts';
import { startServer, type ServerProcess } from '../support/server-process.ts';
import { startVirtualPrinter, type VirtualPrinter } from '../support/virtual-printer.ts';
import { startZvtSimulator, type ZvtSimulator } from '../support/zvt-simulator.ts';
import { Till } from './till.ts';
import { watchContext, type Watch } from './watch-page.ts';

type PerWorker = {
  /** A file that counts on the stock of a fresh shop names itself here, and gets a server of its own. */
  freshShopOf: string;
  server: ServerProcess;
  printer: VirtualPrinter;
  terminal: ZvtSimulator;
  database: ServerDatabase;
};

type PerTest = {
  /** The till of this test, in the test's own profile. */
  till: Till;
  /** Opens one more till: another profile, another workstation. */
  anotherTill: (given?: {
    readonly mayBeRefused?: boolean;
    readonly mayLoseConnections?: boolean;
  }) => Promise<Till>;
  watch: Watch;
};

// Playwright's fixtures take their dependencies from the first argument's pattern, so an empty one stays a pattern.
/* oxlint-disable eslint/no-empty-pattern */
export const test = base.extend<PerTest, PerWorker>({
  freshShopOf: ['', { scope: 'worker', option: true }],
  printer: [
    async ({}, use) => {
      const printer = await startVirtualPrinter();
      await use(printer);
      await printer.close();
    },
    { scope: 'worker' },
  ],
  terminal: [
    async ({}, use) => {
      const terminal = await startZvtSimulator({ pauseMs: 30 });
      await use(terminal);
      await terminal.close();
    },
    { scope: 'worker' },
  ],
  server: [
    async ({ printer, terminal }, use) => {
      // Nobody listens at the second address: a printer that is switched off.
      const printers = `Counter=127.0.0.1:${printer.port},48; Office=127.0.0.1:${await freePort()},48`;
      const server = await startServer({
        env: { PRINTERS: printers, TERMINALS: `Card counter=zvt://127.0.0.1:${terminal.port}` },
      });
      await use(server);
      await server.dispose();
    },
    { scope: 'worker', timeout: 240_000 },
  ],
  database: [
    async ({ server }, use) => {
      const database = openServerDatabase(server);
      await use(database);
      await database.end();
    },
    { scope: 'worker' },
  ],
  watch: [
    async ({ context, server }, use) => {
      const watch = await watchContext(context, server.url);
      await use(watch);
      expect(watch.offences).toEqual([]);
    },
    { auto: true },
  ],
  till: async ({ page, server }, use) => {
    await use(new Till(page, server.url));
  },
  anotherTill: async ({ browser, server, contextOptions }, use) => {
    const opened: { context: BrowserContext; watch: Watch }[] = [];
    await use(async (given = {}) => {
      const context = await browser.newContext(contextOptions);
      const watch = await watchContext(context, server.url);
      if (given.mayBeRefused === true) watch.expectRefusals();
      if (given.mayLoseConnections === true) watch.expectLostConnections();
      opened.push({ context, watch });
      const page: Page = await context.newPage();
      return new Till(page, server.url);
    });
    for (const { context, watch } of opened) {
      await context.close();
      expect(watch.offences).toEqual([]);
    }
  },
});

export { expect };
