// Orders that ended leave the tills after some days: a till keeps what it may still be asked about, not everything that ever was. The order
// itself stays on the server. Goods that were handed over may come back, so these stay longer.

import { storeScope } from '../db/caller.ts';
import { inTransaction, type Database } from '../db/database.ts';
import { publishDocuments } from '../db/feed.ts';
import { asStoreId } from '../../shared/domain/ids.ts';
import { ORDER_COLLECTION } from './order-documents.ts';

const HANDED_OVER_DAYS = 30;
const OTHER_DAYS = 7;
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
    const rows = await transaction.sql<{ id: string }[]>`
      select o.id from channel_order o
      join document d on d.scope = ${scope} and d.collection = ${ORDER_COLLECTION} and d.id = o.id and not d.deleted
      where o.store_id = ${storeId}
        and ((o.state = any(array['handed-over', 'returned']) and o.changed_at < ${daysBefore(nowMs, HANDED_OVER_DAYS)}::timestamptz)
          or (o.state = any(array['rejected', 'released', 'expired']) and o.changed_at < ${daysBefore(nowMs, OTHER_DAYS)}::timestamptz))
      order by o.id limit ${AT_ONCE}`;
    if (rows.length === 0) return 0;
    await publishDocuments(transaction, {
      scope,
      collection: ORDER_COLLECTION,
      // Nothing of the person is left in it.
      documents: rows.map(({ id }) => ({ id, body: JSON.stringify({ id }), deleted: true })),
    });
    return rows.length;
  });
}

const daysBefore = (nowMs: number, days: number): string => new Date(nowMs - days * DAY_MS).toISOString();
