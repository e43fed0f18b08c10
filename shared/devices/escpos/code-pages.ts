// Which code page of an Epson-compatible printer can show which text, and how a line is cut into runs so that
// each run is shown right. Five pages cover the Latin, Polish and Cyrillic receipts of nearly every printer
// sold (numbers as in Epson's table, 31 to 33 of 42 profiles in escpos-printer-db). What none can show returns
// null: the caller draws that line as a picture. A question mark is never printed in place of a letter.

import CodepageEncoder from '@point-of-sale/codepage-encoder';
import { plainSign } from './printable-text.ts';

/** In the order of preference; names as escpos-buffer's Epson profile knows them. */
export const CODE_PAGES = ['cp437', 'cp858', 'cp852', 'cp866', 'cp1252'] as const;
export type CodePage = (typeof CODE_PAGES)[number];

/** A stretch of text that one code page shows completely. */
export type CodePageRun = { readonly page: CodePage; readonly text: string };

const encoderNames = {
  cp437: 'cp437',
  cp858: 'cp858',
  cp852: 'cp852',
  cp866: 'cp866',
  cp1252: 'windows1252',
} as const;

const charactersOf: ReadonlyMap<CodePage, ReadonlySet<string>> = new Map(
  CODE_PAGES.map((page) => [page, upperHalf(page)]),
);

/** Only bytes 80h-FFh differ between pages; the graphic signs that some put below 20h would be commands. */
function upperHalf(page: CodePage): ReadonlySet<string> {
  const codepoints = CodepageEncoder.getCodepoints(encoderNames[page], true);
  const characters = new Set<string>();
  for (let byte = 0x80; byte <= 0xff; byte += 1) {
    const codepoint = codepoints[byte];
    if (codepoint !== undefined && codepoint > 0x9f && codepoint !== 0xfffd)
      characters.add(String.fromCodePoint(codepoint));
  }
  return characters;
}

function canShow(page: CodePage, character: string): boolean {
  return (character >= ' ' && character <= '~') || charactersOf.get(page)?.has(character) === true;
}

/**
 * `text` as runs of code pages, starting from the page that is already selected and changing as rarely as a
 * look ahead allows; null when a character is in none of `pages`, those that the printer has.
 */
export function codePageRuns(
  text: string,
  selected: CodePage,
  pages: readonly CodePage[] = CODE_PAGES,
): readonly CodePageRun[] | null {
  const characters = [...text].flatMap((character) => inSomePage(character, pages));
  const runs: { page: CodePage; text: string }[] = [];
  let page = selected;
  let run = '';
  for (let index = 0; index < characters.length; index += 1) {
    const character = characters[index] ?? '';
    if (!canShow(page, character)) {
      const next = longestRunPage(characters, index, pages);
      if (next === null) return null;
      if (run !== '') runs.push({ page, text: run });
      page = next;
      run = '';
    }
    run += character;
  }
  if (run !== '') runs.push({ page, text: run });
  return runs;
}

/** Joiners and variation selectors mean nothing to a printer's own letters. */
const JOINERS = /\u200c|\u200d|\ufe0e|\ufe0f/u;

/** A typographic sign that no page has becomes its plain form; every other character stays as it is. */
function inSomePage(character: string, pages: readonly CodePage[]): string[] {
  if (JOINERS.test(character)) return [];
  if (pages.some((page) => canShow(page, character))) return [character];
  return [...(plainSign(character) ?? character)];
}

function longestRunPage(
  characters: readonly string[],
  from: number,
  pages: readonly CodePage[],
): CodePage | null {
  let best: CodePage | null = null;
  let bestLength = 0;
  for (const page of pages) {
    let length = 0;
    while (from + length < characters.length && canShow(page, characters[from + length] ?? '')) length += 1;
    if (length > bestLength) {
      best = page;
      bestLength = length;
    }
  }
  return best;
}
