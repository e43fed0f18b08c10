// Types of check-tenders.mjs, for the tests that call it; the program itself is plain JavaScript.

import type { Tender } from '../../shared/domain/transaction.ts';

export declare function checkTenders(
  tenders: readonly Tender[],
  totals: { readonly grossMinor: number; readonly cashRoundingMinor: number },
  expect: (is: boolean, sentence: string) => void,
): void;
export type CardBook = Map<string, unknown>;
export declare function newCards(): CardBook;
export declare function cardFault(cards: CardBook, entry: unknown): string | null;
