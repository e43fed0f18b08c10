// A layaway that was paid in cash and by card is given up: the card gets its part back, the rest is cash, and the books say so. One whose
// card is gone goes back in cash, for a manager.

import path from 'node:path';
import { viewsAreCurrent } from '../support/views-are-current.ts';
import { expect, test } from './fixtures.ts';
import type { Till } from './till.ts';

const MANAGER = { number: 13, pin: '3456' };
/** What the demo store keeps of an order that is given up; of the cash, where there is cash. */
const FEE = 5_00;
const SHOTS = process.env['LAYAWAY_SHOTS'];

/** A layaway of ten of a thing for a customer of the demo store; the answer is its number. */
async function putAside(till: Till): Promise<string> {
  for (let piece = 0; piece < 10; piece += 1) await till.addTile(0);
  await till.find('cart-open').click();
  await till.find('cart-sheet-layaway').click();
  await till.find('order-customer-search').fill('kowalsk');
  await till.find('place-order').locator('[data-testid^="order-customer-c"]').first().click();
  await till.find('place-order-ok').click();
  await till.find('order').waitFor();
  return (await till.find('order-number').textContent()) ?? '';
}

async function shoot(till: Till, name: string): Promise<void> {
  if (SHOTS !== undefined) await till.page.screenshot({ path: path.join(SHOTS, `${name}.png`) });
}

async function giveUp(till: Till): Promise<void> {
  await till.find('order-cancel').click();
  await till.find('cancel-order').locator('[data-testid^="reason-"]').first().click();
}

test('a layaway that is given up goes back to the card and in cash, as it came', async ({
  till,
  database,
}) => {
  test.setTimeout(180_000);
  await till.enrolAndSignOn(MANAGER.pin, MANAGER.number);
  const number = await putAside(till);
  await till.find('order-pay').click();
  const whole = till.find('pay-order').locator('.order-choices button').last();
  await whole.click();
  await till.waitForScreen('pay');
  const pay = till.find('pay-screen');
  const total = Number(await pay.getAttribute('data-remaining-minor'));
  await till.find('method-card').click();
  await till.find('simulated-step').selectOption('approve');
  await till.find('pay-key-1').click();
  await till.find('pay-confirm').click();
  await expect(pay).toHaveAttribute('data-remaining-minor', String(total - 100));
  await till.find('method-cash').click();
  await till.pressTake();
  expect((await till.waitForFinish()).totalMinor).toBe(total);
  await till.newSale();

  await till.find('open-orders').click();
  await till.find(`order-${number}`).click();
  await giveUp(till);
  await expect(till.find('cancel-order-part-0')).toHaveAttribute('data-amount-minor', '100');
  await expect(till.find('cancel-order-part-1')).toHaveAttribute(
    'data-amount-minor',
    String(total - 100 - FEE),
  );
  await shoot(till, 'cancel-split');
  await till.find('cancel-order-ok').click();
  await till.waitForScreen('pay');
  await expect(till.find('refund-card')).toBeVisible();
  await expect(till.find('method-card')).toHaveAttribute('aria-pressed', 'true');
  await shoot(till, 'refund-card');

  // All of it in cash is refused aloud, and nothing is given.
  await till.find('method-cash').click();
  await till.find('pay-confirm').click();
  await expect(till.find('pay-problem')).not.toBeEmpty();
  await till.find('method-card').click();
  await till.find('pay-confirm').click();
  await expect(till.find('refund-card')).toHaveCount(0);
  await expect(till.find('method-cash')).toHaveAttribute('aria-pressed', 'true');
  await shoot(till, 'refund-cash');
  await till.find('pay-confirm').click();
  await till.waitForFinish();
  await till.newSale();

  // The same again, and the card is gone: whoever may approve gives cash.
  const other = await putAside(till);
  await till.find('order-pay').click();
  await whole.click();
  await till.waitForScreen('pay');
  await till.find('method-card').click();
  await till.find('simulated-step').selectOption('approve');
  await till.find('pay-confirm').click();
  await till.waitForFinish();
  await till.newSale();
  await till.find('open-orders').click();
  await till.find(`order-${other}`).click();
  await giveUp(till);
  await till.find('cancel-order-in-cash').check();
  await till.find('cancel-order-ok').click();
  await till.waitForFinish();
  await till.newSale();
  await till.waitForStatus({ pending: 0, connection: 'online' });

  await viewsAreCurrent(database);
  const orders = await database<{ number: string; state: string; paid: number }[]>`
    select number, state, paid_minor::int as paid from customer_order
    where number = any(${[number, other]}::text[]) order by number`;
  expect([...orders]).toEqual([number, other].map((each) => ({ number: each, state: 'cancelled', paid: 0 })));
  const facts = await database<{ body: string; mark: string | null; workstation: string }[]>`
    select body, mark, workstation_id as workstation from fact
    where kind = 'transaction-completed' and (body like ${`%${number}%`} or body like ${`%${other}%`}) order by position`;
  type Booked = { body: { transaction: { tenders: { kind: string; amountMinor: number }[] } } };
  const tenders = facts.map(({ body }) =>
    Object.fromEntries(
      (JSON.parse(body) as Booked).body.transaction.tenders.map(({ kind, amountMinor }) => [
        kind,
        amountMinor,
      ]),
    ),
  );
  expect(tenders).toEqual([
    { cash: total - 100, card: 100 },
    { cash: 100 + FEE - total, card: -100 },
    { card: total },
    { cash: FEE - total },
  ]);
  expect(facts.filter(({ mark }) => mark !== null)).toEqual([]);
  const [workstation = ''] = facts.map((fact) => fact.workstation);
  expect(await database`select 1 from attention where workstation_id = ${workstation}`).toHaveLength(0);
});
