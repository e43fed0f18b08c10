// What visitors of the shop may do with its published key, and what they may not: orders of others, money they have not paid, codes
// they guess, more than one visitor needs. Feedback is a fact that the tills of the store see.

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Fact } from '../../shared/domain/fact.ts';
import { findPublishedKey, openShopOnce, revokeApiKey } from '../../sync-server/channels/api-keys.ts';
import { aChannelServer, type ChannelAnswer, type ChannelServer } from '../support/a-channel-server.ts';
import { aWorkstation, open, push, write } from '../support/a-workstation.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

let server: ChannelServer;
let key: string;
beforeAll(async () => {
  server = await aChannelServer();
  await server.receive(1, 60);
  await server.receive(2, 6);
  await openShopOnce(server.database);
  key = (await findPublishedKey(server.database)) ?? '';
});
afterAll(() => server.stop());

/** As a visitor; time goes by between two of them, so that one test never runs into another's limits. */
const visit = (method: string, route: string, body?: unknown, idempotencyKey: string = randomUUID()) => {
  server.clock.ms += 2 * MINUTE_MS;
  return visitAtOnce(method, route, body, idempotencyKey);
};
const visitAtOnce = (method: string, route: string, body?: unknown, idempotencyKey: string = randomUUID()) =>
  server.call(method, route, { key, idempotencyKey, ...(body === undefined ? {} : { body }) });
const customer = { name: 'Ada Lovelace', email: 'ada@example.org' };
const aReservation = (change: Record<string, unknown> = {}) => ({
  storeId: 's1',
  customer,
  lines: [{ itemId: 'item-1', quantityMilli: 1000 }],
  ...change,
});
const codeOf = async (call: Promise<ChannelAnswer>): Promise<string> => {
  const { status, body } = await call;
  return `${String(status)} ${body.code ?? ''}`;
};
const feedbackFacts = async (orderId: string): Promise<readonly Fact<'feedback-given'>['body'][]> => {
  const rows = await server.database.sql<{ body: string }[]>`
    select body from fact where kind = 'feedback-given' order by position`;
  // Admitted facts fit the schema of their kind.
  return rows
    .map(({ body }) => (JSON.parse(body) as Fact<'feedback-given'>).body)
    .filter((body) => body.orderId === orderId);
};

describe('the published key', () => {
  test('is made once, stands in /shop for everybody, and can be taken back', async () => {
    const other = await aChannelServer();
    try {
      expect(await codeOf(other.call('GET', '/shop'))).toBe('404 shop-not-open');
      await openShopOnce(other.database);
      const { body } = await other.call('GET', '/shop');
      expect(body['key']).toMatch(/^tpk_[0-9A-F]{12}$/u);
      await openShopOnce(other.database);
      expect((await other.call('GET', '/shop')).body['key']).toBe(body['key']);
      expect(await revokeApiKey(other.database, String(body['key']).slice(4))).toBe(true);
      await openShopOnce(other.database);
      expect(await codeOf(other.call('GET', '/shop'))).toBe('404 shop-not-open');
    } finally {
      await other.stop();
    }
  });

  test('reads stores, categories and items, and finds items by words in any order', async () => {
    expect((await visit('GET', '/stores')).status).toBe(200);
    expect((await visit('GET', '/categories')).body['categories']).toEqual([
      { id: 'things', name: { en: 'Things' }, tone: 'leaf' },
    ]);
    expect((await visit('GET', '/items?query=sofa%20green')).body.items.map(({ id }) => id)).toEqual([
      'item-2',
    ]);
    expect((await visit('GET', '/items?query=categoryId')).body.items).toEqual([]);
  });

  test.each([
    ['GET', '/orders'],
    ['GET', '/orders/some'],
    ['POST', '/orders/some/cancel'],
    ['POST', '/orders/some/substitute-answers'],
    ['GET', '/customers/some'],
    ['POST', '/customers'],
    ['GET', '/webhooks'],
    ['POST', '/webhooks'],
  ])('opens nothing that is not for visitors: %s %s', async (method, route) => {
    const body = method === 'POST' ? {} : undefined;
    expect(await codeOf(visit(method, route, body))).toBe('403 scope-not-allowed');
  });

  test('a secret never opens a published key, and a key with a secret never opens without it', async () => {
    const selector = key.slice(4);
    const partner = server.key.split('_')[1] ?? '';
    for (const wrong of [`tck_${selector}_${'A'.repeat(43)}`, `tpk_${partner}`, `tpk_${'0'.repeat(12)}`]) {
      expect(await codeOf(server.call('GET', '/stores', { key: wrong }))).toBe('401 key-not-valid');
    }
  });
});

describe('an order of a visitor', () => {
  test('is placed, followed and given up by its code', async () => {
    const placed = await visit('POST', '/reservations', aReservation());
    expect(placed.status).toBe(201);
    const { code } = placed.body;
    expect((await visit('GET', `/tracking/${code}`)).body).toMatchObject({
      state: 'placed',
      pickupToken: null,
    });
    expect((await visit('POST', `/tracking/${code}/cancel`)).body).toMatchObject({ state: 'released' });
    expect(await codeOf(visit('POST', `/tracking/${code}/cancel`))).toBe('409 order-move-not-allowed');
  });

  test('is never said to be paid, kept longer than others, or placed by nobody who can be reached', async () => {
    const paid = { kind: 'paid', amountMinor: 101, reference: 'trust me' };
    expect(await codeOf(visit('POST', '/orders', aReservation({ payment: paid })))).toBe(
      '400 visitor-pays-on-collection',
    );
    expect(await codeOf(visit('POST', '/orders', aReservation({ holdMinutes: 40_000 })))).toBe(
      '400 visitor-pays-on-collection',
    );
    expect(await codeOf(visit('POST', '/orders', aReservation({ customer: { name: 'Ada' } })))).toBe(
      '400 contact-missing',
    );
  });

  test('a visitor who places one after the other is told to wait, and a partner is not', async () => {
    server.clock.ms += HOUR_MS;
    const tiny = aReservation({ customer: { name: 'Ada' } });
    const fits = aReservation({ lines: [{ itemId: 'item-5', quantityMilli: 1000 }] });
    const answers: string[] = [];
    for (let place = 0; place < 11; place += 1)
      answers.push(await codeOf(visitAtOnce('POST', '/orders', fits)));
    expect(new Set(answers.slice(0, 10))).toEqual(new Set(['409 order-units-short']));
    expect(answers[10]).toBe('429 too-many-requests');
    expect(await codeOf(visitAtOnce('POST', '/orders', tiny))).toBe('400 contact-missing');
    const partner = await server.call('POST', '/orders', { body: fits, idempotencyKey: randomUUID() });
    expect(partner.status).toBe(409);
  });

  test('codes that are guessed stop the guesser, and nobody else', async () => {
    server.clock.ms += HOUR_MS;
    const { body } = await visit('POST', '/reservations', aReservation());
    const answers: string[] = [];
    for (let place = 0; place < 11; place += 1)
      answers.push(await codeOf(visitAtOnce('GET', '/tracking/0001-00ZZ-ZZS')));
    expect(answers.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => '404 order-unknown'));
    expect(answers[10]).toBe('429 too-many-requests');
    expect((await server.call('GET', `/tracking/${body.code}`)).status).toBe(200);
    server.clock.ms += 2 * MINUTE_MS;
    expect((await visitAtOnce('GET', `/tracking/${body.code}`)).status).toBe(200);
  });

  test('a visitor who asks for everything is told to wait', async () => {
    server.clock.ms += HOUR_MS;
    const statuses: number[] = [];
    for (let place = 0; place < 241; place += 1)
      statuses.push((await visitAtOnce('GET', '/carts/none')).status);
    expect(statuses.slice(0, 240).every((status) => status === 404)).toBe(true);
    expect(statuses[240]).toBe(429);
  });
});

describe('feedback', () => {
  test('about ordering may be given at once, about collecting only when the order has ended', async () => {
    const { body } = await visit('POST', '/reservations', aReservation());
    const say = (said: unknown) => visit('POST', `/tracking/${body.code}/feedback`, said);
    expect(await codeOf(say({ stars: 5, step: 'collection' }))).toBe('409 feedback-too-early');
    expect((await say({ stars: 5, step: 'ordering' })).body['feedback']).toMatchObject([
      { step: 'ordering', stars: 5, text: null },
    ]);
    await visit('POST', `/tracking/${body.code}/cancel`);
    expect(
      (await say({ stars: 2, step: 'collection', text: 'Changed my mind' })).body['feedback'],
    ).toMatchObject([
      { step: 'ordering', stars: 5, text: null },
      { step: 'collection', stars: 2, text: 'Changed my mind' },
    ]);
  });

  test('is a fact without the words, one for each change, and the tills of the store get it with the order', async () => {
    const { body } = await visit('POST', '/reservations', aReservation());
    const say = (said: unknown) => visit('POST', `/tracking/${body.code}/feedback`, said);
    await say({ stars: 3, step: 'ordering' });
    await say({ stars: 3, step: 'ordering' });
    await say({ stars: 4, step: 'ordering', text: 'Ask for Ada Lovelace' });
    expect(await feedbackFacts(body.id)).toEqual([
      { orderId: body.id, channel: 'web', step: 'ordering', stars: 3, hasText: false },
      { orderId: body.id, channel: 'web', step: 'ordering', stars: 4, hasText: true },
    ]);
    const [document] = await server.database.sql<{ body: string }[]>`
      select body from document where scope = 'store:s1' and collection = 'orders' and id = ${body.id}`;
    expect(JSON.parse(document?.body ?? '{}')).toMatchObject({
      feedback: [{ step: 'ordering', stars: 4, text: 'Ask for Ada Lovelace' }],
    });
  });

  test('may be changed for a day, and is refused with a sentence after that', async () => {
    const { body } = await visit('POST', '/reservations', aReservation());
    const say = (said: unknown) => visit('POST', `/tracking/${body.code}/feedback`, said);
    await say({ stars: 1, step: 'ordering' });
    server.clock.ms += 23 * HOUR_MS;
    expect((await say({ stars: 2, step: 'ordering' })).status).toBe(200);
    server.clock.ms += 2 * HOUR_MS;
    const late = await say({ stars: 5, step: 'ordering' });
    expect(late.status).toBe(409);
    expect(late.body['detail']).toMatch(/more than a day ago/u);
    expect((await say({ stars: 2, step: 'ordering' })).status).toBe(200);
  });

  test.each([{ stars: 0 }, { stars: 6 }, { stars: 4.5 }, { stars: '5' }, { stars: 5, step: 'payment' }, {}])(
    '%j is no feedback',
    async (said) => {
      const { body } = await visit('POST', '/reservations', aReservation());
      expect((await visit('POST', `/tracking/${body.code}/feedback`, said)).status).toBe(400);
    },
  );

  test('from a till is kept and marked, and counts nowhere: only the server writes it', async () => {
    const { body } = await visit('POST', '/reservations', aReservation());
    const till = await aWorkstation(server.sync);
    const feedback = {
      orderId: body.id,
      channel: 'web',
      step: 'ordering',
      stars: 5,
      hasText: false,
    } as const;
    await push(server.sync, till, [open(till), write(till, 'feedback-given', feedback)]);
    const marks = await server.database.sql<{ mark: string | null }[]>`
      select mark from fact where workstation_id = ${till.id} and kind = 'feedback-given'`;
    expect(marks).toEqual([{ mark: 'kept' }]);
    expect((await visit('GET', `/tracking/${body.code}`)).body['feedback']).toEqual([]);
  });
});
