// Where a kept cart is: with the customer, at one till, or bought. Only a cart that is with the customer may be changed or ordered by
// a channel; one that was bought stays as it was, so that it is never bought twice.

import type { ItemId } from '../../shared/domain/ids.ts';
import type { Sql, TransactionSql } from '../db/database.ts';
import { RequestRefused } from '../db/request-refused.ts';
import type { ChannelCaller } from './api-keys.ts';
import type { ChannelsGiven } from './channels-given.ts';

export type KeptLine = {
  readonly itemId: ItemId;
  readonly quantityMilli: number;
  readonly shownMinor: number;
};

/** What a cart became. */
export type Bought =
  | { readonly by: 'order'; readonly orderId: string; readonly code: string; readonly at: string }
  | { readonly by: 'till'; readonly receiptNumber: string; readonly storeId: string; readonly at: string };

export type CartPlace =
  | { readonly kind: 'open' }
  | { readonly kind: 'at-till'; readonly storeId: string }
  | { readonly kind: 'bought'; readonly bought: Bought };

export type KeptCart = {
  readonly storeId: string;
  readonly lines: readonly KeptLine[];
  readonly version: number;
  readonly place: CartPlace;
};

/** An order that was begun and is not there after so long was never placed. */
const CLAIM_SECONDS = 60;

type Row = {
  readonly body: string;
  readonly version: number;
  readonly at_store: string | null;
  readonly bought: string | null;
};

/** A cart of this key; those of others are not there for it. */
export async function readCart(
  sql: Sql | TransactionSql,
  caller: ChannelCaller,
  id: string,
): Promise<KeptCart> {
  const [row] = await sql<Row[]>`
    select body, version, at_store,
           case when bought is null or bought::json ->> 'by' = 'till'
                  or exists (select 1 from channel_order o where o.id = bought::json ->> 'orderId') then bought end as bought
    from channel_cart where id = ${id} and selector = ${caller.selector}`;
  if (row === undefined) throw unknownCart();
  // Both are written by the server only: by the routes of carts, and when a cart is bought.
  const { storeId, lines } = JSON.parse(row.body) as Pick<KeptCart, 'storeId' | 'lines'>;
  return { storeId, lines, version: row.version, place: placeOf(row) };
}

function placeOf({ bought, at_store: storeId }: Row): CartPlace {
  if (bought !== null) return { kind: 'bought', bought: JSON.parse(bought) as Bought };
  return storeId === null ? { kind: 'open' } : { kind: 'at-till', storeId };
}

/** Refuses a cart that is not with the customer. */
export function assertOpen({ place }: Pick<KeptCart, 'place'>): void {
  if (place.kind === 'at-till') throw atTill();
  if (place.kind === 'bought') throw alreadyBought();
}

/** Takes the cart for one order before that is placed, so that no till and no other order can have it meanwhile. */
export async function claimCart(
  { database, now }: ChannelsGiven,
  caller: ChannelCaller,
  claim: { readonly cartId: string; readonly orderId: string; readonly code: string },
): Promise<void> {
  const { cartId, orderId, code } = claim;
  const bought: Bought = { by: 'order', orderId, code, at: new Date(now()).toISOString() };
  const claimed = await database.sql`
    update channel_cart set bought = ${JSON.stringify(bought)}
    where id = ${cartId} and selector = ${caller.selector} and at_workstation is null
      and (bought is null or bought::json ->> 'orderId' = ${orderId}
           or (bought::json ->> 'by' = 'order' and (bought::json ->> 'at')::timestamptz
                 < ${bought.at}::timestamptz - make_interval(secs => ${CLAIM_SECONDS})
               and not exists (select 1 from channel_order o where o.id = bought::json ->> 'orderId')))
    returning 1`;
  if (claimed.length > 0) return;
  const [row] = await database.sql<{ at_till: boolean }[]>`
    select at_workstation is not null as at_till from channel_cart
    where id = ${cartId} and selector = ${caller.selector}`;
  throw row === undefined ? unknownCart() : row.at_till ? atTill() : alreadyBought();
}

/** The order could not be placed: the cart is the customer's again. */
export async function unclaimCart({ database }: ChannelsGiven, orderId: string): Promise<void> {
  await database.sql`
    update channel_cart set bought = null
    where bought is not null and bought::json ->> 'orderId' = ${orderId}
      and not exists (select 1 from channel_order o where o.id = ${orderId})`;
}

export const unknownCart = (): RequestRefused =>
  new RequestRefused({ status: 404, code: 'cart-unknown', detail: 'This key has no such cart.' });

export const atTill = (): RequestRefused =>
  new RequestRefused({
    status: 409,
    code: 'cart-at-till',
    detail:
      'The cart is at a till of the store right now. Nothing was changed. Pay there, or ask for it back.',
  });

export const alreadyBought = (): RequestRefused =>
  new RequestRefused({
    status: 409,
    code: 'cart-bought',
    detail: 'This cart was bought already. Nothing was changed. Start a new one.',
  });
