// What may be offered to the customer of an order that lost its units: the other stores that can promise all of it, and goods of the
// same kind that this store can promise. A look, not a promise.

import { promisedUnits, type Order } from '../../shared/domain/order/order.ts';
import type { Item } from '../../shared/domain/item.ts';
import { asStoreId } from '../../shared/domain/ids.ts';
import type { AttentionOffers } from '../../shared/protocol/attention-messages.ts';
import type { Attention } from '../../shared/protocol/documents.ts';
import type { AttentionGiven } from './attention-given.ts';
import { readOrder } from './resolve-oversold.ts';

const SUBSTITUTES_MAX = 6;

export async function readOffers(
  given: Pick<AttentionGiven, 'database'>,
  { values }: Attention,
): Promise<AttentionOffers> {
  const order = await readOrder(given, String(values['orderId']));
  if (order === null) return { stores: [], substitutes: [], holder: 'channels' };
  const [holder] = await given.database.sql<{ number: number }[]>`
    select number from workstation where id = ${order.holder}`;
  return {
    stores: await storesWithAll(given, order),
    substitutes: await substitutesFor(given, order, Number(values['lineNumber'])),
    holder: order.holder,
    ...(holder === undefined ? {} : { holderNumber: holder.number }),
  };
}

async function storesWithAll(
  { database }: Pick<AttentionGiven, 'database'>,
  order: Order,
): Promise<AttentionOffers['stores']> {
  const wanted = [...promisedUnits(order)].map(([item, milli]) => ({ item, milli }));
  if (wanted.length === 0) return [];
  const rows = await database.sql<{ id: string; name: string; available: number }[]>`
    select s.id, s.name, min(coalesce(r.channels_milli, 0)) as available
    from store s
    cross join json_to_recordset(${JSON.stringify(wanted)}::text::json) as w (item text, milli bigint)
    left join stock_rights r on r.store_id = s.id and r.item_id = w.item
    where s.kind = 'shop' and s.id <> ${order.storeId}
    group by s.id, s.name, s.number
    having bool_and(coalesce(r.channels_milli, 0) >= w.milli)
    order by s.number limit 50`;
  return rows.map(({ id, name, available }) => ({ storeId: asStoreId(id), name, availableMilli: available }));
}

async function substitutesFor(
  { database }: Pick<AttentionGiven, 'database'>,
  order: Order,
  lineNumber: number,
): Promise<AttentionOffers['substitutes']> {
  const line = order.lines.find((one) => one.lineNumber === lineNumber);
  if (line === undefined) return [];
  const rows = await database.sql<{ body: string; available: number }[]>`
    select i.body, r.channels_milli as available
    from item lost
    join item i on i.category_id = lost.category_id and i.id <> lost.id and not i.is_deleted
    join stock_rights r on r.item_id = i.id and r.store_id = ${order.storeId}
    where lost.id = ${line.itemId} and r.channels_milli >= ${line.quantityMilli}
    order by abs(i.price_minor - lost.price_minor), i.ordinal limit ${SUBSTITUTES_MAX}`;
  return rows.map(({ body, available }) => {
    const { id, sku, name, priceMinor } = JSON.parse(body) as Item; // Written by the server only.
    return { itemId: id, sku, name, priceMinor, availableMilli: available };
  });
}
