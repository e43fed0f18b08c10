// Needs attention at a real server: a counter sale that took a promised unit is shown with its alternatives, each of which is done,
// journaled and settled once; only staff who may decide; receivers and messages that were given up are tried again. A sale of promised
// goods says who agreed, and the server checks that they may.

import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { approvalSubject, cartSubjects } from '../../shared/domain/approval.ts';
import { asItemId, asStoreId } from '../../shared/domain/ids.ts';
import type { Order } from '../../shared/domain/order/order.ts';
import type { AttentionOffers } from '../../shared/protocol/attention-messages.ts';
import type { Attention, RightsPage } from '../../shared/protocol/documents.ts';
import { forgetSettled } from '../../sync-server/db/attention.ts';
import { publishDocuments } from '../../sync-server/db/feed.ts';
import { raiseNotice } from '../../sync-server/db/notices.ts';
import { inTransaction } from '../../sync-server/db/database.ts';
import type { OutgoingMessage } from '../../sync-server/messages/outbox.ts';
import { aChannelServer, type ChannelServer } from '../support/a-channel-server.ts';
import { anItem } from '../support/a-shop.ts';
import {
  aTransaction,
  aWorkstation,
  call,
  open,
  push,
  signIn,
  write,
  type Answer,
  type TestWorkstation,
} from '../support/a-workstation.ts';

const sent: OutgoingMessage[] = [];
let server: ChannelServer;
let till: TestWorkstation;
/** The next item that nobody has used: each test has one of its own. */
let ordinal = 10;

beforeAll(async () => {
  const email = { send: (message: OutgoingMessage) => Promise.resolve(void sent.push(message)) };
  server = await aChannelServer({ carriers: { email, sms: null } });
  till = await aWorkstation(server.sync);
  await signIn(server.sync, till);
  await push(server.sync, till, [open(till)]);
  const { sql } = server.database;
  const people = [
    ['manager', 1, ['sell', 'decide-attention', 'approve', 'sell-reserved']],
    ['cashier', 2, ['sell']],
  ] as const;
  for (const [id, number, permissions] of people) {
    const body = JSON.stringify({ id, number, name: id, isActive: true, permissions });
    await sql`insert into operator (id, number, body) values (${id}, ${number}, ${body})`;
    await inTransaction(server.database, (transaction) =>
      publishDocuments(transaction, { scope: 'store:s1', collection: 'staff', documents: [{ id, body }] }),
    );
  }
  for (let place = 11; place < 40; place += 1) {
    const item = anItem(place);
    await sql`
      insert into item (id, ordinal, sku, category_id, tax_group_id, price_minor, body)
      values (${item.id}, ${place}, ${item.sku}, 'things', 'standard', ${item.priceMinor}, ${JSON.stringify(item)})`;
  }
});
beforeEach(() => {
  ordinal += 1;
  sent.length = 0;
});
afterAll(async () => {
  await server.stop();
});

/** Three of an item in the store, two of which are promised on the web, and all three are sold at the counter. */
async function oversold(): Promise<{ readonly order: Order; readonly id: string }> {
  await server.receive(ordinal, 3);
  const body = {
    storeId: 's1',
    customer: { name: 'Ada', email: 'ada@example.org' },
    lines: [{ itemId: `item-${String(ordinal)}`, quantityMilli: 1000 }],
  };
  const placed = await server.call('POST', '/reservations', { body, idempotencyKey: randomUUID() });
  expect(placed.status).toBe(201);
  await sell(3);
  const order = await orderNow(placed.body.id);
  expect(order.state).toBe('placed');
  return { order, id: `order-oversold:${order.id}:1` };
}

async function sell(pieces: number, more: Record<string, unknown> = {}): Promise<string> {
  await signIn(server.sync, till);
  const transaction = { ...aTransaction(till, { pieces, ordinal }), ...more };
  const answer = await push(server.sync, till, [write(till, 'transaction-completed', { transaction })]);
  expect(answer.status).toBe(200);
  await server.orders.worker.settle();
  return answer.body.results[0]?.outcome ?? '';
}
async function orderNow(id: string): Promise<Order> {
  await server.orders.worker.settle();
  const [row] = await server.database.sql<
    { body: string }[]
  >`select body from channel_order where id = ${id}`;
  return JSON.parse(row?.body ?? '{}') as Order;
}
/** As a till of the store gets it. */
async function shown(id: string): Promise<Attention | null> {
  const [row] = await server.database.sql<{ body: string }[]>`
    select body from document where scope = 'store:s1' and collection = 'attention' and id = ${id} and not deleted`;
  return row === undefined ? null : (JSON.parse(row.body) as Attention);
}
async function ask<Body>(
  path: string,
  body?: unknown,
): Promise<Answer<Body & { code?: string; detail?: string }>> {
  await signIn(server.sync, till);
  return call(`${server.url}/api/v1/attention/${path}`, {
    token: till.token,
    ...(body === undefined ? {} : { body }),
  });
}
const resolve = (id: string, request: Record<string, unknown>) =>
  ask<{ choice: string }>(`${encodeURIComponent(id)}/resolve`, { operatorId: 'manager', ...request });
/** Subjects of all that was sent; the jobs run in no order. */
async function mails(): Promise<readonly string[]> {
  await server.orders.jobs.runDue();
  return sent.map(({ subject }) => subject);
}
async function rights(storeId = 's1'): Promise<readonly number[]> {
  await server.orders.worker.settle();
  const [row] = await server.database.sql<{ body: string }[]>`
    select body from document where scope = ${`store:${storeId}`} and collection = 'stock' and id = 'r000000'`;
  const page = JSON.parse(row?.body ?? '{}') as RightsPage;
  return [page.storeMilli, page.channelsMilli, page.promisedMilli].map((slots) => slots[ordinal] ?? 0);
}
async function journaled(id: string): Promise<Record<string, unknown>> {
  const rows = await server.database.sql<{ body: string }[]>`
    select body from fact where kind = 'attention-resolved' and body like ${`%"${id}"%`}`;
  expect(rows).toHaveLength(1);
  return JSON.parse(rows[0]?.body ?? '{}').body as Record<string, unknown>;
}

describe('an order that lost its unit at the counter', () => {
  test('is shown with what happened, keeps its promise until somebody decides, and offers what there is', async () => {
    await server.receive(ordinal, 3, asStoreId('s2'));
    const { order, id } = await oversold();
    expect(await shown(id)).toMatchObject({
      kind: 'order-oversold',
      values: { orderId: order.id, code: order.code, itemId: `item-${String(ordinal)}`, missingMilli: 1000 },
    });
    expect((await shown(id))?.values).toMatchObject({ receiptNumber: expect.stringMatching(/^\d\d-/) });
    expect(await rights()).toEqual([-1000, 0, 1000]);
    const { status, body } = await ask<AttentionOffers>(`${encodeURIComponent(id)}/offers`);
    expect(status).toBe(200);
    expect(body.stores).toEqual([{ storeId: 's2', name: 'Store 2', availableMilli: 1000 }]);
    expect(body.holder).toBe('channels');
    expect(await resolve(id, { choice: 'cancel', operatorId: 'cashier' })).toMatchObject({
      status: 403,
      body: { code: 'permission-missing' },
    });
    expect(await resolve(id, { choice: 'replay' })).toMatchObject({ status: 422 });
    expect(await resolve(id, { choice: 'cancel', note: 'called her' })).toMatchObject({ status: 200 });
  });

  test('ends with an apology: its customer is written to, nothing is owed any more, and it is decided once', async () => {
    const { order, id } = await oversold();
    expect(await resolve(id, { choice: 'cancel' })).toMatchObject({
      status: 200,
      body: { choice: 'cancel' },
    });
    expect(await orderNow(order.id)).toMatchObject({ state: 'released' });
    expect(await mails()).toContain(`We are sorry about your order ${order.code}`);
    expect(await rights()).toEqual([0, 0, 0]);
    expect((await shown(id))?.resolved).toMatchObject({
      choice: 'cancel',
      operatorId: 'manager',
      operatorName: 'manager',
    });
    expect(await journaled(id)).toMatchObject({
      choice: 'cancel',
      operatorId: 'manager',
      workstationId: till.id,
    });
    expect(await resolve(id, { choice: 'found' })).toMatchObject({
      status: 409,
      body: { code: 'attention-settled', choice: 'cancel', operatorName: 'manager' },
    });
  });

  test('goes on at another store that has it, under a code of its own, with its person', async () => {
    await server.receive(ordinal, 3, asStoreId('s2'));
    const { order, id } = await oversold();
    expect(await resolve(id, { choice: 'other-store' })).toMatchObject({ status: 422 });
    const answer = await resolve(id, { choice: 'other-store', storeId: 's2' });
    expect(answer.status).toBe(200);
    expect(await orderNow(order.id)).toMatchObject({ state: 'released' });
    const [moved] = await server.database.sql<{ body: string; name: string }[]>`
      select o.body, c.name from channel_order o join channel_order_contact c on c.order_id = o.id
      where o.code = ${answer.body.code ?? ''}`;
    expect(JSON.parse(moved?.body ?? '{}')).toMatchObject({
      storeId: 's2',
      state: 'placed',
      continues: order.code,
    });
    expect(moved?.name).toBe('Ada');
    expect(await mails()).toContain(`Another store keeps your order, now ${answer.body.code ?? ''}`);
    expect(await rights()).toEqual([0, 0, 0]);
    expect((await rights('s2'))[2]).toBe(1000);
  });

  test('is given back at the other store when it cannot end here', async () => {
    await server.receive(ordinal, 3, asStoreId('s2'));
    const { order, id } = await oversold();
    await signIn(server.sync, till);
    const accept = write(till, 'channel-order-moved', { orderId: order.id, move: { kind: 'accept' } });
    expect((await push(server.sync, till, [accept])).status).toBe(200);
    expect((await orderNow(order.id)).state).toBe('accepted');
    expect(await resolve(id, { choice: 'other-store', storeId: 's2' })).toMatchObject({
      status: 409,
      body: { code: 'order-held-elsewhere' },
    });
    expect((await rights('s2'))[2]).toBe(0);
    expect((await shown(id))?.resolved).toBeUndefined();
  });

  test('waits for later goods: a new time, a message, and no second question about the same unit', async () => {
    const { order, id } = await oversold();
    const dueAt = new Date(server.clock.ms + 10 * 86_400_000).toISOString();
    expect(await resolve(id, { choice: 'later', dueAt: '2020-01-01T00:00:00.000Z' })).toMatchObject({
      status: 422,
    });
    expect(await resolve(id, { choice: 'later', dueAt })).toMatchObject({ status: 200 });
    expect(await orderNow(order.id)).toMatchObject({ state: 'placed', dueAt });
    expect(await mails()).toContain(`Your order ${order.code} comes later`);
    const [job] = await server.database.sql<{ run_at: Date }[]>`
      select run_at from job where id = ${`order-due:${order.id}`}`;
    expect(job?.run_at.toISOString()).toBe(dueAt);
    expect((await shown(id))?.resolved?.choice).toBe('later');
    // The goods come: the shortage is gone. Sold again beyond the share, it is asked again.
    await server.receive(ordinal, 1);
    expect(await rights()).toEqual([0, 0, 1000]);
    await sell(1);
    expect(await shown(id)).toMatchObject({ values: { missingMilli: 1000 } });
    expect((await shown(id))?.resolved).toBeUndefined();
    expect(await resolve(id, { choice: 'cancel' })).toMatchObject({ status: 200 });
  });

  test('offers a substitute by message, and with the customer’s yes the order keeps that instead', async () => {
    const { order, id } = await oversold();
    const other = ordinal + 15;
    await server.receive(other, 9);
    const itemId = asItemId(`item-${String(other)}`);
    const { body } = await ask<AttentionOffers>(`${encodeURIComponent(id)}/offers`);
    expect(body.substitutes.map((one) => one.itemId)).toContain(itemId);
    expect(await resolve(id, { choice: 'substitute', itemId })).toMatchObject({ status: 200 });
    expect((await orderNow(order.id)).lines[0]?.substitute).toMatchObject({ itemId, consent: 'asked' });
    expect(await mails()).toContain(`We offer something else for your order ${order.code}`);
    expect(sent.some(({ text }) => text.includes('→'))).toBe(true);
    const route = `/orders/${order.id}/substitute-answers`;
    const answered = await server.call('POST', route, { body: { lineNumber: 1, isAgreed: true } });
    expect(answered.status).toBe(200);
    expect(await rights()).toEqual([0, 0, 0]);
    await server.call('POST', `/orders/${order.id}/cancel`);
  });

  test('settles by itself when the goods come in before anybody decides', async () => {
    const { id } = await oversold();
    await server.receive(ordinal, 2);
    await server.orders.worker.settle();
    expect((await shown(id))?.resolved).toEqual({ at: expect.any(String), choice: 'by-itself' });
  });

  test('leaves the tills some time after it was settled, and never while it is open', async () => {
    const { id } = await oversold();
    const inAYear = new Date(server.clock.ms + 365 * 86_400_000).toISOString();
    await forgetSettled(server.database, inAYear);
    expect(await shown(id)).not.toBeNull();
    await server.receive(ordinal, 2);
    await server.orders.worker.settle();
    await forgetSettled(server.database, new Date(server.clock.ms - 1).toISOString());
    expect(await shown(id)).not.toBeNull();
    expect(await forgetSettled(server.database, inAYear)).toBe(1);
    expect(await shown(id)).toBeNull();
    expect(await server.database.sql`select 1 from attention where id = ${id}`).toHaveLength(1);
  });
});

describe('what could not be delivered', () => {
  test('a receiver that was given up is tried again, and the row says who asked for it', async () => {
    const hookId = randomUUID();
    const deliveryId = randomUUID();
    const { sql } = server.database;
    const [key] = await sql<{ selector: string }[]>`select selector from api_key limit 1`;
    await sql`insert into webhook (id, selector, url, secret, events)
      values (${hookId}, ${key?.selector ?? ''}, 'http://127.0.0.1:9/', 's', 'order.placed')`;
    await sql`insert into webhook_delivery (id, webhook_id, event, body, state)
      values (${deliveryId}, ${hookId}, 'order.placed', '{}', 'dead')`;
    const id = `webhook-dead:${deliveryId}`;
    const at = new Date(server.clock.ms).toISOString();
    await inTransaction(server.database, (transaction) =>
      raiseNotice(transaction, 's1', { id, kind: 'webhook-dead', at, values: { event: 'order.placed' } }),
    );
    expect(await resolve(id, { choice: 'replay' })).toMatchObject({ status: 200 });
    const [row] = await sql<{ state: string }[]>`select state from webhook_delivery where id = ${deliveryId}`;
    expect(row?.state).toBe('waiting');
    const jobs = await sql`select 1 from job where id = ${`webhook:${deliveryId}`}`;
    expect(jobs).toHaveLength(1);
    expect((await shown(id))?.resolved?.choice).toBe('replay');
    await sql`delete from job where id = ${`webhook:${deliveryId}`}`;
  });

  test('another store’s rows are not there for this one', async () => {
    const at = new Date(server.clock.ms).toISOString();
    await inTransaction(server.database, (transaction) =>
      raiseNotice(transaction, 's2', { id: 'message-dead:x', kind: 'message-dead', at, values: {} }),
    );
    expect(await resolve('message-dead:x', { choice: 'seen' })).toMatchObject({ status: 404 });
  });
});

describe('a sale of promised goods', () => {
  const units = () => [{ itemId: asItemId(`item-${String(ordinal)}`), quantityMilli: 1000 }];

  test('is accepted with a manager’s yes to exactly these units, and disputed without', async () => {
    await server.receive(ordinal, 9);
    const cartId = randomUUID();
    const approvalId = randomUUID();
    const subject = cartSubjects.sellReserved(cartId, units());
    const subjectHash = createHash('sha256').update(approvalSubject(subject)).digest('hex');
    const { action, values } = subject;
    await signIn(server.sync, till);
    const yes = write(till, 'action-approved', {
      approvalId,
      action,
      cartId,
      subjectHash,
      approverId: 'manager',
      values,
    });
    expect((await push(server.sync, till, [yes])).status).toBe(200);
    const taken = { units: units(), operatorId: 'cashier' };
    expect(await sell(1, { cartId, reservedTaken: { ...taken, approvalId } })).toBe('accepted');
    expect(await sell(1, { reservedTaken: taken })).toBe('disputed');
    expect(await sell(1, { reservedTaken: { units: units(), operatorId: 'manager' } })).toBe('accepted');
    expect(await sell(1, { reservedTaken: { ...taken, approvalId } })).toBe('disputed');
  });
});
