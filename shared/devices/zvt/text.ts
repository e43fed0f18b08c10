// Text of a terminal: code page 437 as far as receipts use it. What else stands there becomes a question mark, control
// characters fall out, and anything that could be a card number is masked but for its last four digits, whatever the
// terminal itself has masked.

import { hasCardNumber, SLIP_LINE_MAX } from '../../domain/card-details.ts';

const LETTERS: Readonly<Record<number, string>> = {
  0x80: 'Ç',
  0x81: 'ü',
  0x82: 'é',
  0x83: 'â',
  0x84: 'ä',
  0x85: 'à',
  0x86: 'å',
  0x87: 'ç',
  0x88: 'ê',
  0x89: 'ë',
  0x8a: 'è',
  0x8b: 'ï',
  0x8c: 'î',
  0x8d: 'ì',
  0x8e: 'Ä',
  0x8f: 'Å',
  0x90: 'É',
  0x93: 'ô',
  0x94: 'ö',
  0x95: 'ò',
  0x96: 'û',
  0x97: 'ù',
  0x99: 'Ö',
  0x9a: 'Ü',
  0x9c: '£',
  0xa0: 'á',
  0xa1: 'í',
  0xa2: 'ó',
  0xa3: 'ú',
  0xa4: 'ñ',
  0xa5: 'Ñ',
  0xe1: 'ß',
  0xee: '€',
};
const BYTES: ReadonlyMap<string, number> = new Map(
  Object.entries(LETTERS).map(([byte, letter]) => [letter, Number(byte)]),
);

const VISIBLE_DIGITS = 4;

/** What the bytes say, without card numbers. */
export function terminalText(bytes: Uint8Array): string {
  const text = [...bytes]
    .map((byte) =>
      byte < 0x20 || byte === 0x7f ? '' : byte < 0x7f ? String.fromCharCode(byte) : LETTERS[byte],
    )
    .map((letter) => letter ?? '?')
    .join('');
  return maskCardNumbers(text).slice(0, SLIP_LINE_MAX).trimEnd();
}

/** The bytes of a text, as a terminal sends it. */
export function terminalBytes(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => {
    const code = letter.charCodeAt(0);
    return code >= 0x20 && code < 0x7f ? code : (BYTES.get(letter) ?? 0x3f);
  });
}

/** Masks every run of digits (spaces and dashes between them count as nothing) that could be or hold a card number. */
export function maskCardNumbers(text: string): string {
  return text.replaceAll(/\d(?:[ -]?\d){11,}/g, (run) => {
    if (!hasCardNumber(run)) return run;
    let digitsLeft = run.replaceAll(/\D/g, '').length;
    return run.replaceAll(/\d/g, (digit) => {
      digitsLeft -= 1;
      return digitsLeft < VISIBLE_DIGITS ? digit : '*';
    });
  });
}
