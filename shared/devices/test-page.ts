// What a printer prints to show that it is set up right: a ruler as wide as the paper, letters of every alphabet that receipts
// use, both kinds of bars and a QR code. It goes through the same engine as every receipt, so what is right here is right there.

import type { Receipt, ReceiptBlock } from '../domain/receipt-blocks.ts';
import type { Language } from '../domain/localized-text.ts';

/** Letters that stand on different code pages, and such that are drawn. */
const ALPHABETS: readonly string[] = [
  'ABC abc 0123456789',
  'Ä Ö Ü ß é è ñ ç å ø €',
  'Zażółć gęślą jaźń',
  'Съешь ещё этих булок',
  'سلام دنیا ۱۲۳۴۵۶۷۸۹۰',
];

export function buildTestPage(given: {
  readonly language: Language;
  readonly title: string;
  readonly name: string;
  readonly columns: number;
  readonly date: string;
}): Receipt {
  const blocks: ReceiptBlock[] = [
    { kind: 'text', text: given.title, align: 'center', size: 'large', isBold: true },
    { kind: 'pair', start: given.name, end: given.date },
    { kind: 'rule' },
    { kind: 'text', text: rulerOf(given.columns) },
    ...ALPHABETS.map((text): ReceiptBlock => ({ kind: 'text', text })),
    { kind: 'rule' },
    { kind: 'barcode', symbology: 'ean13', code: '4006381333931' },
    { kind: 'barcode', symbology: 'code128', code: 'TEST-0001' },
    { kind: 'qr', text: 'https://example.com/test' },
  ];
  return { language: given.language, blocks };
}

/** One digit a column: the last one says how wide the paper is. */
export function rulerOf(columns: number): string {
  return Array.from({ length: columns }, (_, index) => String((index + 1) % 10)).join('');
}
