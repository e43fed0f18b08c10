// What a receipt says, part by part in the order of the store's layout. It is made from the committed transaction alone, so the first print and any copy agree. Words and number shapes come from the speech
// of the chosen language, which is passed in; nothing here is English prose.

import { addAmounts, sumAmounts } from './money.ts';
import { accountBlocks, totalsOfGoods } from './order-receipt.ts';
import type { Receipt, ReceiptBlock } from './receipt-blocks.ts';
import { DEFAULT_RECEIPT_LAYOUT, type ReceiptPart } from './receipt-layout.ts';
import { goodsBlocks, shelfAmount } from './receipt-lines.ts';
import { layoutParts, storeBlocks } from './receipt-parts.ts';
import { receiptTenders } from './receipt-tenders.ts';
import type { ReceiptSpeech } from './receipt-speech.ts';
import { savingsOf } from './savings.ts';
import type { ReceiptKey } from './receipt-keys.ts';
import type { Store, StoreSettings } from './store.ts';
import type { Transaction } from './transaction.ts';

export type BuildReceiptOptions = {
  /** 0 for the original, then the number of the reprint: marked COPY. */
  readonly copyNumber: number;
  /** Hash of the journal entry; its beginning is printed so that the paper can be matched with the journal. */
  readonly hash: string;
  readonly operatorName?: string;
  /** Of the customer, where the shop knows one; looked up when it is printed, and never part of the journal. */
  readonly customerName?: string;
};

/** The receipt of a committed transaction in the language of `speech`, laid out as the store wants it. */
export function buildReceipt(
  transaction: Transaction,
  settings: Pick<StoreSettings, 'store' | 'receiptLayout'>,
  speech: ReceiptSpeech,
  options: BuildReceiptOptions,
): Receipt {
  const layout = settings.receiptLayout ?? DEFAULT_RECEIPT_LAYOUT;
  const blocksOf = (part: ReceiptPart): readonly ReceiptBlock[] => {
    switch (part) {
      case 'logo':
      case 'store':
      case 'header':
      case 'footer':
        return storeBlocks(part, settings, speech);
      case 'title':
        return titleBlocks(transaction, settings.store, speech, options);
      case 'lines':
        return [
          ...goodsBlocks(transaction, speech),
          ...accountBlocks(transaction, speech),
          ...(transaction.note === undefined ? [] : [{ kind: 'text', text: transaction.note } as const]),
        ];
      case 'payment':
        return [
          ...(totalsOfGoods(transaction) ? totalBlocks(transaction, speech) : []),
          ...receiptTenders(transaction, speech),
        ];
      case 'taxes':
        return totalsOfGoods(transaction) ? [taxTable(transaction, speech)] : [];
      case 'journal':
        return [journalLine(options.hash, speech)];
      case 'barcode':
        return [{ kind: 'barcode', symbology: 'code128', code: transaction.receiptNumber }];
      case 'qr':
        return [{ kind: 'qr', text: receiptQrText(transaction, options.hash) }];
    }
  };
  const training = trainingBlocks(transaction, speech);
  const blocks = [...training, ...layoutParts(layout.parts, blocksOf), ...training];
  return { language: speech.language, blocks };
}

/** What the QR code of a receipt says: its number, and the whole hash of its entry in the journal. */
export function receiptQrText({ receiptNumber }: Pick<Transaction, 'receiptNumber'>, hash: string): string {
  return `${receiptNumber} ${hash}`;
}

function titleBlocks(
  transaction: Transaction,
  store: Pick<Store, 'timeZone'>,
  speech: ReceiptSpeech,
  options: BuildReceiptOptions,
): readonly ReceiptBlock[] {
  const blocks: ReceiptBlock[] = [];
  if (options.copyNumber > 0) {
    const text = speech.t('receipt.copy', { number: options.copyNumber });
    blocks.push({ kind: 'text', text, align: 'center', size: 'large', isBold: true });
  }
  const title = speech.t(titleKey(transaction));
  blocks.push({ kind: 'text', text: title, align: 'center', isBold: true });
  blocks.push({ kind: 'pair', start: speech.t('receipt.number'), end: transaction.receiptNumber });
  if (transaction.voids !== undefined) {
    blocks.push({ kind: 'pair', start: speech.t('receipt.voids'), end: transaction.voids.receiptNumber });
  }
  blocks.push({
    kind: 'pair',
    start: speech.t('receipt.date'),
    end: speech.dateTime(transaction.completedAt, store.timeZone),
  });
  if (options.operatorName !== undefined) {
    blocks.push({ kind: 'pair', start: speech.t('receipt.operator'), end: options.operatorName });
  }
  if (options.customerName !== undefined) {
    blocks.push({ kind: 'pair', start: speech.t('receipt.customer'), end: options.customerName });
  }
  return blocks;
}

function titleKey({ kind, order }: Transaction): ReceiptKey {
  return kind === 'deposit' && order?.step === 'cancellation'
    ? 'receipt.title.cancellation'
    : `receipt.title.${kind}`;
}

// Above and below everything else, so that no part that is torn off can pass for a receipt.
function trainingBlocks(
  { isTraining }: Pick<Transaction, 'isTraining'>,
  speech: ReceiptSpeech,
): readonly ReceiptBlock[] {
  if (isTraining !== true) return [];
  return [
    { kind: 'text', text: speech.t('receipt.training'), align: 'center', size: 'large', isBold: true },
    { kind: 'text', text: speech.t('receipt.training-more'), align: 'center', isBold: true },
  ];
}

function totalBlocks(transaction: Transaction, speech: ReceiptSpeech): readonly ReceiptBlock[] {
  const { totals, currency } = transaction;
  const shelfMinor = sumAmounts(transaction.lines.map(shelfAmount));
  const blocks: ReceiptBlock[] = [];
  const pair = (
    key: ReceiptKey,
    amountMinor: number,
    isBold = false,
  ): Extract<ReceiptBlock, { kind: 'pair' }> => ({
    kind: 'pair',
    start: speech.t(key),
    end: speech.money(amountMinor, currency),
    isBold,
  });
  // Prices without tax: what was added to the shelf prices is shown on its own line.
  if (shelfMinor !== totals.grossMinor) {
    blocks.push(pair('receipt.subtotal', shelfMinor));
    blocks.push(pair('receipt.tax-added', addAmounts(totals.grossMinor, -shelfMinor)));
  }
  const isBack = transaction.kind === 'return' || (transaction.kind === 'exchange' && totals.grossMinor < 0);
  const total: ReceiptBlock = {
    ...pair(isBack ? 'receipt.total-back' : 'receipt.total', totals.grossMinor, true),
    size: 'large',
  };
  blocks.push(total);
  const savedMinor = savingsOf(transaction.lines);
  if (savedMinor > 0) blocks.push(pair('receipt.savings', savedMinor));
  if (transaction.points !== undefined) {
    const points = speech.number(transaction.points.points);
    blocks.push({ kind: 'text', text: speech.t('receipt.points', { points }) });
  }
  if (transaction.exemption !== undefined) {
    const number = transaction.exemption.certificateNumber;
    blocks.push({ kind: 'text', text: speech.t('receipt.exemption', { number }) });
  }
  if (totals.cashRoundingMinor !== 0) {
    blocks.push(pair('receipt.cash-rounding', totals.cashRoundingMinor));
    const toPayMinor = addAmounts(totals.grossMinor, totals.cashRoundingMinor);
    blocks.push(pair('receipt.to-pay', toPayMinor, true));
  }
  return blocks;
}

function taxTable(transaction: Transaction, speech: ReceiptSpeech): ReceiptBlock {
  const heading = [
    speech.t('receipt.tax.rate'),
    speech.t('receipt.tax.net'),
    speech.t('receipt.tax.tax'),
    speech.t('receipt.tax.gross'),
  ];
  const rows = transaction.taxes.map((row) => [
    `${row.letter} ${row.ratePpm === null ? row.name : speech.percent(row.ratePpm)}`,
    speech.money(row.netMinor, transaction.currency),
    speech.money(row.taxMinor, transaction.currency),
    speech.money(row.grossMinor, transaction.currency),
  ]);
  return { kind: 'table', rows: [heading, ...rows], hasHeading: true };
}

/** Hexadecimal digits of the hash that are printed: enough to match paper and journal by eye. */
const HASH_DIGITS = 16;

function journalLine(entryHash: string, speech: ReceiptSpeech): ReceiptBlock {
  const hash = (entryHash.slice(0, HASH_DIGITS).match(/.{1,4}/g) ?? []).join(' ');
  return { kind: 'text', text: speech.t('receipt.journal', { hash }), align: 'center' };
}
