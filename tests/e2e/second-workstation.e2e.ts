// Two tills of one store: what one sells, the other sees; a price changed at head office reaches the counter.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from './fixtures.ts';

const STOCK_LIMIT_MS = 1000;
const PRICE_LIMIT_MS = 2000;

test('the second till shows the changed stock within a second', async ({ till, anotherTill }) => {
  await till.enrolAndSignOn();
  const other = await anotherTill();
  await other.enrolAndSignOn();
  const sku = await till.skuOfTile(0);
  const label = other.find(`stock-${sku}`).first();
  await till.waitForStatus({ pending: 0, connection: 'online' });
  await other.waitForStatus({ pending: 0, connection: 'online' });
  const times: number[] = [];
  for (let sale = 0; sale < 3; sale += 1) {
    const before = Number(await label.getAttribute('data-on-hand-milli'));
    await till.addTile(0);
    await till.payExactly();
    const toldAt = Date.now();
    await expect(label).toHaveAttribute('data-on-hand-milli', String(before - 1000), { timeout: 10_000 });
    times.push(Date.now() - toldAt);
    await till.newSale();
  }
  console.log(`stock on the second till after ${times.join(', ')} ms`);
  expect(Math.min(...times)).toBeLessThanOrEqual(STOCK_LIMIT_MS);
});

test('a price changed on the server shows within two seconds', async ({ till, server, database }) => {
  await till.enrolAndSignOn();
  const sku = await till.skuOfTile(0);
  const [item] = await database<
    { id: string; price: number }[]
  >`select id, price_minor::int as price from item where sku = ${sku}`;
  const next = (item?.price ?? 0) + 111;
  await till.waitForStatus({ pending: 0, connection: 'online' });
  const answer = await fetch(`${server.url}/api/v1/items/${item?.id}/price`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-tillandsia-protocol': '1',
      'x-tillandsia-admin-key': readFileSync(path.join(server.dataFolder, 'admin-key'), 'utf8').trim(),
    },
    body: JSON.stringify({ priceMinor: next }),
  });
  expect(answer.status, await answer.clone().text()).toBe(200);
  const changedAt = Date.now();
  const price = till.find(`tile-${sku}`).first().locator('[data-amount-minor]').first();
  await expect(price).toHaveAttribute('data-amount-minor', String(next), { timeout: 15_000 });
  const tookMs = Date.now() - changedAt;
  console.log(`price on the till after ${tookMs} ms`);
  expect(tookMs).toBeLessThanOrEqual(PRICE_LIMIT_MS);
  await till.addTile(0);
  expect(await till.totalMinor()).toBe(next);
});
