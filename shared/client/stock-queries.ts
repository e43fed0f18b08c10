// What a screen may ask about the stock of this store. Answers are there at once, with or without a network.

import type { ItemId } from '../domain/ids.ts';
import type { StockShown } from '../domain/order/counter-stock.ts';

export type StockQueries = {
  /** Server view + own facts the server has not folded in yet; null while unknown. */
  onHand(id: ItemId): number | null;
  /** On hand, kept for others, and for sale here; own facts folded in. Null while unknown. */
  stockOf(id: ItemId): StockShown | null;
};
