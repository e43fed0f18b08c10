// Goods of another store, for a customer at this till: kept there while there is contact, and cut off asked for when there is again,
// with the outcome told. The call centre keeps goods for a caller, and the order rings at a till of the store.

import { expect, test } from './fixtures.ts';
import type { ServerDatabase } from '../support/server-database.ts';
import type { Till } from './till.ts';

const CALL_CENTRE = { number: 14, pin: '4567' } as const;

type Goods = { readonly itemId: string; readonly sku: string; readonly code: string };

/** Goods by the piece that this shop and Hamburg can promise. */
async function sharedGoods(database: ServerDatabase): Promise<Goods> {
  const [row] = await database<{ item_id: string; sku: string; code: string }[]>`
    select r.item_id, i.sku, min(b.code) as code
    from stock_rights r join item i on i.id = r.item_id join item_barcode b on b.item_id = i.id
    join stock_rights o on o.item_id = r.item_id and o.store_id = 's2' and o.channels_milli >= 4000
    where r.store_id = 's1' and r.channels_milli >= 2000 and i.sku not like 'SP-%' and i.body like '%"unit":"piece"%'
      and i.body not like '%"styleId"%' and length(b.code) = 14
    group by r.item_id, i.sku order by r.item_id limit 1`;
  if (row === undefined) throw new Error('the demo store has no such goods');
  return { itemId: row.item_id, sku: row.sku, code: row.code.slice(1) };
}

async function openElsewhere(till: Till, goods: Goods): Promise<void> {
  await till.scan(goods.code);
  await expect.poll(() => till.lineCount()).toBe(1);
  const line = till.page.locator(`li[data-sku="${goods.sku}"] [data-testid$="-open"]`);
  if (!(await line.isVisible()))
    await till.page.locator(`li[data-sku="${goods.sku}"] .cart-line-main`).click();
  await line.click();
  await till.find('line-sheet-elsewhere').click();
  await till.find('stores-panel').waitFor();
}

async function keepFor(till: Till, storeId: string, name: string): Promise<void> {
  await till.find(`stores-${storeId}`).click();
  await till.find('aisle-name').fill(name);
  await till.find('aisle-reach').fill('+49 30 1234');
  await till.find('aisle-ask').click();
}

const ordersOf = (database: ServerDatabase, name: string) => database<
  { store_id: string; channel: string }[]
>`
  select o.store_id, o.body::json ->> 'channel' as channel from channel_order o
  join channel_order_contact c on c.order_id = o.id where c.name = ${name}`;

test('another store keeps goods for a customer of this till, at once and after a cut', async ({
  till,
  database,
  context,
  watch,
}) => {
  test.setTimeout(180_000);
  await till.enrolAndSignOn();
  const goods = await sharedGoods(database);
  await openElsewhere(till, goods);
  await keepFor(till, 's2', 'Connected Customer');
  await expect(till.find('toast')).toContainText('Tillandsia Hamburg');
  expect([...(await ordersOf(database, 'Connected Customer'))]).toEqual([
    { store_id: 's2', channel: 'store' },
  ]);

  watch.expectLostConnections();
  await context.setOffline(true);
  await till.waitForStatus({ connection: 'offline' });
  await till.find('cart-panel').waitFor();
  await till.page.locator(`li[data-sku="${goods.sku}"] [data-testid$="-open"]`).click();
  await till.find('line-sheet-elsewhere').click();
  await expect(till.find('stores-age')).toBeVisible();
  await keepFor(till, 's2', 'Patient Customer');
  expect([...(await ordersOf(database, 'Patient Customer'))]).toEqual([]);
  await context.setOffline(false);
  await till.waitForStatus({ connection: 'online' }, 90_000);
  await expect(till.find('aisle-news')).toContainText('Patient Customer', { timeout: 60_000 });
  expect([...(await ordersOf(database, 'Patient Customer'))]).toEqual([{ store_id: 's2', channel: 'store' }]);
  await till.find('aisle-seen').click();
  await expect(till.find('aisle-news')).toBeHidden();
});

test('the call centre keeps goods for a caller, and the order rings in the store', async ({
  till,
  anotherTill,
  database,
}) => {
  test.setTimeout(180_000);
  const store = await anotherTill();
  await store.enrolAndSignOn();
  await till.open();
  await till.waitForScreen('enrol');
  await till.find('enrol-demo').click();
  await till.waitForScreen('sign-on');
  await till.find(`operator-${String(CALL_CENTRE.number)}`).click();
  for (const digit of CALL_CENTRE.pin) await till.find(`pin-${digit}`).click();
  await till.find('sign-on-submit').click();
  await till.find('call-centre-screen').waitFor();
  const goods = await sharedGoods(database);
  await till.find('call-centre-search').fill(goods.sku);
  await till.find(`call-centre-item-${goods.sku}`).click();
  await till.find('stores-panel').waitFor();
  const wanted = till.find(`wanted-${goods.sku}`);
  await till.find(`wanted-${goods.sku}-more`).click();
  await expect(wanted).toHaveAttribute('data-quantity-milli', '2000');
  await till.find(`wanted-${goods.sku}-less`).click();
  await expect(wanted).toHaveAttribute('data-quantity-milli', '1000');
  await keepFor(till, 's1', 'Caller Caller');
  await expect(till.find('toast')).toContainText('Tillandsia Berlin');
  expect([...(await ordersOf(database, 'Caller Caller'))]).toEqual([
    { store_id: 's1', channel: 'call-centre' },
  ]);
  const [order] = await database<{ code: string }[]>`
    select o.code from channel_order o join channel_order_contact c on c.order_id = o.id where c.name = 'Caller Caller'`;
  await store.find('open-channel-orders').click();
  await expect(store.page.getByText('Caller Caller').first()).toBeVisible({ timeout: 30_000 });
  await till.find('call-centre-words').fill('caller');
  await till.find('call-centre-look').click();
  await expect(till.find(`call-centre-order-${order?.code ?? ''}`)).toHaveAttribute('data-state', 'placed');
});
