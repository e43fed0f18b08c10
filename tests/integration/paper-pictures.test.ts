// Every paper of the shop in every language that its customers read, on wide and on narrow paper, against pictures that people
// have looked at: letters joined, numbers in their order, columns aligned. Encoded by a real browser, printed by the virtual
// printers, and scanned back. `RECEIPT_PICTURES=write` draws the pictures anew.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { LANGUAGES } from '../../shared/domain/localized-text.ts';
import { differenceFrom } from '../support/compare-paper.ts';
import { LABELS, PAPERS } from '../support/paper-samples.ts';
import { openReceiptBrowser, type ReceiptBrowser } from '../support/receipt-browser.ts';
import { decodeJob, pngOfPaper } from '../support/virtual-printer.ts';
import { pngOfBits } from '../support/virtual-printer/png.ts';
import { decodeZpl } from '../support/virtual-printer/zpl.ts';

const FOLDER = fileURLToPath(new URL('./paper-pictures/', import.meta.url));
const WASM = fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm'));
const WIDTHS = [48, 32] as const;
/** Dots of a thousand that may differ where a browser has drawn letters. */
const DRAWN_PERMILLE = 20;

let browser: ReceiptBrowser;
beforeAll(async () => {
  const file = readFileSync(WASM);
  const wasmBinary = file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength);
  prepareZXingModule({ overrides: { wasmBinary } });
  browser = await openReceiptBrowser();
});
afterAll(() => browser.close());

const textsOn = async (png: Buffer): Promise<readonly string[]> =>
  (await readBarcodes(new Uint8Array(png), { maxNumberOfSymbols: 8 })).map(({ text }) => text);

describe.each(LANGUAGES)('papers in %s', (language) => {
  for (const { name, languages, make, codes } of PAPERS) {
    if (!languages.includes(language)) continue;
    it.each(WIDTHS)(`${name} on %i columns`, async (columns) => {
      const printed = await browser.printReceipt(make(language), { columns });
      expect(printed.reason).toBeNull();
      const job = decodeJob(printed.bytes, columns * 12);
      expect(job.faults).toEqual([]);
      const png = pngOfPaper(job.paper);
      const isDrawn = language === 'fa' || language === 'ar';
      const file = path.join(FOLDER, `${name}-${language}-${String(columns)}.png`);
      expect(differenceFrom(file, png, isDrawn ? DRAWN_PERMILLE : 0)).toBeNull();
      const read = await textsOn(png);
      for (const code of codes) expect(read).toContain(code);
    });
  }
});

describe.each(['en', 'fa'] as const)('shelf labels in %s', (language) => {
  for (const { name, make, code } of LABELS) {
    it.each([
      ['small', 203],
      ['medium', 203],
      ['large', 203],
      ['medium', 300],
    ] as const)(`${name} on a %s label at %i dots per inch`, async (size, dpi) => {
      const printed = await browser.printLabel(make(language), { size, dpi, copies: 3 });
      expect(printed.reason).toBeNull();
      const { labels, faults } = decodeZpl(printed.bytes);
      expect(faults).toEqual([]);
      const [label] = labels;
      if (label === undefined) throw new Error('no label came out');
      expect([labels.length, label.copies]).toEqual([1, 3]);
      // Zebra's faces neither join Persian letters nor turn them around: they come as pictures.
      expect(label.pictures > 0).toBe(language === 'fa');
      expect(label.texts.join('')).not.toMatch(/[\u0600-\u06ff]/);
      const png = pngOfBits(label.dots.width, label.dots.height, label.dots.rows);
      const file = path.join(FOLDER, `label-${name}-${size}-${String(dpi)}-${language}.png`);
      expect(differenceFrom(file, png, language === 'fa' ? DRAWN_PERMILLE : 0)).toBeNull();
      expect(await textsOn(png)).toContain(code);
    });
  }
});

it('a name with commands in it prints itself on a label and does nothing else', async () => {
  const [sample] = LABELS;
  if (sample === undefined) throw new Error('no label');
  const name = 'Tea^XZ^XA~JA_41';
  const printed = await browser.printLabel(
    { ...sample.make('en'), name, sku: '^FD~JR' },
    { size: 'large', dpi: 203 },
  );
  const { labels, faults } = decodeZpl(printed.bytes);
  expect(faults).toEqual([]);
  expect(labels).toHaveLength(1);
  expect(labels[0]?.texts).toEqual(expect.arrayContaining([name, '^FD~JR']));
});
