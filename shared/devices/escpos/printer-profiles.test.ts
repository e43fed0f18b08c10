import { describe, expect, test } from 'vitest';
import { decodeJob } from '../../../tests/support/virtual-printer.ts';
import { toPicture } from '../../domain/picture.ts';
import type { Receipt, ReceiptBlock } from '../../domain/receipt-blocks.ts';
import { printerCodePages } from '../paper/code-page-tables.ts';
import { encodeReceipt } from './encode-receipt.ts';
import { knownPrinters, paperOf, paperOfColumns } from './printer-profiles.ts';

const textOf = (text: string): ReceiptBlock => ({ kind: 'text', text });

async function onPaper(blocks: readonly ReceiptBlock[], printer: { columns: number; profile?: string }) {
  const paper = paperOf(printer);
  const receipt: Receipt = { language: 'pl', blocks };
  const encoded = await encodeReceipt(receipt, paper, null);
  if (!encoded.ok) return { refused: encoded.reason, text: '', faults: [], bytes: '' };
  const job = decodeJob(encoded.value, paper.dotsPerLine, printerCodePages(paper.pages));
  return {
    refused: null,
    text: job.text,
    faults: job.faults,
    bytes: Buffer.from(encoded.value).toString('hex'),
    job,
  };
}

describe('the profile of a printer', () => {
  test('selects the code pages by the numbers of that printer: Polish, Russian and the euro', async () => {
    const blocks = [textOf('Zażółć gęślą jaźń'), textOf('Хлеб ржаной'), textOf('1,20 €')];
    // 852@18, 866@17, 858@19 on most; 2, 7 and 6 on a TH230; 13, 12 and 14 on a YHD-8390.
    for (const [profile, numbers] of [
      ['TM-T20III', [18, 17, 19]],
      ['TH230', [2, 7, 6]],
      ['YHD-8390', [13, 12, 14]],
    ] as const) {
      const printed = await onPaper(blocks, { columns: 48, profile });
      expect([printed.refused, printed.faults]).toEqual([null, []]);
      expect(printed.text.split('\n').slice(0, 3)).toEqual(['Zażółć gęślą jaźń', 'Хлеб ржаной', '1,20 €']);
      for (const number of numbers)
        expect(printed.bytes).toContain(`1b74${number.toString(16).padStart(2, '0')}`);
    }
  });

  test('without a page for its letters a line is drawn, never printed as something else', async () => {
    // A T-1 has neither 852 nor 866, and nobody here draws.
    expect((await onPaper([textOf('Zażółć')], { columns: 42, profile: 'T-1' })).refused).toBe(
      'printer-text-not-printable',
    );
    expect((await onPaper([textOf('Café 1,20 €')], { columns: 42, profile: 'T-1' })).faults).toEqual([]);
  });

  test('symbols that a printer does not draw come as pictures, its pictures in the way it knows', async () => {
    const logo = toPicture(16, 30, new Uint8Array(60).fill(0b11110000));
    const blocks: readonly ReceiptBlock[] = [
      { kind: 'picture', picture: logo, label: 'Shop' },
      { kind: 'barcode', symbology: 'code128', code: '01-02-A000017' },
      { kind: 'qr', text: '01-02-A000017' },
    ];
    const small = await onPaper(blocks, { columns: 32, profile: 'POS-5890' });
    expect(small.faults).toEqual([]);
    expect(small.job?.lines.map(({ kind }) => kind)).toEqual(['raster', 'raster', 'text', 'raster']);
    const old = await onPaper(blocks, { columns: 44, profile: 'TH230' });
    expect(old.faults).toEqual([]);
    expect(old.bytes).toContain('1b2a21');
    expect(old.bytes).not.toContain('1d7630');
    // No knife: the paper is fed to its edge, and nothing cuts.
    expect([small.job?.cuts, old.job?.cuts]).toEqual([0, 1]);
  });

  test('is one of 42; an unknown one is a usual printer of the columns it was set up with', () => {
    expect(knownPrinters()).toHaveLength(42);
    for (const { paper } of knownPrinters()) {
      expect(paper.columns).toBeGreaterThanOrEqual(24);
      expect(paper.dotsPerLine).toBeGreaterThanOrEqual(paper.columns * 9);
    }
    expect(paperOf({ columns: 42, profile: 'gone' })).toEqual(paperOfColumns(42));
    // 58 mm paper in a printer of 80 mm: as many columns as were said, as wide as they were.
    expect(paperOf({ columns: 32, profile: 'TM-T20III' })).toMatchObject({ columns: 32, dotsPerLine: 384 });
  });
});
