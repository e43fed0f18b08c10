// What replay and simulation rely on: many workstations in one process, and a device that starts again alone.

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

const open: RunningWorkstation[] = [];
afterEach(async () => {
  for (const workstation of open.splice(0)) await workstation.close();
});

function aServer(): FakeSyncServer {
  const server = createFakeSyncServer();
  server.put('settings', { id: 'store', ...aSettings() });
  server.put('staff', { ...anOperator() });
  server.put('catalogue_pages', aPage([anItem(0)]));
  server.put('stock', {
    id: 'p000000',
    page: 0,
    onHandMilli: Array.from({ length: 256 }, () => 5000),
    through: [],
  });
  return server;
}

function start(server: FakeSyncServer, device: HeadlessDevice): RunningWorkstation {
  const till = createHeadlessWorkstation({
    serverUrl: 'http://server.test',
    device,
    replace: { fetch: server.fetch, verifyPin: verifyPlainPin },
  });
  open.push(till);
  return till;
}

const until = untilWithin(60_000);

async function signedOn(till: RunningWorkstation): Promise<void> {
  await until(() => till.operators.value.length > 0 && till.settings.value !== null, 'staff and settings');
  await until(() => till.status.value.catalogue.phase === 'ready', 'catalogue');
  const outcome = await till.signOn(anOperator().id, '1234');
  if (!outcome.ok) throw new Error(outcome.reason);
}

async function sell(till: RunningWorkstation) {
  const [item] = till.findByCode('SKU-0');
  if (item === undefined) throw new Error('no item');
  till.addItem(item);
  const sold = await till.completeSale({ tenders: exactCash(100) });
  if (!sold.ok) throw new Error(sold.reason);
  return sold.value;
}

describe('headless workstations', () => {
  test('twelve sell in one process, each into its own journal', async () => {
    // One server each: the fake one knows a single workstation.
    const pairs = Array.from({ length: 12 }, () => ({ server: aServer(), device: createHeadlessDevice() }));
    const tills = pairs.map(({ server, device }) => start(server, device));
    await Promise.all(
      tills.map(async (till) => {
        await till.started;
        await till.enrolInDemoStore();
        await signedOn(till);
        for (let count = 0; count < 5; count += 1) await sell(till);
        await till.drained(60_000);
      }),
    );
    expect(pairs.map(({ server }) => server.facts().length)).toEqual(tills.map(() => 7));
  });

  test('a device starts again without a server and sells from what it kept', async () => {
    const server = aServer();
    const device = createHeadlessDevice();
    const first = start(server, device);
    await first.started;
    await first.enrolInDemoStore();
    await signedOn(first);
    await sell(first);
    await first.close();
    server.fault = 'down';
    const second = start(server, device);
    await second.started;
    await signedOn(second);
    const sale = await sell(second);
    expect(sale.fact.epoch).toBe(1);
    server.fault = 'none';
    expect(await second.drained(60_000)).toBe(true);
    expect(server.head().hash).toBe(second.journalHead()?.hash);
  });

  test('all replicas of a store hold the same stock pages', async () => {
    const server = aServer();
    const till = start(server, createHeadlessDevice());
    await till.started;
    await till.enrolInDemoStore();
    await signedOn(till);
    const [page] = await till.replica();
    expect(page?.onHandMilli[0]).toBe(5000);
  });
});
