// Dates and times in GS1 fields: YYMMDD, YYYYMMDD (day 00 where only the month is known), HH, HHMI. A year of two digits is
// within fifty years of today, and whether it is a leap year does not depend on the century there.

/** YYYYMMDD, or YYYYMM00 for a month. */
export function yearDate(text: string): string | null {
  return dateOfLength(text, 8);
}

/** YYMMDD, or YYMM00 for a month. */
export function twoDigitYearDate(text: string): string | null {
  return dateOfLength(text, 6);
}

/** A day that is named must be a day: for YYMMDD, after the date itself has been found right. */
export function dayOfMonth(text: string): string | null {
  const problem = twoDigitYearDate(text);
  return problem === null && text.endsWith('00') ? 'illegal-day' : problem;
}

export function hour(text: string): string | null {
  return twoDigits(text, { name: 'hour', max: 23 });
}

export function minute(text: string): string | null {
  return twoDigits(text, { name: 'minute', max: 59 });
}

export function second(text: string): string | null {
  return twoDigits(text, { name: 'second', max: 59 });
}

export function hourAndMinute(text: string): string | null {
  if (text.length !== 4) return text.length < 4 ? 'hour-with-minute-too-short' : 'hour-with-minute-too-long';
  return hour(text.slice(0, 2)) ?? minute(text.slice(2));
}

/** Last day of a month; `year` may have two digits, where 00 is 2000. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function dateOfLength(text: string, length: 6 | 8): string | null {
  if (text.length !== length) return text.length < length ? 'date-too-short' : 'date-too-long';
  if (/\D/.test(text)) return 'non-digit-character';
  const [year, month, day] = [text.slice(0, -4), text.slice(-4, -2), text.slice(-2)].map(Number);
  if (year === undefined || month === undefined || day === undefined) return 'date-too-short';
  if (month < 1 || month > 12) return 'illegal-month';
  return day > daysInMonth(year, month) ? 'illegal-day' : null;
}

function twoDigits(
  text: string,
  { name, max }: { readonly name: string; readonly max: number },
): string | null {
  if (text.length !== 2) return text.length < 2 ? `${name}-too-short` : `${name}-too-long`;
  if (/\D/.test(text)) return 'non-digit-character';
  return Number(text) > max ? `illegal-${name}` : null;
}
