// An order as a channel and its customer see it: no workstation, no operator, only what happened and what it means for them.

import { isEnded, orderTotalMinor, type Order } from '../../shared/domain/order/order.ts';
import type { Database } from '../db/database.ts';
import { RequestRefused } from '../db/request-refused.ts';
import type { ChannelCaller } from './api-keys.ts';
import type { ChannelsGiven } from './channels-given.ts';

export type OrderRow = {
  readonly body: string;
  readonly token_number: number;
  readonly store_number: number;
  /** JSON of Feedback[]; null where there is none. */
  readonly feedback: string | null;
};

/** What the customer thought of one step of an order. */
export type Feedback = {
  readonly step: 'ordering' | 'collection';
  readonly stars: number;
  readonly text: string | null;
  readonly at: string;
};

/** The feedback of the order `o` of a query, as JSON text. */
export const feedbackOf = ({ sql }: Database) => sql`(
  select json_agg(json_build_object('step', f.step, 'stars', f.stars, 'text', f.text, 'at',
           to_char(f.changed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by f.step desc)::text
  from order_feedback f where f.order_id = o.id)`;

export type FoundOrder = { readonly order: Order; readonly row: OrderRow };

/** An order of this channel, by id or tracking code. Those of other channels are not there for it. */
export async function findOrder(
  { database }: Pick<ChannelsGiven, 'database'>,
  caller: ChannelCaller,
  by: { readonly id: string } | { readonly code: string },
): Promise<FoundOrder> {
  const [row] = await database.sql<OrderRow[]>`
    select o.body, o.token_number, s.number as store_number, ${feedbackOf(database)} as feedback
    from channel_order o join store s on s.id = o.store_id
    where ${'id' in by ? database.sql`o.id = ${by.id}` : database.sql`o.code = ${by.code}`}`;
  // Written by the order desk only, as JSON of Order.
  const order = row === undefined ? null : (JSON.parse(row.body) as Order);
  if (row === undefined || order === null || order.channel !== caller.channel) throw unknownOrder();
  return { order, row };
}

/** What is said of one order. The pickup token is there while the order can be collected. */
export async function orderView(given: ChannelsGiven, { order, row }: FoundOrder) {
  const tokenNumber = row.token_number;
  const pickupToken = await given.tokenOf({ order, tokenNumber, storeNumber: row.store_number });
  return {
    id: order.id,
    code: order.code,
    storeId: order.storeId,
    kind: order.kind,
    state: order.state,
    isEnded: isEnded(order),
    currency: order.currency,
    totalMinor: orderTotalMinor(order),
    payment: order.payment,
    placedAt: order.placedAt,
    dueAt: order.dueAt,
    lines: order.lines.map((line) => ({
      lineNumber: line.lineNumber,
      itemId: line.itemId,
      sku: line.sku,
      name: line.name,
      quantityMilli: line.quantityMilli,
      unitPriceMinor: line.unitPriceMinor,
      pickedMilli: line.pickedMilli,
      isShort: line.isShort,
      substitute: line.substitute,
      handedOverMilli: line.handedOverMilli,
      returnedMilli: line.returnedMilli,
    })),
    history: order.history.map(({ move, state, at, reasonCode }) => ({
      move,
      state,
      at,
      reasonCode: reasonCode ?? null,
    })),
    pickupToken,
    // Made by feedbackOf.
    feedback: row.feedback === null ? [] : (JSON.parse(row.feedback) as readonly Feedback[]),
  };
}

const unknownOrder = (): RequestRefused =>
  new RequestRefused({ status: 404, code: 'order-unknown', detail: 'This channel has no such order.' });
