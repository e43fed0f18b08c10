// A manager changes the shop's settings at a till: the server does it, writes down who, and every till of the store goes by it. A
// customer who is known then earns points by the new rule, shown in the cart and on the receipt. A coupon for each customer serves once.

import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from './fixtures.ts';
import type { Till } from './till.ts';

test.use({ freshShopOf: 'shop-settings', reducedMotion: 'reduce' });

const MANAGER = { number: 13, pin: '3456' } as const;
const SHOTS = process.env['SETTINGS_SHOTS'];
const SIZES = [
  { name: 'desktop', width: 1280, height: 800 },
  { name: 'tablet', width: 800, height: 1280 },
  { name: 'phone', width: 390, height: 844 },
] as const;

async function openSettings(till: Till): Promise<void> {
  await till.find('open-settings').click();
  await till.find('shop-settings').waitFor();
}

/** Every part of the settings in three sizes, two languages, light and dark: nothing is wider than its window. */
async function lookAt(till: Till): Promise<void> {
  const { page } = till;
  for (const language of ['fa', 'en'] as const) {
    await till.find(`language-${language}`).click();
    for (const { name, width, height } of SIZES) {
      await page.setViewportSize({ width, height });
      for (const part of ['shop-rates', 'shop-orders', 'shop-points', 'shop-till', 'shop-limits']) {
        await till.find(part).scrollIntoViewIfNeeded();
        const wide = await page.evaluate(() => {
          const sheet = document.querySelector('[data-testid="settings"]');
          const edges = sheet?.getBoundingClientRect();
          // What is cut off by the sheet makes nothing wider: each field must lie inside it, and beside its neighbour.
          const isOutside = [...(sheet?.querySelectorAll('input, button, label, h3') ?? [])].some((part) => {
            const { left, right } = part.getBoundingClientRect();
            return edges === undefined || left < edges.left - 1 || right > edges.right + 1;
          });
          const boxes = [...(sheet?.querySelectorAll('.shop-pair > *') ?? [])].map((one) =>
            one.getBoundingClientRect(),
          );
          const isOverlapping = boxes.some((one, at) =>
            boxes
              .slice(at + 1)
              .some(
                (other) =>
                  one.left < other.right - 1 &&
                  other.left < one.right - 1 &&
                  one.top < other.bottom - 1 &&
                  other.top < one.bottom - 1,
              ),
          );
          return (
            isOutside ||
            isOverlapping ||
            document.documentElement.scrollWidth > document.documentElement.clientWidth
          );
        });
        expect(wide, `${part} is wider than its window (${name}, ${language})`).toBe(false);
        if (SHOTS === undefined) continue;
        mkdirSync(SHOTS, { recursive: true });
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          await page.screenshot({ path: path.join(SHOTS, `${part}-${name}-${language}-${colorScheme}.png`) });
        }
      }
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(SIZES[0]);
}

async function chooseCustomer(till: Till, name: string): Promise<void> {
  await till.find('cart-open').click();
  await till.find('cart-sheet-customer').click();
  await till.find('order-customer-search').fill(name);
  await till.page.locator('.order-customers button').first().click();
}

test('settings of the shop count at every till, and points and coupons by them', async ({
  till,
  anotherTill,
  database,
}) => {
  test.setTimeout(240_000);
  await till.enrolAndSignOn(MANAGER.pin, MANAGER.number);
  const other = await anotherTill();
  await other.enrolAndSignOn();

  await openSettings(till);
  await lookAt(till);
  await till.find('points-spend').fill('0,50');
  await till.find('points-save').click();
  await expect(till.find('points-save')).toBeDisabled();
  await expect(till.find('points-spend')).toHaveValue('0.5');
  await till.find('rate-currency').fill('sek');
  await till.find('rate-value').fill('0,0875');
  await till.find('rate-set').click();
  await expect(till.find('rate-SEK')).toContainText('0.0875');
  await till.find('terms-quotationDays').fill('0');
  await expect(till.find('terms-save')).toBeDisabled();
  await till.find('terms-quotationDays').fill('21');
  await till.find('terms-save').click();
  await expect(till.find('terms-save')).toBeDisabled();
  const written = await database<{ kind: string }[]>`
    select body::json -> 'body' -> 'change' ->> 'kind' as kind from fact
    where kind = 'settings-changed' and body like '%"changedBy":"op-13"%'`;
  expect(written.map(({ kind }) => kind).sort()).toEqual(['exchange-rate', 'order-rules', 'points']);
  await till.page.keyboard.press('Escape');

  // The other till goes by it: a known customer earns two points for each unit of money.
  await other.addTile(0);
  await other.addTile(1);
  await chooseCustomer(other, 'Grace');
  await expect
    .poll(async () => {
      const [points, total] = [
        await other.find('total-points').getAttribute('data-points'),
        await other.totalMinor(),
      ];
      return Number(points) - Math.floor(total / 50);
    })
    .toBe(0);
  const earned = Number(await other.find('total-points').getAttribute('data-points'));
  expect(earned).toBeGreaterThan(0);

  // A coupon that each customer may use once.
  const useFriend = async () => {
    await other.find('cart-open').click();
    await other.find('cart-sheet-coupon').click();
    await other.find('coupon-code').fill('friend');
    await other.find('coupon-ok').click();
  };
  const before = await other.totalMinor();
  await useFriend();
  await expect.poll(() => other.totalMinor()).toBeLessThan(before);
  await other.startPaying();
  await other.pressTake();
  await other.waitForFinish();
  await other.find('show-receipt').click();
  await expect(other.find('receipt')).toContainText(/Points: \d+/);
  await other.page.keyboard.press('Escape');
  await other.newSale();
  await other.waitForStatus({ pending: 0, connection: 'online' });
  await other.addTile(0);
  await chooseCustomer(other, 'Grace');
  await useFriend();
  await expect(other.find('coupon').getByRole('alert')).toContainText('FRIEND was used before');
  await other.page.keyboard.press('Escape');

  expect(await database`select 1 from fact where mark is not null`).toHaveLength(0);
});
