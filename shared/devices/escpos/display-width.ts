// How many columns of a fixed-width printer a text takes. A letter with its accents is one column, an ideograph
// or emoji is two, joiners are none; `.length` would be wrong for each of them.

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const TAKES_NO_COLUMN = /^[\p{M}\p{Cf}]+$/u;
const ASCII_ONLY = /^[ -~]*$/;
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** Letters as a reader counts them: a base character with everything that joins it. */
export function graphemesOf(text: string): string[] {
  return ASCII_ONLY.test(text) ? [...text] : Array.from(graphemes.segment(text), (part) => part.segment);
}

/** Columns that `text` takes in the printer's font A. */
export function displayColumns(text: string): number {
  if (ASCII_ONLY.test(text)) return text.length;
  let columns = 0;
  for (const grapheme of graphemesOf(text)) {
    if (TAKES_NO_COLUMN.test(grapheme)) continue;
    columns += WIDE.test(grapheme) ? 2 : 1;
  }
  return columns;
}

/**
 * Lines of at most `columns` columns, broken at spaces; a word longer than a line is cut between letters.
 * Never returns an empty list, never loses a letter.
 */
export function wrapText(text: string, columns: number): string[] {
  if (columns < 2) throw new RangeError('A line needs at least two columns.');
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').filter((part) => part !== '')) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (displayColumns(joined) <= columns) {
      line = joined;
      continue;
    }
    if (line !== '') lines.push(line);
    const pieces = cutWord(word, columns);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? '';
  }
  return line === '' && lines.length > 0 ? lines : [...lines, line];
}

function cutWord(word: string, columns: number): string[] {
  const pieces: string[] = [];
  let piece = '';
  let used = 0;
  for (const grapheme of graphemesOf(word)) {
    const width = displayColumns(grapheme);
    if (used + width > columns) {
      pieces.push(piece);
      piece = '';
      used = 0;
    }
    piece += grapheme;
    used += width;
  }
  pieces.push(piece);
  return pieces;
}
