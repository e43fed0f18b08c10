// A receipt on paper: the bytes that reach a network printer are decoded by a strict virtual one, which takes every
// command it does not know for a fault. A printer without paper never undoes a sale.

import type { PrintJob, VirtualPrinter } from '../support/virtual-printer.ts';
import { viewsAreCurrent } from '../support/views-are-current.ts';
import { expect, test } from './fixtures.ts';

const MANAGER = { number: 13, pin: '3456' };

/** The jobs that show this receipt, as soon as there are so many. */
async function receiptsOf(
  printer: VirtualPrinter,
  receiptNumber: string,
  count: number,
): Promise<readonly [PrintJob, ...PrintJob[]]> {
  const found = () => printer.jobs.filter(({ text }) => text.includes(receiptNumber));
  await expect.poll(() => found().length, { timeout: 40_000 }).toBe(count);
  const [first, ...others] = found();
  if (first === undefined) throw new Error('no receipt came');
  return [first, ...others];
}

test('the receipt reaches the printer without a fault and says what the screen said', async ({
  till,
  printer,
}) => {
  await till.enrolAndSignOn();
  await till.choosePrinter('counter');
  await till.addTile(0);
  await till.addTile(1);
  const told = await till.payExactly();
  await till.find('print').click();
  const [job] = await receiptsOf(printer, told.receiptNumber, 1);
  // The drawer opened with the cash, in a job of its own.
  expect(job.drawerPulses).toBe(0);
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
  const [, copy] = await receiptsOf(printer, told.receiptNumber, 2);
  expect(copy?.faults).toEqual([]);
  expect(copy?.text).toMatch(/COPY/i);
});

test('a print that waits is printed as a copy elsewhere, or given up with a reason that the journal keeps', async ({
  till,
  printer,
  database,
  watch,
}) => {
  watch.expectLostConnections();
  await till.enrolAndSignOn();
  await till.choosePrinter('office');
  await till.addTile(0);
  const told = await till.payExactly();
  await till.find('print').click();
  await expect(till.find('status-bar')).toHaveAttribute('data-waiting-prints', '1', { timeout: 40_000 });
  await till.newSale();
  await till.choosePrinter('counter');
  await till.find('status-bar').click();
  await till.find('print-copy').click();
  const [job] = await receiptsOf(printer, told.receiptNumber, 1);
  expect(job.text).toContain('COPY');
  await expect(till.find('status-bar')).toHaveAttribute('data-waiting-prints', '0');
  await till.find('settings-close').click();

  await till.choosePrinter('office');
  await till.addTile(0);
  await till.payExactly();
  await till.find('print').click();
  await expect(till.find('status-bar')).toHaveAttribute('data-waiting-prints', '1', { timeout: 40_000 });
  await till.newSale();
  await till.find('status-bar').click();
  await till.find('print-discard').click();
  await till.find('reason-text').fill('customer left');
  await till.find('print-discard-ok').click();
  // A cashier may not decide that alone.
  await till.find(`approver-${String(MANAGER.number)}`).click();
  for (const digit of MANAGER.pin) await till.find('approval').getByTestId(`pin-${digit}`).click();
  await till.find('approval').getByTestId('sign-on-submit').click();
  await expect(till.find('status-bar')).toHaveAttribute('data-waiting-prints', '0');
  await till.find('settings-close').click();
  await till.waitForStatus({ pending: 0 });
  await viewsAreCurrent(database);
  const kept = await database<{ body: string }[]>`select body from fact where kind = 'print-discarded'`;
  expect(kept.map(({ body }) => body).join()).toContain('customer left');
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
  await till.choosePrinter('counter');
  await till.find('status-bar').click();
  await till.find('print-queue-move').click();
  const [job] = await receiptsOf(printer, told.receiptNumber, 1);
  expect(job.faults).toEqual([]);
  // Nothing had come out of the other printer, so this is no repeat.
  expect(job.text).not.toContain('PRINTED AGAIN');
  await expect(till.find('status-bar')).toHaveAttribute('data-waiting-prints', '0');
});
