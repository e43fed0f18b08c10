// Quotations, customer orders and layaways, folded from the facts of their store in the order of its feed by the function that
// tills use. Two ends of one order, or money after its end, are kept and become rows in Needs attention.

import { isFolded, foldOrder, ordersOfFact } from '../../shared/domain/fold-order.ts';
import { canonicalJson } from '../../shared/domain/canonical-json.ts';
import type { CustomerOrder } from '../../shared/domain/customer-order.ts';
import type { Fact } from '../../shared/domain/fact.ts';
import type { OrderId } from '../../shared/domain/ids.ts';
import type { AttentionRaised } from '../db/attention.ts';
import { storeScope } from '../db/caller.ts';
import type { Transaction, TransactionSql } from '../db/database.ts';
import { publishDocuments } from '../db/feed.ts';
import type { FeedFact } from './fold-facts.ts';

export const ORDER_COLLECTION = 'orders';

/** Kinds of entries that place an order or move it without money. */
export const KINDS_OF_ORDERS = [
  'quotation-made',
  'customer-order-placed',
  'layaway-opened',
  'customer-order-arrived',
] as const;

export type OrdersFolded = {
  /** Orders that are not as they were, by id. */
  readonly changed: readonly CustomerOrder[];
  /** What people must look at; without the time, which is the server's. */
  readonly problems: readonly Omit<AttentionRaised, 'at'>[];
};

/** Folds the facts into the rows of the store and writes these. */
export async function foldOrders(
  sql: TransactionSql,
  storeId: string,
  feed: readonly FeedFact[],
): Promise<OrdersFolded> {
  const facts = feed.flatMap(aboutAnOrder);
  if (facts.length === 0) return { changed: [], problems: [] };
  const ids = [...new Set(facts.map(({ id }) => id))];
  const rows = await sql<{ id: string; body: string }[]>`
    select id, body from customer_order where store_id = ${storeId} and id = any(${ids}::text[])`;
  // Written below, always as JSON of CustomerOrder.
  const orders = new Map(rows.map(({ id, body }) => [id, JSON.parse(body) as CustomerOrder]));
  const problems: Omit<AttentionRaised, 'at'>[] = [];
  const changed = new Set<string>();
  for (const { id, fact } of facts) {
    const before = orders.get(id) ?? null;
    if (isFolded(before, fact)) continue;
    const after = folded(id, before, fact);
    if (after === null) {
      problems.push(problemOf(fact, { orderId: id, problem: 'order-unknown' }));
      continue;
    }
    orders.set(id, after);
    changed.add(id);
    const [found] = after.problems.filter((one) => before?.problems.includes(one) !== true).slice(-1);
    if (found === undefined || after.problems.length <= (before?.problems.length ?? 0)) continue;
    const { kind, receiptNumber, amountMinor } = found;
    problems.push(problemOf(fact, { orderNumber: after.number, problem: kind, receiptNumber, amountMinor }));
  }
  const all = [...changed].sort().flatMap((id) => orders.get(id) ?? []);
  await writeOrders(sql, storeId, all);
  return { changed: all, problems };
}

/** Publishes orders as they stand to the tills of the store. */
export async function publishOrders(
  transaction: Transaction,
  storeId: string,
  orders: readonly CustomerOrder[],
): Promise<void> {
  if (orders.length === 0) return;
  const documents = orders.map((order) => ({ id: order.id, body: canonicalJson(order) }));
  await publishDocuments(transaction, {
    scope: storeScope(storeId),
    collection: ORDER_COLLECTION,
    documents,
  });
}

// Sums beyond what is counted leave the order as it was; the entry itself stands in the journal and is disputed there.
function folded(id: OrderId, order: CustomerOrder | null, fact: Fact): CustomerOrder | null {
  try {
    return foldOrder(id, order, fact);
  } catch {
    return order;
  }
}

function aboutAnOrder(feed: FeedFact): readonly { readonly id: OrderId; readonly fact: Fact }[] {
  if (feed.body === null || feed.mark === 'kept') return [];
  const isPlacing = KINDS_OF_ORDERS.some((kind) => kind === feed.kind);
  // Most transactions are about no order, and need not be read a second time.
  if (!isPlacing && !feed.body.includes('"order":{')) return [];
  const fact = JSON.parse(feed.body) as Fact; // Admitted and not kept, so it fits the schema of its kind.
  return ordersOfFact(fact).map((id) => ({ id, fact }));
}

function problemOf(fact: Fact, values: AttentionRaised['values']): Omit<AttentionRaised, 'at'> {
  const { workstationId, epoch, sequence, id } = fact;
  return { kind: 'order-problem', workstationId, factId: id, position: { epoch, sequence }, values };
}

async function writeOrders(
  sql: TransactionSql,
  storeId: string,
  orders: readonly CustomerOrder[],
): Promise<void> {
  if (orders.length === 0) return;
  const rows = JSON.stringify(
    orders.map((order) => ({
      id: order.id,
      number: order.number,
      kind: order.kind,
      state: order.state,
      customer: order.customerId ?? null,
      currency: order.currency,
      day: order.businessDay,
      total: order.totals.grossMinor,
      paid: order.paidMinor,
      forfeited: order.forfeitedMinor,
      body: canonicalJson(order),
    })),
  );
  await sql`
    insert into customer_order (store_id, id, number, kind, state, customer_id, currency, business_day, total_minor,
      paid_minor, forfeited_minor, body)
    select ${storeId}, id, number, kind, state, customer, currency, day, total, paid, forfeited, body
    from json_to_recordset(${rows}::text::json) as given (id text, number text, kind text, state text, customer text,
      currency text, day text, total bigint, paid bigint, forfeited bigint, body text)
    on conflict (store_id, id) do update set
      state = excluded.state, paid_minor = excluded.paid_minor, forfeited_minor = excluded.forfeited_minor,
      body = excluded.body`;
}
