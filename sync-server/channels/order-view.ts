// An order as a channel and its customer see it: no workstation, no operator, only what happened and what it means for them.

import { isEnded, orderTotalMinor, type Order } from '../../shared/domain/order/order.ts';
import { RequestRefused } from '../db/request-refused.ts';
import type { ChannelCaller } from './api-keys.ts';
import type { ChannelsGiven } from './channels-given.ts';

export type OrderRow = {
  readonly body: string;
  readonly token_number: number;
  readonly store_number: number;
  readonly feedback: string | null;
};

export type FoundOrder = { readonly order: Order; readonly row: OrderRow };

/** An order of this channel, by id or tracking code. Those of other channels are not there for it. */
export async function findOrder(
  { database }: ChannelsGiven,
  caller: ChannelCaller,
  by: { readonly id: string } | { readonly code: string },
): Promise<FoundOrder> {
  const [row] = await database.sql<OrderRow[]>`
    select o.body, o.token_number, s.number as store_number, c.feedback
    from channel_order o join store s on s.id = o.store_id
    left join channel_order_contact c on c.order_id = o.id
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
    feedback: row.feedback === null ? null : (JSON.parse(row.feedback) as unknown), // Written by the feedback route only.
  };
}

const unknownOrder = (): RequestRefused =>
  new RequestRefused({ status: 404, code: 'order-unknown', detail: 'This channel has no such order.' });
