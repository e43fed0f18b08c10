// Receipts encoded by a real browser from the product's own bundle settings, down to the dots of Persian letters.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright';
import { build, loadConfigFromFile } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Receipt } from '../../shared/domain/receipt-blocks.ts';
import { CHROMIUM_FLAGS, chromiumPath } from '../support/chromium.ts';
import type { PrintReceipt } from '../support/receipt-page/receipt-page.ts';
import { decodeJob, type PrintJob, pngOfPaper } from '../support/virtual-printer.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const ORIGIN = 'http://receipt.test';
const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html',
  js: 'text/javascript',
  css: 'text/css',
  woff2: 'font/woff2',
};

const PERSIAN: Receipt = {
  language: 'fa',
  blocks: [
    { kind: 'text', text: 'فروشگاه نمونه تیلاندسیا', align: 'center', size: 'large', isBold: true },
    { kind: 'text', text: 'تلفن +98 21 1234-5678', align: 'center' },
    { kind: 'rule' },
    { kind: 'pair', start: 'شیر کم‌چرب یک لیتری', end: '۱۲٬۵۰۰' },
    { kind: 'pair', start: '۲ × ۶٬۲۵۰', end: '', indent: 2 },
    { kind: 'pair', start: 'Coffee 250 g', end: '۳۸٬۰۰۰' },
    { kind: 'rule' },
    { kind: 'pair', start: 'جمع', end: '۵۰٬۵۰۰ ریال', isBold: true, size: 'large' },
    { kind: 'text', text: 'رسید ۱۴۰۵-۰۰۱۲۳۴' },
    { kind: 'barcode', symbology: 'code128', code: '01-02-A000017' },
  ],
};

let browser: Browser;
let page: Page;
const folder = mkdtempSync(join(tmpdir(), 'tillandsia-receipt-'));
const requested: string[] = [];

beforeAll(async () => {
  const config = await loadConfigFromFile({ command: 'build', mode: 'pos' }, join(root, 'vite.config.ts'));
  await build({
    configFile: false,
    root: join(root, 'tests/support/receipt-page'),
    logLevel: 'error',
    resolve: { alias: config?.config.resolve?.alias ?? {} },
    build: { outDir: folder, emptyOutDir: true, assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  });
  browser = await chromium.launch({ executablePath: chromiumPath(), args: [...CHROMIUM_FLAGS] });
  page = await browser.newPage();
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
});

afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

async function printed(
  receipt: Receipt,
  given: { columns?: number; family?: string } = {},
): Promise<{ reason: string | null; job: PrintJob }> {
  const columns = given.columns ?? 48;
  const answer = await page.evaluate(
    ([content, settings]) =>
      (window as unknown as { printReceipt: PrintReceipt }).printReceipt(content, settings),
    [receipt, { columns, family: given.family ?? 'Vazirmatn Variable' }] as const,
  );
  return { reason: answer.reason, job: decodeJob(Uint8Array.from(answer.bytes), columns * 12) };
}

describe('a receipt encoded in the browser', () => {
  it('loads the encoder with the first receipt, not before', async () => {
    expect(requested.some((path) => path.includes('encode-receipt'))).toBe(false);
    const { job, reason } = await printed({
      language: 'pl',
      blocks: [{ kind: 'pair', start: 'Zażółć gęślą jaźń', end: '12,90 zł' }],
    });
    expect(requested.some((path) => path.includes('encode-receipt'))).toBe(true);
    expect({ reason, faults: job.faults, text: job.text }).toEqual({
      reason: null,
      faults: [],
      text: 'Zażółć gęślą jaźń                       12,90 zł\n[cut]',
    });
  });

  it.each([48, 32])('draws Persian lines and writes the others as text (%i columns)', async (columns) => {
    const { job, reason } = await printed(PERSIAN, { columns });
    const folderForEyes = process.env['RECEIPT_PICTURES'];
    if (folderForEyes !== undefined)
      writeFileSync(join(folderForEyes, `persian-${columns}.png`), pngOfPaper(job.paper));
    expect({ reason, faults: job.faults }).toEqual({ reason: null, faults: [] });
    const writtenAsText = job.lines.flatMap((line) => (line.kind === 'text' ? [line.text] : []));
    // The phone line is one line on wide paper and two on narrow paper; the rules are the only text.
    expect(writtenAsText).toEqual(['-'.repeat(columns), '-'.repeat(columns)]);
    const drawn = job.lines.flatMap((line) => (line.kind === 'raster' ? [line.blackDots] : []));
    expect(drawn.length).toBeGreaterThanOrEqual(7);
    expect(Math.min(...drawn)).toBeGreaterThan(200);
    expect(job.text).toContain('[code128 01-02-A000017]');
  });

  it('refuses to print Persian when its face is missing, and prints no boxes', async () => {
    expect((await printed(PERSIAN, { family: 'No Such Face' })).reason).toBe('printer-font-missing');
  });
});
