// A real browser with the encoders of receipts and labels in it, built with the product's own bundle settings and served to
// it from a folder, without a server.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { build, loadConfigFromFile } from 'vite';
import type { LabelSize } from '../../shared/devices/ports.ts';
import type { Receipt } from '../../shared/domain/receipt-blocks.ts';
import type { ShelfLabel } from '../../shared/domain/shelf-label.ts';
import { CHROMIUM_FLAGS, chromiumPath } from './chromium.ts';
import type { ReceiptPage } from './receipt-page/receipt-page.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const ORIGIN = 'http://receipt.test';
const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html',
  js: 'text/javascript',
  css: 'text/css',
  woff2: 'font/woff2',
};

type Printed = { readonly reason: string | null; readonly bytes: Uint8Array };

export type ReceiptBrowser = {
  /** Paths that the page has asked for, in order. */
  readonly requested: readonly string[];
  printReceipt(
    receipt: Receipt,
    given: { readonly columns: number; readonly family?: string },
  ): Promise<Printed>;
  printLabel(
    label: ShelfLabel,
    given: { readonly size: LabelSize; readonly dpi: 203 | 300; readonly copies?: number },
  ): Promise<Printed>;
  timeReceipts(receipts: readonly Receipt[], rounds: number): Promise<readonly (readonly number[])[]>;
  close(): Promise<void>;
};

export async function openReceiptBrowser(): Promise<ReceiptBrowser> {
  const folder = mkdtempSync(join(tmpdir(), 'tillandsia-receipt-'));
  const requested: string[] = [];
  const config = await loadConfigFromFile({ command: 'build', mode: 'pos' }, join(root, 'vite.config.ts'));
  await build({
    configFile: false,
    root: join(root, 'tests/support/receipt-page'),
    logLevel: 'error',
    resolve: { alias: config?.config.resolve?.alias ?? {} },
    build: { outDir: folder, emptyOutDir: true, assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  });
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: [...CHROMIUM_FLAGS] });
  const page = await browser.newPage();
  await page.route(`${ORIGIN}/**`, (route) => {
    const path = new URL(route.request().url()).pathname;
    requested.push(path);
    const file = path === '/' ? 'index.html' : path.slice(1);
    return route.fulfill({
      body: readFileSync(join(folder, file)),
      contentType: TYPES[file.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
    });
  });
  await page.goto(`${ORIGIN}/`);
  // The page sets it before its script ends; the type is that of the page's own source.
  type Door = { readonly receiptPage: ReceiptPage };
  const asBytes = ({ reason, bytes }: { reason: string | null; bytes: readonly number[] }): Printed => ({
    reason,
    bytes: Uint8Array.from(bytes),
  });
  return {
    requested,
    async printReceipt(receipt, { columns, family = 'Vazirmatn Variable' }) {
      const given = { columns, family };
      return asBytes(
        await page.evaluate(
          ([content, settings]) => (window as unknown as Door).receiptPage.printReceipt(content, settings),
          [receipt, given] as const,
        ),
      );
    },
    async printLabel(label, { size, dpi, copies = 1 }) {
      const given = { size, dpi, copies };
      return asBytes(
        await page.evaluate(
          ([content, settings]) => (window as unknown as Door).receiptPage.printLabel(content, settings),
          [label, given] as const,
        ),
      );
    },
    timeReceipts: (receipts, rounds) =>
      page.evaluate(
        ([contents, count]) => (window as unknown as Door).receiptPage.timeReceipts(contents, count),
        [receipts, rounds] as const,
      ),
    async close() {
      await browser.close();
      rmSync(folder, { recursive: true });
    },
  };
}
