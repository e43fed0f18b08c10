// The lines of a receipt: what was sold, how much of it at which price, and everything that changed the price, by name.
// A deposit stands set in below its bottle, the parts of a bundle below the name of the bundle.

import type { ReceiptSpeech } from './receipt-speech.ts';
import { textIn } from './localized-text.ts';
import { sumAmounts } from './money.ts';
import { MILLI_PER_UNIT } from './quantity.ts';
import type { ReceiptBlock } from './receipt-blocks.ts';
import type { AppliedModifier, Transaction, TransactionLine } from './transaction.ts';

/** All lines in the order of entry. */
export function receiptLines(
  transaction: Pick<Transaction, 'lines' | 'currency' | 'taxGroups'>,
  speech: ReceiptSpeech,
): readonly ReceiptBlock[] {
  return transaction.lines.flatMap((line) => [
    ...bundleBlocks(line, transaction.currency, speech),
    ...lineBlocks(line, transaction, speech),
  ]);
}

/** The goods of a transaction. An exchange says first what came back and what for, then what was taken instead. */
export function goodsBlocks(
  transaction: Pick<Transaction, 'kind' | 'lines' | 'currency' | 'taxGroups'>,
  speech: ReceiptSpeech,
): readonly ReceiptBlock[] {
  if (transaction.kind !== 'exchange') return receiptLines(transaction, speech);
  const ways = [
    ['return', 'receipt.exchange-returned'],
    ['sale', 'receipt.exchange-taken'],
  ] as const;
  return ways.flatMap(([direction, heading], place): readonly ReceiptBlock[] => {
    const lines = transaction.lines.filter((line) => line.direction === direction);
    if (lines.length === 0) return [];
    const sumMinor = sumAmounts(lines.map(shelfAmount));
    return [
      ...(place === 0 ? [] : [{ kind: 'blank' } as const]),
      { kind: 'text', text: speech.t(heading), isBold: true },
      ...receiptLines({ ...transaction, lines }, speech),
      {
        kind: 'pair',
        start: speech.t('receipt.subtotal'),
        end: speech.money(sumMinor, transaction.currency),
        isBold: true,
      },
    ];
  });
}

/** What a line comes to with all that changed its price, before tax is added to prices that are without it. */
export const shelfAmount = ({ extendedMinor, modifiers = [] }: TransactionLine): number =>
  sumAmounts([extendedMinor, ...modifiers.map(({ amountMinor }) => amountMinor)]);

// Once, above the first part.
function bundleBlocks(
  line: TransactionLine,
  currency: string,
  speech: ReceiptSpeech,
): readonly ReceiptBlock[] {
  const { bundleOf, lineNumber } = line;
  if (bundleOf === undefined || bundleOf.firstLineNumber !== lineNumber) return [];
  const { unitPriceMinor, quantityMilli } = bundleOf;
  const name = textIn(bundleOf.name, speech.language);
  const quantity = speech.quantity(quantityMilli, 'piece');
  const start =
    unitPriceMinor === null
      ? name
      : `${name} ${speech.t('receipt.quantity', { quantity, price: speech.money(unitPriceMinor, currency) })}`;
  return [{ kind: 'pair', start, end: '' }];
}

function lineBlocks(
  line: TransactionLine,
  { currency, taxGroups }: Pick<Transaction, 'currency' | 'taxGroups'>,
  speech: ReceiptSpeech,
): readonly ReceiptBlock[] {
  const isPart = line.bundleOf !== undefined || line.parentLineNumber !== undefined;
  const below = (start: string, end = ''): ReceiptBlock => ({ kind: 'pair', start, end, indent: 2 });
  // The letter leads to the row of the tax table.
  const letter = taxGroups[line.taxGroupId]?.letter ?? '';
  const blocks: ReceiptBlock[] = [
    {
      kind: 'pair',
      start: textIn(line.name, speech.language),
      end: `${speech.money(line.extendedMinor, currency)} ${letter}`.trim(),
      ...(isPart ? { indent: 2 } : {}),
    },
  ];
  if (line.unit !== 'piece' || line.quantityMilli !== MILLI_PER_UNIT) {
    const quantity = speech.quantity(line.quantityMilli, line.unit);
    const price = speech.money(line.unitPriceMinor, currency);
    blocks.push(below(speech.t('receipt.quantity', { quantity, price })));
  }
  if (line.tareMilli !== undefined) {
    blocks.push(below(speech.t('receipt.tare', { tare: speech.quantity(line.tareMilli, line.unit) })));
  }
  if (line.priceRule !== undefined) blocks.push(below(line.priceRule.name));
  for (const modifier of line.modifiers ?? []) {
    blocks.push(below(modifierText(modifier, speech), speech.money(modifier.amountMinor, currency)));
  }
  for (const serial of line.serials ?? []) blocks.push(below(speech.t('receipt.serial', { serial })));
  if (line.lot !== undefined) blocks.push(below(speech.t('receipt.lot', { lot: line.lot })));
  if (line.direction === 'return') {
    const { original } = line;
    const text =
      original === undefined
        ? speech.t('receipt.returned')
        : speech.t('receipt.returned-from', { number: original.receiptNumber });
    blocks.push(below(text));
  }
  if (line.note !== undefined) blocks.push(below(line.note));
  return blocks;
}

function modifierText(modifier: AppliedModifier, speech: ReceiptSpeech): string {
  const { kind, name, ratePpm } = modifier;
  switch (kind) {
    case 'promotion':
      return name ?? speech.t('receipt.discount');
    case 'line-discount':
    case 'cart-discount':
      return ratePpm === undefined
        ? speech.t('receipt.discount')
        : speech.t('receipt.discount-rate', { rate: speech.percent(ratePpm) });
    case 'held-price':
      return speech.t('receipt.held-price', { number: name ?? '' });
    case 'price-override':
      return speech.t('receipt.price-set');
    case 'bundle':
      return speech.t('receipt.bundle-share');
    case 'exemption':
      return speech.t('receipt.tax-left-out');
  }
}
