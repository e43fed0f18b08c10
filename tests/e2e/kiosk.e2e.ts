// The kiosk, which is an honest price check for now: it starts, looks an item up, and asks nobody else for anything.

import { expect, test } from './fixtures.ts';

test('the kiosk starts, and shows the price of what is looked for', async ({
  page,
  server,
  database,
  watch,
}) => {
  const [item] = await database<{ sku: string; price: number }[]>`
    select sku, price_minor::int as price from item where not is_deleted order by ordinal offset 5 limit 1`;
  await page.goto(`${server.url}/kiosk/`);
  const demo = page.getByTestId('enrol-demo');
  const search = page.getByTestId('search');
  await demo.or(search).first().waitFor();
  if (await demo.isVisible()) await demo.click();
  await search.fill(item?.sku ?? '');
  const hit = page.getByTestId(`hit-${item?.sku}`);
  const card = page.getByTestId('item-card');
  await hit.or(card).first().waitFor();
  if (await hit.isVisible()) await hit.click();
  await expect(card).toHaveAttribute('data-sku', item?.sku ?? '');
  await expect(page.getByTestId('item-price')).toHaveAttribute('data-amount-minor', String(item?.price));
  expect(watch.offences).toEqual([]);
});
