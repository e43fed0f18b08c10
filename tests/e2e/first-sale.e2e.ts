// From an empty browser to a receipt, as somebody does who tries the product for the first time.

import { viewsAreCurrent } from '../support/views-are-current.ts';
import { expect, test } from './fixtures.ts';

test('first start: demo store, PIN, a sale by clicks, its receipt', async ({ till, database }) => {
  await till.open();
  await till.waitForScreen('enrol');
  await till.find('enrol-demo').click();
  await till.signOn();

  await till.addTile(0);
  await till.addTile(1);
  expect(await till.cartPieces()).toBeGreaterThanOrEqual(2000);
  const total = await till.totalMinor();
  const due = await till.startPaying();
  expect(due).toBe(total);
  await till.pressTake();
  const told = await till.waitForFinish();
  expect(told.totalMinor).toBe(due);
  expect(told.receiptNumber).toMatch(/^\d{2,}-\d{2,}-A\d{6}$/);

  await till.find('show-receipt').click();
  await expect(till.find('receipt')).toContainText(told.receiptNumber);
  await till.page.keyboard.press('Escape');
  await till.newSale();
  await till.waitForStatus({ pending: 0, connection: 'online' });
  await viewsAreCurrent(database);
  const rows =
    await database`select gross_minor::int as gross from transaction_view where receipt_number = ${told.receiptNumber}`;
  expect([...rows]).toEqual([{ gross: told.totalMinor }]);

  await till.find('open-transactions').click();
  const own = till.find(`transaction-${told.receiptNumber}`);
  await expect(own).toHaveAttribute('data-delivered', 'true');
});

test('a larger note gives change, too little is refused before the till is asked', async ({ till }) => {
  await till.enrolAndSignOn();
  await till.addTile(0);
  const due = await till.startPaying();
  await till.page.keyboard.type('0.01', { delay: 120 });
  await expect(till.find('pay-confirm')).toBeDisabled();
  for (let key = 0; key < 4; key += 1) await till.page.keyboard.press('Backspace', { delay: 50 });
  await till.page.keyboard.type('500', { delay: 120 });
  await till.pressTake();
  const told = await till.waitForFinish();
  expect(told.changeMinor).toBe(50_000 - due);
});

test('a wrong PIN is refused with a sentence, and the right one still opens', async ({ till }) => {
  await till.open();
  await till.waitForScreen('enrol');
  await till.find('enrol-demo').click();
  await till.waitForScreen('sign-on');
  await till.find('operator-11').click();
  for (const digit of '9999') await till.find(`pin-${digit}`).click();
  await till.find('sign-on-submit').click();
  await expect(till.find('pin-dots')).toHaveAttribute('data-length', '0');
  await expect(till.find('pin-problem')).not.toBeEmpty();
  for (const digit of '1234') await till.find(`pin-${digit}`).click();
  await till.find('sign-on-submit').click();
  await till.openTillIfAsked();
});

test('the enrolment code of the server works once', async ({ till, anotherTill, server }) => {
  const code = /Enrolment code ([A-Z]{4})-([A-Z]{4})/.exec(server.log());
  expect(code, server.log()).not.toBeNull();
  const enrol = async (one: typeof till): Promise<void> => {
    await one.open();
    await one.waitForScreen('enrol');
    await one.find('enrol-code').fill(`${code?.[1] ?? ''}${code?.[2] ?? ''}`);
    await one.find('enrol-submit').click();
  };
  await enrol(till);
  await till.waitForScreen('sign-on');
  const other = await anotherTill({ mayBeRefused: true });
  await enrol(other);
  await expect(other.page.getByRole('alert').first()).toBeVisible();
  expect(await other.screen()).toBe('enrol');
});
