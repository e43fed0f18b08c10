// Goods that are promised on the web, at the counter: the till asks for a manager, the order that lost its unit stands in Needs
// attention, and each of its alternatives is done from there. The last unit is raced for by web and till, connected and cut off.

import { makeApiKey } from '../../sync-server/channels/api-keys.ts';
import type { ServerDatabase } from '../support/server-database.ts';
import { expect, test } from './fixtures.ts';
import type { Till } from './till.ts';

const MANAGER = { number: 13, pin: '3456' } as const;
/** Where pictures are wanted: a folder. Both languages, three sizes, light and dark. */
const SHOTS = process.env['ATTENTION_SHOTS'];
const WAIT = { timeout: 30_000 } as const;

type Goods = {
  readonly itemId: string;
  readonly sku: string;
  readonly code: string;
  readonly units: number;
  readonly channels: number;
};
type Web = (itemId: string, units?: number) => Promise<{ status: number; id: string; code: string }>;

/** A web shop with a key of its own. */
async function aWebShop(url: string, database: ServerDatabase): Promise<Web> {
  const scopes = ['catalogue', 'orders'] as const;
  const key = await makeApiKey({ sql: database }, { name: 'Web', channel: 'web', scopes, perMinute: 1000 });
  let number = 0;
  return async (itemId, units = 1) => {
    number += 1;
    const answer = await fetch(`${url}/channels/v1/reservations`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        'idempotency-key': `${itemId}-${String(number)}-${String(Date.now())}`,
      },
      body: JSON.stringify({
        storeId: 's1',
        customer: { name: 'Ada', email: 'ada@example.org' },
        lines: [{ itemId, quantityMilli: units * 1000 }],
      }),
    });
    const body = (await answer.json()) as { id?: string; code?: string };
    return { status: answer.status, id: body.id ?? '', code: body.code ?? '' };
  };
}

/** Goods by the piece with few units here, all of them free, that the other shop can promise too. */
async function fewOf(
  database: ServerDatabase,
  count: number,
  used: readonly string[] = [],
): Promise<readonly Goods[]> {
  const rows = await database<
    { item_id: string; sku: string; code: string; units: number; channels: number }[]
  >`
    select r.item_id, i.sku, min(b.code) as code, (r.store_milli + r.channels_milli) / 1000 as units,
           r.channels_milli / 1000 as channels
    from stock_rights r join item i on i.id = r.item_id join item_barcode b on b.item_id = i.id
    join stock_rights o on o.item_id = r.item_id and o.store_id = 's2' and o.channels_milli >= 1000
    where r.store_id = 's1' and r.channels_milli >= 1000 and r.promised_milli = 0 and r.store_milli > 0
      and i.sku not like 'SP-%' and i.body like '%"unit":"piece"%' and i.body not like '%"ageMinimum"%' and i.body not like '%"trackBy"%'
      and i.body not like '%"openPrice"%' and i.body not like '%"depositItemId"%' and length(b.code) = 14
      and i.body not like '%"styleId"%' and not r.item_id = any(${[...used]}::text[])
    group by r.item_id, i.sku, r.store_milli, r.channels_milli
    order by units, r.item_id limit ${count}`;
  if (rows.length < count) throw new Error('the demo store has no such goods');
  return rows.map(({ item_id, sku, code, units, channels }) => ({
    itemId: item_id,
    sku,
    code: code.slice(1),
    units,
    channels,
  }));
}

async function scanAll(till: Till, goods: Goods, units: number): Promise<void> {
  for (let each = 0; each < units; each += 1) await till.scan(goods.code);
  await expect(till.page.locator(`[data-sku="${goods.sku}"]`).first()).toBeVisible();
  await expect.poll(() => till.cartPieces(), WAIT).toBe(units * 1000);
}

/** The till knows of the promise when the line says so. */
async function sellWithManager(till: Till, goods: Goods): Promise<void> {
  await scanAll(till, goods, goods.units);
  await expect(till.page.locator('[data-testid$="-reserved"]').first()).toBeVisible();
  await payWithManager(till);
}

/** What is in the cart takes promised units: a manager agrees with a PIN, and it is paid in cash. */
async function payWithManager(till: Till, takenMilli = 1000): Promise<void> {
  await till.find('pay').click();
  await expect(till.find('reserved-units').locator('li')).toHaveAttribute(
    'data-quantity-milli',
    String(takenMilli),
  );
  await till.find('reserved-sell').click();
  await till.find(`approver-${String(MANAGER.number)}`).click();
  for (const digit of MANAGER.pin) await till.find(`pin-${digit}`).click();
  await till.find('sign-on-submit').click();
  await till.waitForScreen('pay');
  await till.pressTake();
  await till.waitForFinish();
  await till.newSale();
}

async function shoot(till: Till, name: string): Promise<void> {
  if (SHOTS === undefined) return;
  for (const language of ['en', 'fa']) {
    await till.find('open-settings').click();
    await till.find(`language-${language}`).click();
    await till.page.keyboard.press('Escape');
    for (const scheme of ['light', 'dark'] as const) {
      await till.page.emulateMedia({ colorScheme: scheme });
      for (const [width, height] of [
        [1280, 800],
        [800, 1280],
        [390, 844],
      ] as const) {
        await till.page.setViewportSize({ width, height });
        await till.page.screenshot({ path: `${SHOTS}/${name}-${language}-${scheme}-${String(width)}.png` });
      }
    }
  }
  await till.page.emulateMedia({ colorScheme: 'light' });
  await till.page.setViewportSize({ width: 1280, height: 800 });
  await till.find('open-settings').click();
  await till.find('language-en').click();
  await till.page.keyboard.press('Escape');
}

async function becomeManager(till: Till): Promise<void> {
  await till.find('switch-operator').click();
  await till.signOn(MANAGER.pin, MANAGER.number);
}

const stateOf = async (database: ServerDatabase, id: string): Promise<string> => {
  const [row] = await database<{ state: string }[]>`select state from channel_order where id = ${id}`;
  return row?.state ?? '';
};

test('a manager lets promised units go, and each order that lost one is decided in another way', async ({
  till,
  server,
  database,
}) => {
  test.setTimeout(240_000);
  const web = await aWebShop(server.url, database);
  await till.enrolAndSignOn();
  const four = await fewOf(database, 4);
  const orders = new Map<string, string>();
  for (const goods of four) {
    const placed = await web(goods.itemId);
    expect(placed.status).toBe(201);
    orders.set(goods.itemId, placed.id);
    await sellWithManager(till, goods);
  }
  await becomeManager(till);
  await expect(till.find('attention-count')).toHaveAttribute('data-count', '4', { timeout: 30_000 });
  await till.find('open-attention').click();
  const row = (goods: Goods) =>
    till.page.locator(`[data-id^="order-oversold:${orders.get(goods.itemId) ?? ''}"]`);
  const choose = async (goods: Goods, choice: string, option: string): Promise<void> => {
    await row(goods).click();
    await expect(till.find('attention-happened')).toBeVisible();
    await till.find(`attention-choose-${choice}`).click();
    await shoot(till, `choose-${choice}`);
    await till
      .find(`attention-step-${choice}`)
      .locator(`[data-testid^="attention-${choice}-${option}"]`)
      .first()
      .click();
    await expect(row(goods)).toHaveAttribute('data-settled', 'true');
    await expect(till.find('attention-resolved')).toContainText('Elena');
  };
  const [cancelled, later, moved, replaced] = four;
  if (cancelled === undefined || later === undefined || moved === undefined || replaced === undefined)
    throw new Error('four');
  await choose(cancelled, 'cancel', 'ok');
  await choose(later, 'later', '7');
  await choose(moved, 'other-store', 's2');
  await choose(replaced, 'substitute', '');
  await expect(till.find('attention-count')).toHaveAttribute('data-count', '0');
  expect(await stateOf(database, orders.get(cancelled.itemId) ?? '')).toBe('released');
  expect(await stateOf(database, orders.get(later.itemId) ?? '')).toBe('placed');
  expect(await stateOf(database, orders.get(moved.itemId) ?? '')).toBe('released');
  expect(await stateOf(database, `${orders.get(moved.itemId) ?? ''}:s2`)).toBe('placed');
  const [asked] = await database<{ body: string }[]>`
    select body from channel_order where id = ${orders.get(replaced.itemId) ?? ''}`;
  expect(asked?.body).toContain('"consent":"asked"');
  const [journaled] = await database<{ count: number }[]>`
    select count(*)::int as count from fact where kind = 'attention-resolved'`;
  expect(journaled?.count).toBeGreaterThanOrEqual(4);
});

test('the last unit: connected, whoever comes second is asked; cut off, the till asks before the web’s share', async ({
  till,
  server,
  database,
  context,
  watch,
}) => {
  test.setTimeout(180_000);
  const web = await aWebShop(server.url, database);
  await till.enrolAndSignOn();
  const [first, second] = await fewOf(database, 2);
  if (first === undefined || second === undefined) throw new Error('two');

  // Connected: the till sells all it may, then the web has nothing left to promise.
  await scanAll(till, first, first.units);
  await till.payExactly();
  await till.newSale();
  await expect.poll(async () => (await web(first.itemId)).status, WAIT).toBe(409);

  // Cut off: the web promises its unit, and the till, which cannot know, asks for exactly that one.
  await till.waitForStatus({ pending: 0, connection: 'online' });
  watch.expectLostConnections();
  await context.setOffline(true);
  await till.waitForStatus({ connection: 'offline' });
  expect((await web(second.itemId)).status).toBe(201);
  await scanAll(till, second, second.units);
  await till.find('pay').click();
  await expect(till.find('reserved-more')).toContainText('cut off');
  await till.find('reserved-back').click();
  // All that the channels could have promised by now.
  await payWithManager(till, second.channels * 1000);
  await context.setOffline(false);
  await till.waitForStatus({ pending: 0, connection: 'online' }, 90_000);
  await becomeManager(till);
  await expect(till.page.locator('[data-testid="attention-count"]:not([data-count="0"])')).toBeVisible({
    timeout: 30_000,
  });
  const [rights] = await database<{ sum: number; short: number }[]>`
    select (store_milli + channels_milli + promised_milli)::int as sum, store_milli::int as short
    from stock_rights where store_id = 's1' and item_id = ${second.itemId}`;
  expect(rights).toEqual({ sum: 0, short: -1000 });
});
