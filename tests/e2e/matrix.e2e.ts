// Goods in sizes and colours: a tap asks which, by touch or by keys; a scanned code says it itself.

import { expect, test } from './fixtures.ts';

test('a style opens its table; keys choose in it; a scan adds straight', async ({ till, database }) => {
  await till.enrolAndSignOn();
  const tile = till.find('tiles').locator('button.tile[data-style]').first();
  await tile.click();
  const table = till.find('variant-table');
  await expect(table).toBeVisible();
  expect(await table.locator('.matrix-cell').count()).toBeGreaterThan(3);
  await till.page.screenshot({ path: 'tests/e2e/screenshots/matrix-desktop-en.png' });
  await till.page.keyboard.press('ArrowRight');
  const chosen = await till.page.evaluate(() => document.activeElement?.getAttribute('data-testid') ?? '');
  await till.page.keyboard.press('Enter');
  await expect(till.find('cart-panel')).toHaveAttribute('data-lines', '1');
  const sku = await till.find('line-1').getAttribute('data-sku');
  expect(chosen).toBe(`variant-${sku}`);

  const [item] = await database<{ code: string }[]>`
    select body::json -> 'barcodes' ->> 0 as code from item where body like '%styleId%' and sku <> ${sku ?? ''} limit 1`;
  await till.scan((item?.code ?? '').replace(/^0/, ''));
  await expect(till.find('cart-panel')).toHaveAttribute('data-lines', '2');
  await expect(table).toHaveCount(0);
});
