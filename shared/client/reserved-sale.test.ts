// Goods that are promised to others, at a till, headless: the counter's share and the channels' free units sell by themselves; what
// would take a promised unit asks somebody who may, and the sale says who. Cut off, it asks sooner.

import { afterEach, describe, expect, test } from 'vitest';
import { untilWithin } from '../../tests/support/until.ts';
import { aPage, anItem, anOperator, aSettings, verifyPlainPin } from '../../tests/support/a-shop.ts';
import { createFakeSyncServer, type FakeSyncServer } from '../../tests/support/fake-sync-server.ts';
import { cartSubjects } from '../domain/approval.ts';
import { asOperatorId } from '../domain/ids.ts';
import type { Operator } from '../domain/operator.ts';
import type { Outcome } from '../domain/refusal.ts';
import { settleInCash } from '../domain/tender.ts';
import type { CompletedSale } from './runtime.ts';
import type { RunningWorkstation } from './create-workstation.ts';
import { createHeadlessDevice, createHeadlessWorkstation } from './headless.ts';

const open: RunningWorkstation[] = [];
afterEach(async () => {
  for (const workstation of open.splice(0)) await workstation.close();
});

const SOFA = anItem(0, { priceMinor: 100_00 });
const CASHIER: Operator = { ...anOperator(), permissions: ['sell'] };
const MANAGER: Operator = { ...anOperator(), id: asOperatorId('op-9'), number: 9, name: 'Manager' };

const until = untilWithin(60_000);
const slots = (milli: number): number[] => Array.from({ length: 256 }, (_, slot) => (slot === 0 ? milli : 0));

/** Four sofas: two of the counter, one that the channels may promise, one promised. */
function aServer(): FakeSyncServer {
  const server = createFakeSyncServer();
  server.put('settings', { id: 'store', ...aSettings() });
  server.put('staff', { ...CASHIER });
  server.put('staff', { ...MANAGER });
  server.put('catalogue_pages', aPage([SOFA]));
  server.put('stock', { id: 'p000000', page: 0, onHandMilli: slots(4000), through: [] });
  server.put('stock', {
    id: 'r000000',
    page: 0,
    storeMilli: slots(2000),
    channelsMilli: slots(1000),
    promisedMilli: slots(1000),
    through: [],
  });
  return server;
}

async function start(server: FakeSyncServer): Promise<RunningWorkstation> {
  const till = createHeadlessWorkstation({
    serverUrl: 'http://server.test',
    device: createHeadlessDevice(),
    replace: { fetch: server.fetch, verifyPin: verifyPlainPin },
  });
  open.push(till);
  await till.started;
  await till.enrolInDemoStore();
  await until(
    () => till.operators.value.length > 1 && till.status.value.catalogue.phase === 'ready',
    'what selling needs',
  );
  await until(() => till.stockOf(SOFA.id)?.reservedMilli === 1000, 'rights');
  expect(await till.signOn(CASHIER.id, '1234')).toMatchObject({ ok: true });
  return till;
}

function pay(till: RunningWorkstation): Promise<Outcome<CompletedSale>> {
  const dueMinor = till.cart.peek()?.dueMinor ?? 0;
  const settled = settleInCash(dueMinor, dueMinor, { stepMinor: 1 });
  if (!settled.ok) throw new Error(settled.reason);
  return till.completeSale({ tenders: settled.value.tenders });
}

async function approved(till: RunningWorkstation) {
  const cartId = till.cart.peek()?.cart.id ?? '';
  const subject = cartSubjects.sellReserved(cartId, till.reservedInCart());
  const outcome = await till.approve({ subject, approverId: MANAGER.id, pin: '1234' });
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value;
}

describe('a till that is connected', () => {
  test('sells what the channels have not promised, and asks for the one that is', async () => {
    const till = await start(aServer());
    expect(till.stockOf(SOFA.id)).toEqual({
      onHandMilli: 4000,
      reservedMilli: 1000,
      storeMilli: 2000,
      channelsMilli: 1000,
      availableMilli: 3000,
    });
    till.addItem(SOFA, { quantityMilli: 3000 });
    expect(till.reservedInCart()).toEqual([]);
    till.addItem(SOFA);
    expect(till.reservedInCart()).toEqual([{ itemId: SOFA.id, quantityMilli: 1000 }]);
    expect(await pay(till)).toMatchObject({ ok: false, reason: 'stock-reserved' });
    expect(till.sellReserved()).toMatchObject({ ok: false, reason: 'permission-missing' });
    const approval = await approved(till);
    expect(till.sellReserved(approval)).toMatchObject({ ok: true });
    expect(till.reservedInCart()).toEqual([]);
    const sold = await pay(till);
    if (!sold.ok) throw new Error(sold.reason);
    expect(sold.value.transaction.reservedTaken).toEqual({
      units: [{ itemId: SOFA.id, quantityMilli: 1000 }],
      operatorId: CASHIER.id,
      approvalId: approval.approvalId,
    });
    expect(till.stockOf(SOFA.id)).toMatchObject({ onHandMilli: 0, availableMilli: 0 });
  });

  test('a yes to one cart is none to another, and none to more of it', async () => {
    const till = await start(aServer());
    till.addItem(SOFA, { quantityMilli: 4000 });
    const approval = await approved(till);
    till.clearCart();
    till.addItem(SOFA, { quantityMilli: 4000 });
    expect(till.sellReserved(approval)).toMatchObject({ ok: false, reason: 'approval-not-fitting' });
    expect(await pay(till)).toMatchObject({ ok: false, reason: 'stock-reserved' });
  });

  test('what somebody else is promised while goods are in the cart asks too', async () => {
    const server = aServer();
    const till = await start(server);
    till.addItem(SOFA, { quantityMilli: 3000 });
    expect(till.reservedInCart()).toEqual([]);
    server.put('stock', {
      id: 'r000000',
      page: 0,
      storeMilli: slots(2000),
      channelsMilli: slots(0),
      promisedMilli: slots(2000),
      through: [],
    });
    await until(() => till.reservedInCart().length > 0, 'the promise');
    expect(await pay(till)).toMatchObject({ ok: false, reason: 'stock-reserved' });
  });
});

test('a till that is cut off asks from the first unit beyond the counter’s share', async () => {
  const server = aServer();
  const till = await start(server);
  server.fault = 'down';
  server.endStreams();
  await until(() => till.status.value.connection === 'offline', 'the cut');
  till.addItem(SOFA, { quantityMilli: 2000 });
  expect(till.reservedInCart()).toEqual([]);
  till.addItem(SOFA);
  expect(till.reservedInCart()).toEqual([{ itemId: SOFA.id, quantityMilli: 1000 }]);
  expect(await pay(till)).toMatchObject({ ok: false, reason: 'stock-reserved' });
  expect(till.sellReserved(await approved(till))).toMatchObject({ ok: true });
  expect(await pay(till)).toMatchObject({ ok: true });
});
