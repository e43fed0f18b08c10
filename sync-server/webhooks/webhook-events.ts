// What channels are told when an order changes: one event for each receiver of that channel, written in the transaction of the change,
// so that none is lost and none is told of what did not happen. The body is made once; a repeat sends the very same.

import type { Order, OrderState } from '../../shared/domain/order/order.ts';
import type { Transaction } from '../db/database.ts';
import { writeJobs } from '../db/jobs.ts';

export const WEBHOOK_JOB = 'webhook';
export const EVENTS = [
  'order.placed',
  'order.accepted',
  'order.picking',
  'order.ready',
  'order.handed-over',
  'order.rejected',
  'order.released',
  'order.expired',
  'order.returned',
  'order.substitute-proposed',
] as const;
export type WebhookEvent = (typeof EVENTS)[number];

type Changed = { readonly order: Order; readonly before: Order | null };

/** Writes the deliveries of these changes and the jobs that make them. */
export async function writeEvents(
  transaction: Transaction,
  changed: readonly Changed[],
  given: { readonly nowMs: number; readonly newId: () => string },
): Promise<void> {
  const happened = changed.flatMap(({ order, before }) =>
    eventsOf(order, before).map((event) => ({ order, event })),
  );
  if (happened.length === 0) return;
  const hooks = await transaction.sql<{ id: string; channel: string; events: string }[]>`
    select w.id, k.channel, w.events from webhook w join api_key k on k.selector = w.selector
    where w.is_active and k.revoked_at is null`;
  const at = new Date(given.nowMs).toISOString();
  const deliveries = happened.flatMap(({ order, event }) =>
    hooks
      .filter((hook) => hook.channel === order.channel && hook.events.split(' ').includes(event))
      .map((hook) => {
        const id = given.newId();
        return { id, hook: hook.id, event, body: JSON.stringify({ id, event, at, order: told(order) }) };
      }),
  );
  if (deliveries.length === 0) return;
  await transaction.sql`
    insert into webhook_delivery (id, webhook_id, event, body, state, made_at)
    select id, hook, event, body, 'waiting', ${at}::timestamptz
    from json_to_recordset(${JSON.stringify(deliveries)}::text::json)
         as given (id text, hook text, event text, body text)`;
  await writeJobs(
    transaction.sql,
    deliveries.map(({ id }) => ({
      id: `${WEBHOOK_JOB}:${id}`,
      kind: WEBHOOK_JOB,
      payload: { deliveryId: id },
      runAtMs: given.nowMs,
    })),
  );
}

function eventsOf(order: Order, before: Order | null): readonly WebhookEvent[] {
  const states = order.history.slice(before?.history.length ?? 0);
  const reached = new Set<OrderState>();
  let former = before?.state ?? null;
  for (const { state } of states) {
    if (state !== former) reached.add(state);
    former = state;
  }
  const asked = states.some(({ move }) => move === 'propose-substitute');
  return [
    ...[...reached].map((state): WebhookEvent => `order.${state}`),
    ...(asked ? (['order.substitute-proposed'] as const) : []),
  ];
}

/** Ids and states only: whoever wants to know more asks with its key. */
function told(order: Order) {
  const { id, code, storeId, state, kind, channel, placedAt, dueAt } = order;
  const reasonCode = order.history.at(-1)?.reasonCode ?? null;
  return { id, code, storeId, state, kind, channel, placedAt, dueAt, reasonCode };
}
