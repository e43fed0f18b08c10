// Orders as the tills of their store get them: the order, and the person behind it while that is known; and the pickup token that
// the customer gets once an order is ready. Tokens are signed by the server's own workstation of the store, so that every till can check one without a network.

import type { StoreId } from '../../shared/domain/ids.ts';
import { isEnded, type Order } from '../../shared/domain/order/order.ts';
import { pickupPreimage, pickupText, type PickupToken } from '../../shared/domain/order/pickup-token.ts';
import { storeScope } from '../db/caller.ts';
import type { Transaction } from '../db/database.ts';
import { publishDocuments } from '../db/feed.ts';
import type { OrderChanged } from './order-changed.ts';

/** Base64url signature (ECDSA P-256, raw) of a text by the key of the store's server workstation. */
export type TokenSigner = (storeId: StoreId, text: string) => Promise<string>;

export const ORDER_COLLECTION = 'orders';
/** A token outlives the time for collecting by a day: a till that was cut off decides by what it knows. */
const TOKEN_GRACE_SECONDS = 86_400;

type Row = {
  readonly id: string;
  readonly token_number: number;
  readonly store_number: number;
  readonly name: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  /** By step: {step, stars, text, at}. */
  readonly feedback: readonly unknown[] | null;
  readonly holder_number: number | null;
};

/** Publishes the orders that changed, and numbers a new token for each that has just become ready. */
export async function publishOrderDocuments(
  transaction: Transaction,
  storeId: StoreId,
  changed: readonly OrderChanged[],
): Promise<void> {
  const orders = changed.map(({ order }) => order);
  if (orders.length === 0) return;
  const ready = changed.filter(({ order, before }) => order.state === 'ready' && before?.state !== 'ready');
  const { sql } = transaction;
  if (ready.length > 0) {
    await sql`
      update channel_order set token_number = token_number + 1
      where id = any(${ready.map(({ order }) => order.id)}::text[])`;
  }
  const rows = await sql<Row[]>`
    select o.id, o.token_number, s.number as store_number, c.name, c.phone, c.email, w.number as holder_number,
           (select json_agg(json_build_object('step', f.step, 'stars', f.stars, 'text', f.text, 'at',
                     to_char(f.changed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by f.step desc)
            from order_feedback f where f.order_id = o.id) as feedback
    from channel_order o join store s on s.id = o.store_id
    left join channel_order_contact c on c.order_id = o.id
    left join workstation w on w.id = o.body::json ->> 'holder'
    where o.id = any(${orders.map(({ id }) => id)}::text[])`;
  const rowOf = new Map(rows.map((row) => [row.id, row]));
  await publishDocuments(transaction, {
    scope: storeScope(storeId),
    collection: ORDER_COLLECTION,
    documents: orders.map((order) => {
      const row = rowOf.get(order.id);
      return {
        id: order.id,
        body: JSON.stringify({
          id: order.id,
          kind: 'channel-order',
          number: order.code,
          placedAt: order.placedAt,
          currency: order.currency,
          order,
          ...(row === undefined || row.holder_number === null ? {} : { holderNumber: row.holder_number }),
          ...(row === undefined || row.name === null
            ? {}
            : { contact: { name: row.name, phone: row.phone, email: row.email } }),
          ...(row === undefined || row.feedback === null ? {} : { feedback: row.feedback }),
        }),
      };
    }),
  });
}

/** The token of an order that is ready, as text; null while there is nothing to collect. */
export async function pickupTokenOf(
  given: { readonly order: Order; readonly tokenNumber: number; readonly storeNumber: number },
  sign: TokenSigner,
): Promise<string | null> {
  const { order, tokenNumber, storeNumber } = given;
  if (order.state !== 'ready' || isEnded(order) || tokenNumber === 0) return null;
  const token: PickupToken = {
    orderId: order.id,
    number: tokenNumber,
    storeNumber,
    code: order.code,
    validUntilSeconds: Math.ceil(Date.parse(order.dueAt) / 1000) + TOKEN_GRACE_SECONDS,
  };
  return pickupText(token, await sign(order.storeId, pickupPreimage(token)));
}
