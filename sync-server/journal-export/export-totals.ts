// What an export came to, and the days that it is asked for.

import type { Unclosed } from './closed-sessions.ts';

/** Trading days (YYYY-MM-DD), both included; null is open. */
export type Period = { readonly from: string | null; readonly to: string | null };

export type ExportTotals = {
  readonly closings: number;
  readonly rows: number;
  /** Where a closing and its entries disagree, as sentences. */
  readonly problems: readonly string[];
  readonly unclosed: Unclosed;
};

export const isInPeriod = (day: string, { from, to }: Period): boolean =>
  (from === null || day >= from) && (to === null || day <= to);
