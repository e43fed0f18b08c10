// Receipt → ESC/POS bytes, 20 lines in three scripts with a barcode: what the cashier waits for before paper moves.

import { encodeReceipt } from '../../shared/devices/escpos/encode-receipt.ts';
import { paperOfColumns } from '../../shared/devices/escpos/printer-profiles.ts';
import type { Receipt, ReceiptBlock } from '../../shared/domain/receipt-blocks.ts';
import type { Bench } from './bench.ts';
import { limited, told } from './row.ts';
import { median, percentile } from './statistics.ts';

const NAMES = ['Zażółć gęślą jaźń', 'Хлеб ржаной', 'Café crème', 'Coffee beans, dark roast', 'Größe €'];

function receiptOf20Lines(): Receipt {
  const items = Array.from({ length: 12 }, (_, index): ReceiptBlock => ({
    kind: 'pair',
    start: NAMES[index % NAMES.length] ?? '',
    end: `${index + 1}.99 A`,
  }));
  return {
    language: 'en',
    blocks: [
      { kind: 'text', text: 'Tillandsia Market', align: 'center', size: 'large', isBold: true },
      { kind: 'text', text: '12 Garden Street', align: 'center' },
      { kind: 'rule' },
      ...items,
      { kind: 'rule' },
      { kind: 'pair', start: 'Total', end: '€77.88', size: 'large', isBold: true },
      { kind: 'pair', start: 'Cash', end: '€80.00' },
      { kind: 'pair', start: 'Change', end: '€2.12' },
      { kind: 'barcode', symbology: 'code128', code: '01-02-A000017' },
    ],
  };
}

export const receiptBytes: Bench = {
  name: 'receipt',
  about: 'receipt of 20 lines to printer bytes (Node)',
  async run({ isQuick }) {
    const receipt = receiptOf20Lines();
    const times: number[] = [];
    let bytes = 0;
    for (let round = 0; round < (isQuick ? 50 : 500); round += 1) {
      const started = performance.now();
      const encoded = await encodeReceipt(receipt, paperOfColumns(48), null);
      times.push(performance.now() - started);
      if (!encoded.ok) throw new Error(`The receipt was refused: ${encoded.reason}`);
      bytes = encoded.value.length;
    }
    const warm = times.slice(Math.floor(times.length / 10));
    return [
      limited('receipt of 20 lines → bytes, median', median(warm), { unit: 'ms', atMost: 5 }),
      told('receipt of 20 lines → bytes, p99', percentile(warm, 0.99), 'ms'),
      told('receipt of 20 lines, size', bytes, 'bytes'),
    ];
  },
};
