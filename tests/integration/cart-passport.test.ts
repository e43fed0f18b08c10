// A cart that goes from a customer's phone to a till and back, with real tills, the real server and its database: it is in one place
// all the while, bought once, and nothing of it is lost on the way, whatever answer gets lost and whoever asks twice.

import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RunningWorkstation } from '../../shared/client/create-workstation.ts';
import { createHeadlessDevice, createHeadlessWorkstation } from '../../shared/client/headless.ts';
import type { Outcome } from '../../shared/domain/refusal.ts';
import { findPublishedKey, openShopOnce, revokeApiKey } from '../../sync-server/channels/api-keys.ts';
import { aChannelServer, type ChannelServer } from '../support/a-channel-server.ts';
import { anItem, anOperator, exactCash, verifyPlainPin } from '../support/a-shop.ts';
import { publishShop } from '../support/publish-shop.ts';
import { untilWithin } from '../support/until.ts';

const MINUTE_MS = 60_000;
const until = untilWithin(60_000);

let server: ChannelServer;
let key: string;
const running: RunningWorkstation[] = [];

beforeAll(async () => {
  server = await aChannelServer();
  // The till does not know item-4 yet, and item-3 costs more here than in the shop.
  await publishShop(server.database, { items: [anItem(1), anItem(2), anItem(3, { priceMinor: 150 })] });
});
beforeEach(async () => {
  await openShopOnce(server.database);
  key = (await findPublishedKey(server.database)) ?? '';
});
afterEach(async () => {
  for (const workstation of running.splice(0)) await workstation.close();
});
afterAll(() => server.stop());

/** A till with a cable of its own; answers can be lost on their way back. */
async function aTill() {
  const cable = { isCut: false, losesAnswers: false };
  const till = createHeadlessWorkstation({
    serverUrl: server.sync.url.replace(/\/api\/v1$/, ''),
    device: createHeadlessDevice(),
    replace: {
      async fetch(input, init) {
        if (cable.isCut) throw new TypeError('the cable is cut');
        // Both listen on ports of their own here; a till knows one address.
        const { pathname } = new URL(input instanceof Request ? input.url : input);
        const isPassport = pathname.includes('/passports/');
        const answer = await globalThis.fetch(isPassport ? `${server.url}${pathname}` : input, init);
        if (isPassport && cable.losesAnswers) throw new TypeError('the answer is lost');
        return answer;
      },
      verifyPin: verifyPlainPin,
    },
  });
  running.push(till);
  await till.started;
  valueOf(await till.enrol({ code: await server.sync.code(), name: 'Till' }));
  await until(() => till.operators.value.length > 0 && till.settings.value !== null, 'staff and settings');
  await until(() => till.findByCode('SKU-1').length > 0, 'the catalogue');
  valueOf(await till.signOn(anOperator().id, '1234'));
  return { till, cable };
}

function valueOf<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Error(`refused: ${outcome.reason} ${JSON.stringify(outcome.details)}`);
  return outcome.value;
}
const reasonOf = (outcome: Outcome<unknown>): string => (outcome.ok ? 'ok' : outcome.reason);

function add(till: RunningWorkstation, ordinal: number, quantityMilli = 1000): void {
  const [item] = till.findByCode(`SKU-${String(ordinal)}`);
  if (item === undefined) throw new Error('no item');
  valueOf(till.addItem(item, { quantityMilli }));
}

/** As a visitor of the shop; time goes by between two requests, so that nobody runs into the limits of visitors. */
async function visit(method: string, route: string, body?: unknown) {
  server.clock.ms += MINUTE_MS;
  return server.call(method, route, {
    key,
    idempotencyKey: randomUUID(),
    ...(body === undefined ? {} : { body }),
  });
}
const line = (ordinal: number, pieces = 1) => ({
  itemId: `item-${String(ordinal)}`,
  quantityMilli: pieces * 1000,
});

/** A cart of the phone, and a code for a till. */
async function aCartWithCode(...lines: readonly ReturnType<typeof line>[]) {
  const { body: cart } = await visit('POST', '/carts', { lines });
  const { body: passport } = await visit('POST', `/carts/${cart.id}/passport`);
  return { id: cart.id, code: passport.code };
}
const placeOf = async (id: string): Promise<unknown> => (await visit('GET', `/carts/${id}`)).body['place'];
const goods = (till: RunningWorkstation): readonly (readonly [string, number])[] =>
  (till.cart.value?.cart.lines ?? []).map(({ sku, quantityMilli }) => [sku, quantityMilli / 1000] as const);

describe('from the phone to the till', () => {
  test('line by line, never twice, with what costs something else and what is not sold here', async () => {
    const { till } = await aTill();
    add(till, 1);
    const { id, code } = await aCartWithCode(line(1, 2), line(3), line(4));
    const taken = valueOf(await till.takePassport(`https://shop.example/shop/cart/${code}`));
    expect(goods(till)).toEqual([
      ['SKU-1', 2],
      ['SKU-3', 1],
    ]);
    expect(taken).toMatchObject({
      lineCount: 2,
      differences: [{ itemId: 'item-3', shownMinor: 103, priceMinor: 150 }],
      missing: [{ itemId: 'item-4', name: null, reason: 'passport-item-unknown' }],
    });
    expect(await placeOf(id)).toEqual({ kind: 'at-till', storeId: 's1' });
    expect((await visit('PUT', `/carts/${id}`, { lines: [line(1)] })).body.code).toBe('cart-at-till');
  });

  test('what is paid there is bought, and can be neither ordered nor taken again', async () => {
    const { till } = await aTill();
    const { id, code } = await aCartWithCode(line(1));
    valueOf(await till.takePassport(code));
    const sold = valueOf(await till.completeSale({ tenders: exactCash(101) }));
    expect(sold.transaction.passport).toBe(id);
    await until(() => till.status.value.pendingCount === 0, 'delivered');
    await server.sync.modules.foldWorker.settle();
    const { receiptNumber } = sold.transaction;
    expect(await placeOf(id)).toMatchObject({ kind: 'bought', bought: { by: 'till', receiptNumber } });
    expect((await visit('POST', `/carts/${id}/passport`)).body.code).toBe('cart-bought');
    expect(reasonOf(await till.takePassport(code))).toBe('passport-unknown');
    expect(await server.database.sql`select 1 from attention where kind = 'cart-sold-twice'`).toEqual([]);
  });

  test('a lost answer is asked for again by the same till, and by no other one', async () => {
    const [one, two] = [await aTill(), await aTill()];
    const { code } = await aCartWithCode(line(2));
    one.cable.losesAnswers = true;
    expect(reasonOf(await one.till.takePassport(code))).toBe('needs-server');
    one.cable.losesAnswers = false;
    expect(reasonOf(await two.till.takePassport(code))).toBe('passport-unknown');
    valueOf(await one.till.takePassport(code));
    expect(goods(one.till)).toEqual([['SKU-2', 1]]);
    expect(reasonOf(await one.till.takePassport(code))).toBe('passport-already-there');
  });

  test('of many tills that read one code at the same moment, one has the cart', async () => {
    const tills = [await aTill(), await aTill(), await aTill()];
    const { code } = await aCartWithCode(line(1));
    const reasons = await Promise.all(tills.map(async ({ till }) => reasonOf(await till.takePassport(code))));
    expect(reasons.toSorted()).toEqual(['ok', 'passport-unknown', 'passport-unknown']);
  });

  test('codes that are mistyped, too old or replaced take nothing, and guessing is slowed down', async () => {
    const { till } = await aTill();
    const { id, code } = await aCartWithCode(line(1));
    const wrong = `${code.slice(0, -1)}${code.endsWith('0') ? '1' : '0'}`;
    expect(reasonOf(await till.takePassport(wrong))).toBe('passport-unknown');
    const newer = (await visit('POST', `/carts/${id}/passport`)).body.code;
    expect(reasonOf(await till.takePassport(code))).toBe('passport-unknown');
    server.clock.ms += 16 * MINUTE_MS;
    expect(reasonOf(await till.takePassport(newer))).toBe('passport-unknown');
    const tries: string[] = [];
    for (let round = 0; round < 12; round += 1)
      tries.push(reasonOf(await till.takePassport('CP-00000-00000')));
    expect(tries.at(-1)).toBe('too-many-requests');
    expect(await placeOf(id)).toEqual({ kind: 'open' });
    server.clock.ms += 10 * MINUTE_MS;
  });

  test('a cart of which nothing is sold here goes back at once', async () => {
    const { till } = await aTill();
    const { id, code } = await aCartWithCode(line(4));
    expect(reasonOf(await till.takePassport(code))).toBe('passport-takes-nothing');
    await expect.poll(() => placeOf(id), { timeout: 20_000 }).toEqual({ kind: 'open' });
  });
});

describe('from the till to the phone', () => {
  test('it stays at the till until the phone has used the code, and goes on there with what was scanned', async () => {
    const { till } = await aTill();
    const { id, code } = await aCartWithCode(line(1));
    valueOf(await till.takePassport(code));
    add(till, 2, 3000);
    const given = valueOf(await till.givePassport());
    expect(given.cartId).toBe(id);
    expect(await till.passportPlace(id)).toEqual({ ok: true, value: 'here' });
    const claimed = await visit('POST', `/passports/${given.code}/claim`);
    expect(claimed).toMatchObject({ status: 200, body: { id, place: { kind: 'open' } } });
    expect(claimed.body['lines']).toMatchObject([
      { item: { id: 'item-1' }, quantityMilli: 1000 },
      { item: { id: 'item-2' }, quantityMilli: 3000 },
    ]);
    expect(await till.passportPlace(id)).toEqual({ ok: true, value: 'phone' });
    valueOf(await till.finishGiving(given));
    expect(till.cart.value).toBeNull();
    expect((await visit('POST', `/passports/${given.code}/claim`)).status).toBe(404);
    const order = await visit('POST', '/reservations', {
      storeId: 's1',
      cartId: id,
      customer: { name: 'Ada', email: 'ada@example.org' },
    });
    // Nothing is in stock here: what matters is that the cart may be ordered again.
    expect(order.body.code).toBe('order-units-short');
  });

  test('a cart that began at the till goes as well; kept after all, its code is worthless', async () => {
    const { till } = await aTill();
    add(till, 1);
    const given = valueOf(await till.givePassport());
    valueOf(await till.keepPassport(given.cartId));
    expect((await visit('POST', `/passports/${given.code}/claim`)).status).toBe(404);
    expect(goods(till)).toEqual([['SKU-1', 1]]);
    const again = valueOf(await till.givePassport());
    expect(again.cartId).toBe(given.cartId);
    expect((await visit('POST', `/passports/${again.code}/claim`)).status).toBe(200);
    expect(await placeOf(given.cartId)).toEqual({ kind: 'open' });
  });

  test('a till that did not hear that the phone has it lets it go when contact comes back, and says so', async () => {
    const { till, cable } = await aTill();
    add(till, 1);
    const given = valueOf(await till.givePassport());
    cable.isCut = true;
    await until(() => till.status.value.connection === 'offline', 'cut off');
    expect((await visit('POST', `/passports/${given.code}/claim`)).status).toBe(200);
    expect(goods(till)).toEqual([['SKU-1', 1]]);
    cable.isCut = false;
    await until(() => till.passportsGone.value === 1, 'the cart is let go');
    expect(till.cart.value).toBeNull();
  });

  test('given up at the till it is the phone’s again as it was, also where the till was cut off then', async () => {
    const { till, cable } = await aTill();
    const { id, code } = await aCartWithCode(line(1), line(2));
    valueOf(await till.takePassport(code));
    valueOf(till.removeLine(1));
    cable.isCut = true;
    valueOf(till.clearCart());
    cable.isCut = false;
    await expect.poll(() => placeOf(id), { timeout: 30_000 }).toEqual({ kind: 'open' });
    expect((await visit('GET', `/carts/${id}`)).body['lines']).toHaveLength(2);
  });

  test('paid at a till that had not heard, and ordered by the phone: both stand, and people are told', async () => {
    const { till, cable } = await aTill();
    await server.receive(3, 60);
    add(till, 1);
    const given = valueOf(await till.givePassport());
    cable.isCut = true;
    await visit('POST', `/passports/${given.code}/claim`);
    await visit('PUT', `/carts/${given.cartId}`, { lines: [line(3)] });
    const order = await visit('POST', '/reservations', {
      storeId: 's1',
      cartId: given.cartId,
      customer: { name: 'Ada', email: 'ada@example.org' },
    });
    expect(order.status).toBe(201);
    const sold = valueOf(await till.completeSale({ tenders: exactCash(101) }));
    cable.isCut = false;
    await until(() => till.status.value.pendingCount === 0, 'delivered');
    await server.sync.modules.foldWorker.settle();
    const rows = await server.database.sql<{ body: string }[]>`
      select body from attention where kind = 'cart-sold-twice'`;
    expect(rows.map(({ body }) => JSON.parse(body) as unknown)).toMatchObject([
      {
        values: {
          receiptNumber: sold.transaction.receiptNumber,
          firstReceiptNumber: order.body.code,
          amountMinor: 101,
        },
      },
    ]);
  });

  test('is refused where it cannot be: no shop, nothing there, goods that come back', async () => {
    const { till } = await aTill();
    expect(reasonOf(await till.givePassport())).toBe('cart-empty');
    add(till, 1);
    await revokeApiKey(server.database, key.slice(4));
    expect(reasonOf(await till.givePassport())).toBe('shop-closed');
    await server.database.sql`delete from api_key where is_published`;
    await openShopOnce(server.database);
    const [item] = till.findByCode('SKU-2');
    if (item === undefined) throw new Error('no item');
    valueOf(till.addItem(item, { direction: 'return' }));
    expect(reasonOf(await till.givePassport())).toBe('passport-has-returns');
    expect(goods(till)).toHaveLength(2);
  });
});
