// A price change is a fact and a new page, in one transaction: nobody ever sees the one without the other.

import type { ItemId, StoreId } from '../../shared/domain/ids.ts';
import type { Item } from '../../shared/domain/item.ts';
import { accept, refuse, type Outcome } from '../../shared/domain/refusal.ts';
import { inTransaction, type Database, type Transaction } from '../db/database.ts';
import { lockCatalogue, readItem, updateItems } from './item-rows.ts';
import { pagesOf, publishPages } from './publish-pages.ts';

/** Highest price of one unit, in minor units; the wire allows no more. */
export const PRICE_MAX_MINOR = 1_000_000_000_000;

export type PriceChange = {
  readonly itemId: ItemId;
  readonly priceMinor: number;
  /** In whose journal it is recorded: the store of the caller. */
  readonly storeId: StoreId;
};

/** Writes the `price-changed` fact by the server's own workstation of the store, in the same transaction. */
export type RecordPriceChange = (
  transaction: Transaction,
  fact: {
    readonly storeId: StoreId;
    readonly itemId: ItemId;
    readonly fromMinor: number;
    readonly toMinor: number;
  },
) => Promise<void>;

export type ChangedPrice = { readonly item: Item; readonly isChanged: boolean };

/**
 * Sets the price of one unit (minor units) in all stores. The same price again records nothing and rewrites
 * nothing. Refuses an unknown or deleted item, and what is no whole amount from 0 to PRICE_MAX_MINOR.
 */
export async function changePrice(
  database: Database,
  change: PriceChange,
  record: RecordPriceChange,
): Promise<Outcome<ChangedPrice, 'item-unknown' | 'price-not-allowed'>> {
  const { itemId, priceMinor, storeId } = change;
  if (!Number.isSafeInteger(priceMinor) || priceMinor < 0 || priceMinor > PRICE_MAX_MINOR) {
    return refuse('price-not-allowed', { maxMinor: PRICE_MAX_MINOR });
  }
  return inTransaction(database, async (transaction) => {
    await lockCatalogue(transaction);
    const item = await readItem(transaction.sql, itemId);
    if (item === null) return refuse('item-unknown');
    if (item.priceMinor === priceMinor) return accept({ item, isChanged: false });
    await record(transaction, { storeId, itemId, fromMinor: item.priceMinor, toMinor: priceMinor });
    const changed: Item = { ...item, priceMinor };
    await updateItems(transaction, [changed]);
    await publishPages(transaction, pagesOf([item.ordinal]));
    return accept({ item: changed, isChanged: true });
  });
}
