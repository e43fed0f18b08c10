// After goods in a customer's hand were sold without a right: who goes without. First other shares of the counter, then the
// channels' free share, and only then promises, the one that is due last first. Nothing is taken silently: a promise that
// loses its units is named, so that people can offer another store, a later day, a substitute or an apology.

import { rightsOf, type HolderId, type RightsBook } from './rights-book.ts';

export type PromiseHeld = {
  readonly holder: HolderId;
  /** ISO instant until which the goods are kept. */
  readonly dueAt: string;
};

export type CoverStep = {
  readonly from: HolderId;
  readonly to: HolderId;
  readonly amount: number;
  /** True where a customer's promise loses these units. */
  readonly breaksPromise: boolean;
};

/** Sum of what holders have used without a right; 0 in a sound book. */
export function shortfallOf(book: RightsBook, holders: readonly HolderId[]): number {
  return holders.reduce((sum, holder) => sum + Math.max(0, -rightsOf(book, holder)), 0);
}

/**
 * Where the units that `short` lacks come from. `shares` are tried in their order, then `promises`, latest due first. What cannot
 * be covered at all stays owed: then fewer units are there than anybody thought (a count is due).
 */
export function planCover(
  book: RightsBook,
  short: HolderId,
  from: { readonly shares: readonly HolderId[]; readonly promises: readonly PromiseHeld[] },
): readonly CoverStep[] {
  let missing = Math.max(0, -rightsOf(book, short));
  const steps: CoverStep[] = [];
  const take = (holder: HolderId, breaksPromise: boolean): void => {
    const amount = Math.min(missing, rightsOf(book, holder));
    if (amount <= 0 || holder === short) return;
    steps.push({ from: holder, to: short, amount, breaksPromise });
    missing -= amount;
  };
  for (const holder of from.shares) take(holder, false);
  const latestFirst = from.promises.toSorted((one, other) =>
    one.dueAt === other.dueAt ? (one.holder < other.holder ? -1 : 1) : one.dueAt > other.dueAt ? -1 : 1,
  );
  for (const { holder } of latestFirst) take(holder, true);
  return steps;
}
