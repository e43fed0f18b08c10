// What the customer's screen shows: what is in the cart, what was saved and by which offer, what is to be paid, the change, and
// the code of the receipt. Nothing about who buys or who sells is in it, because the screen stands where everybody looks.

import { textIn, type Language } from './localized-text.ts';
import type { UnitOfMeasure } from './item.ts';
import { addAmounts, sumAmounts } from './money.ts';
import { savingsOf } from './savings.ts';
import type { Transaction, TransactionLine } from './transaction.ts';

export type DisplayLine = {
  readonly name: string;
  readonly quantityMilli: number;
  readonly unit: UnitOfMeasure;
  readonly shelfMinor: number;
  readonly totalMinor: number;
  /** Names of the promotions that took something off. */
  readonly offers: readonly string[];
};

export type DisplayContent = {
  readonly state: 'idle' | 'cart' | 'pay' | 'finished';
  readonly language: Language;
  readonly storeName: string;
  readonly currency: string;
  readonly isTraining: boolean;
  /** The newest ones, in the order of entry. */
  readonly lines: readonly DisplayLine[];
  /** Lines of the cart that do not fit. */
  readonly moreLines: number;
  readonly totalMinor: number;
  readonly savingsMinor: number;
  /** Only when the sale is final. */
  readonly changeMinor: number | null;
  /** Number of the receipt, shown as a QR code. */
  readonly receiptNumber: string | null;
};

/** Lines that are shown at most; a screen has no room for more, and a message no need. */
export const DISPLAY_LINES_MAX = 60;
const NAME_MAX = 200;

type Given = Pick<DisplayContent, 'language' | 'storeName' | 'currency' | 'isTraining'>;

export function idleDisplay(given: Given): DisplayContent {
  return {
    ...given,
    state: 'idle',
    lines: [],
    moreLines: 0,
    totalMinor: 0,
    savingsMinor: 0,
    changeMinor: null,
    receiptNumber: null,
  };
}

/** A cart as the customer sees it while goods are added (`cart`) and while they pay (`pay`). */
export function cartDisplay(
  state: 'cart' | 'pay',
  cart: { readonly lines: readonly TransactionLine[]; readonly totalMinor: number },
  given: Given,
): DisplayContent {
  return {
    ...idleDisplay(given),
    ...linesOf(cart.lines, given.language),
    state,
    totalMinor: cart.totalMinor,
    savingsMinor: savingsOf(cart.lines),
  };
}

/** The sale is final: change in large figures and the code of the receipt. */
export function finishedDisplay(transaction: Transaction, changeMinor: number, given: Given): DisplayContent {
  const { lines, totals, receiptNumber } = transaction;
  return {
    ...idleDisplay(given),
    ...linesOf(lines, given.language),
    state: 'finished',
    totalMinor: addAmounts(totals.grossMinor, totals.cashRoundingMinor),
    savingsMinor: savingsOf(lines),
    changeMinor,
    receiptNumber,
  };
}

function linesOf(
  lines: readonly TransactionLine[],
  language: Language,
): Pick<DisplayContent, 'lines' | 'moreLines'> {
  const shown = lines
    .slice(-DISPLAY_LINES_MAX)
    .map(({ name, quantityMilli, unit, extendedMinor, modifiers = [] }) => ({
      name: textIn(name, language).slice(0, NAME_MAX),
      quantityMilli,
      unit,
      shelfMinor: extendedMinor,
      totalMinor: addAmounts(extendedMinor, sumAmounts(modifiers.map(({ amountMinor }) => amountMinor))),
      offers: modifiers.flatMap((one) =>
        one.kind === 'promotion' && one.name !== undefined && one.amountMinor !== 0
          ? [one.name.slice(0, NAME_MAX)]
          : [],
      ),
    }));
  return { lines: shown, moreLines: lines.length - shown.length };
}
