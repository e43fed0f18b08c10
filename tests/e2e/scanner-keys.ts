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

const SIGN_CODES: Readonly<Record<string, string>> = { '.': 'Period', '-': 'Minus', _: 'Minus' };
/** As the browser's protocol counts modifier keys. */
const SHIFT = 8;

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
  await sendEnter(devTools, timestamp + SCANNER_KEY_SECONDS);
}

/** The same for long codes in which capitals, dots and lines count: a US keyboard with Shift held where it is needed. */
export async function sendTextAsScanner(devTools: CDPSession, text: string): Promise<void> {
  let timestamp = Date.now() / 1000;
  for (const sign of text) {
    timestamp += SCANNER_KEY_SECONDS;
    await devTools.send('Input.dispatchKeyEvent', {
      type: 'keyDown',
      code: SIGN_CODES[sign] ?? (/\d/.test(sign) ? `Digit${sign}` : `Key${sign.toUpperCase()}`),
      key: sign,
      text: sign,
      modifiers: sign === '_' || /[A-Z]/.test(sign) ? SHIFT : 0,
      timestamp,
    });
  }
  await sendEnter(devTools, timestamp + SCANNER_KEY_SECONDS);
}

async function sendEnter(devTools: CDPSession, timestamp: number): Promise<void> {
  const enter = { code: 'Enter', key: 'Enter', windowsVirtualKeyCode: 13, timestamp };
  await devTools.send('Input.dispatchKeyEvent', { type: 'keyDown', text: '\r', ...enter });
  await devTools.send('Input.dispatchKeyEvent', { type: 'keyUp', ...enter });
}
