// A cart set aside on one till is taken up and paid on another; without the network a till goes on with the carts that it has;
// and of two tills that take up one cart at once, one has it and the other is told.

import { expect, test } from './fixtures.ts';

test('set aside on till 1, taken up on till 2, paid once, closed on both', async ({
  till,
  anotherTill,
  database,
}) => {
  await till.enrolAndSignOn();
  const other = await anotherTill();
  await other.enrolAndSignOn();
  await till.addTile(0);
  await till.addTile(1);
  const total = await till.totalMinor();
  const code = await till.suspend('Blue coat');
  expect(await till.lineCount()).toBe(0);

  await other.find('open-suspended').click();
  const row = other.find(`suspended-${code}`);
  await expect(row).toContainText('Blue coat');
  await other.page.screenshot({ path: 'tests/e2e/screenshots/suspended-desktop-en.png' });
  await other.find(`suspended-${code}-resume`).click();
  await expect(other.find('cart-panel')).toHaveAttribute('data-lines', '2');
  expect(await other.totalMinor()).toBe(total);
  await expect(till.find('open-suspended')).toHaveCount(0);
  const told = await other.payExactly();
  await other.waitForStatus({ pending: 0 });
  const rows = await database`
    select 1 from fact where kind = 'transaction-completed' and body like ${`%${code}%`}`;
  expect(rows).toHaveLength(1);
  expect(told.totalMinor).toBeGreaterThan(0);
});

test('without the network a till takes up the carts that it has, by the code of the slip', async ({
  till,
  context,
  watch,
}) => {
  watch.expectLostConnections();
  await till.enrolAndSignOn();
  await till.waitForStatus({ pending: 0, connection: 'online' });
  await context.setOffline(true);
  await till.addTile(0);
  const code = await till.suspend('');
  await till.addTile(1);
  await till.suspend('Second');
  await till.scan(code);
  await expect(till.find('cart-panel')).toHaveAttribute('data-lines', '1');
  await till.payExactly();
  await context.setOffline(false);
  await till.waitForStatus({ pending: 0, connection: 'online' });
});

test('two tills take up one cart at once: one has it, the other is told', async ({ till, anotherTill }) => {
  await till.enrolAndSignOn();
  const other = await anotherTill({ mayLoseConnections: true });
  await other.enrolAndSignOn();
  await till.addTile(0);
  const code = await till.suspend('Table 4');
  // This cart, and not one that another test has left behind, is on the other till before it is cut off.
  await other.find('open-suspended').click();
  await other.find(`suspended-${code}-resume`).waitFor();
  await other.page.context().setOffline(true);
  await till.find('open-suspended').click();
  await till.find(`suspended-${code}-resume`).click();
  await expect(till.find('cart-panel')).toHaveAttribute('data-lines', '1');
  await till.page.waitForTimeout(1_000);
  await other.find(`suspended-${code}-resume`).click();
  await other.addTile(2);
  await other.page.context().setOffline(false);
  await expect(other.find('taken-cart')).toBeVisible({ timeout: 30_000 });
  await other.page.screenshot({ path: 'tests/e2e/screenshots/taken-cart-desktop-en.png' });
  await other.find('taken-cart-ok').click();
  await expect(other.find('cart-panel')).toHaveAttribute('data-lines', '1');
  await expect(till.find('cart-panel')).toHaveAttribute('data-lines', '1');
  await till.payExactly();
});
