// What a customer display of two lines of twenty characters says. Such displays know Latin and Cyrillic letters in code pages and
// nothing else: Persian and Arabic letters are written in Latin ones, their digits as 0 to 9, and what is left falls out. Amounts
// keep their place at the end of the line; names give way.

import { currencyOf } from '../../domain/currency.ts';
import type { DisplayContent } from '../../domain/display-content.ts';
import { toAsciiDigits } from '../../domain/parse-decimal.ts';
import { codePageRuns } from '../escpos/code-pages.ts';

export const DISPLAY_COLUMNS = 20;

export type DisplayLines = readonly [string, string];

const LATIN: Readonly<Record<string, string>> = {
  آ: 'a',
  ا: 'a',
  أ: 'a',
  إ: 'e',
  ب: 'b',
  پ: 'p',
  ت: 't',
  ث: 's',
  ج: 'j',
  چ: 'ch',
  ح: 'h',
  خ: 'kh',
  د: 'd',
  ذ: 'z',
  ر: 'r',
  ز: 'z',
  ژ: 'zh',
  س: 's',
  ش: 'sh',
  ص: 's',
  ض: 'z',
  ط: 't',
  ظ: 'z',
  ع: 'a',
  غ: 'gh',
  ف: 'f',
  ق: 'q',
  ک: 'k',
  ك: 'k',
  گ: 'g',
  ل: 'l',
  م: 'm',
  ن: 'n',
  و: 'v',
  ه: 'h',
  ة: 'h',
  ی: 'y',
  ي: 'y',
  ئ: 'y',
  ء: '',
  '٪': '%',
  '٫': '.',
  '٬': ',',
  '×': 'x',
};

/** The two lines for what the customer may see. */
export function linesOf(content: DisplayContent): DisplayLines {
  const { currency, totalMinor } = content;
  const newest = content.lines.at(-1);
  switch (content.state) {
    case 'idle':
      return [centred(content.storeName), ''];
    case 'cart':
      return newest === undefined
        ? [centred(content.storeName), '']
        : [pair(newest.name, amount(newest.totalMinor, currency)), total(totalMinor, currency)];
    case 'pay':
      return [total(totalMinor, currency), ''];
    case 'finished':
      return [total(totalMinor, currency), pair('CHANGE', amount(content.changeMinor ?? 0, currency))];
  }
}

/** In letters that such a display has. */
export function displayText(text: string): string {
  return [...toAsciiDigits(text).normalize('NFC')]
    .map((letter) => LATIN[letter] ?? letter)
    .join('')
    .split('')
    .filter((letter) => codePageRuns(letter, 'cp437') !== null)
    .join('')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** Always with a point, always by the digits of the currency, and with its code. */
export function amount(amountMinor: number, currency: string): string {
  const { digits } = currencyOf(currency);
  const text = String(Math.abs(amountMinor)).padStart(digits + 1, '0');
  const whole = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
  return `${amountMinor < 0 ? '-' : ''}${whole} ${currency}`;
}

const total = (totalMinor: number, currency: string): string => pair('TOTAL', amount(totalMinor, currency));

/** A name and an amount in one line; the name is cut, the amount never. */
function pair(name: string, end: string): string {
  const room = Math.max(0, DISPLAY_COLUMNS - end.length - 1);
  const start = [...displayText(name)].slice(0, room).join('').trimEnd();
  return `${start}${end.padStart(DISPLAY_COLUMNS - start.length)}`.slice(-DISPLAY_COLUMNS);
}

function centred(text: string): string {
  const shown = [...displayText(text)].slice(0, DISPLAY_COLUMNS).join('');
  return `${' '.repeat(Math.floor((DISPLAY_COLUMNS - shown.length) / 2))}${shown}`;
}
