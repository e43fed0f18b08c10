// Goods of another store for a customer of this one: promised out of that store's channel share and rung there, once however often the
// request comes; the call centre keeps goods anywhere and finds everybody's orders; nobody else does.

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asStoreId } from '../../shared/domain/ids.ts';
import type { AisleOrder, AisleStock } from '../../shared/protocol/aisle-messages.ts';
import { inTransaction } from '../../sync-server/db/database.ts';
import { publishDocuments } from '../../sync-server/db/feed.ts';
import { aChannelServer, type ChannelServer } from '../support/a-channel-server.ts';
import {
  aWorkstation,
  call,
  open,
  push,
  signIn,
  type Answer,
  type TestWorkstation,
} from '../support/a-workstation.ts';

let server: ChannelServer;
let till: TestWorkstation;

beforeAll(async () => {
  server = await aChannelServer();
  till = await aWorkstation(server.sync);
  await signIn(server.sync, till);
  await push(server.sync, till, [open(till)]);
  const people = [
    ['cashier', ['sell']],
    ['caller', ['take-calls']],
  ] as const;
  for (const [id, permissions] of people) {
    const body = JSON.stringify({ id, number: 1, name: id, isActive: true, permissions });
    await inTransaction(server.database, (transaction) =>
      publishDocuments(transaction, { scope: 'store:s1', collection: 'staff', documents: [{ id, body }] }),
    );
  }
  await server.receive(1, 3, asStoreId('s2'));
  await server.receive(2, 6);
});
afterAll(async () => {
  await server.stop();
});

async function ask<Body>(path: string, body?: unknown): Promise<Answer<Body & { code?: string }>> {
  return call(`${server.url}/api/v1/aisle/${path}`, {
    token: till.token,
    ...(body === undefined ? {} : { body }),
  });
}
const aRequest = (change: Record<string, unknown> = {}) => ({
  requestId: randomUUID(),
  operatorId: 'cashier',
  channel: 'store',
  storeId: 's2',
  language: 'en',
  customer: { name: 'Grace', phone: '+49 30 1' },
  lines: [{ itemId: 'item-1', quantityMilli: 1000 }],
  ...change,
});

describe('goods of another store', () => {
  test('are shown by store, and kept there under a code that is known at once', async () => {
    const before = await ask<AisleStock>('stock?itemId=item-1');
    expect(
      before.body.stores.map(({ storeId, isOwn, onHandMilli, promisableMilli }) => [
        storeId,
        isOwn,
        onHandMilli,
        promisableMilli,
      ]),
    ).toEqual([
      ['s1', true, 0, 0],
      ['s2', false, 3000, 1000],
    ]);
    const request = aRequest();
    const placed = await ask<AisleOrder>('orders', request);
    expect(placed).toMatchObject({
      status: 200,
      body: { storeId: 's2', storeName: 'Store 2', state: 'placed', customerName: 'Grace' },
    });
    const again = await ask<AisleOrder>('orders', request);
    expect(again.body.code).toBe(placed.body.code);
    const rung = await server.database.sql<{ body: string }[]>`
      select body from document where scope = 'store:s2' and collection = 'orders'`;
    expect(rung.map(({ body }) => JSON.parse(body) as unknown)).toMatchObject([
      { contact: { name: 'Grace' }, order: { channel: 'store', askedBy: 's1', state: 'placed' } },
    ]);
    const named = await server.database.sql`select 1 from fact where body like '%Grace%'`;
    expect(named).toHaveLength(0);
    expect(await ask('orders', aRequest())).toMatchObject({
      status: 409,
      body: { code: 'order-units-short' },
    });
  });

  test('asked for twice at the same moment are one order, with one code', async () => {
    const request = aRequest({ storeId: 's1', lines: [{ itemId: 'item-2', quantityMilli: 1000 }] });
    const answers = await Promise.all(Array.from({ length: 4 }, () => ask<AisleOrder>('orders', request)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(new Set(answers.map(({ body }) => body.code)).size).toBe(1);
    const written = await server.database.sql`
      select 1 from fact where kind = 'channel-order-placed' and body like ${`%${request.requestId}%`}`;
    expect(written).toHaveLength(1);
  });

  test('are refused to whoever may not sell, and where there is no such store or item', async () => {
    expect(await ask('orders', aRequest({ operatorId: 'caller' }))).toMatchObject({ status: 403 });
    expect(await ask('orders', aRequest({ operatorId: 'nobody' }))).toMatchObject({ status: 403 });
    expect(await ask('orders', aRequest({ storeId: 's9' }))).toMatchObject({ status: 422 });
    const lines = [{ itemId: 'item-99', quantityMilli: 1000 }];
    expect(await ask('orders', aRequest({ lines }))).toMatchObject({
      status: 422,
      body: { code: 'item-unknown' },
    });
  });
});

describe('the call centre', () => {
  test('keeps goods in any store for a caller, and finds the order by what the caller says', async () => {
    const lines = [{ itemId: 'item-2', quantityMilli: 1000 }];
    const customer = { name: 'Ada Lovelace', email: 'ada@example.org' };
    const request = aRequest({
      operatorId: 'caller',
      channel: 'call-centre',
      storeId: 's1',
      lines,
      customer,
    });
    const placed = await ask<AisleOrder>('orders', request);
    expect(placed.status).toBe(200);
    for (const words of ['lovelace', 'ada@exa', placed.body.code]) {
      const found = await ask<{ orders: AisleOrder[] }>(
        `orders?operatorId=caller&words=${encodeURIComponent(words ?? '')}`,
      );
      expect(found.body.orders.map(({ orderId }) => orderId)).toContain(request.requestId);
    }
    const wild = await ask<{ orders: AisleOrder[] }>(
      `orders?operatorId=caller&words=${encodeURIComponent('%%')}`,
    );
    expect(wild.body.orders).toEqual([]);
    expect(await ask('orders?operatorId=cashier&words=ada')).toMatchObject({ status: 403 });
  });
});
