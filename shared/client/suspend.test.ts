// What happens to carts at one till: taken out of, given up, set aside and taken up, practised with. Two tills and their carts
// meet in tests/integration.

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
import type { Outcome } from '../domain/refusal.ts';
import type { RunningWorkstation } from './create-workstation.ts';
import { createHeadlessDevice, createHeadlessWorkstation } from './headless.ts';

const open: RunningWorkstation[] = [];
afterEach(async () => {
  for (const workstation of open.splice(0)) await workstation.close();
});

function aServer(): FakeSyncServer {
  const server = createFakeSyncServer();
  server.put('settings', { id: 'store', ...aSettings() });
  server.put('staff', { ...anOperator() });
  server.put('catalogue_pages', aPage([anItem(0), anItem(1)]));
  return server;
}

const until = untilWithin(60_000);

async function aTill(server: FakeSyncServer) {
  const till = createHeadlessWorkstation({
    serverUrl: 'http://server.test',
    device: createHeadlessDevice(),
    replace: { fetch: server.fetch, verifyPin: verifyPlainPin, carts: 'replicated' },
  });
  open.push(till);
  await till.started;
  valueOf(await till.enrolInDemoStore());
  await until(() => till.operators.value.length > 0 && till.settings.value !== null, 'staff and settings');
  await until(() => till.status.value.catalogue.phase === 'ready', 'catalogue');
  valueOf(await till.signOn(anOperator().id, '1234'));
  return { till };
}

function valueOf<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Error(`refused: ${outcome.reason} ${JSON.stringify(outcome.details)}`);
  return outcome.value;
}

function add(till: RunningWorkstation, place: number): void {
  const [item] = till.findByCode(`SKU-${String(place)}`);
  if (item === undefined) throw new Error('no item');
  valueOf(till.addItem(item));
}

const actionsOf = (server: FakeSyncServer) =>
  server.facts().flatMap((fact) => (fact.kind === 'cart-action' ? [fact.body] : []));

describe('a cart that is set aside', () => {
  test('waits on this device and is taken up again, with an entry for both', async () => {
    const server = aServer();
    const { till } = await aTill(server);
    add(till, 0);
    add(till, 1);
    const cart = valueOf(await till.suspendCart({ label: 'Blue coat' }));
    expect(till.cart.value).toBeNull();
    expect(cart.suspended).toMatchObject({ label: 'Blue coat', totalMinor: 201 });
    add(till, 1);
    expect(await till.resumeCart(cart.id)).toMatchObject({ reason: 'cart-open' });
    valueOf(till.clearCart());
    valueOf(await till.resumeCart(cart.id));
    expect(till.suspendedCarts.value).toEqual([]);
    const sold = valueOf(await till.completeSale({ tenders: exactCash(201) }));
    expect(sold.transaction).toMatchObject({ cartId: cart.id, suspendedAs: cart.suspended?.code });
    expect((await till.resumeCart(cart.id)).ok).toBe(false);
    await till.drained(60_000);
    expect(actionsOf(server).map(({ action }) => action)).toEqual([
      'cart-suspended',
      'cart-cancelled',
      'cart-resumed',
    ]);
  });
});

describe('what is taken out of a cart', () => {
  test('is written down before the sale, with a reason where the shop asks', async () => {
    const server = aServer();
    const settings = aSettings();
    server.put('settings', {
      id: 'store',
      ...settings,
      store: { ...settings.store, reasonsAskedFor: ['remove-line', 'cancel-cart'] },
    });
    const { till } = await aTill(server);
    add(till, 0);
    add(till, 0);
    add(till, 1);
    expect(till.changeQuantity(1, 1000)).toMatchObject({ reason: 'reason-code-missing' });
    valueOf(till.changeQuantity(1, 1000, { reasonCode: 'mistake' }));
    valueOf(till.removeLine(2, { reasonCode: 'mistake' }));
    valueOf(await till.completeSale({ tenders: exactCash(100) }));
    add(till, 0);
    expect(till.clearCart()).toMatchObject({ reason: 'reason-code-missing' });
    valueOf(till.clearCart({ reasonCode: 'customer-left' }));
    await until(() => till.status.value.pendingCount === 0 && actionsOf(server).length === 3, 'delivered');
    expect(actionsOf(server)).toMatchObject([
      { action: 'quantity-reduced', lineNumber: 1, quantityMilli: 1000, amountMinor: 100 },
      { action: 'line-removed', lineNumber: 2, quantityMilli: 1000, amountMinor: 101, reasonCode: 'mistake' },
      { action: 'cart-cancelled', lineCount: 1, amountMinor: 100 },
    ]);
    const kinds = server.facts().map(({ kind }) => kind);
    expect(kinds.indexOf('transaction-completed')).toBeGreaterThan(kinds.lastIndexOf('cart-action') - 2);
  });
});

describe('training', () => {
  test('marks what is sold, moves no stock and no cash, and survives nothing but being left', async () => {
    const server = aServer();
    server.put('settings', { id: 'store', ...aSettings() });
    const { till } = await aTill(server);
    valueOf(await till.openTill({ pieces: [], otherMinor: 100 }));
    valueOf(await till.switchTraining({ isOn: true }));
    add(till, 0);
    expect(await till.switchTraining({ isOn: false })).toMatchObject({ reason: 'cart-open' });
    const { transaction } = valueOf(await till.completeSale({ tenders: exactCash(100) }));
    expect(transaction).toMatchObject({ isTraining: true, stockMovements: [] });
    expect(till.till.value?.open?.figures).toMatchObject({ salesMinor: 0, counts: { trainings: 1 } });
    expect(await till.countTill({ pieces: [], otherMinor: 100 })).toMatchObject({ reason: 'training-on' });
    valueOf(await till.switchTraining({ isOn: false }));
    valueOf(await till.countTill({ pieces: [], otherMinor: 100 }));
    expect(valueOf(await till.closeTill()).cash.differenceMinor).toBe(0);
  });

  test('a shop that sells in sessions refuses to sell before the till is open', async () => {
    const server = aServer();
    const settings = aSettings();
    const { maySellWithoutTill: _may, ...store } = settings.store;
    server.put('settings', { id: 'store', ...settings, store });
    const { till } = await aTill(server);
    add(till, 0);
    expect(await till.completeSale({ tenders: exactCash(100) })).toMatchObject({ reason: 'till-not-open' });
    valueOf(await till.openTill({ pieces: [], otherMinor: 0 }));
    valueOf(await till.completeSale({ tenders: exactCash(100) }));
  });
});
