// An order that a till asks a store to keep for a customer: the same promise as a channel's, out of that store's channel share, rung
// at that store's tills. The request carries its own id, so one that comes twice (a till that was cut off sends again) is one order.

import { asStoreId } from '../../shared/domain/ids.ts';
import type { Operator, Permission } from '../../shared/domain/operator.ts';
import { hasPermission } from '../../shared/domain/permissions.ts';
import type { Order, OrderPlacement } from '../../shared/domain/order/order.ts';
import type { Store } from '../../shared/domain/store.ts';
import type { AisleOrder, AisleRequest } from '../../shared/protocol/aisle-messages.ts';
import { storeScope } from '../db/caller.ts';
import { RequestRefused } from '../db/request-refused.ts';
import type { AisleGiven } from './aisle-given.ts';

const HOLD_MS = 48 * 3_600_000;
const FOUND_MAX = 50;
const NEEDED = { store: 'sell', 'call-centre': 'take-calls' } as const satisfies Readonly<
  Record<string, Permission>
>;

export async function placeElsewhere(
  given: AisleGiven,
  asked: { readonly callerStoreId: string; readonly request: AisleRequest },
): Promise<AisleOrder> {
  const { request, callerStoreId } = asked;
  const { requestId, storeId, channel } = request;
  await requirePermission(given, {
    storeId: callerStoreId,
    operatorId: request.operatorId,
    permission: NEEDED[channel],
  });
  const [known] = await findOrders(given, { id: requestId });
  if (known !== undefined) return known;
  const [row] = await given.database.sql<{ body: string }[]>`
    select body from store where id = ${storeId} and kind = 'shop'`;
  if (row === undefined) throw refused(422, 'store-unknown', 'There is no such store. Nothing was promised.');
  const { currency } = JSON.parse(row.body) as Store; // Written by our own settings code as JSON of Store.
  const placedAt = new Date(given.now()).toISOString();
  const lines = await given.price(request.lines, { channel, storeId: asStoreId(storeId), now: placedAt });
  if (!lines.ok)
    throw refused(
      422,
      lines.reason,
      'This cannot be promised to somebody who is not there. Nothing was promised.',
    );
  const placement: OrderPlacement = {
    id: requestId,
    code: await given.newCode(),
    storeId: asStoreId(storeId),
    channel,
    kind: 'reservation',
    currency,
    language: request.language,
    payment: { kind: 'on-collection' },
    lines: lines.value,
    placedAt,
    dueAt: new Date(given.now() + HOLD_MS).toISOString(),
    ...(callerStoreId === storeId ? {} : { askedBy: asStoreId(callerStoreId) }),
  };
  const { name, phone, email } = request.customer;
  const placed = await given.placeOrder(placement, {
    name,
    ...(phone === undefined ? {} : { phone }),
    ...(email === undefined ? {} : { email }),
  });
  if (!placed.ok) {
    throw refused(409, placed.reason, 'The store cannot promise that much any more. Nothing was promised.');
  }
  const [made] = await findOrders(given, { id: requestId });
  if (made === undefined) throw new Error('an order that was placed is not there');
  return made;
}

/** Somebody of the store's staff with this permission. */
export async function requirePermission(
  { database }: Pick<AisleGiven, 'database'>,
  by: { readonly storeId: string; readonly operatorId: string; readonly permission: Permission },
): Promise<void> {
  const [row] = await database.sql<{ body: string }[]>`
    select body from document
    where scope = ${storeScope(by.storeId)} and collection = 'staff' and id = ${by.operatorId} and not deleted`;
  const operator = row === undefined ? null : (JSON.parse(row.body) as Operator); // Published by the server only.
  if (operator !== null && hasPermission(operator, by.permission)) return;
  throw refused(403, 'permission-missing', 'This operator may not do that. Nothing was promised.');
}

/** By id, or by what a person on the telephone says: a code, a name, a number. Newest first. */
export async function findOrders(
  { database }: Pick<AisleGiven, 'database'>,
  by: { readonly id: string } | { readonly words: string },
): Promise<readonly AisleOrder[]> {
  const { sql } = database;
  const like = 'words' in by ? `%${by.words.replaceAll(/[\\%_]/gu, String.raw`\$&`)}%` : '';
  const rows = await sql<{ body: string; store_name: string; name: string | null }[]>`
    select o.body, s.name as store_name, c.name
    from channel_order o join store s on s.id = o.store_id
    left join channel_order_contact c on c.order_id = o.id
    where ${
      'id' in by
        ? sql`o.id = ${by.id}`
        : sql`(o.code ilike ${like} or c.name ilike ${like} or c.phone ilike ${like} or c.email ilike ${like})`
    }
    order by o.changed_at desc limit ${FOUND_MAX}`;
  return rows.map(({ body, store_name: storeName, name }) => {
    const order = JSON.parse(body) as Order; // Written by the order desk only.
    return {
      orderId: order.id,
      code: order.code,
      storeId: order.storeId,
      storeName,
      state: order.state,
      dueAt: order.dueAt,
      placedAt: order.placedAt,
      customerName: name ?? '',
      goods: order.lines.map((line) => ({ name: line.name, quantityMilli: line.quantityMilli })),
    };
  });
}

const refused = (status: number, code: string, detail: string): RequestRefused =>
  new RequestRefused({ status, code, detail });
