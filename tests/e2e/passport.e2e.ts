// A customer's cart on its way: begun on the phone, gone on with at the till, given back and ordered on the phone; and another one paid
// at the till, which the phone then shows as bought. A customer never repeats a step.

import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import type { Till } from './till.ts';

const NEAR_MS = 30_000;

/** Puts an item into the visitor's cart and asks for a code for the till. */
async function cartWithCode(phone: Page, origin: string, itemId: string): Promise<string> {
  await phone.goto(`${origin}/shop/item/${itemId}`);
  await phone.getByTestId('add').click();
  await phone.getByTestId('added').waitFor();
  await phone.goto(`${origin}/shop/cart`);
  await phone.getByTestId('passport-make').click();
  return (await phone.getByTestId('passport-code').textContent())?.trim() ?? '';
}

const place = (phone: Page, wanted: string): Promise<void> =>
  expect(phone.getByTestId('cart-page')).toHaveAttribute('data-place', wanted, { timeout: NEAR_MS });

/** Shows the code to the scanner; it is read again where this machine paused in the middle of it. */
async function takeAtTill(till: Till, code: string): Promise<void> {
  await expect(async () => {
    if ((await till.lineCount()) === 0) await till.scanText(code);
    await expect.poll(() => till.lineCount(), { timeout: 5_000 }).toBeGreaterThan(0);
  }).toPass({ timeout: 60_000 });
  const differs = till.find('passport-taken-ok');
  if (await differs.isVisible()) await differs.click();
}

test('a cart goes from the phone to the till, back to the phone, and is ordered there; another one is bought at the till', async ({
  page: phone,
  server,
  anotherTill,
}) => {
  test.setTimeout(240_000);
  const till = await anotherTill();
  await till.enrolAndSignOn();
  const code = await cartWithCode(phone, server.url, 'i000000');
  await takeAtTill(till, code);
  await place(phone, 'at-till');
  await expect(phone.getByTestId('to-order')).toHaveCount(0);

  await till.addTile(1);
  await till.find('cart-open').click();
  await till.find('cart-sheet-passport').click();
  const shown = till.find('give-passport-code');
  await shown.waitFor();
  const qr = till.find('give-passport').locator('.qr-code');
  await expect(qr.locator('.qr-ground')).toHaveCSS('fill', 'rgb(255, 255, 255)');
  await expect(qr.locator('.qr-dark')).toHaveCSS('fill', 'rgb(0, 0, 0)');
  const address = (await shown.getAttribute('data-address')) ?? '';
  await phone.goto(address);
  await place(phone, 'open');
  await expect(phone.locator('.lines > li')).toHaveCount(2);
  // The till hears of it by itself, and has nothing more to do with the cart.
  await expect(till.find('give-passport')).toHaveCount(0, { timeout: NEAR_MS });
  await expect.poll(() => till.lineCount()).toBe(0);
  await phone.getByTestId('to-order').click();
  await phone.getByTestId('order-name').waitFor();

  const second = await phone.context().newPage();
  await phone.evaluate(() => localStorage.removeItem('tillandsia.shop.cart'));
  const secondCode = await cartWithCode(second, server.url, 'i000000');
  await takeAtTill(till, secondCode);
  const sold = await till.payExactly();
  await till.newSale();
  await place(second, 'bought');
  await expect(second.getByTestId('cart-bought')).toContainText(sold.receiptNumber);
});
