// A day typed as eight digits in the order and the calendar in which people of a language write it: 24 12 1990 in
// European languages, 1369 10 03 in Persian (Jalali), always answered as the Gregorian YYYY-MM-DD.

import type { Language } from '../domain/localized-text.ts';

export const DAY_DIGITS = 8;

type Part = 'year' | 'month' | 'day';
const SIZES: Readonly<Record<Part, number>> = { year: 4, month: 2, day: 2 };
const JALALI_OFFSET_YEARS = 621;
const DAY_MS = 86_400_000;

/** The parts of a day in the order in which they are typed, with how many digits each has. */
export function dayParts(language: Language): readonly { readonly part: Part; readonly digits: number }[] {
  const order: readonly Part[] = language === 'fa' ? ['year', 'month', 'day'] : ['day', 'month', 'year'];
  return order.map((part) => ({ part, digits: SIZES[part] }));
}

/** Typed digits as "24/12/19", with nothing after the last one. */
export function dayText(digits: string, language: Language): string {
  let rest = digits;
  const shown: string[] = [];
  for (const { digits: size } of dayParts(language)) {
    if (rest === '') break;
    shown.push(rest.slice(0, size));
    rest = rest.slice(size);
  }
  return shown.join('/');
}

/** The day that eight digits name, as YYYY-MM-DD; null where there is no such day. */
export function dayOfDigits(digits: string, language: Language): string | null {
  if (!/^[0-9]{8}$/.test(digits)) return null;
  let rest = digits;
  const found = { year: 0, month: 0, day: 0 };
  for (const { part, digits: size } of dayParts(language)) {
    found[part] = Number(rest.slice(0, size));
    rest = rest.slice(size);
  }
  return language === 'fa' ? jalaliDay(found) : gregorianDay(found);
}

type Day = Readonly<Record<Part, number>>;

function gregorianDay({ year, month, day }: Day): string | null {
  const at = new Date(Date.UTC(year, month - 1, day));
  const isThatDay = at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
  return isThatDay ? isoDay(at) : null;
}

// The Jalali year begins around 21 March; Intl knows the calendar, so the few days around the guess are asked.
function jalaliDay({ year, month, day }: Day): string | null {
  if (month < 1 || month > 12) return null;
  const calendar = new Intl.DateTimeFormat('en-u-ca-persian-nu-latn', {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    timeZone: 'UTC',
  });
  const daysBefore = month <= 7 ? (month - 1) * 31 : 186 + (month - 7) * 30;
  const guess = Date.UTC(year + JALALI_OFFSET_YEARS, 2, 21) + (daysBefore + day - 1) * DAY_MS;
  for (const shift of [0, -1, 1, -2, 2]) {
    const at = new Date(guess + shift * DAY_MS);
    const parts = new Map(calendar.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const isThatDay = parts.get('year') === year && parts.get('month') === month && parts.get('day') === day;
    if (isThatDay) return isoDay(at);
  }
  return null;
}

function isoDay(at: Date): string {
  return at.toISOString().slice(0, 10);
}
