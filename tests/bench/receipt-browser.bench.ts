// Receipt → ESC/POS bytes where it happens: in Chromium, 20 lines written as text and 20 lines drawn in Persian, in turn.

import type { Receipt, ReceiptBlock } from '../../shared/domain/receipt-blocks.ts';
import { openReceiptBrowser } from '../support/receipt-browser.ts';
import type { Bench } from './bench.ts';
import { limited, told } from './row.ts';
import { median, percentile } from './statistics.ts';

const TEXT_P99_MS = 10;
const PERSIAN_P99_MS = 60;

function receiptOf20Lines(
  language: 'pl' | 'fa',
  names: readonly string[],
  amount: (line: number) => string,
): Receipt {
  const pairs = Array.from({ length: 14 }, (_, line): ReceiptBlock => ({
    kind: 'pair',
    start: names[line % names.length] ?? '',
    end: amount(line + 1),
  }));
  return {
    language,
    blocks: [
      { kind: 'text', text: names[0] ?? '', align: 'center', size: 'large', isBold: true },
      { kind: 'text', text: names[1] ?? '', align: 'center' },
      { kind: 'rule' },
      ...pairs,
      { kind: 'rule' },
      { kind: 'pair', start: names[2] ?? '', end: amount(99), size: 'large', isBold: true },
      { kind: 'barcode', symbology: 'code128', code: '01-02-A000017' },
    ],
  };
}

const TEXT = receiptOf20Lines(
  'pl',
  ['Zażółć gęślą jaźń', 'Хлеб ржаной', 'Café crème', 'Größe 42'],
  (line) => `${line},99 zł A`,
);
const PERSIAN = receiptOf20Lines(
  'fa',
  ['چای سیاه برگ', 'شیر کم‌چرب یک لیتری', 'نان چاودار'],
  (line) => `€${line}٫۹۹ A`,
);

export const receiptBrowser: Bench = {
  name: 'receipt-browser',
  about: 'receipt of 20 lines to printer bytes in Chromium: as text, and drawn in Persian',
  async run({ isQuick }) {
    const browser = await openReceiptBrowser();
    try {
      // The first ones fetch the encoder and the face of the letters.
      await browser.timeReceipts([TEXT, PERSIAN], 20);
      const [text = [], persian = []] = await browser.timeReceipts([TEXT, PERSIAN], isQuick ? 100 : 500);
      return [
        limited('20 lines as text, p99', percentile(text, 0.99), { unit: 'ms', atMost: TEXT_P99_MS }),
        told('20 lines as text, median', median(text), 'ms'),
        limited('20 lines drawn in Persian, p99', percentile(persian, 0.99), {
          unit: 'ms',
          atMost: PERSIAN_P99_MS,
        }),
        told('20 lines drawn in Persian, median', median(persian), 'ms'),
        told('drawn : text, medians', median(persian) / median(text), '×'),
      ];
    } finally {
      await browser.close();
    }
  },
};
