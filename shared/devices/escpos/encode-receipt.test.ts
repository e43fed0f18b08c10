// What comes out of a printer, read back by the strict virtual printer of tests/support.

import { describe, expect, it } from 'vitest';
import { decodeJob, type PrintJob } from '../../../tests/support/virtual-printer.ts';
import type { Language } from '../../domain/localized-text.ts';
import type { Receipt, ReceiptBlock } from '../../domain/receipt-blocks.ts';
import { accept, refuse } from '../../domain/refusal.ts';
import { encodeReceipt } from './encode-receipt.ts';
import { paperOfColumns } from './printer-profiles.ts';
import type { RasterLine, RasterText } from './raster-text.ts';

const INJECTION = 'Evil\x1bp\x00\x19\xfaItem';

/** Draws a frame instead of letters: enough to see which lines are drawn, and with what text. */
function framePainter(): RasterText & { readonly drawn: RasterLine[] } {
  const drawn: RasterLine[] = [];
  return {
    drawn,
    draw(line) {
      drawn.push(line);
      const rows = new Uint8Array(Math.ceil(line.width / 8) * line.height).fill(0x81);
      return Promise.resolve(accept({ width: line.width, height: line.height, rows }));
    },
  };
}

async function printed(
  blocks: readonly ReceiptBlock[],
  given: { columns?: number; language?: Language; rasterText?: RasterText | null } = {},
): Promise<PrintJob> {
  const columns = given.columns ?? 48;
  const receipt: Receipt = { language: given.language ?? 'en', blocks };
  const encoded = await encodeReceipt(receipt, paperOfColumns(columns), given.rasterText ?? null);
  if (!encoded.ok) throw new Error(`refused: ${encoded.reason} ${JSON.stringify(encoded.details)}`);
  return decodeJob(encoded.value, columns * 12);
}

describe('a receipt on paper', () => {
  it('begins with a reset, ends with a feed and one cut, and never opens the drawer', async () => {
    const job = await printed([{ kind: 'text', text: 'Thank you' }]);
    expect(Buffer.from(job.bytes.subarray(0, 4)).toString('hex')).toBe('1b401c2e');
    expect(Buffer.from(job.bytes.subarray(-4)).toString('hex')).toBe('1d564240');
    expect({ text: job.text, faults: job.faults, pulses: job.drawerPulses, cuts: job.cuts }).toEqual({
      text: 'Thank you\n[cut]',
      faults: [],
      pulses: 0,
      cuts: 1,
    });
  });

  it('puts the amount at the end of the line, and wraps the name before it', async () => {
    const job = await printed(
      [
        { kind: 'pair', start: 'Coffee beans, dark roast, 1 kg', end: '12.90 A' },
        { kind: 'pair', start: '2 x 6.45', end: '', indent: 2 },
        { kind: 'rule' },
        { kind: 'pair', start: 'Total', end: '12.90', isBold: true, size: 'large' },
      ],
      { columns: 32 },
    );
    expect(job.faults).toEqual([]);
    expect(job.text.split('\n')).toEqual([
      'Coffee beans, dark',
      'roast, 1 kg              12.90 A',
      '  2 x 6.45',
      '--------------------------------',
      'Total      12.90',
      '[cut]',
    ]);
    expect(job.lines[4]).toMatchObject({ isBold: true, isLarge: true });
  });

  it('gives an amount that is as wide as the paper a line of its own', async () => {
    const job = await printed([{ kind: 'pair', start: 'Total', end: '123,456,789,012,345.00 UGX' }], {
      columns: 32,
    });
    expect(job.text).toBe('Total\n      123,456,789,012,345.00 UGX\n[cut]');
  });

  it('lays the tax table out in columns, or below each other where the paper is too narrow', async () => {
    const table: ReceiptBlock = {
      kind: 'table',
      hasHeading: true,
      rows: [
        ['', 'Net', 'VAT', 'Gross'],
        ['A 23%', '100.00', '23.00', '123.00'],
        ['B 8%', '9.26', '0.74', '10.00'],
      ],
    };
    expect((await printed([table], { columns: 32 })).text.split('\n')).toEqual([
      '           Net     VAT     Gross',
      'A 23%   100.00   23.00    123.00',
      'B 8%      9.26    0.74     10.00',
      '[cut]',
    ]);
    const wide: ReceiptBlock = {
      kind: 'table',
      hasHeading: true,
      rows: [
        ['Rate', 'Net amount', 'Value added tax', 'Gross amount'],
        ['A 23%', '100.00', '23.00', '123.00'],
      ],
    };
    expect((await printed([wide], { columns: 32 })).text.split('\n')).toEqual([
      'Rate A 23%',
      '  Net amount              100.00',
      '  Value added tax          23.00',
      '  Gross amount            123.00',
      '[cut]',
    ]);
  });

  it('turns start and end around for a right-to-left language', async () => {
    const job = await printed([{ kind: 'pair', start: 'Total', end: '12.90' }], {
      columns: 32,
      language: 'fa',
    });
    expect(job.text).toBe('12.90                      Total\n[cut]');
  });
});

describe('letters of the world', () => {
  it('prints Polish, Russian, German and the euro sign each in a code page that has them', async () => {
    const lines = ['Zażółć gęślą jaźń', 'Спасибо за покупку', 'Größe: 12,90 €', 'Łódź — Москва — €5'];
    const job = await printed(lines.map((text) => ({ kind: 'text', text })));
    expect(job.faults).toEqual([]);
    expect(job.text).toBe('Zażółć gęślą jaźń\nСпасибо за покупку\nGröße: 12,90 €\nŁódź — Москва — €5\n[cut]');
    const pages = job.operations.flatMap((operation) =>
      operation.kind === 'code-page' ? [operation.name] : [],
    );
    expect(new Set(pages)).toEqual(new Set(['CP437', 'CP852', 'CP866', 'CP858', 'CP1252']));
  });

  it('draws a Persian line as a picture and isolates the numbers inside it', async () => {
    const painter = framePainter();
    const job = await printed(
      [
        { kind: 'text', text: 'فروشگاه نمونه', align: 'center', size: 'large' },
        { kind: 'pair', start: 'شیر کم‌چرب ۱ لیتر', end: '۱۲٬۵۰۰' },
        { kind: 'text', text: 'تلفن +98 21 1234-5678 رسید 01-02-A000017' },
      ],
      { language: 'fa', rasterText: painter },
    );
    expect(job.faults).toEqual([]);
    expect(job.lines.map((line) => line.kind)).toEqual(['raster', 'raster', 'raster', 'cut']);
    expect(painter.drawn[1]?.pieces.map((piece) => piece.text)).toEqual([
      'شیر کم‌چرب \u2066۱\u2069 لیتر',
      '\u2066۱۲٬۵۰۰\u2069',
    ]);
    expect(painter.drawn[2]?.pieces[0]?.text).toBe(
      'تلفن \u2066+98 21 1234-5678\u2069 رسید \u206601-02-A000017\u2069',
    );
    expect(painter.drawn[1]).toMatchObject({ direction: 'rtl', width: 576 });
    expect(painter.drawn[1]?.pieces.map((piece) => piece.align)).toEqual(['right', 'left']);
  });

  it('refuses the whole print when a line can be neither written nor drawn, and never prints a question mark', async () => {
    const receipt: Receipt = { language: 'en', blocks: [{ kind: 'text', text: 'Tea 茶' }] };
    expect(await encodeReceipt(receipt, paperOfColumns(48), null)).toMatchObject({
      ok: false,
      reason: 'printer-text-not-printable',
      details: { text: 'Tea 茶' },
    });
    const withoutFont: RasterText = {
      draw: () => Promise.resolve(refuse('printer-font-missing', { family: 'Vazirmatn' })),
    };
    expect(await encodeReceipt(receipt, paperOfColumns(48), withoutFont)).toMatchObject({
      ok: false,
      reason: 'printer-font-missing',
    });
  });

  it('measures wide letters as two columns and accents as none', async () => {
    const painter = framePainter();
    await printed([{ kind: 'pair', start: '緑茶', end: '3.00' }], { columns: 32, rasterText: painter });
    expect(painter.drawn[0]?.pieces[1]).toMatchObject({ left: 28 * 12, width: 4 * 12 });
    const job = await printed([{ kind: 'pair', start: 'cafe\u0301', end: '3.00' }], { columns: 32 });
    expect(job.text).toBe('café                        3.00\n[cut]');
  });
});

describe('text that means harm', () => {
  const everywhere: readonly ReceiptBlock[] = [
    { kind: 'text', text: INJECTION },
    { kind: 'text', text: INJECTION, align: 'center', size: 'large', isBold: true },
    { kind: 'pair', start: INJECTION, end: INJECTION },
    { kind: 'table', hasHeading: true, rows: [[INJECTION], [INJECTION]] },
    { kind: 'barcode', symbology: 'code128', code: INJECTION },
    { kind: 'barcode', symbology: 'ean13', code: INJECTION },
    { kind: 'qr', text: INJECTION },
  ];

  it.each([32, 42, 48])('opens no drawer from any field (%i columns)', async (columns) => {
    const job = await printed(everywhere, { columns });
    expect({ pulses: job.drawerPulses, faults: job.faults, cuts: job.cuts }).toEqual({
      pulses: 0,
      faults: [],
      cuts: 1,
    });
    expect(job.text).toContain('Evilp\u00faItem');
  });

  it('drops every control character and direction override of Unicode', async () => {
    const all = Array.from({ length: 0xa0 }, (_, code) => String.fromCharCode(code)).filter(
      (character) => character < ' ' || character > '~',
    );
    const text = `a${all.join('')}\u202e\u2066\u200f\ufeff\ud800z`;
    const job = await printed([{ kind: 'text', text }]);
    expect(job.faults).toEqual([]);
    expect(job.text.replaceAll(' ', '')).toBe('az\n[cut]');
  });
});

describe('bars and QR codes', () => {
  it('prints a receipt number as Code 128 and an item code as EAN-13, centred', async () => {
    const job = await printed([
      { kind: 'barcode', symbology: 'code128', code: '01-02-A000017' },
      { kind: 'barcode', symbology: 'ean13', code: '4006381333931' },
      { kind: 'qr', text: 'https://فروشگاه.ir/رسید/۱۴۰۵' },
    ]);
    expect(job.faults).toEqual([]);
    expect(job.text).toBe(
      '[code128 01-02-A000017]\n[ean13 4006381333931]\n[qr https://فروشگاه.ir/رسید/۱۴۰۵]\n[cut]',
    );
  });

  it('prints a code without bars where they do not fit or the check digit is wrong', async () => {
    const job = await printed(
      [
        { kind: 'barcode', symbology: 'code128', code: 'A-CODE-THAT-IS-FAR-TOO-LONG-FOR-THIS' },
        { kind: 'barcode', symbology: 'ean13', code: '4006381333932' },
      ],
      { columns: 42 },
    );
    expect(job.faults).toEqual([]);
    expect(job.text).toBe('A-CODE-THAT-IS-FAR-TOO-LONG-FOR-THIS\n4006381333932\n[cut]');
  });
});
