// Search as you type over the whole catalogue. Folded words are kept per page in haystacks of one byte a letter:
// Latin words as they are, Arabic and Cyrillic words in an alphabet of their own, everything else as plain text.
// A query is looked for in the haystack of its script only, once for its longest word; the other words are then
// looked for in the few lines that are left. Lines rank by words that begin with what was typed.

import { foldForSearch } from '../../domain/fold-for-search.ts';
import { PAGE_SLOTS } from './compact-page.ts';

type Script = 'latin' | 'arabic' | 'cyrillic' | 'other';
const SCRIPTS: readonly Script[] = ['latin', 'arabic', 'cyrillic', 'other'];
/** Words of a query that are looked at. */
const WORDS_MAX = 8;
/** Pages in which the words of a query are counted, to look for the rarest one first. */
const SAMPLED_PAGES = 3;
const SPACE = 32;
const LINE_END = 10;
/** Letters of a private alphabet are the printable ASCII characters after the space. */
const FIRST_LETTER = 33;
const LETTERS_MAX = 93;

type Haystack = {
  /** Lines by slot; every word has a space before it. */
  readonly text: string;
  readonly lineStarts: Uint32Array;
};
type PageHaystacks = { readonly [Each in Script]: Haystack };
type Needle = { readonly script: Script; readonly text: string };

export type SearchIndex = {
  /** `search` is one line of folded words per slot. */
  setPage(page: number, search: string): void;
  dropPage(page: number): void;
  /** Ordinals, best first: all words begin a word of the item, then words inside words; ties by ordinal. */
  search(text: string, limit: number): readonly number[];
};

export function createSearchIndex(): SearchIndex {
  const pages = new Map<number, PageHaystacks>();
  let order: readonly number[] | null = null;
  const alphabets = { arabic: new Map<number, number>(), cyrillic: new Map<number, number>() };

  return {
    setPage(page, search) {
      if (!pages.has(page)) order = null;
      pages.set(page, buildHaystacks(search, alphabets));
    },
    dropPage(page) {
      pages.delete(page);
      order = null;
    },
    search(text, limit) {
      const words = foldForSearch(text)
        .split(' ')
        .filter((word) => word !== '')
        .slice(0, WORDS_MAX);
      const needles = words.map((word) => toNeedle(word, alphabets));
      order ??= [...pages.keys()].sort((left, right) => left - right);
      const [pivot, ...others] = rarestFirst(
        needles,
        order.slice(0, SAMPLED_PAGES).map((number) => pages.get(number)),
      );
      if (pivot === undefined) return [];
      const strong: number[] = [];
      const weak: number[] = [];
      for (const number of order) {
        const page = pages.get(number);
        if (page !== undefined) searchPage({ page, number, pivot, others, limit }, strong, weak);
        if (strong.length >= limit) break;
      }
      return [...strong, ...weak].slice(0, limit);
    },
  };
}

/** The needle that the fewest places hold, as a look at some pages tells; long words win a tie. */
function rarestFirst(
  needles: readonly Needle[],
  sample: readonly (PageHaystacks | undefined)[],
): readonly Needle[] {
  if (needles.length < 2) return needles;
  const rated = needles.map((needle) => {
    let places = 0;
    for (const page of sample) {
      const text = page?.[needle.script].text ?? '';
      for (let at = text.indexOf(needle.text); at !== -1; at = text.indexOf(needle.text, at + 1)) places += 1;
    }
    return { needle, places };
  });
  rated.sort(
    (left, right) => left.places - right.places || right.needle.text.length - left.needle.text.length,
  );
  return rated.map(({ needle }) => needle);
}

type PageQuery = {
  readonly page: PageHaystacks;
  readonly number: number;
  readonly pivot: Needle;
  readonly others: readonly Needle[];
  readonly limit: number;
};

function searchPage(query: PageQuery, strong: number[], weak: number[]): void {
  const { text, lineStarts } = query.page[query.pivot.script];
  let at = text.indexOf(query.pivot.text);
  while (at !== -1 && strong.length < query.limit) {
    const slot = slotAt(lineStarts, at);
    const lineEnd = lineStarts[slot + 1] ?? text.length;
    let isStrong = text.charCodeAt(at - 1) === SPACE || findWordStart(text, query.pivot.text, at, lineEnd);
    let isHit = true;
    for (const needle of query.others) {
      const other = query.page[needle.script];
      const start = other.lineStarts[slot] ?? 0;
      const end = other.lineStarts[slot + 1] ?? 0;
      const place = other.text.indexOf(needle.text, start);
      if (place === -1 || place >= end) {
        isHit = false;
        break;
      }
      isStrong &&=
        other.text.charCodeAt(place - 1) === SPACE || findWordStart(other.text, needle.text, place, end);
    }
    if (isHit) {
      const ordinal = query.number * PAGE_SLOTS + slot;
      if (isStrong) strong.push(ordinal);
      else if (weak.length < query.limit) weak.push(ordinal);
    }
    at = text.indexOf(query.pivot.text, lineEnd);
  }
}

/** Does a later word of the line begin with it, when the first place found was inside a word? */
function findWordStart(text: string, needle: string, from: number, lineEnd: number): boolean {
  for (
    let at = text.indexOf(needle, from + 1);
    at !== -1 && at < lineEnd;
    at = text.indexOf(needle, at + 1)
  ) {
    if (text.charCodeAt(at - 1) === SPACE) return true;
  }
  return false;
}

function slotAt(lineStarts: Uint32Array, at: number): number {
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((lineStarts[middle] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

type Alphabets = { readonly arabic: Map<number, number>; readonly cyrillic: Map<number, number> };

function scriptOfUnit(unit: number): Script {
  if (unit < 0x80) return 'latin';
  if (unit >= 0x600 && unit <= 0x6ff) return 'arabic';
  return unit >= 0x400 && unit <= 0x4ff ? 'cyrillic' : 'other';
}

/** The script of a word, or `other` when it is mixed. */
function scriptOf(text: string, start: number, end: number): Script {
  const script = scriptOfUnit(text.charCodeAt(start));
  for (let at = start + 1; at < end; at += 1) {
    if (scriptOfUnit(text.charCodeAt(at)) !== script) return 'other';
  }
  return script;
}

/** Letter of the private alphabet, given out on first sight; null when the alphabet is full. */
function letterOf(unit: number, alphabet: Map<number, number>): number | null {
  const known = alphabet.get(unit);
  if (known !== undefined) return known;
  if (alphabet.size >= LETTERS_MAX) return null;
  const letter = FIRST_LETTER + alphabet.size;
  alphabet.set(unit, letter);
  return letter;
}

function toNeedle(word: string, alphabets: Alphabets): Needle {
  const script = scriptOf(word, 0, word.length);
  if (script === 'latin' || script === 'other') return { script, text: word };
  const letters = Array.from(word, (letter) => letterOf(letter.charCodeAt(0), alphabets[script]));
  return letters.includes(null)
    ? { script: 'other', text: word }
    : { script, text: String.fromCharCode(...letters.filter((letter) => letter !== null)) };
}

const decoder = new TextDecoder();

function buildHaystacks(search: string, alphabets: Alphabets): PageHaystacks {
  const room = search.length + 2 * PAGE_SLOTS + 2;
  const bytes = { latin: new Uint8Array(room), arabic: new Uint8Array(room), cyrillic: new Uint8Array(room) };
  const ends = { latin: 0, arabic: 0, cyrillic: 0 };
  const other: string[] = [];
  let otherEnd = 0;
  const starts = Object.fromEntries(SCRIPTS.map((script) => [script, new Uint32Array(PAGE_SLOTS + 1)])) as {
    [Each in Script]: Uint32Array;
  }; // One entry per script, made from the list of all of them.
  let at = 0;
  for (let slot = 0; slot < PAGE_SLOTS; slot += 1) {
    for (const script of SCRIPTS) starts[script][slot] = script === 'other' ? otherEnd : ends[script];
    while (at < search.length && search.charCodeAt(at) !== LINE_END) {
      let end = at;
      while (end < search.length && search.charCodeAt(end) > SPACE) end += 1;
      if (end > at) {
        const script = scriptOf(search, at, end);
        if (script === 'other' || !addWord(search, at, end, script)) {
          other.push(` ${search.slice(at, end)}`);
          otherEnd += end - at + 1;
        }
      }
      at = end;
      if (search.charCodeAt(at) === SPACE) at += 1;
      else if (
        at < search.length &&
        search.charCodeAt(at) !== LINE_END &&
        end === at &&
        search.charCodeAt(at) < SPACE
      )
        at += 1;
    }
    at += 1;
  }
  for (const script of SCRIPTS) starts[script][PAGE_SLOTS] = script === 'other' ? otherEnd : ends[script];

  function addWord(
    text: string,
    start: number,
    end: number,
    script: 'latin' | 'arabic' | 'cyrillic',
  ): boolean {
    const target = bytes[script];
    const from = ends[script];
    let to = from;
    target[to] = SPACE;
    to += 1;
    for (let place = start; place < end; place += 1) {
      const unit = text.charCodeAt(place);
      const letter = script === 'latin' ? unit : letterOf(unit, alphabets[script]);
      if (letter === null) return false;
      target[to] = letter;
      to += 1;
    }
    ends[script] = to;
    return true;
  }
  const made = (script: 'latin' | 'arabic' | 'cyrillic'): Haystack => ({
    text: decoder.decode(bytes[script].subarray(0, ends[script])),
    lineStarts: starts[script],
  });
  return {
    latin: made('latin'),
    arabic: made('arabic'),
    cyrillic: made('cyrillic'),
    other: { text: other.join(''), lineStarts: starts.other },
  };
}
