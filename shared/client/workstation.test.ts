// The whole workstation, headless, against a server in memory: from enrolment to a confirmed sale, and what it
// does when the network, the server's memory or its own storage fails.

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
import type { RunningWorkstation } from './create-workstation.ts';
import { createHeadlessDevice, createHeadlessWorkstation, type HeadlessDevice } from './headless.ts';
import type { Given } from './given.ts';

const open: RunningWorkstation[] = [];
afterEach(async () => {
  for (const workstation of open.splice(0)) await workstation.close();
});

function aServer(): FakeSyncServer {
  const server = createFakeSyncServer();
  server.put('settings', { id: 'store', ...aSettings() });
  server.put('staff', { ...anOperator() });
  server.put('catalogue_pages', aPage([anItem(0, { barcodes: ['05901234123457'] }), anItem(1)]));
  server.put('stock', {
    id: 'p000000',
    page: 0,
    onHandMilli: Array.from({ length: 256 }, () => 5000),
    through: [],
  });
  return server;
}

function start(server: FakeSyncServer, device: HeadlessDevice, replace: Partial<Given> = {}) {
  const workstation = createHeadlessWorkstation({
    serverUrl: 'http://server.test',
    device,
    replace: { fetch: server.fetch, verifyPin: verifyPlainPin, ...replace },
  });
  open.push(workstation);
  return workstation;
}

const until = untilWithin(60_000);

async function enrolledTill(
  server: FakeSyncServer,
  device = createHeadlessDevice(),
  replace: Partial<Given> = {},
) {
  const till = start(server, device, replace);
  await till.started;
  const enrolled = await till.enrolInDemoStore();
  expect(enrolled).toEqual({ ok: true, value: null });
  await readyToSell(till);
  return { till, device };
}

async function readyToSell(till: RunningWorkstation): Promise<void> {
  await until(() => till.operators.value.length > 0 && till.settings.value !== null, 'staff and settings');
  await until(() => till.status.value.catalogue.phase === 'ready', 'catalogue');
  if (till.operator.value === null) {
    const signedOn = await till.signOn(anOperator().id, '1234');
    if (!signedOn.ok) throw new Error(`refused: ${signedOn.reason}`);
  }
}

async function sell(till: RunningWorkstation, code = '5901234123457') {
  const [item] = till.findByCode(code);
  if (item === undefined) throw new Error(`no item ${code}`);
  const added = till.addItem(item);
  expect(added.ok).toBe(true);
  const sold = await till.completeSale({ tenders: exactCash(till.cart.value?.totals.grossMinor ?? 0) });
  if (!sold.ok) throw new Error(sold.reason);
  return sold.value;
}

describe('a workstation', () => {
  test('enrols, signs on, sells, and the server holds the sale', async () => {
    const server = aServer();
    const { till } = await enrolledTill(server);
    const sale = await sell(till);
    expect(sale.transaction.receiptNumber).toBe('01-02-A000003');
    expect(sale.transaction.totals.grossMinor).toBe(100);
    expect(till.cart.value).toBeNull();
    expect(await till.drained(60_000)).toBe(true);
    expect(server.facts().map((fact) => fact.kind)).toEqual([
      'epoch-started',
      'operator-signed-on',
      'transaction-completed',
    ]);
    expect(till.status.value.pendingCount).toBe(0);
  });

  test('shows its own sale in the stock at once and does not count it twice when the server has folded it', async () => {
    const server = aServer();
    const { till } = await enrolledTill(server);
    const item = till.findByCode('SKU-0')[0];
    if (item === undefined) throw new Error('no item');
    await until(() => till.onHand(item.id) === 5000, 'stock');
    const sale = await sell(till);
    expect(till.onHand(item.id)).toBe(4000);
    await till.drained(60_000);
    const through = [{ workstationId: 'w1', epoch: sale.fact.epoch, sequence: sale.fact.sequence }];
    server.put('stock', {
      id: 'p000000',
      page: 0,
      onHandMilli: Array.from({ length: 256 }, () => 3000),
      through,
    });
    await until(() => till.onHand(item.id) === 3000, 'the folded page');
  });

  test('sells without a server and delivers everything once when it is back', async () => {
    const server = aServer();
    const { till } = await enrolledTill(server);
    await till.drained(60_000);
    server.fault = 'down';
    server.endStreams();
    await sell(till);
    await sell(till);
    expect(till.status.value.pendingCount).toBe(2);
    expect(till.status.value.oldestPendingAt).not.toBeNull();
    server.fault = 'none';
    expect(await till.drained(60_000)).toBe(true);
    expect(server.facts().filter((fact) => fact.kind === 'transaction-completed')).toHaveLength(2);
  });

  test('a storage that may be thrown away holds only so much that nobody else has', async () => {
    const server = aServer();
    server.put('settings', { id: 'store', ...aSettings(), isDemo: false });
    const { till } = await enrolledTill(server, createHeadlessDevice(), {
      storageHealth: {
        isPersisted: () => Promise.resolve(false),
        persist: () => Promise.resolve(false),
        estimate: () => Promise.resolve({ usedBytes: 1, quotaBytes: 10 ** 9 }),
      },
    });
    await until(() => till.status.value.storage.level !== 'unknown', 'storage looked at');
    await till.drained(60_000);
    server.fault = 'down';
    server.endStreams();
    const [item] = till.findByCode('05901234123457');
    if (item === undefined) throw new Error('no item');
    await sell(till);
    await until(() => till.status.value.connection === 'offline', 'offline');
    expect(till.addItem(item, { quantityMilli: 499_000 }).ok).toBe(true);
    expect((await till.completeSale({ tenders: exactCash(499_00) })).ok).toBe(true);
    expect(till.addItem(item).ok).toBe(true);
    const refused = await till.completeSale({ tenders: exactCash(100) });
    expect(refused).toMatchObject({ reason: 'storage-unsafe-limit', details: { maxAmountMinor: 500_00 } });
    server.fault = 'none';
    await until(() => till.status.value.pendingCount === 0, 'delivered');
    expect((await till.completeSale({ tenders: exactCash(100) })).ok).toBe(true);
  });

  test('a lost answer is sent again and booked once (F2)', async () => {
    const server = aServer();
    const { till } = await enrolledTill(server);
    await till.drained(60_000);
    server.fault = 'lost-answers';
    server.faultOnly = /facts$/;
    await sell(till);
    await until(
      () => server.requests.filter((one) => one.path === '/api/v1/facts' && one.body !== null).length >= 3,
      'repeats',
    );
    expect(till.status.value.pendingCount).toBe(1);
    server.fault = 'none';
    expect(await till.drained(60_000)).toBe(true);
    expect(server.facts().filter((fact) => fact.kind === 'transaction-completed')).toHaveLength(1);
  });

  test('a clock that jumps back loses nothing, because delivery goes by sequence (F1)', async () => {
    const server = aServer();
    const device = createHeadlessDevice();
    let offsetMs = 86_400_000;
    const now = () => new Date(Date.now() + offsetMs);
    const first = start(server, device, { now });
    await first.started;
    await first.enrolInDemoStore();
    await readyToSell(first);
    await sell(first);
    await first.drained(60_000);
    await first.close();
    offsetMs = 0;
    server.fault = 'down';
    const second = start(server, device, { now });
    await second.started;
    server.fault = 'none';
    await readyToSell(second);
    const sale = await sell(second);
    expect(sale.fact.recordedAt < (server.facts()[0]?.recordedAt ?? '')).toBe(true);
    expect(await second.drained(60_000)).toBe(true);
    expect(server.head().hash).toBe(second.journalHead()?.hash);
  });

  test('a server that lost memory is filled again from the journal', async () => {
    const server = aServer();
    const { till } = await enrolledTill(server);
    for (let count = 0; count < 5; count += 1) await sell(till);
    await till.drained(60_000);
    server.forgetAfter(3);
    await sell(till);
    expect(await till.drained(60_000)).toBe(true);
    expect(server.facts()).toHaveLength(8);
    expect(till.status.value.troubles.map((trouble) => trouble.code)).toContain('JR-06');
  });

  test('a refused token is renewed without anybody noticing', async () => {
    const server = aServer();
    const { till } = await enrolledTill(server);
    await till.drained(60_000);
    server.revokeTokens();
    await sell(till);
    expect(await till.drained(60_000)).toBe(true);
  });
});
