// How the app speaks one language: sentences from message files, amounts, quantities, dates and ages. A Speech is
// a value; choosing another language makes another one. Digits, calendar and number shapes come from Intl
// (Persian: its own digits and the Jalali calendar).

import { IntlMessageFormat } from 'intl-messageformat';
import { currencyOf } from '../domain/currency.ts';
import type { UnitOfMeasure } from '../domain/item.ts';
import type { Language } from '../domain/localized-text.ts';

/** Sentences of one language by key, in ICU MessageFormat. */
export type Messages = Readonly<Record<string, string>>;
export type MessageValues = Readonly<Record<string, string | number | boolean>>;

export type Speech<Key extends string = string> = {
  readonly language: Language;
  /** BCP 47 tag with numbering system and calendar. */
  readonly locale: string;
  readonly direction: 'ltr' | 'rtl';
  readonly decimalMark: string;
  /** The sentence for `key`; the key itself where there is none, which the message check never lets happen. */
  t(key: Key, values?: MessageValues): string;
  /** Is there a sentence for a key that was put together at run time (a refusal's reason)? */
  has(key: string): boolean;
  money(amountMinor: number, currency: string): string;
  quantity(quantityMilli: number, unit: UnitOfMeasure): string;
  number(value: number, fractionDigits?: number): string;
  percent(ratePpm: number): string;
  /** The digits of a code or of a half-typed number in this language's figures; everything else stays. */
  digits(text: string): string;
  date(instant: string | Date): string;
  time(instant: string | Date): string;
  /** In the time zone of the store where one is given (IANA name), else in the device's. */
  dateTime(instant: string | Date, timeZone?: string): string;
  /** "3 minutes ago", cut down to the largest unit. */
  ago(ageMs: number): string;
  /** "1.4 GB". */
  bytes(count: number): string;
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
const RIGHT_TO_LEFT_LETTER = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/;

export const directionOf = (language: Language): 'ltr' | 'rtl' =>
  RIGHT_TO_LEFT.has(language) ? 'rtl' : 'ltr';

/** The locale in which Intl formats for a language of ours. */
export const localeOf = (language: Language): string => LOCALES[language];

/** Makes the Speech of one language from its sentences. */
export function createSpeech<Key extends string = string>(
  language: Language,
  messages: Messages,
): Speech<Key> {
  const locale = LOCALES[language];
  const direction = directionOf(language);
  const figures = createFigures(locale);
  const compiled = new Map<string, IntlMessageFormat>();
  const isolate = (value: MessageValues[string]): string | number | boolean =>
    typeof value === 'string' && (direction === 'rtl' || RIGHT_TO_LEFT_LETTER.test(value))
      ? `${ISOLATE}${value}${END_ISOLATE}`
      : value;
  return {
    language,
    locale,
    direction,
    ...figures,
    has: (key) => Object.hasOwn(messages, key),
    t(key, values) {
      const text = messages[key];
      if (text === undefined) return key;
      if (!text.includes('{')) return text;
      let message = compiled.get(key);
      if (message === undefined) {
        message = new IntlMessageFormat(text, locale, undefined, { ignoreTag: true });
        compiled.set(key, message);
      }
      const filled: Record<string, string | number | boolean> = {};
      for (const [name, value] of Object.entries(values ?? {})) filled[name] = isolate(value);
      return String(message.format(filled));
    },
  };
}

type Figures = Omit<Speech, 'language' | 'locale' | 'direction' | 't' | 'has'>;

const UNITS: Readonly<Record<UnitOfMeasure, string | null>> = {
  piece: null,
  kilogram: 'kilogram',
  litre: 'liter',
  metre: 'meter',
};

function createFigures(locale: string): Figures {
  const formats = new Map<string, Intl.NumberFormat>();
  const formatOf = (options: Intl.NumberFormatOptions): Intl.NumberFormat => {
    const key = JSON.stringify(options);
    const known = formats.get(key);
    if (known !== undefined) return known;
    const made = new Intl.NumberFormat(locale, options);
    formats.set(key, made);
    return made;
  };
  const figure = new Intl.NumberFormat(locale, { useGrouping: false });
  const digitsOf = Array.from({ length: 10 }, (_, digit) => figure.format(digit));
  const decimalMark =
    new Intl.NumberFormat(locale).formatToParts(1.5).find((part) => part.type === 'decimal')?.value ?? '.';
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
  const moments = new Map<string | undefined, Intl.DateTimeFormat>();
  const momentOf = (timeZone: string | undefined): Intl.DateTimeFormat => {
    const known = moments.get(timeZone);
    if (known !== undefined) return known;
    const zone = timeZone === undefined ? {} : { timeZone };
    const made = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', ...zone });
    moments.set(timeZone, made);
    return made;
  };
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });
  const instantOf = (value: string | Date): Date => (typeof value === 'string' ? new Date(value) : value);
  return {
    decimalMark,
    money: (amountMinor, currency) => formatMoney(formatOf, amountMinor, currency),
    quantity(quantityMilli, unit) {
      const name = UNITS[unit];
      const options: Intl.NumberFormatOptions =
        name === null
          ? { maximumFractionDigits: 3 }
          : { style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: 3 };
      return formatOf(options).format(quantityMilli / 1000);
    },
    number: (value, fractionDigits = 0) => formatOf({ maximumFractionDigits: fractionDigits }).format(value),
    percent: (ratePpm) =>
      formatOf({ style: 'percent', maximumFractionDigits: 4 }).format(ratePpm / 1_000_000),
    digits: (text) =>
      text.replace(/[0-9.]/g, (sign) => (sign === '.' ? decimalMark : (digitsOf[Number(sign)] ?? sign))),
    date: (instant) => day.format(instantOf(instant)),
    time: (instant) => clock.format(instantOf(instant)),
    dateTime: (instant, timeZone) => momentOf(timeZone).format(instantOf(instant)),
    ago: (ageMs) => formatAge(relative, ageMs),
    bytes: (count) => formatBytes(formatOf, count),
  };
}

type FormatOf = (options: Intl.NumberFormatOptions) => Intl.NumberFormat;

// The amount goes to Intl as decimal text: an integer divided by 100 would be a float.
function formatMoney(formatOf: FormatOf, amountMinor: number, currency: string): string {
  const { digits } = currencyOf(currency);
  const size = String(Math.abs(amountMinor)).padStart(digits + 1, '0');
  const text = `${amountMinor < 0 ? '-' : ''}${size.slice(0, size.length - digits)}${digits === 0 ? '' : `.${size.slice(-digits)}`}`;
  const format = formatOf({
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  // The decimal text has the shape that the type asks for: an optional sign, digits, a point, digits.
  return format.format(text as `${number}`);
}

const AGE_STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
];

function formatAge(relative: Intl.RelativeTimeFormat, ageMs: number): string {
  for (const [unit, size] of AGE_STEPS) {
    if (ageMs >= size) return relative.format(-Math.floor(ageMs / size), unit);
  }
  return relative.format(0, 'second');
}

const BYTE_STEPS: readonly (readonly [string, number])[] = [
  ['gigabyte', 1e9],
  ['megabyte', 1e6],
  ['kilobyte', 1e3],
];

function formatBytes(formatOf: FormatOf, count: number): string {
  const [unit, size] = BYTE_STEPS.find((step) => count >= step[1]) ?? ['byte', 1];
  return formatOf({ style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 }).format(
    count / size,
  );
}
