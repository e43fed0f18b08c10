// What customers think of an order: stars for each step of it, and a word if they like. The stars are a fact of the store's journal;
// the words are kept beside it only, so that they can be erased. What is said again the same changes nothing; it may be changed
// for a day, and stays as it is after that.

import { isEnded, type Order } from '../../shared/domain/order/order.ts';
import type { FeedbackStep } from '../../shared/domain/order/order-facts.ts';
import type { StoreId } from '../../shared/domain/ids.ts';
import { accept, refuse, type Outcome } from '../../shared/domain/refusal.ts';
import { publishOrderDocuments } from './order-documents.ts';
import type { Desk } from './store-desk.ts';

export type SaidFeedback = {
  readonly step: FeedbackStep;
  readonly stars: number;
  readonly text: string | null;
};

export type FeedbackRefusal = 'order-unknown' | 'feedback-too-early' | 'feedback-closed';

const CHANGE_HOURS = 24;

type Row = { readonly stars: number; readonly text: string | null; readonly given_at: Date };

/** Takes it in at the desk of the order's store. */
export async function takeFeedback(
  desk: Desk,
  given: {
    readonly storeId: StoreId;
    readonly orderId: string;
    readonly said: SaidFeedback;
    /** Milliseconds since 1970. */
    readonly now: number;
  },
): Promise<Outcome<Order, FeedbackRefusal>> {
  const { orderId, said, now } = given;
  const { sql } = desk.transaction;
  const order = desk.order(orderId);
  if (order === null) return refuse('order-unknown');
  if (said.step === 'collection' && !isEnded(order)) return refuse('feedback-too-early');
  const [known] = await sql<Row[]>`
    select stars, text, given_at from order_feedback where order_id = ${orderId} and step = ${said.step}`;
  if (known !== undefined && known.stars === said.stars && known.text === said.text) return accept(order);
  if (known !== undefined && now - known.given_at.getTime() > CHANGE_HOURS * 3_600_000) {
    return refuse('feedback-closed', { hours: CHANGE_HOURS });
  }
  const at = new Date(now).toISOString();
  await sql`
    insert into order_feedback (order_id, step, stars, text, given_at, changed_at)
    values (${orderId}, ${said.step}, ${said.stars}, ${said.text}, ${at}, ${at})
    on conflict (order_id, step) do update set stars = excluded.stars, text = excluded.text, changed_at = excluded.changed_at`;
  desk.write({
    kind: 'feedback-given',
    body: {
      orderId,
      channel: order.channel,
      step: said.step,
      stars: said.stars,
      hasText: said.text !== null,
    },
  });
  await publishOrderDocuments(desk.transaction, given.storeId, [{ order, before: order }]);
  return accept(order);
}
