// How a store's receipts look: its picture, its own words above and below, which parts stand on them in which order, and in
// which language. A manager changes it; the server checks it with the rule below and hands it to all tills. What a receipt
// must say by law (who sold what, when, and how it was paid) may move and never go.

import { LANGUAGES, type Language } from './localized-text.ts';
import { isPicture, type Picture } from './picture.ts';
import { accept, refuse, type Outcome } from './refusal.ts';

/** All parts, in the order in which they stand unless somebody chooses otherwise. */
export const RECEIPT_PARTS = [
  'logo',
  'store',
  'header',
  'title',
  'lines',
  'payment',
  'taxes',
  'journal',
  'barcode',
  'qr',
  'footer',
] as const;
export type ReceiptPart = (typeof RECEIPT_PARTS)[number];

/** What never goes from a receipt. */
export const KEPT_PARTS: readonly ReceiptPart[] = ['store', 'title', 'lines', 'payment'];

/** A text in the languages in which the shop has written it; several lines are allowed. */
export type OwnWords = { readonly [Each in Language]?: string };

export type ReceiptLayout = {
  /** Grows with every change. 0 is what nobody has changed yet. */
  readonly version: number;
  /** Millimetres: for the preview and the browser's printer; receipt printers know their own paper. */
  readonly paperMm: 58 | 80;
  /** What customers read; 'till' is the language of the till of that moment. */
  readonly language: 'till' | Language;
  readonly logo?: Picture;
  readonly header: OwnWords;
  /** Instead of the footer of the store where it is written. */
  readonly footer: OwnWords;
  /** What is shown, from top to bottom. */
  readonly parts: readonly ReceiptPart[];
};

export const OWN_WORDS_MAX = 500;
const OWN_LINES_MAX = 12;

/** As receipts look before anybody has changed them. */
export const DEFAULT_RECEIPT_LAYOUT: ReceiptLayout = {
  version: 0,
  paperMm: 80,
  language: 'till',
  header: {},
  footer: {},
  parts: RECEIPT_PARTS.filter((part) => part !== 'qr'),
};

/** Lets a layout through that every receipt can be printed with. */
export function checkReceiptLayout(
  layout: ReceiptLayout,
): Outcome<
  ReceiptLayout,
  'layout-part-missing' | 'layout-part-twice' | 'layout-text-too-long' | 'layout-logo'
> {
  const missing = KEPT_PARTS.find((part) => !layout.parts.includes(part));
  if (missing !== undefined) return refuse('layout-part-missing', { part: missing });
  const twice = layout.parts.find((part, place) => layout.parts.indexOf(part) !== place);
  if (twice !== undefined) return refuse('layout-part-twice', { part: twice });
  for (const words of [layout.header, layout.footer]) {
    for (const language of LANGUAGES) {
      const text = words[language] ?? '';
      if (text.length > OWN_WORDS_MAX || text.split('\n').length > OWN_LINES_MAX)
        return refuse('layout-text-too-long', { language, most: OWN_WORDS_MAX });
    }
  }
  if (layout.logo !== undefined && !isPicture(layout.logo)) return refuse('layout-logo');
  return accept(layout);
}

/** The shop's words in `language`; else in English, else in whichever language there are any. */
export function ownWordsIn(words: OwnWords, language: Language): string {
  const found = [words[language], words.en, ...Object.values(words)].find(
    (text) => text !== undefined && text.trim() !== '',
  );
  return found ?? '';
}
