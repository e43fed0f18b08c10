// What a screen may ask about the stock of this store, and what it needs before units that are promised to others are sold. Answers
// are there at once, with or without a network.

import type { ItemId } from '../domain/ids.ts';
import type { Approval } from '../domain/approval.ts';
import type { ReservedUnits, StockShown } from '../domain/order/counter-stock.ts';
import type { Outcome } from '../domain/refusal.ts';

export type StockDesk = {
  /** Server view + own facts the server has not folded in yet; null while unknown. */
  onHand(id: ItemId): number | null;
  /** On hand, kept for others, and for sale here; own facts folded in. Null while unknown. */
  stockOf(id: ItemId): StockShown | null;
  /** Units in the cart that are promised to others, as far as this till knows, and that nobody has agreed to yet. */
  reservedInCart(): readonly ReservedUnits[];
  /**
   * Lets them be sold in this cart; completeSale refuses `stock-reserved` {itemId} without it. `permission-missing`
   * {permission: 'sell-reserved'} asks for an approval (cartSubjects.sellReserved of the same units); `approval-not-fitting`,
   * `approval-used`, `cart-empty`, `too-many-reserved` {max}.
   */
  sellReserved(approval?: Approval): Outcome<null>;
};
