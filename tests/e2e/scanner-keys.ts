// A scanner that types like a keyboard: real key events with the places of a US layout, whatever the computer makes of them.

import type { CDPSession } from 'playwright';

/** A scanner sends a key about every five milliseconds. */
const SCANNER_KEY_SECONDS = 0.005;

/** Digits as the number row gives them on a Persian and on a Russian keyboard. */
const LAYOUTS = { us: '0123456789', persian: '۰۱۲۳۴۵۶۷۸۹', russian: '0123456789' } as const;
/** Letters of the same keys, for codes with letters. */
const RUSSIAN_LETTERS: Readonly<Record<string, string>> = {
  A: 'Ф',
  B: 'И',
  C: 'С',
  D: 'В',
  E: 'У',
  S: 'Ы',
  T: 'Е',
};

export type ScannerLayout = keyof typeof LAYOUTS;

/** Sends the code and Enter at the end. */
export async function sendAsScanner(
  devTools: CDPSession,
  code: string,
  layout: ScannerLayout,
): Promise<void> {
  // A busy machine delays the keys on their way, but not the times at which the scanner says that it sent them.
  let timestamp = Date.now() / 1000;
  for (const sign of code) {
    timestamp += SCANNER_KEY_SECONDS;
    const isDigit = /\d/.test(sign);
    const key = isDigit
      ? (LAYOUTS[layout][Number(sign)] ?? sign)
      : layout === 'russian'
        ? (RUSSIAN_LETTERS[sign] ?? sign)
        : sign;
    const place = isDigit ? `Digit${sign}` : sign === '-' ? 'Minus' : `Key${sign.toUpperCase()}`;
    const virtualKey = sign === '-' ? 189 : sign.toUpperCase().charCodeAt(0);
    await devTools.send('Input.dispatchKeyEvent', {
      type: 'keyDown',
      code: place,
      key,
      text: key,
      windowsVirtualKeyCode: virtualKey,
      timestamp,
    });
    await devTools.send('Input.dispatchKeyEvent', {
      type: 'keyUp',
      code: place,
      key,
      windowsVirtualKeyCode: virtualKey,
      timestamp,
    });
  }
  timestamp += SCANNER_KEY_SECONDS;
  const enter = { code: 'Enter', key: 'Enter', windowsVirtualKeyCode: 13, timestamp };
  await devTools.send('Input.dispatchKeyEvent', { type: 'keyDown', text: '\r', ...enter });
  await devTools.send('Input.dispatchKeyEvent', { type: 'keyUp', ...enter });
}
