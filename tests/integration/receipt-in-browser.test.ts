// Receipts encoded by a real browser from the product's own bundle settings, down to the dots of Persian letters.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Receipt } from '../../shared/domain/receipt-blocks.ts';
import { openReceiptBrowser, type ReceiptBrowser } from '../support/receipt-browser.ts';
import { decodeJob, type PrintJob } from '../support/virtual-printer.ts';

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

let browser: ReceiptBrowser;
beforeAll(async () => {
  browser = await openReceiptBrowser();
});
afterAll(() => browser.close());

async function printed(
  receipt: Receipt,
  given: { columns?: number; family?: string } = {},
): Promise<{ reason: string | null; job: PrintJob }> {
  const columns = given.columns ?? 48;
  const answer = await browser.printReceipt(receipt, { ...given, columns });
  return { reason: answer.reason, job: decodeJob(answer.bytes, columns * 12) };
}

describe('a receipt encoded in the browser', () => {
  it('loads the encoder with the first receipt, not before', async () => {
    expect(browser.requested.some((path) => path.includes('encode-receipt'))).toBe(false);
    const { job, reason } = await printed({
      language: 'pl',
      blocks: [{ kind: 'pair', start: 'Zażółć gęślą jaźń', end: '12,90 zł' }],
    });
    expect(browser.requested.some((path) => path.includes('encode-receipt'))).toBe(true);
    expect({ reason, faults: job.faults, text: job.text }).toEqual({
      reason: null,
      faults: [],
      text: 'Zażółć gęślą jaźń                       12,90 zł\n[cut]',
    });
  });

  it.each([48, 32])('draws Persian lines and writes the others as text (%i columns)', async (columns) => {
    const { job, reason } = await printed(PERSIAN, { columns });
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
