// A day at one till: opened with a counted float, a sale, a sale that is voided, the drawer counted without knowing what
// it should hold, and the closing report on the screen and on paper with the difference in it.

import { expect, test } from './fixtures.ts';

/** The manager of the demo store: may void and close without asking anybody. */
const MANAGER = { number: 13, pin: '3456' };
const FLOAT_MINOR = 100_00;
const OVER_MINOR = 50;

test('open, sell, void, count blind, close: the Z says the difference on screen and on paper', async ({
  till,
  printer,
  database,
}) => {
  await till.open();
  await till.waitForScreen('enrol');
  await till.find('enrol-demo').click();
  await till.waitForScreen('sign-on');
  await till.find(`operator-${MANAGER.number}`).click();
  for (const digit of MANAGER.pin) await till.find(`pin-${digit}`).click();
  await till.find('sign-on-submit').click();
  await till.waitForScreen('open-till');
  await till.find('open-till-count').click();
  await till.find(`count-${FLOAT_MINOR}`).fill('1');
  await expect(till.find('count-sum')).toHaveAttribute('data-amount-minor', String(FLOAT_MINOR));
  await till.find('count-ok').click();
  await till.waitForScreen('sell');
  await till.choosePrinter('counter');

  const kept = await till.sell(0);
  const undone = await till.sell(1);

  // The last transaction is turned round, and that has a receipt of its own.
  const before = printer.jobs.length;
  await till.find('open-transactions').click();
  await till.find(`transaction-${undone.receiptNumber}`).click();
  await till.find('void-transaction').click();
  await till.find('void').locator('[data-testid^="reason-"]').first().click();
  await till.find('void-ok').click();
  const voided = await printer.job(before + 1, 20_000);
  expect(voided.faults).toEqual([]);
  expect(voided.text).toMatch(/void/i);
  expect(voided.text).toContain(undone.receiptNumber);
  await till.find('void').waitFor({ state: 'detached' });
  await till.page.keyboard.press('F8');
  await till.waitForScreen('sell');

  // Counted blind: nothing on the screen says what should be there.
  const expectedMinor = FLOAT_MINOR + kept.totalMinor;
  const countedMinor = expectedMinor + OVER_MINOR;
  await till.find('open-till').click();
  await till.find('till-count').click();
  await till.find('count-other').fill((countedMinor / 100).toFixed(2));
  expect(await till.find('till').textContent()).not.toContain((expectedMinor / 100).toFixed(2));
  await till.find('count-ok').click();
  await expect(till.find('till-counted')).toHaveAttribute('data-amount-minor', String(countedMinor));
  await till.find('till-close').click();
  await expect(till.find('report-print')).toBeVisible();
  const screen = (await till.find('till').textContent()) ?? '';
  for (const amount of [expectedMinor, countedMinor, OVER_MINOR, kept.totalMinor]) {
    expect(screen).toContain((amount / 100).toFixed(2));
  }
  const jobs = printer.jobs.length;
  await till.find('report-print').click();
  const paper = await printer.job(jobs + 1, 20_000);
  expect(paper.faults).toEqual([]);
  expect(paper.isComplete).toBe(true);
  for (const amount of [expectedMinor, countedMinor, OVER_MINOR]) {
    expect(paper.text).toContain((amount / 100).toFixed(2));
  }

  // The server has the same closing, and a till that is closed sells nothing.
  await till.waitForStatus({ pending: 0 });
  const rows = await database<{ body: string }[]>`select body from fact where kind = 'till-closed'`;
  const closings = rows.map(
    ({ body }) => JSON.parse(body) as { body: { z: { cash: Record<string, number> } } },
  );
  expect(closings.map(({ body }) => body.z.cash)).toContainEqual(
    expect.objectContaining({
      floatMinor: FLOAT_MINOR,
      expectedMinor,
      countedMinor,
      differenceMinor: OVER_MINOR,
    }),
  );
  await till.find('till-sheet').getByRole('button', { name: 'Close', exact: true }).first().click();
  await till.waitForScreen('open-till');
});
