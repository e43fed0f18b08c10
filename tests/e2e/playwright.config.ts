// The whole product in Chromium. Nothing is started here: a worker starts its own server on its own port with its own
// data folder (fixtures.ts), so that two runs on one machine never meet. One worker: the tests share two cores with
// the server, the database and the browser.

import { defineConfig } from '@playwright/test';
import { CHROMIUM_FLAGS, chromiumPath } from '../support/chromium.ts';

export default defineConfig({
  testDir: '.',
  testMatch: '*.e2e.ts',
  outputDir: '../../.cache/e2e',
  workers: 1,
  fullyParallel: false,
  // A machine that stands still in the middle of a test is no fault of the product's. What needs a second try is named by
  // the run, and more than a few of them fail it (steps.ts).
  retries: process.env['CI'] === undefined ? 0 : 1,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    headless: true,
    locale: 'en-GB',
    timezoneId: 'Europe/Warsaw',
    viewport: { width: 1280, height: 800 },
    launchOptions: { executablePath: chromiumPath(), args: [...CHROMIUM_FLAGS], chromiumSandbox: false },
    trace: 'retain-on-failure',
  },
});
