// Which labels are to be printed: each item once, with a number of copies.

import type { Item } from '../../../shared/domain/item.ts';

export type WantedLabel = { readonly item: Item; readonly copies: number; readonly beforeMinor?: number };

/** Adds an item, or keeps it where it is already; its price before is learned in any case. */
export function withItem(
  wanted: readonly WantedLabel[],
  item: Item,
  beforeMinor?: number,
): readonly WantedLabel[] {
  const before = beforeMinor === undefined ? {} : { beforeMinor };
  return wanted.some((one) => one.item.id === item.id)
    ? wanted.map((one) => (one.item.id === item.id ? { ...one, ...before, item } : one))
    : [...wanted, { item, copies: 1, ...before }];
}
