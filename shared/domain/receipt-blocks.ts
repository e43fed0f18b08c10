// A receipt as plain blocks: what it says, in reading order, and nothing about paper. `buildReceipt` makes it;
// the screen, the browser's print view and the ESC/POS layout all show the same blocks, so they cannot differ.
// Texts are final (translated, amounts formatted). `start` and `end` follow the direction of the language.

import type { Language } from './localized-text.ts';
import type { Picture } from './picture.ts';

export type ReceiptTextStyle = {
  readonly align?: 'start' | 'center' | 'end';
  /** `large` is twice as wide and high on paper. */
  readonly size?: 'normal' | 'large';
  readonly isBold?: boolean;
};

export type ReceiptBlock =
  /** A paragraph; wrapped where it does not fit. */
  | ({ readonly kind: 'text'; readonly text: string } & ReceiptTextStyle)
  /** A label at the start and an amount at the end of one line; the label wraps, the amount never does. */
  | {
      readonly kind: 'pair';
      readonly start: string;
      readonly end: string;
      readonly isBold?: boolean;
      readonly size?: 'normal' | 'large';
      /** Columns the start is set in by: 2 for what belongs to the line above (quantity × price, a note). */
      readonly indent?: number;
    }
  /** Rows of short cells (the tax table): first column at the start, the others at the end. */
  | { readonly kind: 'table'; readonly rows: readonly (readonly string[])[]; readonly hasHeading: boolean }
  | { readonly kind: 'rule' }
  | { readonly kind: 'blank' }
  /** Bars that our own scanners read back; the code is printed below them as text. */
  | { readonly kind: 'barcode'; readonly symbology: 'code128' | 'ean13'; readonly code: string }
  | { readonly kind: 'qr'; readonly text: string }
  /** In the middle, dot by dot. `label` is what it shows, for those who do not see it. */
  | { readonly kind: 'picture'; readonly picture: Picture; readonly label: string };

export type Receipt = {
  readonly language: Language;
  readonly blocks: readonly ReceiptBlock[];
};
