// The customer's screen: in a second window of the till's device without any network, and on a device of its own over the
// server; and practice, which says so everywhere.

import { expect, test } from './fixtures.ts';

const SHOTS = 'tests/e2e/screenshots';

test('a second window shows the cart, the sum, the change and the receipt, also offline', async ({
  till,
  context,
  watch,
}) => {
  watch.expectLostConnections();
  await till.enrolAndSignOn();
  await till.isReadyForOffline();
  await context.setOffline(true);
  const display = await context.newPage();
  await display.setViewportSize({ width: 1280, height: 800 });
  await display.goto(`${till.origin}/pos/display`);
  await expect(display.getByTestId('display-screen')).toHaveAttribute('data-state', 'idle');
  await display.screenshot({ path: `${SHOTS}/display-idle-en.png` });
  await till.page.bringToFront();
  await till.addTile(0);
  await till.addTile(1);
  await till.addTile(3);
  const total = await till.totalMinor();
  await expect(display.getByTestId('display-total')).toHaveAttribute('data-amount-minor', String(total));
  await expect(display.getByTestId('display-lines').locator('li')).toHaveCount(3);
  await display.screenshot({ path: `${SHOTS}/display-cart-en.png` });
  await till.payExactly();
  await expect(display.getByTestId('display-screen')).toHaveAttribute('data-state', 'finished');
  await expect(display.locator('.qr-code')).toBeVisible();
  await display.screenshot({ path: `${SHOTS}/display-finished-en.png` });
  await till.newSale();
  await expect(display.getByTestId('display-screen')).toHaveAttribute('data-state', 'idle');
  await context.setOffline(false);
});

test('a screen on another device is paired by a code and shows this till only', async ({
  till,
  anotherTill,
}) => {
  await till.enrolAndSignOn();
  const screen = await anotherTill({ mayBeRefused: true });
  await screen.page.setViewportSize({ width: 800, height: 1280 });
  await screen.page.goto(`${screen.origin}/pos/display`);
  await till.find('open-till').click();
  await till.find('till-display').click();
  await till.find('display-remote').click();
  const code = (await till.find('display-pair-code').getAttribute('data-code')) ?? '';
  await screen.find('display-code').fill('000000');
  await screen.find('display-pair-ok').click();
  await expect(screen.find('display-pair')).toContainText('No till shows this code');
  await screen.find('display-code').fill(code);
  await screen.find('display-pair-ok').click();
  await till.find('till-sheet-close').click();
  await till.addTile(0);
  await till.addTile(2);
  const total = await till.totalMinor();
  await expect(screen.find('display-total')).toHaveAttribute('data-amount-minor', String(total), {
    timeout: 10_000,
  });
  await screen.page.screenshot({ path: `${SHOTS}/display-portrait-en.png` });
});

test('in Persian and dark the screen of the customer is whole', async ({ till, context }) => {
  await till.enrolAndSignOn();
  await till.find('open-settings').click();
  await till.find('language-fa').click();
  await till.find('theme-dark').click();
  await till.find('settings-close').click();
  const display = await context.newPage();
  await display.goto(`${till.origin}/pos/display`);
  await till.page.bringToFront();
  await till.addTile(0);
  await till.addTile(1);
  await expect(display.getByTestId('display-lines').locator('li')).toHaveCount(2);
  await expect(display.locator('html')).toHaveAttribute('dir', 'rtl');
  await display.screenshot({ path: `${SHOTS}/display-cart-fa-dark.png` });
});

test('training is unmistakable, counts nowhere, and is left again', async ({ till, database }) => {
  await till.enrolAndSignOn('3456', 13);
  await till.find('open-till').click();
  await till.find('till-training').click();
  await expect(till.find('training-band')).toBeVisible();
  await till.addTile(0);
  await till.page.screenshot({ path: `${SHOTS}/training-desktop-en.png` });
  const told = await till.payExactly();
  await till.find('show-receipt').click();
  await expect(till.find('receipt-view')).toContainText('TRAINING');
  await till.find('receipt-close').click();
  await till.newSale();
  await till.find('training-leave').click();
  await expect(till.find('training-band')).toHaveCount(0);
  await till.waitForStatus({ pending: 0 });
  const views = await database`select 1 from transaction_view where receipt_number = ${told.receiptNumber}`;
  expect(views).toHaveLength(0);
});
