// A receipt on paper: the bytes that reach a network printer are decoded by a strict virtual one, which takes every
// command it does not know for a fault. A printer without paper never undoes a sale.

import { viewsAreCurrent } from '../support/views-are-current.ts';
import { expect, test } from './fixtures.ts';

test('the receipt reaches the printer without a fault and says what the screen said', async ({
  till,
  printer,
}) => {
  await till.enrolAndSignOn();
  await till.choosePrinter('counter');
  const before = printer.jobs.length;
  await till.addTile(0);
  await till.addTile(1);
  const told = await till.payExactly();
  if (printer.jobs.length === before) await till.find('print').click();
  const job = await printer.job(before + 1, 20_000);
  expect(job.faults).toEqual([]);
  expect(job.isComplete).toBe(true);
  expect(job.cuts).toBe(1);
  expect(job.text).toContain(told.receiptNumber);
  expect(job.text.replaceAll(/[^\d]/g, '')).toContain(String(told.totalMinor));
  await till.newSale();

  // A copy is marked on paper and written into the journal.
  await till.find('open-transactions').click();
  await till.find(`transaction-${told.receiptNumber}`).click();
  await till.find('reprint').click();
  const copy = await printer.job(before + 2, 20_000);
  expect(copy.faults).toEqual([]);
  expect(copy.text).toMatch(/COPY/i);
});

test('a printer that is switched off is said, and the sale stays', async ({ till, database, watch }) => {
  watch.expectLostConnections();
  await till.enrolAndSignOn();
  await till.choosePrinter('office');
  await till.addTile(0);
  const told = await till.payExactly();
  await till.find('print').click();
  await expect(till.find('status-bar')).toHaveAttribute('data-printer', 'failed', { timeout: 40_000 });
  await expect(till.find('toast')).not.toBeEmpty();
  await till.newSale();
  await till.waitForStatus({ pending: 0 });
  await viewsAreCurrent(database);
  const rows = await database`select 1 from transaction_view where receipt_number = ${told.receiptNumber}`;
  expect(rows).toHaveLength(1);
});

test('a print that failed waits through a reload, and comes out of the printer that is chosen instead', async ({
  till,
  printer,
  watch,
}) => {
  watch.expectLostConnections();
  await till.enrolAndSignOn();
  await till.choosePrinter('office');
  await till.addTile(0);
  const told = await till.payExactly();
  await till.find('print').click();
  await expect(till.find('status-bar')).toHaveAttribute('data-waiting-prints', '1', { timeout: 40_000 });
  await till.page.reload();
  await till.signOn();
  await expect(till.find('status-bar')).toHaveAttribute('data-waiting-prints', '1');
  const before = printer.jobs.length;
  await till.choosePrinter('counter');
  await till.find('status-bar').click();
  await till.find('print-queue-move').click();
  const job = await printer.job(before + 1, 40_000);
  expect(job.faults).toEqual([]);
  expect(job.text).toContain(told.receiptNumber);
  await expect(till.find('status-bar')).toHaveAttribute('data-waiting-prints', '0');
});
