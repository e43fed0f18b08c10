// Reads the word tables and makes phrases whose adjectives agree with their noun in Russian, Polish and
// Arabic. English adjectives stand before the noun; Persian and Arabic ones after it; Russian and Polish
// each have a catalogue style (noun first) and a display style (colour first), see phrase.ts.

import type { Language } from '../../../shared/domain/localized-text.ts';

export type Words = Readonly<Record<Language, string>>;
/** Masculine, feminine, neuter, plural. */
export type Gender = 'm' | 'f' | 'n' | 'p';

export type Adjective = {
  readonly key: string;
  readonly en: string;
  readonly fa: string;
  readonly ar: readonly string[];
  readonly ru: readonly string[];
  readonly pl: readonly string[];
  readonly extra: readonly string[];
};

export type Noun = {
  readonly key: string;
  readonly category: string;
  readonly motif: string;
  readonly priceMinor: number;
  readonly words: Words;
  readonly gender: { readonly ar: Gender; readonly ru: Gender; readonly pl: Gender };
  /** Groups of choices: `letters; cotton linen; women men` → three lists; `-` → an empty one. */
  readonly choices: readonly (readonly string[])[];
};

export type Phrase = {
  readonly category: string;
  readonly motif: string;
  readonly tone: string;
  readonly packs: readonly string[];
  readonly priceMinor: number;
  readonly words: Words;
};

const GENDERS: readonly Gender[] = ['m', 'f', 'n', 'p'];

/** The form of an adjective that agrees with a noun of `gender` in `language`. */
export function formOf(adjective: Adjective, language: Language, gender: Gender): string {
  switch (language) {
    case 'en':
      return adjective.en;
    case 'fa':
      return adjective.fa;
    case 'ar':
      return (gender === 'm' ? adjective.ar[0] : (adjective.ar[1] ?? adjective.ar[0])) ?? '';
    case 'ru':
    case 'pl':
      return adjective[language][GENDERS.indexOf(gender)] ?? '';
  }
}

/** Reads a table of adjectives into a map by key; a malformed row is a fault of the table and throws. */
export function readAdjectives(table: string): ReadonlyMap<string, Adjective> {
  const entries = rowsOf(table, 7).map(
    ([key = '', en = '', fa = '', ar = '', ru = '', pl = '', extra = '']) => {
      // Arabic "من خشب البلوط" is one invariable phrase, not two forms.
      const arabic = /^(من|لل)/u.test(ar) ? [ar] : wordsOf(ar);
      return [
        key,
        { key, en, fa, ar: arabic, ru: wordsOf(ru), pl: wordsOf(pl), extra: wordsOf(extra) },
      ] as const;
    },
  );
  return new Map(entries);
}

/** Reads a table of nouns that carry their gender as `/m`, `/f`, `/n` or `/p`. */
export function readNouns(table: string): readonly Noun[] {
  return rowsOf(table, 10).map((row) => {
    const [key = '', category = '', motif = '', price = '', en = '', fa = ''] = row;
    const ar = withGender(row[6]);
    const ru = withGender(row[7]);
    const pl = withGender(row[8]);
    return {
      key,
      category,
      motif,
      priceMinor: Number(price),
      words: { en, fa, ar: ar.word, ru: ru.word, pl: pl.word },
      gender: { ar: ar.gender, ru: ru.gender, pl: pl.gender },
      choices: (row[9] ?? '').split(';').map((group) => wordsOf(group).filter((word) => word !== '-')),
    };
  });
}

/** Reads a table of fixed phrases. */
export function readPhrases(table: string): readonly Phrase[] {
  return rowsOf(table, 10).map((row) => {
    const [
      category = '',
      motif = '',
      tone = '',
      packs = '',
      price = '',
      en = '',
      fa = '',
      ar = '',
      ru = '',
      pl = '',
    ] = row;
    return {
      category,
      motif,
      tone,
      packs: wordsOf(packs),
      priceMinor: Number(price),
      words: { en, fa, ar, ru, pl },
    };
  });
}

function rowsOf(table: string, columns: number): readonly string[][] {
  return table
    .trim()
    .split('\n')
    .map((line) => {
      const row = line.split('|').map((cell) => cell.trim());
      if (row.length !== columns) throw new Error(`the word table has ${row.length} columns in: ${line}`);
      return row;
    });
}

function wordsOf(cell: string): readonly string[] {
  return cell.split(/\s+/u).filter((word) => word !== '');
}

function withGender(cell = ''): { word: string; gender: Gender } {
  const slash = cell.lastIndexOf('/');
  const gender = GENDERS.find((each) => each === cell.slice(slash + 1));
  if (slash < 0 || gender === undefined) throw new Error(`the noun "${cell}" has no gender`);
  return { word: cell.slice(0, slash), gender };
}
