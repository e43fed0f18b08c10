// The slip for a present: what it is and that it was bought here, without any price. It carries the number of the receipt,
// so that the goods can be brought back or exchanged by whoever was given them.

import { textIn } from './localized-text.ts';
import { MILLI_PER_UNIT } from './quantity.ts';
import type { Receipt, ReceiptBlock } from './receipt-blocks.ts';
import { paperOf, type PaperSettings } from './receipt-parts.ts';
import type { ReceiptSpeech } from './receipt-speech.ts';
import type { Transaction, TransactionLine } from './transaction.ts';

/** Can it be given away? Only what goes out of the shop for good. */
export const hasGifts = ({
  kind,
  lines,
  isTraining,
}: Pick<Transaction, 'kind' | 'lines' | 'isTraining'>): boolean =>
  (kind === 'sale' || kind === 'exchange') && isTraining !== true && lines.some(isGift);

/** The gift receipt of a committed sale in the language of `speech`. */
export function buildGiftReceipt(
  transaction: Transaction,
  settings: PaperSettings,
  speech: ReceiptSpeech,
): Receipt {
  const { receiptNumber, completedAt, lines } = transaction;
  const body: readonly ReceiptBlock[] = [
    { kind: 'text', text: speech.t('receipt.title.gift'), align: 'center', size: 'large', isBold: true },
    { kind: 'pair', start: speech.t('receipt.number'), end: receiptNumber },
    {
      kind: 'pair',
      start: speech.t('receipt.date'),
      end: speech.dateTime(completedAt, settings.store.timeZone),
    },
    { kind: 'rule' },
    ...lines.filter(isGift).flatMap((line) => lineBlocks(line, speech)),
    { kind: 'rule' },
    { kind: 'text', text: speech.t('receipt.gift-more'), align: 'center' },
    { kind: 'barcode', symbology: 'code128', code: receiptNumber },
  ];
  return paperOf(body, settings, speech);
}

// A deposit on a bottle is money, and no present.
const isGift = ({ direction, parentLineNumber }: TransactionLine): boolean =>
  direction === 'sale' && parentLineNumber === undefined;

function lineBlocks(line: TransactionLine, speech: ReceiptSpeech): readonly ReceiptBlock[] {
  const isOne = line.unit === 'piece' && line.quantityMilli === MILLI_PER_UNIT;
  return [
    {
      kind: 'pair',
      start: textIn(line.name, speech.language),
      end: isOne ? '' : speech.quantity(line.quantityMilli, line.unit),
    },
    ...(line.serials ?? []).map((serial): ReceiptBlock => ({
      kind: 'pair',
      start: speech.t('receipt.serial', { serial }),
      end: '',
      indent: 2,
    })),
  ];
}
