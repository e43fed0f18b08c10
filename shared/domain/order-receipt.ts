// What receipts say about orders: the slip of a quotation, an order or a layaway as it was agreed, and on the receipt of every
// payment how the order's account stands after it. Each carries the number as bars, so that a scan finds the order again.

import type { PlacedOrder } from './customer-order.ts';
import { addAmounts } from './money.ts';
import { balanceAfter } from './order-settlement.ts';
import type { Receipt, ReceiptBlock } from './receipt-blocks.ts';
import type { ReceiptKey } from './receipt-keys.ts';
import { receiptLines } from './receipt-lines.ts';
import { paperOf, type PaperSettings } from './receipt-parts.ts';
import type { ReceiptSpeech } from './receipt-speech.ts';
import type { TaxSummary } from './tax.ts';
import type { Transaction } from './transaction.ts';

/** Has this transaction goods of which the totals are? Money on an account alone has none. */
export const totalsOfGoods = ({ lines }: Pick<Transaction, 'lines'>): boolean => lines.length > 0;

/** How the account of the order stands; nothing on receipts without an order. */
export function accountBlocks(
  { order, currency, lines }: Pick<Transaction, 'order' | 'currency' | 'lines'>,
  speech: ReceiptSpeech,
): readonly ReceiptBlock[] {
  if (order === undefined) return [];
  const blocks: ReceiptBlock[] = [
    // A rule stands above already where there are no lines.
    ...(lines.length === 0 ? [] : [{ kind: 'rule' } as const]),
    { kind: 'pair', start: speech.t('receipt.order-number'), end: order.orderNumber, isBold: true },
  ];
  if (order.step === 'conversion') return blocks;
  const pair = (key: ReceiptKey, amountMinor: number, isBold = false): void => {
    blocks.push({ kind: 'pair', start: speech.t(key), end: speech.money(amountMinor, currency), isBold });
  };
  pair('receipt.order-total', order.orderTotalMinor);
  if (order.beforeMinor !== 0) pair('receipt.order-before', order.beforeMinor);
  if (order.takenMinor !== 0) pair('receipt.order-taken', order.takenMinor, true);
  if (order.refundedMinor !== 0) pair('receipt.order-refunded', order.refundedMinor, true);
  if (order.forfeitedMinor !== 0) pair('receipt.order-forfeited', order.forfeitedMinor);
  if (order.step === 'deposit') {
    pair('receipt.order-left', Math.max(0, addAmounts(order.orderTotalMinor, -balanceAfter(order))), true);
  }
  blocks.push(...taxBlocks(order.taxes, currency, speech));
  blocks.push({ kind: 'barcode', symbology: 'code128', code: order.orderNumber });
  return blocks;
}

/** The slip of an order as it was placed, with its terms in words. */
export function buildOrderReceipt(
  order: PlacedOrder,
  settings: PaperSettings,
  speech: ReceiptSpeech,
  names: { readonly customer: string | null; readonly operator: string | null },
): Receipt {
  const { currency, totals, terms } = order;
  const text = (value: string): ReceiptBlock => ({ kind: 'text', text: value, align: 'center' });
  const pair = (key: ReceiptKey, end: string, isBold = false): ReceiptBlock => ({
    kind: 'pair',
    start: speech.t(key),
    end,
    isBold,
  });
  const blocks: ReceiptBlock[] = [
    {
      kind: 'text',
      text: speech.t(`receipt.title.${order.kind}`),
      align: 'center',
      size: 'large',
      isBold: true,
    },
    pair('receipt.order-number', order.number),
    pair('receipt.date', speech.dateTime(order.placedAt, settings.store.timeZone)),
    ...(names.customer === null ? [] : [pair('receipt.order-customer', names.customer)]),
    ...(names.operator === null ? [] : [pair('receipt.operator', names.operator)]),
    { kind: 'rule' },
    ...receiptLines(order, speech),
    ...(order.note === undefined ? [] : [{ kind: 'text', text: order.note } as const]),
    { kind: 'rule' },
    pair('receipt.total', speech.money(totals.grossMinor, currency), true),
    ...taxBlocks(order.taxes, currency, speech, 'receipt.tax.tax'),
    { kind: 'rule' },
  ];
  if (order.validUntil !== undefined)
    blocks.push(pair('receipt.order-valid-until', speech.date(order.validUntil), true));
  if (order.wantedOn !== undefined)
    blocks.push(pair('receipt.order-wanted-on', speech.date(order.wantedOn), true));
  if (order.plan !== undefined) {
    blocks.push({ kind: 'text', text: speech.t('receipt.order-plan'), isBold: true });
    for (const { dueOn, amountMinor } of order.plan) {
      blocks.push({
        kind: 'pair',
        start: speech.date(dueOn),
        end: speech.money(amountMinor, currency),
        indent: 2,
      });
    }
  } else if (terms !== undefined) {
    blocks.push(pair('receipt.order-deposit-minimum', speech.money(terms.depositMinimumMinor, currency)));
  }
  if (terms !== undefined && terms.feeMinor > 0)
    blocks.push(text(speech.t('receipt.order-fee', { amount: speech.money(terms.feeMinor, currency) })));
  if (terms?.forfeitOn !== undefined)
    blocks.push(text(speech.t('receipt.order-forfeit-on', { date: speech.date(terms.forfeitOn) })));
  blocks.push(text(speech.t('receipt.order-no-invoice')));
  blocks.push({ kind: 'barcode', symbology: 'code128', code: order.number });
  return paperOf(blocks, settings, speech);
}

function taxBlocks(
  taxes: readonly TaxSummary[],
  currency: string,
  speech: ReceiptSpeech,
  heading: ReceiptKey = 'receipt.order-tax',
): readonly ReceiptBlock[] {
  if (taxes.length === 0) return [];
  return [
    { kind: 'text', text: speech.t(heading) },
    ...taxes.map((row): ReceiptBlock => ({
      kind: 'pair',
      start: `${row.letter} ${row.ratePpm === null ? row.name : speech.percent(row.ratePpm)}`,
      end: speech.money(row.taxMinor, currency),
      indent: 2,
    })),
  ];
}
