import type { Tender } from '../../shared/domain/transaction.ts';

/** Calls `expect` for everything about the tenders of one transaction. */
export function checkTenders(
  tenders: readonly Tender[],
  totals: { readonly grossMinor: number; readonly cashRoundingMinor: number },
  expect: (is: boolean, sentence: string) => void,
): void;
