// Paying in parts: an override that a manager agrees to on the spot, cash, a card and dollars for one sale, on paper and in the
// closing report. And a card whose answer is lost: found out after a reload, charged once.

import type { PrintJob, VirtualPrinter } from '../support/virtual-printer.ts';
import { expect, test } from './fixtures.ts';

const MANAGER = { number: 13, pin: '3456' };

/** The newest job that shows this text, as soon as there is one. */
async function jobWith(printer: VirtualPrinter, text: string): Promise<PrintJob> {
  const found = () => printer.jobs.findLast((job) => job.text.includes(text));
  await expect.poll(() => found() !== undefined, { timeout: 40_000 }).toBe(true);
  const job = found();
  if (job === undefined) throw new Error('no paper came');
  return job;
}

test('override by a manager, cash, card and dollars: the receipt and the Z show each', async ({
  till,
  printer,
}) => {
  const agree = async () => {
    await till.find(`approver-${MANAGER.number}`).click();
    for (const digit of MANAGER.pin) await till.find('approval').getByTestId(`pin-${digit}`).click();
    await till.find('approval').getByTestId('sign-on-submit').click();
    await till.find('approval').waitFor({ state: 'detached' });
  };
  await till.enrolAndSignOn();
  await till.choosePrinter('counter');
  await till.addTile(0);

  // The cashier may not set a price: the manager agrees to exactly this one.
  await till.find('line-1-open').click();
  await till.find('line-sheet-override').click();
  for (const key of ['9', '0', 'point', '0', '0']) await till.find(`override-price-key-${key}`).click();
  await till.find('override-price').locator('[data-testid^="reason-"]').first().click();
  await till.find('override-price-ok').click();
  await agree();
  expect(await till.totalMinor()).toBe(90_00);

  expect(await till.startPaying()).toBe(90_00);
  const pay = till.find('pay-screen');
  for (const key of ['2', '0']) await till.find(`pay-key-${key}`).click();
  await till.find('pay-part').click();
  await expect(pay).toHaveAttribute('data-remaining-minor', '7000');

  // What was taken can be taken away again.
  await till.find('tender-0-remove').click();
  await expect(pay).toHaveAttribute('data-remaining-minor', '9000');
  for (const key of ['2', '0']) await till.find(`pay-key-${key}`).click();
  await till.find('pay-part').click();

  // A declined card takes nothing; an approved one is reversed, not removed.
  await till.find('method-card').click();
  await till.find('simulated-step').selectOption('decline');
  await till.find('pay-confirm').click();
  await expect(till.find('pay-problem')).not.toBeEmpty();
  await expect(pay).toHaveAttribute('data-remaining-minor', '7000');
  await till.find('simulated-step').selectOption('approve');
  for (const key of ['3', '0']) await till.find(`pay-key-${key}`).click();
  await till.find('pay-confirm').click();
  await expect(pay).toHaveAttribute('data-remaining-minor', '4000');
  await expect(till.find('open-cards').getByTestId('card-reverse')).toBeVisible();

  // 40.00 are left: 50 dollars at 0.92 are 46.00, and 6.00 come back in euro.
  await till.find('method-foreign-cash').click();
  await till.find('currency-USD').click();
  for (const key of ['5', '0']) await till.find(`pay-key-${key}`).click();
  await expect(till.find('pay-change')).toHaveAttribute('data-amount-minor', '600');
  await till.find('pay-confirm').click();
  const told = await till.waitForFinish();
  expect(told).toMatchObject({ totalMinor: 90_00, changeMinor: 6_00 });
  await till.find('print').click();
  // The drawer opens in a job of its own.
  const paper = await jobWith(printer, told.receiptNumber);
  expect(paper.faults).toEqual([]);
  for (const text of ['20.00', '30.00', '46.00', '6.00', '0.92', 'SIMULATED', '**** 0000']) {
    expect(paper.text).toContain(text);
  }
  await till.newSale();

  // The drawer: the float, 20.00 in and 6.00 out; the dollars lie apart and are counted apart.
  await till.find('open-till').click();
  await till.find('till-count').click();
  await till.find('count-other').fill('14.00');
  await till.find('count-ok').click();
  await till.find('count-5000').fill('1');
  await till.find('count-ok').click();
  await till.find('till-close').click();
  await agree();
  await expect(till.find('report-print')).toBeVisible();
  await till.find('report-print').click();
  const z = await jobWith(printer, 'Z report');
  expect(z.faults).toEqual([]);
  // The change came out of the cash: 14.00 of it stayed, and the dollars count whole.
  const lines = z.text
    .replaceAll(/ +/g, ' ')
    .split('\n')
    .map((line) => line.trim());
  for (const line of [
    'Card €30.00',
    'Cash €14.00',
    'Foreign cash €46.00',
    '$50.00 €46.00',
    'Counted $50.00',
  ]) {
    expect(lines).toContain(line);
  }
});

test('a card whose answer is lost is found out after a reload, and charged once', async ({
  till,
  database,
}) => {
  await till.enrolAndSignOn();
  await till.addTile(0);
  const due = await till.startPaying();
  await till.find('method-card').click();
  await till.find('simulated-step').selectOption('answer-lost');
  await till.find('pay-confirm').click();
  const card = till.page.locator('.open-card');
  await expect(card).toHaveAttribute('data-state', 'unknown');
  await expect(till.find('pay-confirm')).toBeDisabled();
  await till.waitForStatus({ pending: 0 });
  await expect
    .poll(
      async () =>
        (await database`select 1 from attention where kind = 'card-unknown' and settled_at is null`).length,
    )
    .toBe(1);

  await till.page.reload();
  await till.becomeReady();
  await expect(till.find('trouble-CD-01')).toBeVisible();
  expect(await till.lineCount()).toBe(1);
  await till.find('pay').click();
  await till.waitForScreen('pay');
  await expect(card).toHaveAttribute('data-state', 'unknown');
  await till.find('card-ask').click();
  await expect(card).toHaveAttribute('data-state', 'approved');
  await expect(till.find('trouble-CD-01')).toHaveCount(0);
  await till.find('pay-finish').click();
  expect((await till.waitForFinish()).totalMinor).toBe(due);

  await till.newSale();
  await till.waitForStatus({ pending: 0 });
  const attempts = await database`select 1 from fact where kind = 'card-attempted'
    and (body::json -> 'body' ->> 'amountMinor')::int = ${due}`;
  expect(attempts).toHaveLength(1);
  await expect
    .poll(
      async () =>
        (await database`select 1 from attention where kind like 'card-%' and settled_at is null`).length,
    )
    .toBe(0);
});
