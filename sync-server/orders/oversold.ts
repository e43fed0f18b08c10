// The counter sold goods that were promised. What was promised last goes without, and a person decides what its customer is offered:
// the order is shown in Needs attention, and nothing is taken from it silently. A shortage that goes away by itself (goods came in,
// an order ended) takes its rows away again.

import { rightsOf } from '../../shared/domain/escrow/rights-book.ts';
import type { StoreId } from '../../shared/domain/ids.ts';
import { isEnded, promisedUnits, type Order } from '../../shared/domain/order/order.ts';
import type { Attention } from '../../shared/protocol/documents.ts';
import { BY_ITSELF, settleAttention } from '../db/attention.ts';
import { storeScope } from '../db/caller.ts';
import type { Transaction } from '../db/database.ts';
import { publishDocuments } from '../db/feed.ts';
import { STORE, type TakenBy } from './fold-order-facts.ts';
import { atDesk, type Desk, type DeskGiven } from './store-desk.ts';

export const OVERSOLD = 'order-oversold';

/** Its row in Needs attention: one for each line that lost its units. */
export const oversoldId = (orderId: string, lineNumber: number): string =>
  `${OVERSOLD}:${orderId}:${String(lineNumber)}`;

type Short = { readonly item_id: string; readonly taken_by: string | null; readonly order_ids: string[] };

/** Brings the rows of a store up to date with its rights. */
export async function raiseOversold(given: DeskGiven, storeId: StoreId): Promise<void> {
  const short = await given.database.sql<Short[]>`
    select r.item_id, r.taken_by, array_agg(o.id order by o.due_at desc, o.id) as order_ids
    from stock_rights r
    join channel_order o on o.store_id = r.store_id and o.state in ('placed', 'accepted', 'picking', 'ready')
      and o.body like '%"itemId":"' || r.item_id || '"%'
    where r.store_id = ${storeId} and r.is_short
    group by r.item_id, r.taken_by`;
  for (const { item_id: itemId, taken_by: takenBy, order_ids: orderIds } of short) {
    await atDesk(given, { storeId, orderIds, itemIds: [itemId] }, (desk) =>
      raiseFor(desk, { storeId, itemId, orderIds, takenBy: readTaker(takenBy), at: timeOf(given) }),
    );
  }
  await settleCovered(given, storeId);
}

const timeOf = ({ now }: DeskGiven): string => new Date(now()).toISOString();
// Written by the desk only.
const readTaker = (text: string | null): TakenBy | null =>
  text === null ? null : (JSON.parse(text) as TakenBy);

type ShortItem = {
  readonly storeId: StoreId;
  readonly itemId: string;
  /** Latest due first. */
  readonly orderIds: readonly string[];
  readonly takenBy: TakenBy | null;
  readonly at: string;
};

async function raiseFor(desk: Desk, short: ShortItem): Promise<void> {
  const { storeId, itemId, orderIds, at } = short;
  const open = orderIds.flatMap((id) => desk.order(id) ?? []).filter((order) => !isEnded(order));
  const owed = await owedRows(
    desk.transaction,
    open.map((order) => oversoldId(order.id, lineOf(order, itemId))),
  );
  let missing = Math.max(0, -rightsOf(desk.book(itemId), STORE));
  // What people know of already accounts for its part.
  for (const order of open) {
    if (owed.has(oversoldId(order.id, lineOf(order, itemId)))) missing -= promisedOf(order, itemId);
  }
  for (const order of open) {
    const lineNumber = lineOf(order, itemId);
    const id = oversoldId(order.id, lineNumber);
    const promised = promisedOf(order, itemId);
    if (missing <= 0 || promised === 0 || owed.has(id)) continue;
    const values = valuesOf(order, { ...short, lineNumber, missingMilli: Math.min(missing, promised) });
    await raise(desk.transaction, storeId, { id, kind: OVERSOLD, at, values });
    missing -= promised;
  }
}

/** A line that lost its units, got others and loses them again stands there again. */
async function raise(transaction: Transaction, storeId: StoreId, row: Attention): Promise<void> {
  const body = JSON.stringify(row);
  await transaction.sql`
    insert into attention (id, store_id, kind, at, body, is_owed)
    values (${row.id}, ${storeId}, ${row.kind}, ${row.at}::timestamptz, ${body}, true)
    on conflict (id) do update
      set at = excluded.at, body = excluded.body, is_owed = true, settled_at = null`;
  await publishDocuments(transaction, {
    scope: storeScope(storeId),
    collection: 'attention',
    documents: [{ id: row.id, body }],
  });
}

function valuesOf(
  order: Order,
  given: ShortItem & { readonly lineNumber: number; readonly missingMilli: number },
): Attention['values'] {
  const { itemId, lineNumber, missingMilli, takenBy } = given;
  const line = order.lines.find((one) => one.lineNumber === lineNumber);
  return {
    orderId: order.id,
    code: order.code,
    channel: order.channel,
    itemId,
    sku: line?.sku ?? '',
    lineNumber,
    missingMilli,
    dueAt: order.dueAt,
    ...(takenBy === null ? {} : { receiptNumber: takenBy.receiptNumber, soldBy: takenBy.operatorId }),
  };
}

/** Rows whose shortage is gone, or whose order has ended: nothing is owed, and nobody has to decide any more. */
async function settleCovered(given: DeskGiven, storeId: StoreId): Promise<void> {
  const rows = await given.database.sql<{ id: string; body: string }[]>`
    select id, body from attention where store_id = ${storeId} and kind = ${OVERSOLD} and is_owed`;
  // Written above only.
  const owed = rows.map(({ id, body }) => ({ id, values: (JSON.parse(body) as Attention).values }));
  if (owed.length === 0) return;
  const orderIds = owed.map(({ values }) => String(values['orderId']));
  const itemIds = owed.map(({ values }) => String(values['itemId']));
  await atDesk(given, { storeId, orderIds, itemIds }, async (desk) => {
    const covered = owed.filter(({ values }) => {
      const order = desk.order(String(values['orderId']));
      const itemId = String(values['itemId']);
      if (order === null || promisedOf(order, itemId) === 0) return true;
      return rightsOf(desk.book(itemId), STORE) >= 0;
    });
    const ids = covered.map(({ id }) => id);
    await desk.transaction.sql`update attention set is_owed = false where id = any(${ids}::text[])`;
    await settleAttention(desk.transaction, storeId, {
      ids,
      resolved: { at: timeOf(given), choice: BY_ITSELF },
    });
  });
}

async function owedRows({ sql }: Transaction, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await sql<{ id: string }[]>`
    select id from attention where id = any(${[...ids]}::text[]) and is_owed`;
  return new Set(rows.map(({ id }) => id));
}

const promisedOf = (order: Order, itemId: string): number =>
  [...promisedUnits(order)].find(([id]) => id === itemId)?.[1] ?? 0;

const lineOf = (order: Order, itemId: string): number =>
  order.lines.find((line) => line.itemId === itemId || line.substitute?.itemId === itemId)?.lineNumber ?? 1;
