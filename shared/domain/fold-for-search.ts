// One spelling for search: what the cashier types and what the catalogue holds are folded by the same function,
// so that any keyboard finds any name. Folded text is lower-case words with single spaces between them.
// Folded away: case, Latin and Cyrillic diacritics, Arabic and Hebrew vowel signs, letter variants of
// Arabic/Persian/Urdu, digits of other scripts, joiners and direction marks, apostrophes, punctuation.

import { toAsciiDigits } from './parse-decimal.ts';

const ASCII_ONLY = /^[\x20-\x7E]*$/;

// Letters that Unicode does not decompose but people type without the stroke, and letter variants of the
// Arabic script that keyboards of different countries exchange (Kaf, Yeh, Heh, Teh Marbuta, Alef Wasla).
const LETTERS: Readonly<Record<string, string>> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ħ: 'h',
  ı: 'i',
  ŧ: 't',
  ς: 'σ',
  ي: 'ی',
  ى: 'ی',
  ے: 'ی',
  ك: 'ک',
  ڪ: 'ک',
  ة: 'ه',
  ە: 'ه',
  ہ: 'ه',
  ھ: 'ه',
  ۃ: 'ه',
  ٱ: 'ا',
};
const LETTER_VARIANTS = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'g');

// Combining marks of Latin, Cyrillic and Greek (U+0300–036F, also what is left of ё, й, ą …), of Hebrew, and of
// Arabic (tashkeel, hamza and madda after decomposition). Marks of other scripts are letters there and stay.
const MARKS =
  /[\u0300-\u036F\u0591-\u05C7\u0610-\u061A\u064B-\u065F\u0670\u06D6-\u06DC\u06DF-\u06E8\u06EA-\u06ED]/g;

// Tatweel, zero-width joiners and non-joiner, direction marks, soft hyphen, byte-order mark, apostrophes.
const DROPPED = /[\u0640\u200B-\u200F\u202A-\u202E\u2060-\u2069\u00AD\uFEFF'’‘ʼ`´]/g;

const BETWEEN_WORDS = /[^\p{L}\p{M}\p{N}]+/gu;

/**
 * Folded words of `text` with single spaces. Folding twice changes nothing. Empty when there is no letter or
 * digit in it. Russian ё folds to е and й to и; Persian half-spaces (ZWNJ) join the word.
 */
export function foldForSearch(text: string): string {
  if (ASCII_ONLY.test(text)) {
    return text
      .toLowerCase()
      .replace(/['`]/g, '')
      .replace(/[^a-z0-9]+/g, ' ')
      .trim();
  }
  return toAsciiDigits(text.replace(DROPPED, '').normalize('NFKD').toLowerCase())
    .replace(DROPPED, '')
    .replace(MARKS, '')
    .replace(LETTER_VARIANTS, (letter) => LETTERS[letter] ?? letter)
    .normalize('NFC')
    .replace(BETWEEN_WORDS, ' ')
    .trim();
}
