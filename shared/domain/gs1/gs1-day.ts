// The day that a GS1 field names. Apart from the reader of fields, which is large and fetched late.

import { daysInMonth } from './date-linters.ts';

/**
 * Last day (YYYY-MM-DD) on which goods with this YYMMDD may be sold; day 00 is the last of the month. The century is the
 * one that puts the year within 49 years before and 50 years after today. Source: General Specifications 7.12.
 */
export function gs1Day(yymmdd: string, today: string): string {
  const thisYear = Number(today.slice(0, 4));
  const gap = Number(yymmdd.slice(0, 2)) - (thisYear % 100);
  const century = Math.floor(thisYear / 100) + (gap >= 51 ? -1 : gap <= -50 ? 1 : 0);
  const year = century * 100 + Number(yymmdd.slice(0, 2));
  const month = yymmdd.slice(2, 4);
  const day = yymmdd.slice(4, 6) === '00' ? String(daysInMonth(year, Number(month))) : yymmdd.slice(4, 6);
  return `${String(year)}-${month}-${day}`;
}
