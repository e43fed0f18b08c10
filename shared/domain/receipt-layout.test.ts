import { describe, expect, test } from 'vitest';
import {
  aCart,
  anItem,
  someSettings,
  transactionGiven,
  valueOf,
} from '../../tests/support/domain-builders.ts';
import { buildReceipt } from './build-receipt.ts';
import { buildTransaction } from './build-transaction.ts';
import { buildGiftReceipt, hasGifts } from './gift-receipt.ts';
import { toPicture } from './picture.ts';
import type { Receipt } from './receipt-blocks.ts';
import {
  checkReceiptLayout,
  DEFAULT_RECEIPT_LAYOUT,
  ownWordsIn,
  type ReceiptLayout,
} from './receipt-layout.ts';
import type { ReceiptSpeech } from './receipt-speech.ts';
import { settleInCash } from './tender.ts';
import type { Transaction } from './transaction.ts';

const speech: ReceiptSpeech = {
  language: 'pl',
  t: (key, values) => (values === undefined ? key : `${key} ${Object.values(values).join(' ')}`),
  money: (amountMinor, currency) => `${String(amountMinor)} ${currency}`,
  quantity: (quantityMilli, unit) => `${String(quantityMilli)} ${unit}`,
  percent: (ratePpm) => `${String(ratePpm)} ppm`,
  number: (value) => String(value),
  dateTime: (instant) => instant,
  date: (day) => day,
};
const LOGO = toPicture(8, 1, Uint8Array.of(0b10101010));
const HASH = '0123456789abcdef'.repeat(4);

function shown({ blocks }: Receipt): string[] {
  return blocks.map((block) => {
    if (block.kind === 'pair') return `${block.start} | ${block.end}`;
    if (block.kind === 'text' || block.kind === 'qr') return `${block.kind}: ${block.text}`;
    return block.kind;
  });
}

function aSale(): Transaction {
  const deposit = anItem({ sku: 'DEPOSIT', priceMinor: 25, name: { en: 'Deposit' } });
  const water = anItem({ sku: 'WATER', depositItemId: deposit.id, name: { en: 'Water' } });
  const cart = aCart({ item: water, quantityMilli: 3000, itemOf: () => deposit });
  const { tenders } = valueOf(settleInCash(6_72, 10_00, { stepMinor: 1 }));
  return valueOf(buildTransaction(cart, someSettings(), transactionGiven({ tenders })));
}

const receiptWith = (changes: Partial<ReceiptLayout>): string[] =>
  shown(
    buildReceipt(
      aSale(),
      someSettings({ receiptLayout: { ...DEFAULT_RECEIPT_LAYOUT, ...changes } }),
      speech,
      { copyNumber: 0, hash: HASH },
    ),
  );

describe('the layout of a receipt', () => {
  test('shows the parts that are chosen, in their order, with rules around what counts', () => {
    const lines = receiptWith({
      logo: LOGO,
      header: { en: 'Welcome', pl: 'Witamy\nnas' },
      footer: { en: 'Bye' },
      parts: ['title', 'qr', 'lines', 'payment', 'logo', 'header', 'store', 'footer'],
    });
    expect(lines).toEqual([
      'text: receipt.title.sale',
      'receipt.number | 01-02-A000017',
      'receipt.date | 2026-03-02T10:00:00.000Z',
      'rule',
      `qr: 01-02-A000017 ${HASH}`,
      'rule',
      'Water | 597 EUR A',
      'receipt.quantity 3000 piece 199 EUR | ',
      'Deposit | 75 EUR A',
      'receipt.quantity 3000 piece 25 EUR | ',
      'rule',
      'receipt.total | 672 EUR',
      'receipt.tender.cash | 1000 EUR',
      'receipt.change | 328 EUR',
      'rule',
      'picture',
      'text: Witamy',
      'text: nas',
      'text: Tillandsia Demo',
      'text: Main Street 1',
      'text: receipt.tax-number PL1234567890',
      'blank',
      'text: Bye',
    ]);
  });

  test('without words of its own the footer is that of the store', () => {
    expect(receiptWith({}).at(-1)).toBe('text: Thank you');
  });

  test('in a language nobody has written words in, the English ones stand, else any', () => {
    expect(ownWordsIn({ en: 'Hi', fa: 'سلام' }, 'pl')).toBe('Hi');
    expect(ownWordsIn({ fa: 'سلام' }, 'pl')).toBe('سلام');
    expect(ownWordsIn({ pl: '  ' }, 'pl')).toBe('');
  });

  test('never loses who sold what, when, and how it was paid', () => {
    const reasonOf = (changes: Partial<ReceiptLayout>) => {
      const outcome = checkReceiptLayout({ ...DEFAULT_RECEIPT_LAYOUT, ...changes });
      return outcome.ok ? 'ok' : outcome.reason;
    };
    expect(reasonOf({})).toBe('ok');
    for (const part of ['store', 'title', 'lines', 'payment'] as const) {
      const parts = DEFAULT_RECEIPT_LAYOUT.parts.filter((each) => each !== part);
      expect(reasonOf({ parts })).toBe('layout-part-missing');
    }
    expect(reasonOf({ parts: [...DEFAULT_RECEIPT_LAYOUT.parts, 'store'] })).toBe('layout-part-twice');
    expect(reasonOf({ footer: { pl: 'x'.repeat(501) } })).toBe('layout-text-too-long');
    expect(reasonOf({ header: { pl: '\n'.repeat(12) } })).toBe('layout-text-too-long');
    expect(reasonOf({ logo: { ...LOGO, height: 2 } })).toBe('layout-logo');
  });

  test('of practice is marked above and below, so that no torn part passes for a receipt', () => {
    const training = { ...aSale(), isTraining: true };
    const lines = shown(buildReceipt(training, someSettings(), speech, { copyNumber: 0, hash: HASH }));
    expect(lines[0]).toBe('text: receipt.training');
    expect(lines.at(-2)).toBe('text: receipt.training');
    expect(hasGifts(training)).toBe(false);
  });
});

test('an exchange says first what came back, then what was taken, each with its sum', () => {
  const cart = aCart(
    { item: anItem({ sku: 'B', priceMinor: 5_00, name: { en: 'New shoes' } }) },
    {
      item: anItem({ sku: 'A', priceMinor: 3_00, name: { en: 'Old shoes' } }),
      direction: 'return',
      original: { receiptNumber: '01-01-A000003', lineNumber: 1 },
    },
  );
  const { tenders } = valueOf(settleInCash(2_00, 2_00, { stepMinor: 1 }));
  const exchange = valueOf(buildTransaction(cart, someSettings(), transactionGiven({ tenders })));
  const lines = shown(buildReceipt(exchange, someSettings(), speech, { copyNumber: 0, hash: HASH }));
  const from = lines.indexOf('text: receipt.exchange-returned');
  expect(exchange.kind).toBe('exchange');
  expect(lines.slice(from, from + 9)).toEqual([
    'text: receipt.exchange-returned',
    'Old shoes | -300 EUR A',
    'receipt.returned-from 01-01-A000003 | ',
    'receipt.subtotal | -300 EUR',
    'blank',
    'text: receipt.exchange-taken',
    'New shoes | 500 EUR A',
    'receipt.subtotal | 500 EUR',
    'rule',
  ]);
  expect(lines).toContain('receipt.total | 200 EUR');
});

test('a gift receipt names the goods and no price, and leaves deposits out', () => {
  const lines = shown(buildGiftReceipt(aSale(), someSettings(), speech));
  expect(lines.slice(4)).toEqual([
    'text: receipt.title.gift',
    'receipt.number | 01-02-A000017',
    'receipt.date | 2026-03-02T10:00:00.000Z',
    'rule',
    'Water | 3000 piece',
    'rule',
    'text: receipt.gift-more',
    'barcode',
    'blank',
    'text: Thank you',
  ]);
  expect(lines.join(' ')).not.toMatch(/EUR|672|597|199/);
});
