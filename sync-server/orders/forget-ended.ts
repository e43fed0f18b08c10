// Orders that ended leave the tills after some days: a till keeps what it may still be asked about, not everything that ever was. The order
// itself stays on the server. Goods that were handed over may come back, so these stay longer.

import { storeScope } from '../db/caller.ts';
import { inTransaction, type Database, type Transaction } from '../db/database.ts';
import { publishDocuments } from '../db/feed.ts';
import { asStoreId } from '../../shared/domain/ids.ts';
import { ORDER_COLLECTION } from './order-documents.ts';

const HANDED_OVER_DAYS = 30;
const OTHER_DAYS = 7;
/** A customer comes back with an old quotation, and gets the goods at today's prices. */
const QUOTATION_DAYS = 60;
const DAY_MS = 86_400_000;
/** Documents of one transaction; the rest follows in the next. */
const AT_ONCE = 200;

/** Takes orders that ended long ago away from the tills of their stores; answers how many. */
export async function forgetEndedOrders(database: Database, nowMs: number): Promise<number> {
  const stores = await database.sql<{ id: string }[]>`select id from store where kind = 'shop' order by id`;
  let forgotten = 0;
  for (const { id } of stores) {
    for (let taken = AT_ONCE; taken === AT_ONCE; forgotten += taken)
      taken = await forgetSome(database, id, nowMs);
  }
  return forgotten;
}

function forgetSome(database: Database, storeId: string, nowMs: number): Promise<number> {
  const scope = storeScope(asStoreId(storeId));
  return inTransaction(database, async (transaction) => {
    const ids = [
      ...(await endedOfChannels(transaction, { storeId, scope, nowMs })),
      ...(await endedOfTills(transaction, { storeId, scope, nowMs })),
    ].slice(0, AT_ONCE);
    if (ids.length === 0) return 0;
    await publishDocuments(transaction, {
      scope,
      collection: ORDER_COLLECTION,
      // Nothing of the person is left in it.
      documents: ids.map((id) => ({ id, body: JSON.stringify({ id }), deleted: true })),
    });
    return ids.length;
  });
}

type Asked = { readonly storeId: string; readonly scope: string; readonly nowMs: number };

async function endedOfChannels(
  { sql }: Transaction,
  { storeId, scope, nowMs }: Asked,
): Promise<readonly string[]> {
  const rows = await sql<{ id: string }[]>`
      select o.id from channel_order o
      join document d on d.scope = ${scope} and d.collection = ${ORDER_COLLECTION} and d.id = o.id and not d.deleted
      where o.store_id = ${storeId}
        and ((o.state = any(array['handed-over', 'returned']) and o.changed_at < ${daysBefore(nowMs, HANDED_OVER_DAYS)}::timestamptz)
          or (o.state = any(array['rejected', 'released', 'expired']) and o.changed_at < ${daysBefore(nowMs, OTHER_DAYS)}::timestamptz))
      order by o.id limit ${AT_ONCE}`;
  return rows.map(({ id }) => id);
}

/** Orders on account: by their last move, which a till's clock dated; quotations that nobody came back for by their own day. */
async function endedOfTills(
  { sql }: Transaction,
  { storeId, scope, nowMs }: Asked,
): Promise<readonly string[]> {
  const rows = await sql<{ id: string }[]>`
    select o.id from customer_order o
    join document d on d.scope = ${scope} and d.collection = ${ORDER_COLLECTION} and d.id = o.id and not d.deleted
    where o.store_id = ${storeId}
      and ((o.state = any(array['collected', 'converted', 'cancelled'])
          and o.body::json -> 'moves' -> -1 ->> 'at' < ${daysBefore(nowMs, HANDED_OVER_DAYS)})
        or (o.kind = 'quotation' and o.state = 'open'
          and o.body::json ->> 'validUntil' < ${daysBefore(nowMs, QUOTATION_DAYS).slice(0, 10)}))
    order by o.id limit ${AT_ONCE}`;
  return rows.map(({ id }) => id);
}

const daysBefore = (nowMs: number, days: number): string => new Date(nowMs - days * DAY_MS).toISOString();
