// A card terminal on the network at the till: paid with its slip on the receipt; the line cut before anybody heard the answer,
// found out and finished; an outcome that only a person can tell, decided with a PIN; and the terminal's day beside the Z.

import type { Till } from './till.ts';
import { expect, test } from './fixtures.ts';

const MANAGER = { number: 13, pin: '3456' };

async function payByTerminal(till: Till): Promise<number> {
  await till.addTile(0);
  const due = await till.startPaying();
  await till.find('method-card').click();
  await till.find('terminal-card-counter').click();
  await till.find('pay-confirm').click();
  return due;
}

test('a card pays at the terminal, its slip stands on the receipt, and its day agrees', async ({
  till,
  terminal,
  printer,
}) => {
  await till.enrolAndSignOn();
  await till.choosePrinter('counter');
  const before = terminal.balance();
  terminal.program('slow');
  const due = await payByTerminal(till);
  await expect(till.find('card-waiting')).toBeVisible();
  expect((await till.waitForFinish()).totalMinor).toBe(due);
  expect(terminal.balance() - before).toBe(due);
  await till.find('print').click();
  await expect
    .poll(() => printer.jobs.some(({ text }) => text.includes('Payment approved')), { timeout: 40_000 })
    .toBe(true);
  await till.newSale();

  // Declined: nothing was taken, and the cashier may go on.
  terminal.program('decline');
  await payByTerminal(till);
  await expect(till.find('pay-problem')).not.toBeEmpty();
  await expect(till.find('pay-confirm')).toBeEnabled();
  expect(terminal.balance() - before).toBe(due);
  await till.find('pay-confirm').click();
  await till.waitForFinish();
  await till.newSale();

  await till.find('open-till').click();
  await till.find('till-cards').click();
  await till.find('terminal-close-card-counter').click();
  await expect(till.find('terminal-day-told')).toHaveAttribute('data-equal', 'true');
});

test('the answer of a card is lost: the till starts again, asks the terminal, and nobody pays twice', async ({
  till,
  terminal,
}) => {
  await till.enrolAndSignOn();
  const [cards, before] = [terminal.cards(), terminal.balance()];
  terminal.program('slow');
  const due = await payByTerminal(till);
  await expect(till.find('card-waiting')).toBeVisible();
  // The till dies while the customer types the PIN; the terminal goes on.
  await till.page.reload();
  await till.becomeReady();
  await expect.poll(() => terminal.balance() - before).toBe(due);
  await expect(till.find('trouble-CD-01')).toBeVisible();
  await till.find('pay').click();
  await till.waitForScreen('pay');
  await till.find('card-ask').click();
  await expect(till.page.locator('.open-card')).toHaveAttribute('data-state', 'approved');
  await till.find('pay-finish').click();
  expect((await till.waitForFinish()).totalMinor).toBe(due);
  expect(terminal.cards() - cards).toBe(1);
});

test('an outcome that the terminal cannot tell is decided by what its slip says, with a manager', async ({
  till,
  terminal,
}) => {
  await till.enrolAndSignOn();
  const before = terminal.balance();
  terminal.program('approve-more');
  const due = await payByTerminal(till);
  const card = till.page.locator('.open-card');
  await expect(card).toHaveAttribute('data-state', 'unknown', { timeout: 30_000 });
  await expect(till.find('pay-confirm')).toBeDisabled();
  await till.find('card-decide').click();
  await till.find('card-decision').locator('[data-testid^="reason-"]').first().click();
  // A card number has no place here.
  await till.find('slip-code').fill('4242424242424242');
  await till.find('card-was-approved').click();
  await expect(till.find('card-decision')).toContainText(/card number/);
  await till.find('slip-code').fill('101234');
  await till.find('slip-digits').fill('4321');
  await till.find('card-was-approved').click();
  await till.find(`approver-${MANAGER.number}`).click();
  for (const digit of MANAGER.pin) await till.find('approval').getByTestId(`pin-${digit}`).click();
  await till.find('approval').getByTestId('sign-on-submit').click();
  await expect(card).toHaveAttribute('data-state', 'approved');
  await till.find('pay-finish').click();
  expect((await till.waitForFinish()).totalMinor).toBe(due);
  await till.newSale();

  // The terminal took a euro more than anybody recorded: its day says so.
  expect(terminal.balance() - before).toBe(due + 1_00);
  await till.find('open-till').click();
  await till.find('till-cards').click();
  await till.find('terminal-close-card-counter').click();
  await expect(till.find('terminal-day-told')).toHaveAttribute('data-equal', 'false');
});
