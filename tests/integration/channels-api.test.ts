// The Channels API as a web shop uses it, and as nobody should: keys, scopes, idempotency, pages, promises, tracking, and bad input on
// every route.

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aChannelServer, type ChannelAnswer, type ChannelServer } from '../support/a-channel-server.ts';

let server: ChannelServer;
beforeAll(async () => {
  server = await aChannelServer();
  await server.receive(1, 30);
  await server.receive(2, 3);
});
afterAll(() => server.stop());

const customer = { name: 'Ada Lovelace', email: 'ada@example.org', phone: '+49 30 1234567' };
const aReservation = (change: Record<string, unknown> = {}) => ({
  storeId: 's1',
  customer,
  lines: [{ itemId: 'item-1', quantityMilli: 1000 }],
  ...change,
});
const reserve = (body: unknown = aReservation(), idempotencyKey: string = randomUUID()) =>
  server.call('POST', '/reservations', { body, idempotencyKey });
const codeOf = async (call: Promise<ChannelAnswer>): Promise<string> => {
  const { status, body } = await call;
  return `${String(status)} ${body.code ?? ''}`;
};

describe('reading', () => {
  test('items come in pages, with the price of the channel, and are found by words in any language', async () => {
    const first = await server.call('GET', '/items?limit=2');
    expect(first.body.items.map((item) => item.id)).toEqual(['item-1', 'item-2']);
    const rest = await server.call('GET', `/items?limit=10&after=${first.body.next}`);
    expect(rest.body.items.map((item) => item.id)).toEqual(['item-3', 'item-4', 'item-5']);
    expect(rest.body.next).toBeNull();
    const found = await server.call('GET', `/items?query=${encodeURIComponent('مخمل')}`);
    expect(found.body.items).toMatchObject([{ id: 'item-2', priceMinor: 102 }]);
    const none = await server.call('GET', '/items?query=%25');
    expect(none.body.items).toEqual([]);
  });

  test('a rule of the price book for this channel gives its price', async () => {
    const rule = {
      id: 'web-1',
      name: 'Web',
      itemIds: ['item-3'],
      channel: 'web',
      priority: 1,
      priceMinor: 50,
    };
    const body = JSON.stringify({ id: 'web-1', type: 'price-rule', body: rule });
    await server.database.sql`
      insert into document (scope, collection, id, position, body)
      values ('company', 'promotions', 'web-1', 1000000, ${body})`;
    expect((await server.call('GET', '/items/item-3')).body['item']).toMatchObject({ priceMinor: 50 });
    const other = await server.newKey({ channel: 'app' });
    expect((await server.call('GET', '/items/item-3', { key: other })).body['item']).toMatchObject({
      priceMinor: 103,
    });
  });

  test('availability says by store what can be promised, and how old the rest is', async () => {
    const { body } = await server.call('GET', '/availability?itemId=item-2,item-5');
    expect(body.availability).toMatchObject([
      { itemId: 'item-2', storeId: 's1', promisableMilli: 1000, inStoreMilli: 3000 },
      { itemId: 'item-2', storeId: 's2', promisableMilli: 0, inStoreMilli: 0 },
      { itemId: 'item-5', storeId: 's1', promisableMilli: 0 },
      { itemId: 'item-5', storeId: 's2', promisableMilli: 0 },
    ]);
  });
});

describe('orders', () => {
  test('a reservation is promised once, tracked by its code as typed, cancelled, and promised again', async () => {
    const placed = await reserve();
    expect(placed.status).toBe(201);
    expect(placed.body).toMatchObject({
      state: 'placed',
      totalMinor: 101,
      pickupToken: null,
      kind: 'reservation',
    });
    const code = placed.body.code;
    const tracked = await server.call(
      'GET',
      `/tracking/${encodeURIComponent(code.toLowerCase().replaceAll('-', ' '))}`,
    );
    expect(tracked.body.id).toBe(placed.body.id);
    const cancelled = await server.call('POST', `/orders/${placed.body.id}/cancel`);
    expect(cancelled.body).toMatchObject({ state: 'released', isEnded: true });
    expect(await codeOf(server.call('POST', `/orders/${placed.body.id}/cancel`))).toBe(
      '409 order-move-not-allowed',
    );
    const told = await server.call('POST', `/tracking/${code}/feedback`, {
      body: { stars: 4, text: 'Quick!' },
    });
    expect(told.body['feedback']).toMatchObject([{ step: 'collection', stars: 4, text: 'Quick!' }]);
  });

  test('more than the channels hold is refused whole, and says what there is', async () => {
    const { body: before } = await server.call('GET', '/availability?itemId=item-1&storeId=s1');
    const promisableMilli = before.availability[0]?.promisableMilli ?? 0;
    const refused = await reserve(
      aReservation({ lines: [{ itemId: 'item-1', quantityMilli: promisableMilli + 1000 }] }),
    );
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({
      code: 'order-units-short',
      details: { availableMilli: promisableMilli },
    });
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
  });

  test('the last units are promised to as many as there are, whoever asks at the same time', async () => {
    await server.receive(4, 9);
    const { body } = await server.call('GET', '/availability?itemId=item-4&storeId=s1');
    const units = (body.availability[0]?.promisableMilli ?? 0) / 1000;
    const request = aReservation({ lines: [{ itemId: 'item-4', quantityMilli: 1000 }] });
    const answers = await Promise.all(Array.from({ length: units + 5 }, () => reserve(request)));
    expect(units).toBeGreaterThan(0);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(units);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(5);
  });

  test('the same key with the same request is answered again and does nothing; with another it is refused', async () => {
    const key = randomUUID();
    const [one, other] = await Promise.all([reserve(aReservation(), key), reserve(aReservation(), key)]);
    const statuses = [one.status, other.status].sort((left, right) => left - right);
    expect([
      [201, 201],
      [201, 409],
    ]).toContainEqual(statuses);
    const again = await reserve(aReservation(), key);
    expect(again.status).toBe(201);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    const rows = await server.database.sql`select 1 from channel_order where id = ${again.body.id}`;
    expect(rows).toHaveLength(1);
    expect(await codeOf(reserve(aReservation({ holdMinutes: 30 }), key))).toBe('409 idempotency-key-reused');
    expect(await codeOf(server.call('POST', '/reservations', { body: aReservation() }))).toBe(
      '400 idempotency-key-missing',
    );
  });

  test('an answer is kept for a week, and looked after every day', async () => {
    const key = randomUUID();
    await reserve(aReservation(), key);
    await server.database.sql`
      update idempotent_answer set at = now() - interval '8 days' where idempotency_key = ${key}`;
    await server.orders.jobs.runDue();
    const rows = await server.database.sql`select 1 from idempotent_answer where idempotency_key = ${key}`;
    expect(rows).toHaveLength(0);
    const [next] = await server.database.sql<
      { run_at: Date }[]
    >`select run_at from job where kind = 'channel-purge'`;
    expect(next?.run_at.getTime()).toBe(server.clock.ms + 24 * 3_600_000);
  });

  test('an order paid online must be paid exactly, and a total that has changed is said', async () => {
    const paid = (amountMinor: number) =>
      aReservation({ payment: { kind: 'paid', amountMinor, reference: 'psp-1' } });
    const order = (body: unknown) => server.call('POST', '/orders', { body, idempotencyKey: randomUUID() });
    expect((await order(paid(101))).body).toMatchObject({
      kind: 'order',
      payment: { kind: 'paid', amountMinor: 101 },
    });
    expect(await codeOf(order(paid(100)))).toBe('409 total-differs');
    expect(await codeOf(order(aReservation({ expectedTotalMinor: 99 })))).toBe('409 total-differs');
  });

  test('a cart is kept, shows what has become dearer, and becomes an order', async () => {
    const lines = [{ itemId: 'item-1', quantityMilli: 2000 }];
    const cart = await server.call('POST', '/carts', { body: { lines }, idempotencyKey: randomUUID() });
    expect(cart.status).toBe(201);
    await server.database.sql`
      update item set price_minor = 111, body = replace(body, '"priceMinor":101', '"priceMinor":111') where id = 'item-1'`;
    const shown = await server.call('GET', `/carts/${cart.body.id}`);
    expect(shown.body['lines']).toMatchObject([{ item: { priceMinor: 111 }, changeMinor: 10 }]);
    const placed = await reserve({ storeId: 's1', customer, cartId: cart.body.id });
    expect(placed.body).toMatchObject({ totalMinor: 222 });
    const stranger = await server.newKey();
    expect(await codeOf(server.call('GET', `/carts/${cart.body.id}`, { key: stranger }))).toBe(
      '404 cart-unknown',
    );
  });

  test('a channel sees its own orders only, page by page', async () => {
    const all: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const page = await server.call('GET', `/orders?limit=2${next === '' ? '' : `&after=${next}`}`);
      all.push(...page.body.orders.map((order) => order.id));
      next = page.body.next;
    }
    const [count] = await server.database.sql<
      { orders: number }[]
    >`select count(*)::integer as orders from channel_order`;
    expect(new Set(all).size).toBe(count?.orders);
    const app = await server.newKey({ channel: 'app' });
    expect((await server.call('GET', '/orders', { key: app })).body.orders).toEqual([]);
    expect(await codeOf(server.call('GET', `/orders/${all[0] ?? ''}`, { key: app }))).toBe(
      '404 order-unknown',
    );
    expect(await codeOf(server.call('POST', `/orders/${all[0] ?? ''}/cancel`, { key: app }))).toBe(
      '404 order-unknown',
    );
  });

  test('a customer that a key made known is known to that key', async () => {
    const made = await server.call('POST', '/customers', { body: customer, idempotencyKey: randomUUID() });
    expect(made.status).toBe(201);
    expect((await server.call('GET', `/customers/${made.body.id}`)).body).toMatchObject(customer);
    const other = await server.newKey();
    expect(await codeOf(server.call('GET', `/customers/${made.body.id}`, { key: other }))).toBe(
      '404 customer-unknown',
    );
  });
});

describe('who may ask', () => {
  test('without a key, with a wrong one, one that was taken back or one without the scope, nothing is answered', async () => {
    expect(await codeOf(server.call('GET', '/stores', { key: 'nothing' }))).toBe('401 key-not-valid');
    const [, selector = ''] = server.key.split('_');
    expect(await codeOf(server.call('GET', '/stores', { key: `tck_${selector}_${'A'.repeat(43)}` }))).toBe(
      '401 key-not-valid',
    );
    const narrow = await server.newKey({ scopes: ['tracking'] });
    expect(await codeOf(server.call('GET', '/stores', { key: narrow }))).toBe('403 scope-not-allowed');
    const gone = await server.newKey();
    await server.database
      .sql`update api_key set revoked_at = now() where selector = ${gone.split('_')[1] ?? ''}`;
    expect(await codeOf(server.call('GET', '/stores', { key: gone }))).toBe('401 key-not-valid');
    const [row] = await server.database.sql<
      { text: string }[]
    >`select string_agg(k::text, '') as text from api_key k`;
    // The secret stands after the second underline, and may hold some of its own.
    expect(row?.text).not.toContain(server.key.slice('tck_'.length + 'F'.repeat(12).length + 1));
  });

  test('a key asks as often as it may, and is told when to come back', async () => {
    const slow = await server.newKey({ perMinute: 3 });
    const answers = [];
    for (let place = 0; place < 4; place += 1)
      answers.push(await server.call('GET', '/stores', { key: slow }));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
    expect(Number(answers[3]?.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

describe('bad input', () => {
  const bodies: readonly unknown[] = [
    '{',
    '[]',
    'null',
    '"text"',
    '{"__proto__":{}}',
    {},
    { storeId: 's1' },
    aReservation({ storeId: '../s1' }),
    aReservation({ lines: [] }),
    aReservation({ lines: [{ itemId: 'item-1', quantityMilli: 0 }] }),
    aReservation({ lines: [{ itemId: 'item-1', quantityMilli: 1.5 }] }),
    aReservation({ lines: [{ itemId: 'item-1', quantityMilli: 1e300 }] }),
    aReservation({ lines: Array.from({ length: 101 }, () => ({ itemId: 'item-1', quantityMilli: 1000 })) }),
    aReservation({ customer: { name: '' } }),
    aReservation({ customer: { name: 'A\u0000B' } }),
    aReservation({ customer: { ...customer, email: 'a@b\r\nbcc: c@d' } }),
    aReservation({ customer: { ...customer, phone: 'call me' } }),
    aReservation({ holdMinutes: 0 }),
    aReservation({ payment: { kind: 'free' } }),
    aReservation({ unknown: true }),
    aReservation({ stars: 6 }),
    { stars: 6 },
    { url: 'file:///etc/passwd', events: ['order.placed'] },
    { url: 'https://example.org', events: ['order.eaten'] },
    { lineNumber: 0, isAgreed: 'yes' },
  ];
  const routes: readonly (readonly [string, string])[] = [
    ['POST', '/reservations'],
    ['POST', '/orders'],
    ['POST', '/carts'],
    ['PUT', '/carts/none'],
    ['POST', '/customers'],
    ['POST', '/orders/none/substitute-answers'],
    ['POST', '/tracking/none/feedback'],
    ['POST', '/webhooks'],
  ];
  test.each(routes)('%s %s refuses what it does not understand, with a sentence', async (method, route) => {
    for (const body of bodies) {
      const answer = await server.call(method, route, { body, idempotencyKey: randomUUID() });
      expect({ body, isRefused: answer.status >= 400 && answer.status < 500 }).toEqual({
        body,
        isRefused: true,
      });
      expect(typeof answer.body['detail']).toBe('string');
    }
  });

  test.each([
    ['/items?limit=0', '400 request-invalid'],
    ['/items?limit=1000', '400 request-invalid'],
    ['/items?after=%00', '400 address-unreadable'],
    ['/items?after=AAAA', '400 bad-cursor'],
    ['/items?storeId=nowhere', '404 store-unknown'],
    ['/items/none', '404 item-unknown'],
    ['/availability', '400 request-invalid'],
    ['/availability?itemId=none', '404 item-unknown'],
    ['/orders?after=AAAA', '400 bad-cursor'],
    ['/orders/none', '404 order-unknown'],
    ['/carts/none', '404 cart-unknown'],
    ['/customers/none', '404 customer-unknown'],
    ['/tracking/none', '400 code-mistyped'],
    ['/tracking/0001-00ZZ-ZZS', '404 order-unknown'],
    ['/webhooks/none/deliveries', '200 '],
    ['/nothing', '404 address-unknown'],
  ])('GET %s is answered with %s', async (route, expected) => {
    expect(await codeOf(server.call('GET', route))).toBe(expected);
  });

  test('things that cannot be promised are refused: unknown items, half pieces, other stores', async () => {
    const lines = (itemId: string, quantityMilli: number) =>
      aReservation({ lines: [{ itemId, quantityMilli }] });
    expect(await codeOf(reserve(lines('none', 1000)))).toBe('404 item-unknown');
    expect(await codeOf(reserve(lines('item-1', 500)))).toBe('400 quantity-not-whole');
    expect(await codeOf(reserve(aReservation({ storeId: 's9' })))).toBe('404 store-unknown');
    expect(await codeOf(reserve({ storeId: 's1', customer, cartId: 'none' }))).toBe('404 cart-unknown');
  });

  test('the API describes itself', async () => {
    const response = await fetch(`${server.url}/api/docs/json`);
    const described = (await response.json()) as { openapi: string; paths: Record<string, unknown> };
    expect(described.openapi).toBe('3.1.0');
    expect(Object.keys(described.paths).filter((route) => route.startsWith('/channels/v1/'))).toHaveLength(
      24,
    );
  });
});
