// What a channel is told of items: names, pictures, and the price that the price book gives for this channel and store right now.

import type { Item } from '../../shared/domain/item.ts';
import type { StoreId } from '../../shared/domain/ids.ts';
import type { PromotionDocument } from '../../shared/domain/promotion-document.ts';
import type { PriceRule } from '../../shared/domain/price-rule.ts';
import type { OrderPlacement } from '../../shared/domain/order/order.ts';
import { checkQuantity } from '../../shared/domain/quantity.ts';
import { accept, refuse, type Outcome } from '../../shared/domain/refusal.ts';
import { resolvePrice } from '../../shared/domain/resolve-price.ts';
import type { Database } from '../db/database.ts';

export type ItemView = {
  readonly id: string;
  readonly sku: string;
  readonly name: Item['name'];
  readonly categoryId: string;
  readonly unit: Item['unit'];
  readonly priceMinor: number;
  readonly picture: string | null;
  readonly barcodes: readonly string[];
};

/** Rules of the price book as they were last published. */
export async function readPriceRules(database: Database): Promise<readonly PriceRule[]> {
  const rows = await database.sql<{ body: string }[]>`
    select body from document where scope = 'company' and collection = 'promotions' and not deleted`;
  // Written by the server alone, as JSON of PromotionDocument.
  const documents = rows.map(({ body }) => JSON.parse(body) as PromotionDocument);
  return documents.flatMap((document) => (document.type === 'price-rule' ? [document.body] : []));
}

export function priceFor(
  item: Item,
  given: {
    readonly rules: readonly PriceRule[];
    readonly quantityMilli: number;
    readonly channel: string;
    readonly storeId: StoreId;
    readonly now: string;
  },
): number {
  const { rules, quantityMilli, channel, storeId, now } = given;
  return resolvePrice(item, quantityMilli, rules, { channel, storeId, customerGroups: [], now }).priceMinor;
}

export function viewOf(item: Item, priceMinor: number): ItemView {
  const { id, sku, name, categoryId, unit, barcodes } = item;
  return { id, sku, name, categoryId, unit, priceMinor, picture: item.picture ?? null, barcodes };
}

/** Can this be promised to somebody who is not here? Prices typed at the till, services and bundles of parts cannot. */
export const isPromisable = (item: Item): boolean =>
  item.openPrice === undefined && item.isService !== true && item.bundle === undefined;

/** Items by id, as far as they are sold. */
export async function readItems(
  database: Database,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Item>> {
  const rows = await database.sql<{ id: string; body: string }[]>`
    select id, body from item where id = any(${[...new Set(ids)]}::text[]) and not is_deleted`;
  // Written by the server alone, as JSON of Item.
  return new Map(rows.map(({ id, body }) => [id, JSON.parse(body) as Item]));
}

/** Lines as they are promised at a store, with the prices of a channel there and then. */
export async function priceLines(
  database: Database,
  wanted: readonly { readonly itemId: string; readonly quantityMilli: number }[],
  place: { readonly channel: string; readonly storeId: StoreId; readonly now: string },
): Promise<Outcome<OrderPlacement['lines'], 'item-unknown' | 'quantity-invalid'>> {
  const items = await readItems(
    database,
    wanted.map(({ itemId }) => itemId),
  );
  const rules = await readPriceRules(database);
  const lines: OrderPlacement['lines'][number][] = [];
  for (const { itemId, quantityMilli } of wanted) {
    const item = items.get(itemId);
    if (item === undefined || !isPromisable(item)) return refuse('item-unknown', { itemId });
    if (!checkQuantity(quantityMilli, item.unit).ok) return refuse('quantity-invalid', { itemId });
    const { id, ordinal, sku, name, unit } = item;
    const unitPriceMinor = priceFor(item, { rules, quantityMilli, ...place });
    lines.push({
      lineNumber: lines.length + 1,
      itemId: id,
      ordinal,
      sku,
      name,
      unit,
      quantityMilli,
      unitPriceMinor,
    });
  }
  return accept(lines);
}
