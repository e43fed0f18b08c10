import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../shared/domain/localized-text.ts';
import english from './messages/en.json';
import { languageOf, makeWords } from './words.ts';

const read = (language: string): Record<string, string> =>
  // One flat object of texts; the tests below would fail on anything else.
  JSON.parse(readFileSync(path.join(import.meta.dirname, 'messages', `${language}.json`), 'utf8')) as Record<
    string,
    string
  >;
const valuesOf = (text: string): readonly string[] =>
  [...text.matchAll(/\{\w+\}/gu)].map(([name]) => name).sort();

describe.each(LANGUAGES)('%s', (language) => {
  test('says all that English says, with the same values, and nothing else', () => {
    const own = read(language);
    expect(Object.keys(own)).toEqual(Object.keys(english));
    for (const [key, text] of Object.entries(english)) {
      expect([key, valuesOf(own[key] ?? '')]).toEqual([key, valuesOf(text)]);
      expect(own[key]?.trim()).not.toBe('');
    }
  });
});

describe('the words of a language', () => {
  test('amounts are exact and in its own figures', () => {
    expect(makeWords('en', english).money(96_900, 'EUR')).toBe('€969.00');
    expect(makeWords('fa', read('fa')).money(96_900, 'EUR')).toContain('۹۶۹');
    expect(makeWords('pl', read('pl')).money(5, 'EUR')).toContain('0,05');
  });

  test('the visitor is spoken to in the first language that both know', () => {
    expect(languageOf(['de-DE', 'fa-IR', 'en'])).toBe('fa');
    expect(languageOf(['de-DE'])).toBe('en');
  });

  test('distances are told as people say them', () => {
    const words = makeWords('en', english);
    expect([words.distance(40), words.distance(1_240), words.distance(254_700)]).toEqual([
      '0.1 km',
      '1.2 km',
      '255 km',
    ]);
  });
});
