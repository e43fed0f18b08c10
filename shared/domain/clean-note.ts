// Free text that people type onto a line or a cart: kept as they meant it, without what could break a receipt, a
// screen or a printer (control characters, hidden direction overrides, halves of surrogate pairs).

import { accept, refuse, type Outcome } from './refusal.ts';

/** Characters of a note after cleaning. */
export const NOTE_MAX = 200;

const LONE_SURROGATES = /[\uD800-\uDFFF]/gu;
const LINE_BREAKS = /[\s\u0085\u2028\u2029]+/gu;
const CONTROLS = /[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/gu;

/** The note in NFC on one line, trimmed; refused when it is still longer than NOTE_MAX characters. */
export function cleanNote(note: string): Outcome<string, 'note-too-long'> {
  const cleaned = note
    .replace(LINE_BREAKS, ' ')
    .replace(CONTROLS, '')
    .replace(LONE_SURROGATES, '\uFFFD')
    .normalize('NFC')
    .trim();
  return cleaned.length > NOTE_MAX ? refuse('note-too-long', { maxCharacters: NOTE_MAX }) : accept(cleaned);
}
