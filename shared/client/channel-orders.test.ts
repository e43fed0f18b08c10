// Orders of channels at a till, headless: every move of the store without a network, picking by scan, tokens checked with the server's
// key, the sale that hands goods over, and the view that never jumps when the server answers.

import { generateKeyPairSync, sign } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { untilWithin } from '../../tests/support/until.ts';
import {
  aPage,
  anItem,
  anOperator,
  aSettings,
  exactCash,
  verifyPlainPin,
} from '../../tests/support/a-shop.ts';
import { createFakeSyncServer, type FakeSyncServer } from '../../tests/support/fake-sync-server.ts';
import { tillSubjects } from '../domain/approval.ts';
import { asItemId, asStoreId } from '../domain/ids.ts';
import { refundDueMinor } from '../domain/order/collect-order.ts';
import { foldChannelOrder, movedBy } from '../domain/order/fold-channel-order.ts';
import { CHANNELS, openOrder, type Order, type OrderPlacement } from '../domain/order/order.ts';
import { pickupPreimage, pickupText, type PickupToken } from '../domain/order/pickup-token.ts';
import { trackingCode } from '../domain/order/tracking-code.ts';
import type { RunningWorkstation } from './create-workstation.ts';
import { createHeadlessDevice, createHeadlessWorkstation, type HeadlessDevice } from './headless.ts';

const open: RunningWorkstation[] = [];
afterEach(async () => {
  for (const workstation of open.splice(0)) await workstation.close();
});

const SOFA = anItem(0, { priceMinor: 100_00 });
const LAMP = anItem(1, { priceMinor: 20_00 });
const OWN = 'w1';
const until = untilWithin(60_000);
const serverKey = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const { x = '', y = '' } = serverKey.publicKey.export({ format: 'jwk' });
const CODE = trackingCode({ block: 1, place: 1, chance: 12_345 });

function aPlacement(change: Partial<OrderPlacement> = {}): OrderPlacement {
  const line = (item: typeof SOFA, lineNumber: number, units: number) => ({
    lineNumber,
    itemId: item.id,
    ordinal: item.ordinal,
    sku: item.sku,
    name: item.name,
    unit: item.unit,
    quantityMilli: units * 1000,
    unitPriceMinor: item.priceMinor,
  });
  return {
    id: 'o1',
    code: CODE,
    storeId: asStoreId('s1'),
    channel: 'web',
    kind: 'order',
    currency: 'EUR',
    language: 'en',
    payment: { kind: 'on-collection' },
    lines: [line(SOFA, 1, 2), line(LAMP, 2, 1)],
    placedAt: '2026-03-02T10:00:00.000Z',
    dueAt: '2036-03-09T10:00:00.000Z',
    ...change,
  };
}

function aServer(): FakeSyncServer {
  const server = createFakeSyncServer();
  server.put('settings', { id: 'store', ...aSettings(), serverKeys: [{ x, y }] });
  server.put('staff', { ...anOperator() });
  server.put('catalogue_pages', aPage([SOFA, LAMP]));
  return server;
}

const publish = (server: FakeSyncServer, order: Order): void =>
  server.put('orders', { id: order.id, kind: 'channel-order', order, contact: { name: 'Ada', phone: null } });

/** What a real server makes of the facts that this till has sent. */
function foldAtServer(server: FakeSyncServer, placed: OrderPlacement): Order {
  let order: Order = openOrder(placed);
  for (const fact of server.facts())
    order = foldChannelOrder(order, fact, { by: fact.workstationId, isAdmitted: true }) ?? order;
  return order;
}

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
  expect(await till.signOn(anOperator().id, '1234')).toMatchObject({ ok: true });
  return till;
}

async function shown(till: RunningWorkstation, is: (order: Order) => boolean, id = 'o1'): Promise<Order> {
  await until(() => {
    const known = till.channelOrder(id);
    return known !== null && is(known.order);
  }, 'the order');
  const known = till.channelOrder(id);
  if (known === null) throw new Error('the order is gone');
  return known.order;
}

async function moved(
  till: RunningWorkstation,
  ...moves: readonly Parameters<RunningWorkstation['moveChannelOrder']>[1][]
): Promise<void> {
  for (const move of moves) expect(await till.moveChannelOrder('o1', move)).toMatchObject({ ok: true });
}

/** An order that this till has taken, and the server knows of it. */
async function taken(
  placed: OrderPlacement,
): Promise<{ server: FakeSyncServer; till: RunningWorkstation; device: HeadlessDevice }> {
  const server = aServer();
  const device = createHeadlessDevice();
  const till = await start(server, device);
  publish(server, openOrder(placed));
  await shown(till, ({ state }) => state === 'placed');
  await moved(till, { kind: 'accept' });
  await until(() => server.facts().some(({ kind }) => kind === 'channel-order-moved'), 'the acceptance');
  publish(server, foldAtServer(server, placed));
  await shown(till, ({ holder }) => holder === OWN);
  return { server, till, device };
}

async function ready(placed: OrderPlacement) {
  const made = await taken(placed);
  await moved(
    made.till,
    { kind: 'start-picking' },
    { kind: 'pick', lineNumber: 1, pickedMilli: 2000, isShort: false },
    { kind: 'pick', lineNumber: 2, pickedMilli: 1000, isShort: false },
    { kind: 'make-ready' },
  );
  return made;
}

function aToken(change: Partial<PickupToken> = {}): string {
  const token: PickupToken = {
    orderId: 'o1',
    number: 1,
    storeNumber: 1,
    code: CODE,
    validUntilSeconds: 4_000_000_000,
    ...change,
  };
  const bytes = Buffer.from(pickupPreimage(token), 'utf8');
  const signature = sign('sha256', bytes, { key: serverKey.privateKey, dsaEncoding: 'ieee-p1363' });
  return pickupText(token, signature.toString('base64url'));
}

const TOKEN_SHOWN = { identity: 'token', collectedBy: 'customer', refused: [] } as const;

describe('orders of channels at a till', () => {
  test('are picked by scanning; a wrong item and one too many write nothing', async () => {
    const { till } = await taken(aPlacement());
    await moved(till, { kind: 'start-picking' });
    const wrong = await till.pickScanned('o1', { items: [{ ...SOFA, id: asItemId('other') }] });
    expect(wrong).toMatchObject({ ok: false, reason: 'pick-wrong-item' });
    for (const pickedMilli of [1000, 2000]) {
      expect(await till.pickScanned('o1', { items: [SOFA] })).toMatchObject({ value: { pickedMilli } });
    }
    const before = till.journalHead()?.sequence;
    expect(await till.pickScanned('o1', { items: [SOFA] })).toMatchObject({ reason: 'pick-all-there' });
    expect(till.journalHead()?.sequence).toBe(before);
    expect(await till.moveChannelOrder('o1', { kind: 'make-ready' })).toMatchObject({
      reason: 'order-line-unpicked',
    });
    await moved(till, { kind: 'pick', lineNumber: 2, pickedMilli: 0, isShort: true }, { kind: 'make-ready' });
    expect(till.channelOrder('o1')?.order.state).toBe('ready');
  });

  test('a till that the server has not heard of yet looks for the goods, and gives none out', async () => {
    const server = aServer();
    const till = await start(server, createHeadlessDevice());
    publish(server, openOrder(aPlacement()));
    await shown(till, ({ state }) => state === 'placed');
    server.fault = 'down';
    await moved(till, { kind: 'accept' }, { kind: 'start-picking' });
    await moved(till, { kind: 'pick', lineNumber: 1, pickedMilli: 2000, isShort: false });
    await moved(till, { kind: 'pick', lineNumber: 2, pickedMilli: 1000, isShort: false });
    expect(await till.moveChannelOrder('o1', { kind: 'make-ready' })).toMatchObject({
      reason: 'order-held-elsewhere',
    });
    expect(till.channelOrder('o1')).toMatchObject({ waitingMoves: 4, order: { holder: CHANNELS } });
  });

  test('own moves stand over what the server has folded, through its answer and a restart', async () => {
    const placed = aPlacement();
    const { server, till, device } = await ready(placed);
    expect(till.channelOrder('o1')).toMatchObject({ waitingMoves: 4, order: { state: 'ready' } });
    await till.drained(8_000);
    await till.close();
    open.splice(open.indexOf(till), 1);
    const again = await start(server, device);
    expect(await shown(again, ({ state }) => state === 'ready')).toMatchObject({ holder: OWN });
    publish(server, foldAtServer(server, placed));
    await until(() => again.channelOrder('o1')?.waitingMoves === 0, 'the answer of the server');
    expect(again.channelOrder('o1')?.order).toEqual(foldAtServer(server, placed));
  });

  test('a substitute needs the consent of the customer and how the store heard it', async () => {
    const { till } = await taken(aPlacement());
    const substitute = { ...aPlacement().lines[1], quantityMilli: 1000, lineNumber: undefined };
    const { lineNumber: _none, ...offered } = substitute;
    await moved(till, { kind: 'start-picking' });
    await moved(till, {
      kind: 'propose-substitute',
      lineNumber: 1,
      substitute: offered as never,
    });
    expect(
      await till.moveChannelOrder('o1', { kind: 'pick', lineNumber: 1, pickedMilli: 1000, isShort: false }),
    ).toMatchObject({ reason: 'order-substitute-open' });
    expect(
      await till.moveChannelOrder('o1', { kind: 'answer-substitute', lineNumber: 1, isAgreed: true }),
    ).toMatchObject({ reason: 'order-answer-unheard' });
    await moved(till, {
      kind: 'answer-substitute',
      lineNumber: 1,
      isAgreed: true,
      heardBy: 'telephone',
    });
    expect(await till.pickScanned('o1', { items: [LAMP] })).toMatchObject({ value: { lineNumber: 1 } });
  });

  test('an order whose time is over is ended by its holder, not while it is being paid', async () => {
    const placed = aPlacement();
    const { server, till } = await ready(placed);
    await till.drained(8_000);
    const folded = foldAtServer(server, placed);
    const collect = { orderId: 'o1', tokenId: null, ...TOKEN_SHOWN };
    expect(await till.collectChannelOrder(collect)).toMatchObject({ ok: true, value: 'to-pay' });
    publish(server, { ...folded, timeCalledAt: '2026-03-09T10:00:00.000Z' });
    await shown(till, ({ timeCalledAt }) => timeCalledAt !== null);
    expect(till.channelOrder('o1')?.order.state).toBe('ready');
    expect(till.clearCart()).toMatchObject({ ok: true });
    await shown(till, ({ state }) => state === 'expired');
  });
});

describe('a pickup token', () => {
  test('is checked with the key of the server and burnt once, without a network', async () => {
    const { server, till } = await ready(
      aPlacement({ payment: { kind: 'paid', amountMinor: 1, reference: 'r' } }),
    );
    server.fault = 'down';
    const token = aToken();
    const forged = `${token.slice(0, -1)}${token.endsWith('A') ? 'Q' : 'A'}`;
    expect(await till.readPickup('4006381333931')).toMatchObject({ reason: 'pickup-not-a-token' });
    expect(await till.readPickup(forged)).toMatchObject({ reason: 'pickup-token-forged' });
    expect(await till.readPickup(aToken({ storeNumber: 2 }))).toMatchObject({
      reason: 'pickup-token-other-store',
    });
    expect(await till.readPickup(aToken({ orderId: 'o2' }))).toMatchObject({
      reason: 'pickup-order-unknown',
    });
    expect(await till.readPickup(aToken({ validUntilSeconds: 1 }))).toMatchObject({
      reason: 'pickup-token-expired',
    });
    const read = await till.readPickup(aToken());
    if (!read.ok) throw new Error(read.reason);
    const { tokenId } = read.value;
    expect(await till.collectChannelOrder({ orderId: 'o1', tokenId, ...TOKEN_SHOWN })).toMatchObject({
      value: 'handed-over',
    });
    expect(await till.readPickup(aToken())).toMatchObject({ reason: 'pickup-token-used' });
    expect(till.channelOrder('o1')?.order.state).toBe('handed-over');
  });
});

describe('goods over the counter', () => {
  test('a deposit of the channel is redeemed, and the sale is the hand-over', async () => {
    const placed = aPlacement({ payment: { kind: 'deposit', amountMinor: 50_00, reference: 'psp' } });
    const { server, till } = await ready(placed);
    server.fault = 'down';
    const refused = [{ lineNumber: 1, quantityMilli: 1000 }];
    const given = { orderId: 'o1', tokenId: 'o1:1', ...TOKEN_SHOWN, refused };
    expect(await till.collectChannelOrder(given)).toMatchObject({ value: 'to-pay' });
    expect(till.cart.value).toMatchObject({ dueMinor: 70_00 });
    expect(till.removeLine(1)).toMatchObject({ reason: 'line-of-order' });
    const sold = await till.completeSale({ tenders: exactCash(70_00) });
    if (!sold.ok) throw new Error(sold.reason);
    const { transaction, fact } = sold.value;
    expect(transaction.tenders.map(({ kind, amountMinor }) => [kind, amountMinor])).toEqual([
      ['deposit', 50_00],
      ['cash', 70_00],
    ]);
    expect(movedBy(fact)).toMatchObject({ orderId: 'o1', move: { kind: 'hand-over', refused } });
    const order = till.channelOrder('o1')?.order;
    expect(order).toMatchObject({ state: 'handed-over', lines: [{ handedOverMilli: 1000 }, {}] });
    expect(order === undefined ? null : refundDueMinor(order)).toBe(0);
    expect(await till.voidTransaction({ transactionId: transaction.id, reasonCode: 'x' })).toMatchObject({
      reason: 'transaction-of-order',
    });

    const back = { orderId: 'o1', lines: [{ lineNumber: 2, quantityMilli: 1000 }], reasonCode: 'faulty' };
    expect(await till.returnChannelOrder(back)).toMatchObject({ value: 'to-refund' });
    expect(till.cart.value).toMatchObject({ dueMinor: -20_00 });
    const returned = await till.completeSale({ tenders: exactCash(-20_00) });
    if (!returned.ok) throw new Error(returned.reason);
    expect(returned.value.transaction).toMatchObject({
      kind: 'return',
      lines: [{ original: { receiptNumber: transaction.receiptNumber, lineNumber: 2 } }],
    });
    expect(till.channelOrder('o1')?.order.state).toBe('returned');
  });

  test('what the channel took it gives back: for goods that were refused, and for those that came back', async () => {
    const placed = aPlacement({ payment: { kind: 'paid', amountMinor: 220_00, reference: 'psp' } });
    const { till } = await ready(placed);
    const refused = [{ lineNumber: 1, quantityMilli: 1000 }];
    await till.collectChannelOrder({ orderId: 'o1', tokenId: null, ...TOKEN_SHOWN, refused });
    const order = till.channelOrder('o1')?.order;
    expect(order === undefined ? null : refundDueMinor(order)).toBe(100_00);
    const back = { orderId: 'o1', lines: [{ lineNumber: 1, quantityMilli: 1000 }], reasonCode: 'faulty' };
    expect(await till.returnChannelOrder(back)).toMatchObject({ value: 'returned' });
    const after = till.channelOrder('o1')?.order;
    expect(after === undefined ? null : refundDueMinor(after)).toBe(200_00);
  });

  test('another till needs a manager who agrees to exactly this order', async () => {
    const placed = aPlacement({ payment: { kind: 'paid', amountMinor: 220_00, reference: 'psp' } });
    const { server, till } = await ready(placed);
    await till.drained(8_000);
    publish(server, { ...foldAtServer(server, placed), holder: 'w9', history: [] });
    await shown(till, ({ holder }) => holder === 'w9');
    const given = { orderId: 'o1', tokenId: 'o1:1', ...TOKEN_SHOWN };
    server.put('staff', { ...anOperator(), permissions: ['sell'] });
    await until(() => till.operator.value?.permissions.length === 1, 'fewer permissions');
    expect(await till.collectChannelOrder(given)).toMatchObject({ reason: 'permission-missing' });
    const foreign = { approvalId: 'a', subject: JSON.stringify(tillSubjects.handOverOrder('o2')) };
    expect(await till.collectChannelOrder({ ...given, approval: foreign })).toMatchObject({
      reason: 'approval-not-fitting',
    });
  });
});
