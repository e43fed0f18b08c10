// What a screen asks about goods: by code, by id, by words, by category or style, what is on hand and what it costs now.

import { asStoreId } from '../domain/ids.ts';
import { showStock } from '../domain/order/counter-stock.ts';
import type { ApprovalBook } from './approval-book.ts';
import { priceAtDesk } from './cart-desk.ts';
import { createSellReserved } from './commands/sell-reserved.ts';
import type { Parts } from './parts.ts';
import type { Workstation } from './runtime.ts';
import type { StockDesk } from './stock-desk.ts';

export type Queries = Pick<
  Workstation,
  | 'findByCode'
  | 'awaitByCode'
  | 'item'
  | keyof StockDesk
  | 'priceOf'
  | 'search'
  | 'itemsOfStyle'
  | 'itemsInCategory'
>;

export function createQueries(parts: Parts, approvals: Pick<ApprovalBook, 'check' | 'use'>): Queries {
  const { catalogue, stock } = parts;
  return {
    ...createSellReserved(parts, approvals),
    findByCode: (code) => catalogue.view.findByCode(code),
    awaitByCode: (code) => catalogue.awaitByCode(code),
    item: (id) => catalogue.view.byId(id),
    onHand(id) {
      const ordinal = catalogue.view.byId(id)?.ordinal;
      return ordinal === undefined ? null : stock.onHand(ordinal);
    },
    stockOf(id) {
      const ordinal = catalogue.view.byId(id)?.ordinal;
      const onHandMilli = ordinal === undefined ? null : stock.onHand(ordinal);
      if (ordinal === undefined || onHandMilli === null) return null;
      const asideMilli = parts.orders.reserved.peek().get(id) ?? 0;
      return showStock(onHandMilli, parts.stock.rights.rights({ itemId: id, ordinal }), { asideMilli });
    },
    priceOf(item, quantityMilli = 1000) {
      const storeId = parts.identity.peek()?.enrolment.storeId ?? asStoreId('');
      return priceAtDesk(item, quantityMilli, parts.openCart() ?? { storeId }, parts.desk);
    },
    async search(text, limit) {
      const items = await catalogue.search(text, limit);
      return items.map((item) => ({ item, onHandMilli: stock.onHand(item.ordinal) }));
    },
    itemsOfStyle: (styleId) => catalogue.itemsOfStyle(styleId),
    itemsInCategory: (category, limit, offset) =>
      Promise.resolve(catalogue.view.inCategory(category, limit, offset)),
  };
}
