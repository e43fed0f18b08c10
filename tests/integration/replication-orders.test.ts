// Orders at the server: placed and paid by one till, seen by all of the store, ended once. A second end is taken in and shown in
// Needs attention; what does not compute is disputed; folded again from the first fact, everything is as it was.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { randomUUID } from 'node:crypto';
import { buildTransaction } from '../../shared/domain/build-transaction.ts';
import { cartTotals } from '../../shared/domain/cart-totals.ts';
import type { Cart } from '../../shared/domain/cart.ts';
import type { CustomerOrder, OrderKind } from '../../shared/domain/customer-order.ts';
import type { Fact } from '../../shared/domain/fact.ts';
import { asCartId, asCustomerId, asOperatorId, asOrderId, asTransactionId } from '../../shared/domain/ids.ts';
import { DEFAULT_ORDER_RULES } from '../../shared/domain/order-rules.ts';
import { dueNow } from '../../shared/domain/order-settlement.ts';
import { placeOrder } from '../../shared/domain/place-order.ts';
import { cancelSettlement, depositCart, handOverCart } from '../../shared/domain/settle-order.ts';
import { settleInCash } from '../../shared/domain/tender.ts';
import { rebuildViews } from '../../sync-server/projections/rebuild-views.ts';
import type { TestDatabase } from '../support/a-database.ts';
import { aShop, aSyncServer, type SyncServer } from '../support/a-sync-server.ts';
import { forgetEndedOrders } from '../../sync-server/orders/forget-ended.ts';
import { aWorkstation, call, open, push, write, type TestWorkstation } from '../support/a-workstation.ts';
import { aCart, anItem, someSettings, valueOf } from '../support/domain-builders.ts';

let database: TestDatabase;
let server: SyncServer;
beforeAll(async () => {
  database = await aShop();
  server = await aSyncServer({ database });
});
afterAll(async () => {
  await server.stop();
  await database.drop();
});

const NOW = '2026-03-02T10:00:00.000Z';
const operatorId = asOperatorId('operator-1');
const settings = someSettings();
const outcomes = (answer: { body: { results: readonly { outcome: string }[] } }): readonly string[] =>
  answer.body.results.map((result) => result.outcome);

async function anOpenTill(): Promise<TestWorkstation> {
  const till = await aWorkstation(server);
  await push(server, till, [
    open(till),
    write(till, 'till-opened', {
      tillSessionId: `session-${till.id}`,
      sessionNumber: 1,
      businessDay: '2026-03-02',
      currency: 'EUR',
      openedBy: operatorId,
      floatMinor: 0,
      counted: { pieces: [], otherMinor: 0 },
    }),
  ]);
  return till;
}

const placeOf = (till: TestWorkstation) => ({
  epoch: till.head.epoch,
  sequence: till.head.sequence + 1,
});

/** A layaway (or another order) of two things for 19.90 each. */
function place(till: TestWorkstation, kind: OrderKind = 'layaway'): Fact {
  const base = aCart({ item: anItem({ priceMinor: 19_90 }), quantityMilli: 2000 });
  const cart: Cart = { ...base, customerId: asCustomerId('customer-1') };
  const order = valueOf(
    placeOrder(cart, settings, {
      id: asOrderId(randomUUID()),
      kind,
      now: NOW,
      position: placeOf(till),
      workstationNumber: till.number,
      operatorId,
      rules: DEFAULT_ORDER_RULES,
      computed: cartTotals(cart, settings.taxRules, settings.taxGroups),
      instalments: 2,
    }),
  );
  const kinds = {
    quotation: 'quotation-made',
    'customer-order': 'customer-order-placed',
    layaway: 'layaway-opened',
  } as const;
  return write(till, kinds[kind], { order });
}

function complete(till: TestWorkstation, cart: Cart): Fact {
  const { grossMinor } = cartTotals(cart, settings.taxRules, settings.taxGroups).totals;
  const dueMinor = dueNow(grossMinor, cart.order);
  const { tenders } = valueOf(settleInCash(dueMinor, Math.max(0, dueMinor), { stepMinor: 1 }));
  const transaction = valueOf(
    buildTransaction(cart, settings, {
      id: asTransactionId(randomUUID()),
      now: NOW,
      position: placeOf(till),
      workstationNumber: till.number,
      tenders,
      tillSessionId: `session-${till.id}`,
      ordinalOf: () => 7,
    }),
  );
  return write(till, 'transaction-completed', { transaction });
}

const headOf = (till: TestWorkstation) => {
  const { storeId, workstationId } = { storeId: till.storeId, workstationId: till.id };
  return {
    id: asCartId(randomUUID()),
    storeId: storeId as Cart['storeId'],
    workstationId: workstationId as Cart['workstationId'],
    operatorId,
  };
};

async function ordersSeenBy(till: TestWorkstation): Promise<readonly CustomerOrder[]> {
  await server.modules.foldWorker.settle();
  const answer = await call<{ documents: CustomerOrder[] }>(
    `${server.url}/replication/orders/pull?limit=100`,
    { token: till.token },
  );
  return answer.body.documents;
}

async function theOrder(till: TestWorkstation, id: string): Promise<CustomerOrder> {
  const order = (await ordersSeenBy(till)).find((each) => each.id === id);
  if (order === undefined) throw new Error('the order is not there');
  return order;
}

const idOf = (fact: Fact): string =>
  fact.kind === 'layaway-opened' || fact.kind === 'quotation-made' ? fact.body.order.id : '';

describe('orders of a store', () => {
  test('placed at one till, paid and handed over at another, and never paid twice', async () => {
    const [one, other] = [await anOpenTill(), await anOpenTill()];
    const placed = place(one);
    expect(outcomes(await push(server, one, [placed]))).toEqual(['accepted']);
    const seen = await theOrder(other, idOf(placed));
    expect(seen).toMatchObject({ state: 'open', paidMinor: 0, totals: { grossMinor: 39_80 } });

    const deposit = complete(other, valueOf(depositCart(seen, 10_00, headOf(other))));
    expect(outcomes(await push(server, other, [deposit]))).toEqual(['accepted']);
    const paid = await theOrder(one, idOf(placed));
    expect(paid).toMatchObject({ state: 'open', paidMinor: 10_00 });

    const done = complete(one, valueOf(handOverCart(paid, headOf(one))));
    expect(outcomes(await push(server, one, [done]))).toEqual(['accepted']);
    const collected = await theOrder(other, idOf(placed));
    expect(collected).toMatchObject({ state: 'collected', paidMinor: 0, problems: [] });
    expect(handOverCart(collected, headOf(other))).toMatchObject({ ok: false, reason: 'order-not-open' });
    // The sale of the goods stands once in the views, with the whole sum; the deposit is no sale.
    const rows = await database.sql<{ kind: string; gross: number }[]>`
      select kind, gross_minor as gross from transaction_view
      where workstation_id in (${one.id}, ${other.id}) order by kind`;
    expect([...rows]).toEqual([
      { kind: 'deposit', gross: 0 },
      { kind: 'sale', gross: 39_80 },
    ]);
  });

  test('handed over by two tills that were cut off: both are kept, the second is shown', async () => {
    const [one, other] = [await anOpenTill(), await anOpenTill()];
    const placed = place(one);
    await push(server, one, [placed]);
    const seen = await theOrder(other, idOf(placed));
    const first = complete(one, valueOf(handOverCart(seen, headOf(one))));
    const second = complete(other, valueOf(handOverCart(seen, headOf(other))));
    expect(outcomes(await push(server, one, [first]))).toEqual(['accepted']);
    expect(outcomes(await push(server, other, [second]))).toEqual(['accepted']);
    const order = await theOrder(one, idOf(placed));
    expect(order.state).toBe('collected');
    expect(order.problems).toMatchObject([{ kind: 'ended-twice' }]);
    const attention = await database.sql<{ body: string }[]>`
      select body from attention where kind = 'order-problem' and workstation_id = ${other.id}`;
    expect(attention.map(({ body }) => JSON.parse(body) as unknown)).toMatchObject([
      { values: { orderNumber: order.number, problem: 'ended-twice' } },
    ]);
  });

  test('an order that does not compute, and a deposit that is not what its tenders say, are disputed', async () => {
    const till = await anOpenTill();
    const placed = place(till);
    if (placed.kind !== 'layaway-opened') throw new Error('no layaway');
    const dearer = write(till, 'layaway-opened', {
      order: {
        ...placed.body.order,
        id: asOrderId(randomUUID()),
        totals: { netMinor: 0, taxMinor: 0, grossMinor: 99 },
      },
    });
    expect(outcomes(await push(server, till, [placed, dearer]))).toEqual(['accepted', 'disputed']);
    const seen = await theOrder(till, idOf(placed));
    const deposit = complete(till, valueOf(depositCart(seen, 10_00, headOf(till))));
    if (deposit.kind !== 'transaction-completed') throw new Error('no transaction');
    const { order } = deposit.body.transaction;
    // Written after the deposit that is right, with another sum taken.
    const more = write(till, 'transaction-completed', {
      transaction: { ...deposit.body.transaction, order: { ...order, takenMinor: 20_00 } },
    });
    expect(outcomes(await push(server, till, [deposit, more]))).toEqual(['accepted', 'disputed']);
  });

  test('an order given up by somebody who may not give money back is disputed', async () => {
    const till = await anOpenTill();
    const placed = place(till);
    await push(server, till, [placed]);
    const seen = await theOrder(till, idOf(placed));
    const deposit = complete(till, valueOf(depositCart(seen, 10_00, headOf(till))));
    await push(server, till, [deposit]);
    const paid = await theOrder(till, idOf(placed));
    const order = valueOf(
      cancelSettlement(paid, { today: '2026-03-02', reasonCode: 'mind', approvalId: null }),
    );
    // Nobody whom the server knows.
    const by = { operatorId: asOperatorId('nobody') };
    const cart: Cart = { ...headOf(till), ...by, currency: 'EUR', lines: [], lastLineNumber: 0, order };
    expect(outcomes(await push(server, till, [complete(till, cart)]))).toEqual(['disputed']);
    expect(await theOrder(till, idOf(placed))).toMatchObject({ state: 'cancelled', paidMinor: 0 });
  });

  test('dropped and folded again, orders and their documents are equal byte for byte', async () => {
    await server.modules.foldWorker.settle();
    const again = await rebuildViews(database);
    expect(again.filter((view) => !view.isEqual)).toEqual([]);
    expect(again.find((view) => view.storeId === 's1' && view.view === 'customer_order')?.rows).toBe(5);
    await database.sql`update customer_order set paid_minor = 1 where store_id = 's1'`;
    await database.sql`update document set body = '{}' where collection = 'orders' and scope = 'store:s1'`;
    const wrong = (await rebuildViews(database)).filter((view) => !view.isEqual);
    expect(wrong.map((view) => view.view)).toEqual(['customer_order', 'order_documents']);
    expect((await rebuildViews(database)).every((view) => view.isEqual)).toBe(true);
  });
});

test('what has ended leaves the tills after a month, stays on the server, and does not come back', async () => {
  const shown = async () => {
    const rows = await database.sql<{ state: string; count: number }[]>`
      select o.state, count(*)::int as count from customer_order o
      join document d on d.collection = 'orders' and d.id = o.id and not d.deleted group by o.state order by o.state`;
    return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
  };
  const before = await shown();
  expect(before['collected']).toBeGreaterThan(0);
  const days = (count: number) => Date.parse(NOW) + count * 86_400_000;
  expect(await forgetEndedOrders(database, days(29))).toBe(0);
  expect(await forgetEndedOrders(database, days(31))).toBeGreaterThan(0);
  expect(await shown()).toEqual(before['open'] === undefined ? {} : { open: before['open'] });
  expect((await rebuildViews(database)).filter(({ isEqual }) => !isEqual)).toEqual([]);
  expect(await shown()).toEqual(before['open'] === undefined ? {} : { open: before['open'] });
});
