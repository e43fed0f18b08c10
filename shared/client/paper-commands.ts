// What a screen may ask about paper besides printing: how the store's receipts look, and which items need new shelf labels.
// Both need the server, and say so where there is none.

import type { Item } from '../domain/item.ts';
import type { ReceiptLayout } from '../domain/receipt-layout.ts';
import type { Outcome } from '../domain/refusal.ts';

/** An item whose shelf price has changed on this business day, with what it is now. */
export type ChangedPrice = { readonly item: Item; readonly fromMinor: number; readonly at: string };

export type PaperCommands = {
  /**
   * Saves how receipts look, for all tills of the store. Refuses `layout-offline`, `layout-not-allowed`,
   * `layout-changed-meanwhile`, and what checkReceiptLayout refuses.
   */
  saveReceiptLayout(layout: ReceiptLayout): Promise<Outcome<ReceiptLayout>>;
  /** Newest first; items that this till does not know (any more) are left out. Refuses `price-changes-offline`. */
  priceChangesToday(): Promise<Outcome<readonly ChangedPrice[]>>;
};
