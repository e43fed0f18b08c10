// How a language says what stands on a receipt: words, amounts, quantities and dates. It is passed in, so that receipts know
// no language.

import type { UnitOfMeasure } from './item.ts';
import type { Language } from './localized-text.ts';
import type { ReceiptKey } from './receipt-keys.ts';

/** How one language says what stands on a receipt. */
export type ReceiptSpeech = {
  readonly language: Language;
  t(key: ReceiptKey, values?: Readonly<Record<string, string | number | boolean>>): string;
  money(amountMinor: number, currency: string): string;
  quantity(quantityMilli: number, unit: UnitOfMeasure): string;
  percent(ratePpm: number): string;
  number(value: number, fractionDigits?: number): string;
  /** Date and time of day in a time zone (IANA name): a receipt shows the shop's clock, wherever it is printed. */
  dateTime(instant: string, timeZone: string): string;
  /** A calendar day, YYYY-MM-DD. */
  date(day: string): string;
};
