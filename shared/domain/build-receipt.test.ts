import { describe, expect, test } from 'vitest';
import {
  aCart,
  anItem,
  someSettings,
  transactionGiven,
  valueOf,
} from '../../tests/support/domain-builders.ts';
import { buildReceipt } from './build-receipt.ts';
import type { ReceiptSpeech } from './receipt-speech.ts';
import { buildTransaction } from './build-transaction.ts';
import { captureLine } from './capture-line.ts';
import { noteLine } from './cart-changes.ts';
import { discountLine } from './decide-price.ts';
import type { ReceiptBlock } from './receipt-blocks.ts';
import { asOperatorId, asTaxGroupId } from './ids.ts';
import { settleInCash } from './tender.ts';
import type { Transaction } from './transaction.ts';

// Says keys and values as they are, so that the test shows what is asked of a language.
const speech: ReceiptSpeech = {
  language: 'fa',
  t: (key, values) => (values === undefined ? key : `${key} ${Object.values(values).join(' ')}`),
  money: (amountMinor, currency) => `${String(amountMinor)} ${currency}`,
  quantity: (quantityMilli, unit) => `${String(quantityMilli)} ${unit}`,
  percent: (ratePpm) => `${String(ratePpm)} ppm`,
  number: (value) => String(value),
  dateTime: (instant, timeZone) => `${instant} ${timeZone}`,
  date: (day) => day,
};

const settings = someSettings();
const options = { copyNumber: 0, hash: '0123456789abcdef'.repeat(4), operatorName: 'Anna' };

function receiptLines(transaction: Transaction, copyNumber = 0): string[] {
  return buildReceipt(transaction, settings, speech, { ...options, copyNumber }).blocks.map(textOf);
}

function textOf(block: ReceiptBlock): string {
  switch (block.kind) {
    case 'text':
    case 'qr':
      return block.text;
    case 'pair':
      return `${' '.repeat(block.indent ?? 0)}${block.start} | ${block.end}`;
    case 'table':
      return block.rows.map((row) => row.join(' ; ')).join('\n');
    case 'barcode':
      return `[${block.code}]`;
    case 'picture':
      return `(${block.label})`;
    case 'rule':
      return '---';
    case 'blank':
      return '';
  }
}

function aSale(): Transaction {
  const cheese = anItem({ sku: 'CHEESE', unit: 'kilogram', priceMinor: 8_99, name: { en: 'Cheese' } });
  let cart = aCart({ item: anItem(), quantityMilli: 2000 }, { item: cheese, quantityMilli: 500 });
  cart = valueOf(noteLine(cart, 2, 'sliced'));
  const { tenders } = valueOf(settleInCash(8_48, 10_00, { stepMinor: 1 }));
  return valueOf(buildTransaction(cart, settings, transactionGiven({ tenders })));
}

describe('a receipt', () => {
  test('of a transaction that was turned round names the one it cancels', () => {
    const sale = aSale();
    const voids = { transactionId: sale.id, receiptNumber: '01-02-A000016', reasonCode: 'mistake' };
    expect(receiptLines({ ...sale, kind: 'void', voids })).toContain('receipt.voids | 01-02-A000016');
    expect(receiptLines(sale).join(' ')).not.toContain('receipt.voids');
  });

  test('says what was sold, in reading order, in the language asked for', () => {
    expect(receiptLines(aSale())).toEqual([
      'Tillandsia Demo',
      'Main Street 1',
      'receipt.tax-number PL1234567890',
      '',
      'receipt.title.sale',
      'receipt.number | 01-02-A000017',
      'receipt.date | 2026-03-02T10:00:00.000Z Europe/Warsaw',
      'receipt.operator | Anna',
      '---',
      'شیر | 398 EUR A',
      '  receipt.quantity 2000 piece 199 EUR | ',
      'Cheese | 450 EUR A',
      '  receipt.quantity 500 kilogram 899 EUR | ',
      '  sliced | ',
      '---',
      'receipt.total | 848 EUR',
      'receipt.tender.cash | 1000 EUR',
      'receipt.change | 152 EUR',
      '---',
      'receipt.tax.rate ; receipt.tax.net ; receipt.tax.tax ; receipt.tax.gross\nA 230000 ppm ; 690 EUR ; 158 EUR ; 848 EUR',
      '---',
      'receipt.journal 0123 4567 89ab cdef',
      '[01-02-A000017]',
      '',
      'Thank you',
    ]);
  });

  test('of a reprint is marked as a copy and else the same', () => {
    const [original, copy] = [receiptLines(aSale()), receiptLines(aSale(), 2)];
    expect(copy.filter((line) => !original.includes(line))).toEqual(['receipt.copy 2']);
  });

  test('shows what tax adds where prices are without it, and cash rounding', () => {
    const swiss = someSettings({ store: { ...settings.store, currency: 'CHF' } });
    const item = anItem({ priceMinor: 1_03, taxGroupId: asTaxGroupId('tax-C') });
    const cart = { ...aCart({ item }), currency: 'CHF' };
    const { tenders } = valueOf(settleInCash(1_08, 1_10, { stepMinor: 5 }));
    const sale = valueOf(buildTransaction(cart, swiss, transactionGiven({ tenders })));
    expect(receiptLines(sale)).toEqual(
      expect.arrayContaining([
        'receipt.subtotal | 103 CHF',
        'receipt.tax-added | 5 CHF',
        'receipt.total | 108 CHF',
        'receipt.cash-rounding | 2 CHF',
        'receipt.to-pay | 110 CHF',
      ]),
    );
  });

  test('of a return says from which receipt the goods came and what was paid back', () => {
    const original = { receiptNumber: '01-01-A000003', lineNumber: 1 };
    const cart = aCart({ item: anItem(), direction: 'return', original });
    const { tenders } = valueOf(settleInCash(-1_99, 0, { stepMinor: 1 }));
    const back = valueOf(buildTransaction(cart, settings, transactionGiven({ tenders })));
    expect(receiptLines(back)).toEqual(
      expect.arrayContaining([
        'receipt.title.return',
        'شیر | -199 EUR A',
        '  receipt.returned-from 01-01-A000003 | ',
        'receipt.total-back | -199 EUR',
        'receipt.refund.cash | -199 EUR',
      ]),
    );
  });
});

test('what changed a price is named below its line, and what was saved below the total', () => {
  const because = { reasonCode: 'damaged', operatorId: asOperatorId('operator-1') };
  const deposit = anItem({ sku: 'DEPOSIT', priceMinor: 25, name: { en: 'Deposit' } });
  const bottle = anItem({ sku: 'WATER', depositItemId: deposit.id, name: { en: 'Water' }, trackBy: 'lot' });
  const cheese = anItem({ sku: 'CHEESE', unit: 'kilogram', priceMinor: 20_00, name: { en: 'Cheese' } });
  const plain = aCart(
    { item: bottle, itemOf: () => deposit },
    { item: cheese, quantityMilli: 512, tareMilli: 12 },
  );
  const captured = valueOf(captureLine(plain, 1, { lot: 'L7' }, '2026-03-02'));
  const cart = valueOf(discountLine(captured, 3, { ratePpm: 100_000 }, because));
  const { tenders } = valueOf(settleInCash(11_24, 11_24, { stepMinor: 1 }));
  const sale = valueOf(buildTransaction(cart, settings, transactionGiven({ tenders })));
  const lines = receiptLines(sale);
  const from = lines.indexOf('Water | 199 EUR A');
  expect(lines.slice(from, from + 8)).toEqual([
    'Water | 199 EUR A',
    '  receipt.lot L7 | ',
    '  Deposit | 25 EUR A',
    'Cheese | 1000 EUR A',
    '  receipt.quantity 500 kilogram 2000 EUR | ',
    '  receipt.tare 12 kilogram | ',
    '  receipt.discount-rate 100000 ppm | -100 EUR',
    '---',
  ]);
  expect(lines).toContain(' receipt.savings | 100 EUR'.trim());
});
