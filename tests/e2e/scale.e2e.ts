// Weighed goods with a scale on the serial line: the weight comes from the scale, only when it stands still, less the packing; and
// the price of a kilogram, the weight and the total stand beside each other.

import { withFakeScale } from '../support/fake-serial.ts';
import { expect, test } from './fixtures.ts';

test('goods are sold by the weight of the scale, once it stands still, without their packing', async ({
  till,
  database,
}) => {
  const scale = await withFakeScale(till.page);
  await till.enrolAndSignOn();
  await till.find('open-settings').click();
  await till.find('scale-connect').click();
  await expect(till.find('scale-says')).toHaveAttribute('data-kind', 'weight');
  await till.find('settings-close').click();

  const [item] = await database<{ sku: string; price: number }[]>`
    select sku, price_minor as price from item
    where body like '%"unit":"kilogram"%' and body not like '%"openPrice"%' and body not like '%"tareMilli"%'
    order by ordinal limit 1`;
  if (item === undefined) throw new Error('the demo store sells nothing by weight');
  await till.find('search').fill(item.sku);
  await till.find('search-results').locator('button').first().click();
  const reading = till.find('scale-reading');
  await expect(till.find('scale-take')).toBeDisabled();

  await scale.lay('?A');
  await expect(reading).toHaveAttribute('data-kind', 'moving');
  await expect(till.find('scale-take')).toBeDisabled();
  await scale.lay('?B');
  await expect(reading).toHaveAttribute('data-kind', 'over');
  await scale.lay('');
  await expect(reading).toHaveAttribute('data-kind', 'silent');
  await expect(till.find('scale-take')).toBeDisabled();

  // The empty bowl first, then what is in it.
  await scale.lay('0.250');
  await expect(reading).toHaveAttribute('data-net-milli', '250');
  await till.find('scale-tare').click();
  await expect(till.find('scale-take')).toBeDisabled();
  await scale.lay('1.495');
  await expect(reading).toHaveAttribute('data-net-milli', '1245');
  const total = Math.round((item.price * 1245) / 1000);
  await expect(till.find('scale-total')).toHaveAttribute('data-amount-minor', String(total));
  await till.find('scale-take').click();
  await expect(reading).toHaveCount(0);
  expect(await till.totalMinor()).toBe(total);
});

test('the customer’s display shows the goods, the total and the change', async ({ till }) => {
  const port = await withFakeScale(till.page);
  await till.enrolAndSignOn();
  await till.find('open-settings').click();
  await till.find('line-display-connect').click();
  await expect(till.find('line-display-serial')).toBeChecked();
  await till.find('settings-close').click();
  await till.addTile(0);
  const due = `${(await till.totalMinor()) / 100}`;
  await expect.poll(() => port.written()).toContain('TOTAL');
  await till.startPaying();
  await till.find('pay-confirm').click();
  await till.waitForFinish();
  await expect.poll(() => port.written()).toMatch(/CHANGE +0\.00 EUR/);
  expect(await port.written()).toContain(due.split('.')[0]);
});
