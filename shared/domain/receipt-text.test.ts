import { expect, it } from 'vitest';
import { receiptText } from './receipt-text.ts';

it('a receipt taken along says what the paper says', () => {
  const text = receiptText({
    language: 'en',
    blocks: [
      { kind: 'text', text: 'Tillandsia', size: 'large' },
      { kind: 'rule' },
      { kind: 'pair', start: 'Tea', end: '€12.10' },
      { kind: 'blank' },
      {
        kind: 'table',
        hasHeading: true,
        rows: [
          ['Tax', 'Net'],
          ['A 21%', '€10.00'],
        ],
      },
      { kind: 'barcode', symbology: 'code128', code: '01-02-A000017' },
    ],
  });
  expect(text).toBe('Tillandsia\n---\nTea  €12.10\nTax  Net\nA 21%  €10.00\n01-02-A000017');
});
