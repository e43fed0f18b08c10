// How it was paid, on paper: each tender with what proves it (a rate, a voucher's number, what the card terminal answered),
// and the change in the store's own cash. Of a card at most the last four digits are there to print.

import type { ReceiptBlock } from './receipt-blocks.ts';
import type { ReceiptKey } from './receipt-keys.ts';
import type { ReceiptSpeech } from './receipt-speech.ts';
import type { Tender, Transaction } from './transaction.ts';

const MICRO = 1_000_000;
/** A rate is shown as exactly as it is kept. */
const RATE_DIGITS = 6;

/** All tenders in the order in which they were taken. */
export function receiptTenders(
  { tenders, currency }: Pick<Transaction, 'tenders' | 'currency'>,
  speech: ReceiptSpeech,
): readonly ReceiptBlock[] {
  return tenders.flatMap((tender) => {
    const blocks: ReceiptBlock[] = [
      {
        kind: 'pair',
        start: speech.t(tenderKey(tender)),
        end: speech.money(shownAmount(tender), currency),
      },
      ...proofOf(tender, currency, speech).map((start): ReceiptBlock => ({
        kind: 'pair',
        start,
        end: '',
        indent: 2,
      })),
    ];
    // What the terminal wants the customer to have, as it said it.
    for (const text of tender.card?.slip ?? []) blocks.push({ kind: 'text', text });
    if (tender.changeMinor !== 0) {
      const end = speech.money(tender.changeMinor, currency);
      blocks.push({ kind: 'pair', start: speech.t('receipt.change'), end });
    }
    return blocks;
  });
}

/** The rate of foreign cash in words, such as "1 USD = 0.92 EUR". */
export function rateText(
  rate: { readonly currency: string; readonly rateMicro: number; readonly perUnits: number },
  ownCurrency: string,
  speech: Pick<ReceiptSpeech, 't' | 'number'>,
): string {
  return speech.t('receipt.rate', {
    units: speech.number(rate.perUnits),
    currency: rate.currency,
    rate: speech.number(rate.rateMicro / MICRO, RATE_DIGITS),
    own: ownCurrency,
  });
}

function proofOf(
  { foreign, voucher, card }: Tender,
  currency: string,
  speech: ReceiptSpeech,
): readonly string[] {
  if (foreign !== undefined) {
    return [speech.money(foreign.foreignMinor, foreign.currency), rateText(foreign, currency, speech)];
  }
  if (voucher !== undefined) return [speech.t('receipt.voucher', { number: voucher.number })];
  if (card === undefined) return [];
  const { scheme, lastDigits, authorisationCode, reference } = card;
  const name = [scheme, lastDigits === undefined ? undefined : `**** ${lastDigits}`].filter(
    (part) => part !== undefined,
  );
  return [
    ...(name.length === 0 ? [] : [name.join(' ')]),
    ...(authorisationCode === undefined
      ? []
      : [speech.t('receipt.authorisation', { code: authorisationCode })]),
    ...(reference === undefined ? [] : [speech.t('receipt.reference', { reference })]),
  ];
}

// Of cash the sum handed over is shown, and the change below it; anything else by what it settles.
function shownAmount({ kind, amountMinor, tenderedMinor }: Tender): number {
  const isHandedOver = (kind === 'cash' && amountMinor >= 0) || kind === 'foreign-cash';
  return isHandedOver ? tenderedMinor : amountMinor;
}

function tenderKey({ kind, amountMinor }: Tender): ReceiptKey {
  return amountMinor < 0 ? `receipt.refund.${kind}` : `receipt.tender.${kind}`;
}
