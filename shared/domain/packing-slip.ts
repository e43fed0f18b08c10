// The paper that goes into the bag with an order of a channel, and that whoever picks it carries along: the code in large letters and as a
// QR code, for whom and until when, the goods with where they lie, and what is still to be paid.

import type { ItemId } from './ids.ts';
import { textIn } from './localized-text.ts';
import { boughtOf, isPaidHere } from './order/collect-order.ts';
import { orderTotalMinor, type Order, type OrderLine } from './order/order.ts';
import type { Receipt, ReceiptBlock } from './receipt-blocks.ts';
import { paperOf, type PaperSettings } from './receipt-parts.ts';
import type { ReceiptSpeech } from './receipt-speech.ts';

export type PackingNames = {
  /** Whoever the goods are for, while that is known. */
  readonly customer: string | null;
  readonly shelfOf: (item: ItemId) => string | null;
};

/** The slip of an order in the language of `speech`. */
export function buildPackingSlip(
  order: Order,
  settings: PaperSettings,
  speech: ReceiptSpeech,
  names: PackingNames,
): Receipt {
  const { timeZone } = settings.store;
  const pair = (start: string, end: string, isBold = false): ReceiptBlock => ({
    kind: 'pair',
    start,
    end,
    isBold,
  });
  const paidMinor = order.payment.kind === 'on-collection' ? 0 : order.payment.amountMinor;
  const leftMinor = isPaidHere(order) ? Math.max(0, orderTotalMinor(order) - paidMinor) : 0;
  const body: readonly ReceiptBlock[] = [
    { kind: 'text', text: speech.t('receipt.title.packing'), align: 'center', isBold: true },
    { kind: 'text', text: order.code, align: 'center', size: 'large', isBold: true },
    { kind: 'qr', text: order.code },
    ...(names.customer === null ? [] : [pair(speech.t('receipt.order-customer'), names.customer, true)]),
    pair(speech.t('receipt.date'), speech.dateTime(order.placedAt, timeZone)),
    pair(speech.t('receipt.packing-until'), speech.dateTime(order.dueAt, timeZone), true),
    { kind: 'rule' },
    ...order.lines.flatMap((line) => linesOf(line, order, speech, names)),
    { kind: 'rule' },
    {
      kind: 'pair',
      start: speech.t('receipt.order-left'),
      end: speech.money(leftMinor, order.currency),
      isBold: true,
      size: 'large',
    },
  ];
  return paperOf(body, settings, speech);
}

function linesOf(
  line: OrderLine,
  { state }: Order,
  speech: ReceiptSpeech,
  { shelfOf }: PackingNames,
): readonly ReceiptBlock[] {
  const bought = boughtOf(line);
  const isPicked = line.isShort || (state !== 'placed' && state !== 'accepted' && state !== 'picking');
  const shelf = shelfOf(bought.itemId);
  return [
    {
      kind: 'pair',
      start: textIn(bought.name, speech.language),
      end: speech.quantity(isPicked ? line.pickedMilli : bought.quantityMilli, bought.unit),
    },
    { kind: 'text', text: [shelf, bought.sku].filter((text) => text !== null).join('  ') },
  ];
}
