// Every language says the same things: no key missing, none left over, no broken sentence, the same values in each.
// Keys that are put together at run time (refusals, troubles, receipts) are compared with the code that makes them.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { expect, test } from 'vitest';
import { RECEIPT_KEYS } from '../domain/receipt-keys.ts';
import { createSpeech } from './speech.ts';

const ROOT = join(import.meta.dirname, '../..');
const FOLDERS = ['shared/ui/messages', 'pos/messages', 'kiosk/messages'] as const;
const LANGUAGES = ['en', 'fa'] as const;

const read = (folder: string, language: string): Record<string, string> =>
  // The files hold one flat object of texts; the tests below would fail on anything else.
  JSON.parse(readFileSync(join(ROOT, folder, `${language}.json`), 'utf8')) as Record<string, string>;

type Element = ReturnType<IntlMessageFormat['getAst']>[number];
// Numbers of the element kinds in intl-messageformat's syntax tree.
const LITERAL: number = 0;
const POUND: number = 7;

const isKind = ({ type }: { readonly type: number }, kind: number): boolean => type === kind;

const parse = (text: string): readonly Element[] =>
  new IntlMessageFormat(text, 'en', undefined, { ignoreTag: true }).getAst();

/** The elements of a sentence, those inside of plural forms too. */
const allElements = (elements: readonly Element[]): readonly Element[] =>
  elements.flatMap((element) => [
    element,
    ...('options' in element ? Object.values(element.options).flatMap((one) => allElements(one.value)) : []),
  ]);

/** Names of the values that a sentence takes. */
const valuesOf = (elements: readonly Element[]): ReadonlySet<string> =>
  new Set(
    allElements(elements).flatMap((element) =>
      isKind(element, LITERAL) || isKind(element, POUND) || !('value' in element) ? [] : [element.value],
    ),
  );

/** The words of a sentence without its values. */
const proseOf = (elements: readonly Element[]): string =>
  allElements(elements)
    .map((element) => (isKind(element, LITERAL) && 'value' in element ? element.value : ' '))
    .join('');

test.each(FOLDERS)('%s: every language has the keys of English and no other', (folder) => {
  const english = Object.keys(read(folder, 'en'));
  for (const language of LANGUAGES) expect(Object.keys(read(folder, language))).toEqual(english);
});

test.each(FOLDERS)('%s: every sentence is well-formed and takes the values that English takes', (folder) => {
  const english = read(folder, 'en');
  for (const language of LANGUAGES) {
    const own = read(folder, language);
    const shape = (texts: Record<string, string>, key: string) => [
      key,
      texts[key]?.trim() !== '',
      ...[...valuesOf(parse(texts[key] ?? ''))].sort(),
    ];
    const keys = Object.keys(english);
    expect(keys.map((key) => shape(own, key))).toEqual(keys.map((key) => shape(english, key)));
  }
});

test('Persian sentences are Persian: no Latin words, no Arabic yeh or kaf', () => {
  const wrong: string[] = [];
  for (const folder of FOLDERS) {
    for (const [key, text] of Object.entries(read(folder, 'fa'))) {
      const prose = proseOf(parse(text));
      if (/[يك]|[A-Za-z]{3,}/.test(prose)) wrong.push(`${key}: ${prose}`);
    }
  }
  expect(wrong).toEqual([]);
});

function sourcesBelow(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
    .map((file) => readFileSync(join(ROOT, folder, file), 'utf8'));
}

/** Refusals that only replay, tests and the server meet: no screen can bring them about. */
const NEVER_ON_A_SCREEN = new Set([
  // Bytes of a card terminal that make no sense: the server counts the line as lost.
  'apdu-too-long',
  'field-truncated',
  'field-unknown',
  'message-not-understood',
  'slip-not-understood',
  'tlv-truncated',
  'already-held',
  'epoch-not-started',
  'epoch-start-misplaced',
  'journal-gap',
  'wrong-previous-hash',
]);

test('every refusal that can reach a screen has a sentence', () => {
  const shared = read('shared/ui/messages', 'en');
  const reasons = ['shared/domain', 'shared/client', 'shared/devices']
    .flatMap(sourcesBelow)
    .flatMap((source) => [...source.matchAll(/\brefuse\(\s*'([a-z-]+)'/g)].map((match) => match[1] ?? ''));
  expect(reasons.length).toBeGreaterThan(20);
  const missing = [...new Set(reasons)].filter(
    (reason) => !NEVER_ON_A_SCREEN.has(reason) && !(`refusal.${reason}` in shared),
  );
  expect(missing).toEqual([]);
});

test('every trouble says what happened, what is safe and what to do', () => {
  const shared = read('shared/ui/messages', 'en');
  const codes = sourcesBelow('shared/client').flatMap((source) =>
    [...source.matchAll(/'((?:ST|JR|NW|CL|EN|UP)-[A-Za-z0-9]+)'/g)].map((match) => match[1] ?? ''),
  );
  expect(codes.length).toBeGreaterThan(5);
  const missing = [...new Set(codes)].flatMap((code) =>
    ['happened', 'safe', 'do'].map((part) => `trouble.${code}.${part}`).filter((key) => !(key in shared)),
  );
  expect(missing).toEqual([]);
});

test('every sentence that a receipt needs is there', () => {
  const shared = read('shared/ui/messages', 'en');
  expect(RECEIPT_KEYS.filter((key) => !(key in shared))).toEqual([]);
});

test.each(['ar', 'ru', 'pl'])(
  'receipts in %s say all that a receipt says, with the values of English',
  (language) => {
    const shared = read('shared/ui/messages', 'en');
    const own = read('shared/ui/messages', `receipt-${language}`);
    expect(Object.keys(own)).toEqual([...RECEIPT_KEYS]);
    for (const key of RECEIPT_KEYS) {
      expect(own[key]?.trim()).not.toBe('');
      expect([key, ...valuesOf(parse(own[key] ?? ''))].sort()).toEqual(
        [key, ...valuesOf(parse(shared[key] ?? ''))].sort(),
      );
    }
  },
);

test('Persian speaks with its own digits, decimal mark and calendar', () => {
  const speech = createSpeech('fa', { 'sell.line-count': '{count, plural, =0 {خالی} other {# سطر}}' });
  expect(speech.direction).toBe('rtl');
  expect(speech.t('sell.line-count', { count: 12 })).toBe('۱۲ سطر');
  expect(speech.t('sell.line-count', { count: 0 })).toBe('خالی');
  expect(speech.digits('12.5')).toBe('۱۲٫۵');
  expect(speech.date('2026-03-21T12:00:00Z')).toContain('۱۴۰۵');
  expect(speech.quantity(1250, 'kilogram')).toMatch(/۱٫۲۵/);
});

test('money is spoken from the exact integer, with the digits of its currency', () => {
  const english = createSpeech('en', {});
  expect(english.money(1_234_56, 'EUR')).toBe('€1,234.56');
  expect(english.money(-5, 'EUR')).toBe('-€0.05');
  expect(english.money(9_007_199_254_740_991, 'EUR')).toBe('€90,071,992,547,409.91');
  expect(english.money(1500, 'JPY')).toBe('¥1,500');
  expect(english.money(1234, 'KWD').replace(/\s/g, ' ')).toBe('KWD 1.234');
});

test('a value of the other direction does not turn the words around it', () => {
  const speech = createSpeech('fa', { greeting: 'رسید {number}' });
  expect(speech.t('greeting', { number: '01-02-A000017' })).toBe('رسید \u206801-02-A000017\u2069');
});
