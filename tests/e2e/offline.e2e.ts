// The network goes, the shop goes on: the server is killed, the page is loaded again out of the service worker, sales
// are made, and when the server is back they are all there, each exactly once.

import { viewsAreCurrent } from '../support/views-are-current.ts';
import { expect, test } from './fixtures.ts';

test('server killed, reload, two sales, server back: all there, exactly once', async ({
  till,
  server,
  database,
  watch,
}) => {
  await till.enrolAndSignOn();
  const before = await till.sell(0);
  await till.waitForStatus({ pending: 0, connection: 'online' });
  await till.isReadyForOffline();

  watch.expectLostConnections();
  await server.kill();
  await till.page.reload();
  await till.becomeReady();
  await till.waitForStatus({ connection: 'offline' });
  const first = await till.sell(0, 1);
  const second = await till.sell(2);
  // Sign-on, two sales: all of it waits, and the bar says how many.
  expect((await till.status()).pending).toBe(3);

  // Once more without a server: what waits is on the disk and not in the page.
  await till.page.reload();
  await till.becomeReady();
  expect((await till.status()).pending).toBeGreaterThanOrEqual(3);

  await server.start();
  await till.waitForStatus({ pending: 0, connection: 'online' }, 90_000);
  await viewsAreCurrent(database);
  const told = [before, first, second];
  const rows = await database<{ receipt: string; gross: number }[]>`
    select receipt_number as receipt, gross_minor::int as gross from transaction_view
      where receipt_number = any(${told.map((sale) => sale.receiptNumber)}::text[]) order by receipt_number`;
  expect([...rows]).toEqual(told.map((sale) => ({ receipt: sale.receiptNumber, gross: sale.totalMinor })));
  const twice = await database`
    select fact.workstation_id, count(*) from fact group by workstation_id, body having count(*) > 1`;
  expect([...twice]).toEqual([]);
});

test('an open cart survives a reload without a network', async ({ till, context, watch }) => {
  await till.enrolAndSignOn();
  await till.addTile(0);
  await till.addTile(3);
  const total = await till.totalMinor();
  await till.isReadyForOffline();
  watch.expectLostConnections();
  await context.setOffline(true);
  // A cart reaches the disk 300 ms after its last change; a sale does so before it is told.
  await till.page.waitForTimeout(600);
  await till.page.reload();
  await till.becomeReady();
  await expect(till.find('total')).toHaveAttribute('data-amount-minor', String(total));
  await till.payExactly();
  await till.newSale();
  await context.setOffline(false);
  await till.waitForStatus({ pending: 0, connection: 'online' }, 90_000);
});
