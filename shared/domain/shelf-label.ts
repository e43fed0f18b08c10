// What a label on a shelf or on the goods says: the name, what one unit costs, what it cost before, and a code that scanners
// read. Texts are final; where they stand on which label is a matter of the paper (shared/devices).

import { hasValidCheckDigit } from './gtin-check-digit.ts';
import type { Item } from './item.ts';
import { textIn, type Language } from './localized-text.ts';
import { MILLI_PER_UNIT } from './quantity.ts';
import type { Receipt, ReceiptBlock } from './receipt-blocks.ts';
import type { ReceiptSpeech } from './receipt-speech.ts';

export type ShelfLabel = {
  readonly language: Language;
  readonly name: string;
  readonly price: string;
  /** What the price is for where it is not a piece: "1 kg". */
  readonly per: string | null;
  /** The price before, where it has been changed. */
  readonly priceBefore: string | null;
  readonly sku: string;
  readonly code: LabelCode;
  readonly printedOn: string;
};

export type LabelCode = { readonly symbology: 'ean13' | 'ean8' | 'code128'; readonly text: string };

/** Most labels that one print may make, so that a slip of the finger does not empty the roll. */
export const LABELS_MAX = 500;

/** The label of an item at a price in minor units of `currency`. */
export function buildShelfLabel(
  item: Item,
  speech: Pick<ReceiptSpeech, 'language' | 'money' | 'quantity' | 'date'>,
  given: {
    readonly currency: string;
    readonly priceMinor: number;
    readonly beforeMinor?: number;
    /** YYYY-MM-DD. */
    readonly today: string;
  },
): ShelfLabel {
  const { currency, priceMinor, beforeMinor } = given;
  const isChanged = beforeMinor !== undefined && beforeMinor !== priceMinor;
  return {
    language: speech.language,
    name: textIn(item.name, speech.language),
    price: speech.money(priceMinor, currency),
    per: item.unit === 'piece' ? null : speech.quantity(MILLI_PER_UNIT, item.unit),
    priceBefore: isChanged ? speech.money(beforeMinor, currency) : null,
    sku: item.sku,
    code: labelCode(item),
    printedOn: speech.date(given.today),
  };
}

/** The code that a label shows: a GTIN of the item as the bars that shops know, else its own number. */
export function labelCode({ barcodes, sku }: Pick<Item, 'barcodes' | 'sku'>): LabelCode {
  for (const barcode of barcodes) {
    if (!/^\d{8,14}$/.test(barcode)) continue;
    const gtin = barcode.padStart(14, '0');
    if (!hasValidCheckDigit(gtin)) continue;
    if (gtin.startsWith('000000')) return { symbology: 'ean8', text: gtin.slice(6) };
    // An item's own GTIN of 14 digits names a case, and is no EAN-13.
    if (gtin.startsWith('0')) return { symbology: 'ean13', text: gtin.slice(1) };
    return { symbology: 'code128', text: gtin };
  }
  return { symbology: 'code128', text: /^[ -~]{1,40}$/.test(sku) ? sku : (barcodes[0] ?? sku) };
}

/** The label for a receipt printer: a short strip of paper to be cut off. */
export function labelReceipt(label: ShelfLabel): Receipt {
  const { symbology, text } = label.code;
  const blocks: readonly ReceiptBlock[] = [
    { kind: 'text', text: label.name, align: 'center', isBold: true },
    ...(label.priceBefore === null
      ? []
      : [{ kind: 'text', text: label.priceBefore, align: 'center' } as const]),
    { kind: 'text', text: label.price, align: 'center', size: 'large', isBold: true },
    ...(label.per === null ? [] : [{ kind: 'text', text: label.per, align: 'center' } as const]),
    // Receipt printers draw no EAN-8; the digits scan as well from Code 128.
    { kind: 'barcode', symbology: symbology === 'ean8' ? 'code128' : symbology, code: text },
    { kind: 'pair', start: label.sku, end: label.printedOn },
  ];
  return { language: label.language, blocks };
}
