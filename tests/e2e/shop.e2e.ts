// The shop as a visitor uses it: by keyboard alone from the search to the order, in every language, following the order while a till
// of the store moves it on, and saying how it was.

import type { Locator, Page } from '@playwright/test';
import { LANGUAGES } from '../../shared/domain/localized-text.ts';
import { aStoreTill, type StoreTill } from '../support/a-store-till.ts';
import { expect, test } from './fixtures.ts';

test.use({ freshShopOf: 'shop' });

const SOFA = 'HO00004-GREEN';
const TABS_MAX = 90;

/** Goes on with the Tab key until the element has the focus, as somebody without a mouse does. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  for (let count = 0; count < TABS_MAX; count += 1) {
    await page.keyboard.press('Tab');
    if (await wanted.evaluate((node) => node === document.activeElement).catch(() => false)) return;
  }
  throw new Error('the Tab key never reached it');
}

const placedCode = async (page: Page): Promise<string> => {
  await page.getByTestId('thanks').waitFor();
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
};

/** Puts an item into the cart and orders it; the tracking code comes back. */
async function orderOnline(page: Page, origin: string, itemId: string): Promise<string> {
  await page.goto(`${origin}/shop/item/${itemId}`);
  await page.getByTestId('add').click();
  await page.getByTestId('added').waitFor();
  await page.goto(`${origin}/shop/order`);
  await page.getByTestId('kind-order').check();
  await page.getByTestId('order-name').fill('Ada Lovelace');
  await page.getByTestId('order-email').fill('ada@example.org');
  await page.getByTestId('place').click();
  return placedCode(page);
}

test('the green velvet sofa is found and reserved with the keyboard alone, and its store has it within a second', async ({
  page,
  server,
  database,
}) => {
  await page.goto(`${server.url}/shop/`);
  await page.getByTestId('items').waitFor();
  await page.keyboard.press('Tab');
  await expect(page.locator('.skip')).toBeFocused();
  await tabTo(page, page.getByTestId('search'));
  await page.keyboard.type('green velvet sofa');
  await page.keyboard.press('Enter');
  const hit = page.getByTestId(`item-${SOFA}`);
  await hit.waitFor();
  await tabTo(page, hit);
  await page.keyboard.press('Enter');
  await page.getByTestId('add').waitFor();
  await expect(page.getByTestId('store-s1')).toHaveAttribute('data-promisable', '1000');
  await tabTo(page, page.getByTestId('add'));
  await page.keyboard.press('Enter');
  await page.getByTestId('added').waitFor();
  await tabTo(page, page.getByTestId('added').getByRole('link'));
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByTestId('to-order'));
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByTestId('choose-s1'));
  await tabTo(page, page.getByTestId('order-name'));
  // Sent too early, it says beside the fields what is missing, and the focus stands where to go on.
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('fault-name')).toBeVisible();
  await expect(page.getByTestId('order-name')).toBeFocused();
  await page.keyboard.type('Ada Lovelace');
  await tabTo(page, page.getByTestId('order-email'));
  await page.keyboard.type('ada@example.org');
  await page.keyboard.press('Enter');
  const code = await placedCode(page);
  const since = Date.now();
  await expect
    .poll(async () => {
      const [row] = await database<{ body: string }[]>`
        select body from document where scope = 'store:s1' and collection = 'orders' and body like ${`%"${code}"%`}`;
      return JSON.parse(row?.body ?? '{}') as unknown;
    })
    .toMatchObject({ kind: 'channel-order', number: code, contact: { name: 'Ada Lovelace' } });
  expect(Date.now() - since).toBeLessThan(1_000);
  await expect(page.getByTestId('to-cart')).toHaveAttribute('data-count', '0');
  await page.goto(`${server.url}/shop/item/i000003`);
  await expect(page.getByTestId('store-s1')).toHaveAttribute('data-promisable', '0');
});

test('an order is followed through its states, collected by its code, and praised', async ({
  page,
  server,
  database,
}) => {
  const till: StoreTill = await aStoreTill(server.url);
  const code = await orderOnline(page, server.url, 'i000000');
  const step = (state: string) => page.getByTestId(`step-${state}`);
  const isAt = (state: string) =>
    expect(page.getByTestId('track-page')).toHaveAttribute('data-state', state, { timeout: 20_000 });
  await isAt('placed');
  await page.getByTestId('star-ordering-5').click();
  await expect(page.getByTestId('feedback-ordering')).toHaveAttribute('data-stars', '5');
  const [row] = await database<{ id: string }[]>`select id from channel_order where code = ${code}`;
  const orderId = row?.id ?? '';
  await till.move(orderId, { kind: 'accept' });
  await isAt('accepted');
  await expect(page.getByTestId('cancel')).toHaveCount(0);
  await till.move(orderId, { kind: 'start-picking' });
  await till.move(orderId, { kind: 'pick', lineNumber: 1, pickedMilli: 1000, isShort: false });
  await till.move(orderId, { kind: 'make-ready' });
  await isAt('ready');
  await expect(page.getByTestId('qr')).toHaveAttribute(
    'data-text',
    new RegExp(`^TP1\\..*\\.${code}\\.`, 'u'),
  );
  await till.move(orderId, {
    kind: 'hand-over',
    tokenId: `${orderId}:1`,
    identity: 'token',
    collectedBy: 'customer',
    refused: [],
  });
  await isAt('handed-over');
  for (const state of ['placed', 'accepted', 'picking', 'ready', 'handed-over'])
    await expect(step(state)).toBeVisible();
  await page.getByTestId('star-collection-4').click();
  await page.getByTestId('feedback-text-collection').fill('Quick and\nfriendly');
  await page.getByTestId('feedback-send-collection').click();
  await expect
    .poll(async () => {
      const [document] = await database<{ body: string }[]>`
        select body from document where scope = 'store:s1' and collection = 'orders' and id = ${orderId}`;
      return JSON.parse(document?.body ?? '{}') as unknown;
    })
    .toMatchObject({
      feedback: [
        { step: 'ordering', stars: 5 },
        { step: 'collection', stars: 4, text: 'Quick and friendly' },
      ],
    });
});

test('an order that nobody has taken is given up by the customer, asked twice', async ({
  page,
  server,
  watch,
}) => {
  const code = await orderOnline(page, server.url, 'i000002');
  await page.goto(`${server.url}/shop/track/`);
  watch.expectRefusals();
  await page.getByTestId('track-code').fill('0001-00ZZ-ZZS');
  await page.getByTestId('track-go').click();
  await expect(page.getByTestId('problem')).toHaveAttribute('data-code', 'order-unknown');
  await page.goto(`${server.url}/shop/track/`);
  await page.getByTestId('track-code').fill(code.toLowerCase());
  await page.getByTestId('track-go').click();
  await page.getByTestId('cancel').click();
  await page.getByTestId('cancel-yes').click();
  await expect(page.getByTestId('track-page')).toHaveAttribute('data-state', 'released');
  await expect(page.getByTestId('feedback-collection')).toBeVisible();
});

test('the nearest store stands first, asked for with a tap only', async ({ page, server, context }) => {
  await context.grantPermissions(['geolocation'], { origin: server.url });
  await context.setGeolocation({ latitude: 53.5, longitude: 10 });
  await page.goto(`${server.url}/shop/item/i000003`);
  const first = page.getByTestId('stores').locator('li').first();
  await expect(first).toHaveAttribute('data-testid', 'store-s1');
  await page.getByTestId('near-use').click();
  await expect(first).toHaveAttribute('data-testid', 'store-s2');
  await page.getByTestId('near-store').selectOption('s1');
  await expect(first).toHaveAttribute('data-testid', 'store-s1');
});

test('every language is spoken, in its direction, and fits a phone', async ({ page, server }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${server.url}/shop/item/i000003`);
  await page.getByTestId('add').waitFor();
  const names = new Set<string>();
  for (const language of LANGUAGES) {
    await page.getByTestId('language').selectOption(language);
    await expect(page.locator('html')).toHaveAttribute('lang', language);
    await expect(page.locator('html')).toHaveAttribute(
      'dir',
      ['fa', 'ar'].includes(language) ? 'rtl' : 'ltr',
    );
    names.add((await page.locator('h1').textContent()) ?? '');
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
  }
  expect(names.size).toBe(LANGUAGES.length);
});
