// The trading date of an instant: the local calendar date in the store's time zone, except that the hours before
// the store's day start still belong to the day before. A bar that closes at 03:00 trades one day, not two.

import type { Store } from './store.ts';

/**
 * Returns a function from ISO instant to business day (YYYY-MM-DD) for one store. The time-zone data is looked up
 * once, so keep the function where many days are asked. A wrong zone or instant is a bug and throws RangeError.
 */
export function businessDayOf(
  store: Pick<Store, 'timeZone' | 'dayStartsAtMinute'>,
): (instant: string) => string {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: store.timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  return (instant) => {
    const local = { year: 0, month: 0, day: 0, hour: 0, minute: 0 };
    for (const { type, value } of format.formatToParts(Date.parse(instant))) {
      if (type === 'year' || type === 'month' || type === 'day' || type === 'hour' || type === 'minute') {
        local[type] = Number(value);
      }
    }
    const isBeforeDayStart = local.hour * 60 + local.minute < store.dayStartsAtMinute;
    // Not Date.UTC, which reads years below 100 as 19xx: a device clock may be anywhere.
    const day = new Date(0);
    day.setUTCFullYear(local.year, local.month - 1, local.day - (isBeforeDayStart ? 1 : 0));
    return day.toISOString().replace(/T.*/, '');
  };
}

/** Business day (YYYY-MM-DD) of one ISO instant in a store. */
export function businessDay(instant: string, store: Pick<Store, 'timeZone' | 'dayStartsAtMinute'>): string {
  return businessDayOf(store)(instant);
}
