// How the shop speaks: sentences of one language, amounts, times and distances. Smaller than what tills need, because nobody waits
// for a till to load: sentences only have values put in, and plurals are avoided by wording. A language is one file.

import { currencyOf } from '../../shared/domain/currency.ts';
import { LANGUAGES, type Language } from '../../shared/domain/localized-text.ts';
import type english from './messages/en.json';

export type Key = keyof typeof english;
type Sentences = Readonly<Record<string, string>>;

export type Words = {
  readonly language: Language;
  readonly direction: 'ltr' | 'rtl';
  readonly t: (key: Key, values?: Readonly<Record<string, string>>) => string;
  /** The sentence for a key made at run time, or that of `otherwise`. */
  readonly tOr: (key: string, otherwise: Key) => string;
  readonly money: (amountMinor: number, currency: string) => string;
  /** Thousandths, as people say them: 1500 is 1.5. */
  readonly quantity: (quantityMilli: number) => string;
  readonly number: (value: number) => string;
  readonly time: (instant: string) => string;
  readonly dateTime: (instant: string, timeZone?: string) => string;
  /** Minutes after midnight as a time of day. */
  readonly timeOfDay: (minute: number) => string;
  readonly weekday: (weekday: number) => string;
  readonly distance: (metres: number) => string;
};

export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  fa: 'فارسی',
  ar: 'العربية',
  ru: 'Русский',
  pl: 'Polski',
};

const LOCALES: Readonly<Record<Language, string>> = {
  en: 'en-GB',
  fa: 'fa-IR-u-ca-persian-nu-arabext',
  ar: 'ar-u-nu-arab',
  ru: 'ru-RU',
  pl: 'pl-PL',
};
const RIGHT_TO_LEFT: ReadonlySet<Language> = new Set(['fa', 'ar']);
// First Strong Isolate … Pop Directional Isolate: what is put into a sentence never turns the words around it.
const ISOLATE = '\u2068';
const END_ISOLATE = '\u2069';
/** A Monday. */
const SOME_MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

/** The first language that the visitor asks for and we speak, else English. */
export function languageOf(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const short = tag.slice(0, 2).toLowerCase();
    const found = LANGUAGES.find((language) => language === short);
    if (found !== undefined) return found;
  }
  return 'en';
}

export async function loadWords(language: Language): Promise<Words> {
  const loaded = await load(language);
  return makeWords(language, loaded.default);
}

function load(language: Language): Promise<{ readonly default: Sentences }> {
  switch (language) {
    case 'en':
      return import('./messages/en.json');
    case 'fa':
      return import('./messages/fa.json');
    case 'ar':
      return import('./messages/ar.json');
    case 'ru':
      return import('./messages/ru.json');
    case 'pl':
      return import('./messages/pl.json');
  }
}

/** Speaks one language from its sentences. */
export function makeWords(language: Language, sentences: Sentences): Words {
  const locale = LOCALES[language];
  const plain = new Intl.NumberFormat(locale, { maximumFractionDigits: 3 });
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
  const clockInUtc = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: 'UTC' });
  const dayName = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' });
  const fill = (text: string, values: Readonly<Record<string, string>>): string =>
    text.replaceAll(/\{(\w+)\}/gu, (whole, name: string) => {
      const value = values[name];
      return value === undefined ? whole : `${ISOLATE}${value}${END_ISOLATE}`;
    });
  return {
    language,
    direction: RIGHT_TO_LEFT.has(language) ? 'rtl' : 'ltr',
    t: (key, values = {}) => fill(sentences[key] ?? key, values),
    tOr: (key, otherwise) => sentences[key] ?? sentences[otherwise] ?? otherwise,
    money: (amountMinor, currency) => formatMoney(locale, amountMinor, currency),
    quantity: (quantityMilli) => plain.format(quantityMilli / 1000),
    number: (value) => plain.format(value),
    time: (instant) => clock.format(new Date(instant)),
    dateTime: (instant, timeZone) =>
      new Intl.DateTimeFormat(locale, {
        dateStyle: 'medium',
        timeStyle: 'short',
        ...(timeZone === undefined ? {} : { timeZone }),
      }).format(new Date(instant)),
    timeOfDay: (minute) => clockInUtc.format(new Date(SOME_MONDAY + minute * 60_000)),
    weekday: (weekday) => dayName.format(new Date(SOME_MONDAY + (weekday - 1) * DAY_MS)),
    distance: (metres) => formatDistance(locale, metres),
  };
}

// The amount goes to Intl as decimal text: an integer divided by 100 would be a float.
function formatMoney(locale: string, amountMinor: number, currency: string): string {
  const { digits } = currencyOf(currency);
  const size = String(Math.abs(amountMinor)).padStart(digits + 1, '0');
  const fraction = digits === 0 ? '' : `.${size.slice(-digits)}`;
  const text = `${amountMinor < 0 ? '-' : ''}${size.slice(0, size.length - digits)}${fraction}`;
  const format = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  // The decimal text has the shape that the type asks for: an optional sign, digits, a point, digits.
  return format.format(text as `${number}`);
}

function formatDistance(locale: string, metres: number): string {
  const isFar = metres >= 10_000;
  const kilometres = isFar ? Math.round(metres / 1000) : Math.max(1, Math.round(metres / 100)) / 10;
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: 'kilometer',
    unitDisplay: 'short',
    maximumFractionDigits: isFar ? 0 : 1,
  }).format(kilometres);
}
