// What a receipt looks like on paper, dot by dot, against pictures that people have looked at; and what a scanner reads from
// that paper. `RECEIPT_PICTURES=write` draws the pictures anew: look at them before they are committed.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { encodeReceipt } from '../../shared/devices/escpos/encode-receipt.ts';
import { paperOfColumns } from '../../shared/devices/escpos/printer-profiles.ts';
import { buildReceipt } from '../../shared/domain/build-receipt.ts';
import { buildTransaction } from '../../shared/domain/build-transaction.ts';
import { discountLine } from '../../shared/domain/decide-price.ts';
import { asOperatorId } from '../../shared/domain/ids.ts';
import type { Receipt, ReceiptBlock } from '../../shared/domain/receipt-blocks.ts';
import { settleInCash } from '../../shared/domain/tender.ts';
import messages from '../../shared/ui/messages/en.json' with { type: 'json' };
import { createSpeech } from '../../shared/ui/speech.ts';
import { differenceFrom } from '../support/compare-paper.ts';
import { aCart, anItem, someSettings, transactionGiven, valueOf } from '../support/domain-builders.ts';
import { decodeJob, type PrintJob, pngOfPaper } from '../support/virtual-printer.ts';

const FOLDER = fileURLToPath(new URL('./receipt-pictures/', import.meta.url));
const WASM = fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm'));
/** 80 mm, older 80 mm, 58 mm. */
const WIDTHS = [48, 42, 32] as const;

beforeAll(() => {
  const file = readFileSync(WASM);
  const wasmBinary = file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength);
  prepareZXingModule({ overrides: { wasmBinary } });
});

function aSale(copyNumber: number): Receipt {
  const cheese = anItem({
    sku: 'CHEESE',
    unit: 'kilogram',
    priceMinor: 8_99,
    name: { en: 'Cheese, Żółty ser' },
  });
  const coffee = anItem({
    sku: 'COFFEE',
    priceMinor: 12_90,
    name: { en: 'Coffee beans, dark roast, whole, 1 kg' },
  });
  const cart = valueOf(
    discountLine(
      aCart({ item: coffee, quantityMilli: 2000 }, { item: cheese, quantityMilli: 485 }),
      1,
      { ratePpm: 100_000 },
      { reasonCode: 'damaged', operatorId: asOperatorId('o1') },
    ),
  );
  const settings = someSettings();
  // 25.80 less a tenth, and 0.485 kg for 8.99 a kilogram.
  const { tenders } = valueOf(settleInCash(23_22 + 4_36, 30_00, { stepMinor: 1 }));
  const transaction = valueOf(buildTransaction(cart, settings, transactionGiven({ tenders })));
  return buildReceipt(transaction, settings, createSpeech('en', messages), {
    copyNumber,
    hash: '0123456789abcdef'.repeat(4),
    operatorName: 'Anna Kowalska',
  });
}

const SYMBOLS: Receipt = {
  language: 'en',
  blocks: [
    { kind: 'text', text: 'Scan me', align: 'center', isBold: true },
    { kind: 'barcode', symbology: 'ean13', code: '5901234123457' },
    { kind: 'barcode', symbology: 'code128', code: '01-02-A000017' },
    { kind: 'qr', text: 'https://فروشگاه.example/رسید/01-02-A000017' },
  ] satisfies readonly ReceiptBlock[],
};

async function onPaper(receipt: Receipt, columns: number): Promise<PrintJob> {
  const encoded = await encodeReceipt(receipt, paperOfColumns(columns), null);
  if (!encoded.ok) throw new Error(`${encoded.reason} ${JSON.stringify(encoded.details)}`);
  const job = decodeJob(encoded.value, columns * 12);
  expect(job.faults).toEqual([]);
  return job;
}

describe('receipts on paper look as they were approved', () => {
  const layouts = { sale: () => aSale(0), copy: () => aSale(1), symbols: () => SYMBOLS } as const;
  for (const [name, make] of Object.entries(layouts)) {
    it.each(WIDTHS)(`${name} on %i columns`, async (columns) => {
      const png = pngOfPaper((await onPaper(make(), columns)).paper);
      const file = path.join(FOLDER, `en-${name}-${String(columns)}.png`);
      expect(differenceFrom(file, png)).toBeNull();
    });
  }
});

describe('a scanner reads from the paper what was printed', () => {
  it.each(WIDTHS)('bars and QR code on %i columns', async (columns) => {
    const png = pngOfPaper((await onPaper(SYMBOLS, columns)).paper);
    const read = await readBarcodes(new Uint8Array(png), { maxNumberOfSymbols: 8 });
    const texts = read.map(({ text }) => text);
    expect(texts).toContain('5901234123457');
    expect(texts).toContain('https://فروشگاه.example/رسید/01-02-A000017');
    expect(texts).toContain('01-02-A000017');
  });

  it.each(WIDTHS)('the receipt number of a sale on %i columns', async (columns) => {
    const job = await onPaper(aSale(0), columns);
    const bars = job.lines.find((line) => line.kind === 'barcode');
    const read = await readBarcodes(new Uint8Array(pngOfPaper(job.paper)), { formats: ['Code128'] });
    expect(read.map(({ text }) => text)).toEqual([bars?.kind === 'barcode' ? bars.code : '']);
  });
});
