// The ticket that stays on goods which wait for somebody, and the one the customer shows: the number of the order in large
// letters and as a QR code, for whom it is, what belongs to it, and what is still to be paid.

import { leftToPay, type CustomerOrder } from './customer-order.ts';
import { textIn } from './localized-text.ts';
import type { Receipt, ReceiptBlock } from './receipt-blocks.ts';
import { paperOf, type PaperSettings } from './receipt-parts.ts';
import type { ReceiptKey } from './receipt-keys.ts';
import type { ReceiptSpeech } from './receipt-speech.ts';

/** The ticket of an order in the language of `speech`. */
export function buildPickupTicket(
  order: CustomerOrder,
  settings: PaperSettings,
  speech: ReceiptSpeech,
  names: { readonly customer: string | null },
): Receipt {
  const pair = (key: ReceiptKey, end: string, isBold = false): ReceiptBlock => ({
    kind: 'pair',
    start: speech.t(key),
    end,
    isBold,
  });
  const leftMinor = leftToPay(order);
  const body: readonly ReceiptBlock[] = [
    { kind: 'text', text: speech.t('receipt.title.pickup'), align: 'center', isBold: true },
    { kind: 'text', text: order.number, align: 'center', size: 'large', isBold: true },
    { kind: 'qr', text: order.number },
    ...(names.customer === null ? [] : [pair('receipt.order-customer', names.customer, true)]),
    pair('receipt.date', speech.dateTime(order.placedAt, settings.store.timeZone)),
    ...(order.wantedOn === undefined
      ? []
      : [pair('receipt.order-wanted-on', speech.date(order.wantedOn), true)]),
    { kind: 'rule' },
    ...order.lines
      .filter(({ parentLineNumber }) => parentLineNumber === undefined)
      .map((line): ReceiptBlock => ({
        kind: 'pair',
        start: textIn(line.name, speech.language),
        end: speech.quantity(line.quantityMilli, line.unit),
      })),
    ...(order.note === undefined ? [] : [{ kind: 'text', text: order.note } as const]),
    { kind: 'rule' },
    {
      kind: 'pair',
      start: speech.t('receipt.order-left'),
      end: speech.money(leftMinor, order.currency),
      isBold: true,
      size: 'large',
    },
    { kind: 'text', text: speech.t('receipt.pickup-show'), align: 'center' },
  ];
  return paperOf(body, settings, speech);
}
