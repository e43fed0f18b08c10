// Two windows of one till: one writes, the other says so and takes over when the first is gone.

import { viewsAreCurrent } from '../support/views-are-current.ts';
import { expect, test } from './fixtures.ts';
import { Till } from './till.ts';

test('the second window is read-only, and takes over when the first is closed', async ({
  till,
  context,
  database,
}) => {
  await till.enrolAndSignOn();
  const first = await till.sell(0);

  const second = new Till(await context.newPage(), till.origin);
  await second.open();
  await second.waitForReadOnly();
  await expect(second.find('pay-confirm')).toHaveCount(0);
  // What the till has sold can be seen here, and what it goes on selling.
  const shown = (receiptNumber: string) =>
    second.find('sales-of-till').getByTestId(`transaction-${receiptNumber}`);
  await expect(shown(first.receiptNumber)).toBeVisible();
  const next = await till.sell(1);
  await expect(shown(next.receiptNumber)).toHaveAttribute('data-delivered', 'true', { timeout: 20_000 });

  const closedAt = Date.now();
  await till.page.close();
  await second.waitForScreen('sign-on', 'sell');
  expect(Date.now() - closedAt).toBeLessThan(5000);
  await second.becomeReady();
  await second.waitForStatus({ writer: 'this-window' });
  const third = await second.sell(2);
  await second.waitForStatus({ pending: 0, connection: 'online' });

  await viewsAreCurrent(database);
  const told = [first, next, third];
  const rows = await database<{ receipt: string }[]>`
    select receipt_number as receipt from transaction_view
      where receipt_number = any(${told.map((sale) => sale.receiptNumber)}::text[]) order by sequence`;
  expect(rows.map(({ receipt }) => receipt)).toEqual(told.map((sale) => sale.receiptNumber));
});
