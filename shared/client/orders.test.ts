// Orders at a till, headless: prices that are held, money on account, the hand-over and giving up, all without a network, and all
// still there after a restart.

import { afterEach, describe, expect, test } from 'vitest';
import { untilWithin } from '../../tests/support/until.ts';
import { aPage, anItem, anOperator, aSettings, verifyPlainPin } from '../../tests/support/a-shop.ts';
import { createProgrammedTerminal } from '../../tests/support/card-terminal-program.ts';
import { createFakeSyncServer, type FakeSyncServer } from '../../tests/support/fake-sync-server.ts';
import type { CustomerOrder } from '../domain/customer-order.ts';
import { asCustomerId } from '../domain/ids.ts';
import { DEFAULT_ORDER_RULES } from '../domain/order-rules.ts';
import type { Outcome } from '../domain/refusal.ts';
import { settleInCash } from '../domain/tender.ts';
import type { Transaction } from '../domain/transaction.ts';
import type { RunningWorkstation } from './create-workstation.ts';
import { createHeadlessDevice, createHeadlessWorkstation, type HeadlessDevice } from './headless.ts';

const open: RunningWorkstation[] = [];
afterEach(async () => {
  for (const workstation of open.splice(0)) await workstation.close();
});

const THING = anItem(0, { priceMinor: 100_00 });
const CUSTOMER = { id: asCustomerId('c1'), name: 'Grace' };

function aServer(): FakeSyncServer {
  const server = createFakeSyncServer();
  const orderRules = { ...DEFAULT_ORDER_RULES, cancellationFeeMinor: 5_00, minimumInstalmentMinor: 10_00 };
  server.put('settings', { id: 'store', ...aSettings(), orderRules });
  server.put('staff', { ...anOperator() });
  server.put('catalogue_pages', aPage([THING, anItem(1)]));
  server.put('customers', { ...CUSTOMER });
  return server;
}

const until = untilWithin(60_000);

async function start(server: FakeSyncServer, device: HeadlessDevice): Promise<RunningWorkstation> {
  const till = createHeadlessWorkstation({
    serverUrl: 'http://server.test',
    device,
    replace: { fetch: server.fetch, verifyPin: verifyPlainPin },
  });
  open.push(till);
  await till.started;
  if (till.identity.peek() === null) await till.enrolInDemoStore();
  await until(
    () => till.operators.value.length > 0 && till.status.value.catalogue.phase === 'ready',
    'what selling needs',
  );
  await until(() => till.customers.value.length > 0, 'customers');
  expect(await till.signOn(anOperator().id, '1234')).toMatchObject({ ok: true });
  return till;
}

async function placed(
  till: RunningWorkstation,
  given: Parameters<RunningWorkstation['placeOrder']>[0],
): Promise<CustomerOrder> {
  expect(till.addItem(THING)).toMatchObject({ ok: true });
  expect(till.setCustomer({ id: CUSTOMER.id })).toMatchObject({ ok: true });
  const outcome = await till.placeOrder(given);
  if (!outcome.ok) throw new Error(outcome.reason);
  expect(till.cart.value).toBeNull();
  return outcome.value;
}

/** Pays what is in the cart in cash. */
async function pay(till: RunningWorkstation): Promise<Transaction> {
  const dueMinor = till.cart.peek()?.dueMinor ?? 0;
  const settled = settleInCash(dueMinor, dueMinor, { stepMinor: 1 });
  if (!settled.ok) throw new Error(settled.reason);
  const outcome = await till.completeSale({ tenders: settled.value.tenders });
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value.transaction;
}

function valueOf<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Error(`refused: ${outcome.reason} ${JSON.stringify(outcome.details)}`);
  return outcome.value;
}

const now = (till: RunningWorkstation, order: CustomerOrder): CustomerOrder | null =>
  till.orderByNumber(order.number);

describe('a quotation', () => {
  test('holds its price against that of the shelf, is sold once, and not a second time', async () => {
    const till = await start(aServer(), createHeadlessDevice());
    expect(till.addItem(THING)).toMatchObject({ ok: true });
    const reason = { reasonCode: 'a regular' };
    expect(till.discountCart({ ratePpm: 100_000 }, reason)).toMatchObject({ ok: true });
    const made = await till.placeOrder({ kind: 'quotation' });
    if (!made.ok) throw new Error(made.reason);
    expect(made.value).toMatchObject({ kind: 'quotation', totals: { grossMinor: 90_00 } });
    expect(till.recallQuotation(made.value.id)).toMatchObject({ ok: true });
    expect(till.cart.value).toMatchObject({ dueMinor: 90_00, totals: { grossMinor: 90_00 } });
    expect(till.changeQuantity(1, 2000)).toMatchObject({ ok: false, reason: 'line-price-held' });
    // Other goods join at today's price, on a line of their own.
    expect(till.addItem(THING)).toMatchObject({ ok: true });
    expect(till.cart.value?.dueMinor).toBe(190_00);
    const sold = await pay(till);
    expect(sold).toMatchObject({ kind: 'sale', order: { step: 'conversion' } });
    expect(now(till, made.value)?.state).toBe('converted');
    expect(till.recallQuotation(made.value.id)).toMatchObject({ ok: false, reason: 'order-not-open' });
  });

  test('becomes a layaway at its prices, ends with it, and no second quotation is made of it', async () => {
    const till = await start(aServer(), createHeadlessDevice());
    valueOf(till.addItem(THING));
    valueOf(till.discountCart({ ratePpm: 100_000 }, { reasonCode: 'a regular' }));
    const quotation = valueOf(await till.placeOrder({ kind: 'quotation' }));
    valueOf(till.recallQuotation(quotation.id));
    expect(await till.placeOrder({ kind: 'quotation' })).toMatchObject({ reason: 'order-from-order' });
    valueOf(till.setCustomer({ id: CUSTOMER.id }));
    const layaway = valueOf(await till.placeOrder({ kind: 'layaway', instalments: 1 }));
    expect(layaway).toMatchObject({
      state: 'open',
      totals: { grossMinor: 90_00 },
      quotation: { orderId: quotation.id, orderNumber: quotation.number },
    });
    expect(now(till, quotation)).toMatchObject({ state: 'converted', problems: [] });
    expect(till.recallQuotation(quotation.id)).toMatchObject({ reason: 'order-not-open' });
    expect(till.handOverOrder(layaway.id)).toMatchObject({ ok: true });
    expect(till.cart.value?.dueMinor).toBe(90_00);
    expect((await pay(till)).order).toMatchObject({ step: 'completion', orderNumber: layaway.number });
  });

  test("whose prices hold no longer is made again at today's, and says what is different and what is gone", async () => {
    const server = aServer();
    const till = await start(server, createHeadlessDevice());
    valueOf(till.addItem(THING, { quantityMilli: 2000 }));
    valueOf(till.addItem(anItem(1)));
    const quotation = valueOf(await till.placeOrder({ kind: 'quotation' }));
    server.put('catalogue_pages', aPage([{ ...THING, priceMinor: 120_00 }]));
    await until(() => till.findByCode(THING.sku)[0]?.priceMinor === 120_00, 'the new price');
    const renewed = valueOf(till.renewQuotation(quotation.id));
    expect(renewed).toMatchObject({
      lineCount: 1,
      differences: [{ itemId: THING.id, shownMinor: 200_00, priceMinor: 240_00 }],
      missing: [{ itemId: anItem(1).id, reason: 'passport-item-unknown' }],
    });
    expect(till.cart.value?.dueMinor).toBe(240_00);
    expect(till.renewQuotation(quotation.id)).toMatchObject({ reason: 'cart-open' });
    await pay(till);
    expect(now(till, quotation)?.state).toBe('open');
  });
});

describe('a layaway', () => {
  test('is paid in parts and handed over without a network, and is there after a restart', async () => {
    const server = aServer();
    const device = createHeadlessDevice();
    const till = await start(server, device);
    server.fault = 'down';
    server.endStreams();
    const order = await placed(till, { kind: 'layaway', instalments: 2 });
    expect(till.reserved(THING.id)).toBe(1000);
    expect(till.payOnOrder(order.id, 5_00)).toMatchObject({ ok: false, reason: 'deposit-out-of-bounds' });
    expect(till.payOnOrder(order.id, 20_00)).toMatchObject({ ok: true });
    expect(till.addItem(THING)).toMatchObject({ ok: false, reason: 'order-takes-deposit' });
    const deposit = await pay(till);
    expect(deposit).toMatchObject({ kind: 'deposit', lines: [], totals: { grossMinor: 0 } });
    expect(now(till, order)?.paidMinor).toBe(20_00);
    await till.close();
    open.length = 0;

    const again = await start(server, device);
    expect(now(again, order)).toMatchObject({ state: 'open', paidMinor: 20_00 });
    expect(again.handOverOrder(order.id)).toMatchObject({ ok: true });
    expect(again.removeLine(1)).toMatchObject({ ok: false, reason: 'line-of-order' });
    expect(again.cart.value?.dueMinor).toBe(80_00);
    const done = await pay(again);
    expect(done.tenders.map(({ kind, amountMinor }) => [kind, amountMinor])).toEqual([
      ['deposit', 20_00],
      ['cash', 80_00],
    ]);
    expect(now(again, order)).toMatchObject({ state: 'collected', paidMinor: 0, problems: [] });
    expect(again.reserved(THING.id)).toBe(0);
    expect(again.handOverOrder(order.id)).toMatchObject({ ok: false, reason: 'order-not-open' });
  });

  test('is not handed over by a cart that knows of an older balance', async () => {
    const server = aServer();
    const till = await start(server, createHeadlessDevice());
    const order = await placed(till, { kind: 'layaway', instalments: 2 });
    expect(till.handOverOrder(order.id)).toMatchObject({ ok: true });
    // Another till took a payment, and the server tells of it.
    server.put('orders', { ...order, paidMinor: 20_00 });
    await until(() => now(till, order)?.paidMinor === 20_00, 'the payment of the other till');
    const tenders = [{ kind: 'cash', amountMinor: 100_00, tenderedMinor: 100_00, changeMinor: 0 }] as const;
    expect(await till.completeSale({ tenders })).toMatchObject({ ok: false, reason: 'order-changed' });
    till.clearCart();
    expect(till.handOverOrder(order.id)).toMatchObject({ ok: true });
    expect(till.cart.value?.dueMinor).toBe(80_00);
  });

  test('given up gives back what the terms do not keep, and its account is empty', async () => {
    const till = await start(aServer(), createHeadlessDevice());
    const order = await placed(till, { kind: 'layaway', instalments: 1, depositMinor: 50_00 });
    till.payOnOrder(order.id, 50_00);
    await pay(till);
    const outcome = await till.cancelOrder({ orderId: order.id, reasonCode: 'changed their mind' });
    if (!outcome.ok) throw new Error(outcome.reason);
    if (outcome.value.kind !== 'ended') throw new Error('cash goes back at once');
    const { transaction } = outcome.value.sale;
    expect(transaction).toMatchObject({
      kind: 'deposit',
      tenders: [{ kind: 'cash', amountMinor: -45_00 }],
      order: { refundedMinor: 45_00, forfeitedMinor: 5_00 },
    });
    expect(now(till, order)).toMatchObject({ state: 'cancelled', paidMinor: 0, forfeitedMinor: 5_00 });
  });
});

describe('a layaway that was paid by card, by voucher and in cash', () => {
  test('goes back as it came: a card whose answer is lost is found out first, and nobody takes it all in cash', async () => {
    const till = await start(aServer(), createHeadlessDevice());
    const order = await placed(till, { kind: 'layaway', instalments: 1, depositMinor: 60_00 });
    till.payOnOrder(order.id, 60_00);
    const terminal = createProgrammedTerminal(['approve', 'answer-lost', 'approve']);
    expect(await till.payByCard({ terminal, amountMinor: 20_00 })).toMatchObject({ ok: true });
    const voucher = { kind: 'voucher', number: 'GIFT1', amountMinor: 10_00 } as const;
    expect(till.addTender(voucher)).toMatchObject({ ok: true });
    expect(till.addTender({ kind: 'cash', tenderedMinor: 30_00 })).toMatchObject({ ok: true });
    const finish = () => till.completeSale({ tenders: till.tenders.value?.position.tenders ?? [] });
    expect(await finish()).toMatchObject({ ok: true });
    expect(now(till, order)?.payments?.map(({ kind, amountMinor }) => [kind, amountMinor])).toEqual([
      ['voucher', 10_00],
      ['card', 20_00],
      ['cash', 30_00],
    ]);

    const cancelled = await till.cancelOrder({ orderId: order.id, reasonCode: 'mind' });
    expect(cancelled).toEqual({ ok: true, value: { kind: 'to-refund' } });
    // The fee of 5.00 is kept of the cash.
    expect(till.cart.value?.cart.order?.refunds?.map(({ kind, amountMinor }) => [kind, amountMinor])).toEqual(
      [
        ['card', 20_00],
        ['voucher', 10_00],
        ['cash', 25_00],
      ],
    );
    const allInCash = { kind: 'cash', amountMinor: -55_00, tenderedMinor: 0, changeMinor: 0 } as const;
    expect(await till.completeSale({ tenders: [allInCash] })).toMatchObject({
      ok: false,
      reason: 'refund-to-original',
    });
    const asked = await till.payByCard({ terminal, amountMinor: -20_00 });
    expect(asked).toMatchObject({ ok: true, value: { outcome: 'unknown' } });
    expect(till.addTender({ ...voucher, amountMinor: -10_00 })).toMatchObject({ ok: true });
    expect(till.addTender({ kind: 'cash', tenderedMinor: 0 })).toMatchObject({ ok: true });
    expect(await finish()).toMatchObject({ ok: false, reason: 'card-unresolved' });
    expect(now(till, order)?.state).toBe('open');
    const attemptId = till.cardPayments.value[0]?.attemptId ?? '';
    expect(await till.askTerminal({ attemptId, terminal })).toMatchObject({
      ok: true,
      value: { outcome: 'approved', approvedMinor: 20_00 },
    });
    const done = await finish();
    if (!done.ok) throw new Error(done.reason);
    expect(done.value.transaction.tenders.map(({ kind, amountMinor }) => [kind, amountMinor])).toEqual([
      ['voucher', -10_00],
      ['cash', -25_00],
      ['card', -20_00],
    ]);
    expect(now(till, order)).toMatchObject({
      state: 'cancelled',
      paidMinor: 0,
      forfeitedMinor: 5_00,
      problems: [],
    });
    // The voucher is worth something again.
    till.addItem(THING);
    expect(till.addTender(voucher)).toMatchObject({ ok: true });
  });

  test('goes back in cash alone only by somebody who may approve', async () => {
    const server = aServer();
    server.put('staff', { ...anOperator({ permissions: ['sell', 'return-goods'] }) });
    const till = await start(server, createHeadlessDevice());
    const order = await placed(till, { kind: 'layaway', instalments: 1, depositMinor: 50_00 });
    till.payOnOrder(order.id, 50_00);
    const terminal = createProgrammedTerminal(['approve']);
    await till.payByCard({ terminal, amountMinor: 50_00 });
    const paid = await till.completeSale({ tenders: till.tenders.value?.position.tenders ?? [] });
    expect(paid).toMatchObject({ ok: true });
    const asked = { orderId: order.id, reasonCode: 'the card is gone', isInCash: true };
    expect(await till.cancelOrder(asked)).toMatchObject({ ok: false, reason: 'permission-missing' });
    expect(now(till, order)?.state).toBe('open');
  });
});

describe('an order', () => {
  test('needs a customer, and goods that are not there yet are called arrived', async () => {
    const till = await start(aServer(), createHeadlessDevice());
    till.addItem(THING);
    expect(await till.placeOrder({ kind: 'customer-order' })).toMatchObject({
      ok: false,
      reason: 'customer-missing',
    });
    till.setCustomer({ id: CUSTOMER.id });
    const outcome = await till.placeOrder({ kind: 'customer-order', wantedOn: '2099-01-31' });
    if (!outcome.ok) throw new Error(outcome.reason);
    expect(till.reserved(THING.id)).toBe(0);
    expect(await till.markArrived(outcome.value.id)).toMatchObject({ ok: true });
    expect(till.reserved(THING.id)).toBe(1000);
    expect(now(till, outcome.value)?.state).toBe('arrived');
  });
});
