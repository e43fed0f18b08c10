// Keeps the shares of a store as its policy says, as far as the server may: it gives the counter what the channels have too much of,
// covers what the counter sold beyond its share, and says so when a promise lost its goods. It never takes from the counter: only
// the store's side gives.

import { planCover } from '../../shared/domain/escrow/plan-cover.ts';
import { rightsOf, type RightsBook } from '../../shared/domain/escrow/rights-book.ts';
import { splitShares, type SharePolicy } from '../../shared/domain/escrow/share-policy.ts';
import { asItemId, type ItemId } from '../../shared/domain/ids.ts';
import type { RightsMoved } from '../../shared/domain/order/order-facts.ts';
import { CHANNELS } from '../../shared/domain/order/order.ts';
import { STORE } from './fold-order-facts.ts';

const MOVES_PER_FACT = 200;

type Gift = { readonly itemId: ItemId; readonly quantityMilli: number };

/** What the channels give to the counter of one item now; 0 when the policy holds or the counter has more than its part. */
export function giftOf(
  book: RightsBook,
  policy: SharePolicy,
): { readonly amount: number; readonly isCover: boolean } {
  const [cover] = planCover(book, STORE, { shares: [CHANNELS], promises: [] });
  if (cover !== undefined) return { amount: cover.amount, isCover: true };
  const held = rightsOf(book, CHANNELS);
  const target = splitShares(held + Math.max(0, rightsOf(book, STORE)), policy);
  return { amount: Math.max(0, held - target.channel), isCover: false };
}

/** The facts that put the shares of these items right. */
export function rebalanceFacts(
  items: Iterable<string>,
  bookOf: (itemId: string) => RightsBook,
  policy: SharePolicy,
): readonly RightsMoved[] {
  const gifts: { readonly covered: Gift[]; readonly split: Gift[] } = { covered: [], split: [] };
  for (const id of items) {
    const { amount, isCover } = giftOf(bookOf(id), policy);
    if (amount > 0)
      gifts[isCover ? 'covered' : 'split'].push({ itemId: asItemId(id), quantityMilli: amount });
  }
  return [...facts('covered', gifts.covered), ...facts('split', gifts.split)];
}

function facts(reason: RightsMoved['reason'], gifts: readonly Gift[]): RightsMoved[] {
  const all: RightsMoved[] = [];
  for (let from = 0; from < gifts.length; from += MOVES_PER_FACT) {
    all.push({ from: 'channels', to: 'store', reason, moves: gifts.slice(from, from + MOVES_PER_FACT) });
  }
  return all;
}
