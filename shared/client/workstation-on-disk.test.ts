// A workstation on RxDB's Dexie storage (over fake-indexeddb), as in a browser: what survives a restart, what is
// found out when the disk lost something, and who may write.

import { TILL_DURABILITY } from './storage/till-database.ts';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
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
import { openPageStore } from './catalogue/page-store.ts';
import { createInlineCatalogue } from './catalogue/inline-catalogue.ts';
import type { RunningWorkstation } from './create-workstation.ts';
import { createHeadlessDevice, createHeadlessWorkstation, type HeadlessDevice } from './headless.ts';
import type { Given } from './given.ts';
import type { Fact } from '../domain/fact.ts';
import type { Outcome } from '../domain/refusal.ts';
import { parseStored } from './journal/fact-store.ts';
import { createIndexedDbByteStore } from './storage/browser-ports.ts';
import { createIndexedDbPeek } from './storage/peek-journal.ts';
import { journalKey } from './storage/till-database.ts';

const open: RunningWorkstation[] = [];
let server: FakeSyncServer;
let device: HeadlessDevice;
let disk: IDBFactory;

beforeEach(() => {
  server = createFakeSyncServer();
  server.put('settings', { id: 'store', ...aSettings() });
  server.put('staff', { ...anOperator() });
  server.put('catalogue_pages', aPage([anItem(0, { barcodes: ['05901234123457'] }), anItem(1)]));
  server.put('stock', {
    id: 'p000000',
    page: 0,
    onHandMilli: Array.from({ length: 256 }, () => 5000),
    through: [],
  });
  device = createHeadlessDevice();
  disk = new IDBFactory();
});
afterEach(async () => {
  for (const workstation of open.splice(0)) await workstation.close();
});

function start(replace: Partial<Given> = {}): RunningWorkstation {
  const factory = disk;
  const storage = getRxStorageDexie({
    indexedDB: factory,
    IDBKeyRange,
    chromeTransactionDurability: TILL_DURABILITY,
  });
  const workstation = createHeadlessWorkstation({
    serverUrl: 'http://server.test',
    device,
    replace: {
      fetch: server.fetch,
      verifyPin: verifyPlainPin,
      documents: 'rxdb',
      storage: () => Promise.resolve(storage),
      destroyTill: () => Promise.resolve(),
      peekJournal: createIndexedDbPeek(factory, `till-${device.name}`),
      catalogue: (door) =>
        createInlineCatalogue({
          namespace: device.name,
          locks: device.locks,
          openChannel: device.openChannel,
          now: () => new Date(),
          random: Math.random,
          byteStore: createIndexedDbByteStore(factory, 'indexes'),
          openPages: () =>
            openPageStore(getRxStorageDexie({ indexedDB: factory, IDBKeyRange }), `pages-${device.name}`),
          door,
        }),
      ...replace,
    },
  });
  open.push(workstation);
  return workstation;
}

const until = untilWithin(60_000);

async function ready(till: RunningWorkstation): Promise<void> {
  await till.started;
  if (till.status.value.enrolment === 'not-enrolled') {
    assertOk(await till.enrolInDemoStore());
  }
  await until(() => till.operators.value.length > 0 && till.settings.value !== null, 'staff and settings');
  await until(() => till.status.value.catalogue.phase === 'ready', 'catalogue');
  if (till.operator.value === null) {
    assertOk(await till.signOn(anOperator().id, '1234'));
  }
}

function assertOk(outcome: Outcome<null>): void {
  if (!outcome.ok) throw new Error(`refused: ${outcome.reason} ${JSON.stringify(outcome.details)}`);
}

async function sell(till: RunningWorkstation) {
  const [item] = till.findByCode('SKU-1');
  if (item === undefined) throw new Error('no item');
  expect(till.addItem(item).ok).toBe(true);
  const sold = await till.completeSale({ tenders: exactCash(till.cart.value?.totals.grossMinor ?? 0) });
  if (!sold.ok) throw new Error(sold.reason);
  return sold.value;
}

async function rowsIn(name: string): Promise<number> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = disk.open(name);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('open'));
  });
  if (!database.objectStoreNames.contains('docs')) return 0;
  const rows = await new Promise<{ _deleted?: boolean | string }[]>((resolve, reject) => {
    const request = database.transaction('docs').objectStore('docs').getAll();
    request.onsuccess = () => resolve(request.result as { _deleted?: boolean | string }[]);
    request.onerror = () => reject(request.error ?? new Error('rows'));
  });
  database.close();
  return rows.filter((row) => row._deleted !== true && row._deleted !== '1').length;
}

/** What a browser does when its log is cut: the newest entries are gone, without any error. */
async function cutJournal(afterSequence: number): Promise<void> {
  const name = `rxdb-dexie-till-${device.name}--0--facts`;
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = disk.open(name);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('open'));
  });
  const transaction = database.transaction('docs', 'readwrite');
  transaction.objectStore('docs').delete(IDBKeyRange.lowerBound(journalKey(1, afterSequence), true));
  await new Promise<void>((resolve) => {
    transaction.oncomplete = () => resolve();
  });
  database.close();
}

/** All entries on the disk, in the order of the journal. */
async function journalOnDisk(): Promise<Fact[]> {
  const peek = createIndexedDbPeek(disk, `till-${device.name}`);
  return (await peek(1_000)).map(parseStored);
}

/** One letter of a stored entry changes, as a failing disk would do it. */
async function damageEntry(sequence: number): Promise<void> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = disk.open(`rxdb-dexie-till-${device.name}--0--facts`);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('open'));
  });
  const transaction = database.transaction('docs', 'readwrite');
  const docs = transaction.objectStore('docs');
  const read = docs.get(journalKey(1, sequence));
  read.onsuccess = () => {
    const stored = read.result as { body: string };
    docs.put({ ...stored, body: stored.body.replace('"EUR"', '"EUX"') });
  };
  await new Promise<void>((resolve) => {
    transaction.oncomplete = () => resolve();
  });
  database.close();
}

const codes = (till: RunningWorkstation) => till.status.value.troubles.map((trouble) => trouble.code);

describe('a workstation on its disk', () => {
  test('starts again without a server and sells on with the next number', async () => {
    const first = start();
    await ready(first);
    const before = await sell(first);
    await first.close();
    server.fault = 'down';
    const second = start();
    await ready(second);
    const after = await sell(second);
    expect(before.fact.sequence).toBe(3);
    expect(after.fact.sequence).toBe(5);
    expect(after.fact.previousHash).not.toBe(before.fact.hash);
    expect((await second.ownTransactions(10)).map((own) => own.sequence)).toEqual([5, 3]);
  });

  test('a sale is one document in one collection (F3)', async () => {
    const till = start();
    await ready(till);
    const sale = await sell(till);
    const { transaction } = sale.fact.body;
    expect(transaction.lines).toHaveLength(1);
    expect(transaction.tenders).toHaveLength(1);
    expect(transaction.stockMovements).toHaveLength(1);
    const names = (await disk.databases()).map((one) => one.name ?? '');
    expect(names.filter((name) => /transaction|tender|movement/.test(name))).toEqual([]);
  });

  test('one write makes a sale, and it asks for strict durability (F3, F4)', async () => {
    const asked: (string | undefined)[] = [];
    // fake-indexeddb is plain JavaScript, so the options of each transaction can be watched at its prototype.
    const { IDBDatabase } = await import('fake-indexeddb');
    // oxlint-disable-next-line typescript/unbound-method -- called with its own `this` below
    const original = IDBDatabase.prototype.transaction;
    IDBDatabase.prototype.transaction = function watched(names, mode, options) {
      if (mode === 'readwrite' && this.name.includes('--facts')) asked.push(options?.durability);
      return original.call(this, names, mode, options);
    };
    try {
      const till = start();
      await ready(till);
      asked.length = 0;
      await sell(till);
    } finally {
      IDBDatabase.prototype.transaction = original;
    }
    expect(asked).toEqual(['strict']);
  });

  test('a cut tail that the server has is restored, and a new epoch begins without reusing a number (F5)', async () => {
    const first = start();
    await ready(first);
    await sell(first);
    const last = await sell(first);
    expect(await first.drained(60_000)).toBe(true);
    await first.close();
    await cutJournal(2);
    const second = start();
    await ready(second);
    expect(codes(second)).toContain('JR-01');
    const restored = await second.ownTransactions(10);
    expect(restored.map((own) => own.hash)).toContain(last.fact.hash);
    const next = await sell(second);
    expect(next.fact.epoch).toBe(2);
    expect(next.transaction.receiptNumber).toMatch(/^01-02-B/);
    expect(await second.drained(60_000)).toBe(true);
    expect(server.head().hash).toBe(second.journalHead()?.hash);
  });

  test('a cut tail that nobody has is named by its range, and selling goes on in a new epoch (F5)', async () => {
    const first = start();
    await ready(first);
    expect(await first.drained(60_000)).toBe(true);
    server.fault = 'down';
    server.endStreams();
    await sell(first);
    await sell(first);
    await first.close();
    await cutJournal(2);
    server.fault = 'none';
    const second = start();
    await ready(second);
    const trouble = second.status.value.troubles.find((one) => one.code === 'JR-01');
    expect(trouble?.values).toMatchObject({ lostCount: 2, fromSequence: 3, toSequence: 4, newEpoch: 2 });
    await sell(second);
    expect(await second.drained(60_000)).toBe(true);
    const started = server.facts().find((fact) => fact.epoch === 2);
    expect(started?.body).toMatchObject({
      reason: 'tail-missing',
      lost: { epoch: 1, fromSequence: 3, toSequence: 4 },
    });
  });

  test('a cut tail without a server stops selling until a person or the server decides', async () => {
    const first = start();
    await ready(first);
    await sell(first);
    await first.drained(60_000);
    await first.close();
    await cutJournal(2);
    server.fault = 'down';
    const second = start();
    await second.started;
    await until(() => codes(second).includes('JR-02'), 'JR-02');
    expect(await second.signOn(anOperator().id, '1234')).toMatchObject({
      ok: false,
      reason: 'trouble-blocks-selling',
    });
    server.fault = 'none';
    await until(() => !codes(second).includes('JR-02'), 'the server decides');
    await ready(second);
    expect((await sell(second)).fact.epoch).toBe(2);
  });

  test('a person may start a new epoch without the server, and the server accepts it later', async () => {
    const first = start();
    await ready(first);
    const confirmed = await sell(first);
    await first.drained(60_000);
    await first.close();
    await cutJournal(2);
    server.fault = 'down';
    const second = start();
    await second.started;
    await until(() => codes(second).includes('JR-02'), 'JR-02');
    expect(await second.resolveTrouble('JR-02', 'start-new-epoch')).toEqual({ ok: true, value: null });
    await until(
      () => second.settings.value !== null && second.operators.value.length > 0,
      'settings from disk',
    );
    expect(await second.signOn(anOperator().id, '1234')).toEqual({ ok: true, value: null });
    expect(await second.ownTransactions(10)).toEqual([]);
    const own = await sell(second);
    server.fault = 'none';
    expect(await second.drained(60_000)).toBe(true);
    expect(server.head().hash).toBe(second.journalHead()?.hash);
    // What the server had confirmed comes back by itself: the list is complete again, and the journal is whole.
    const list = async () => (await second.ownTransactions(10)).map(({ hash }) => hash);
    await expect.poll(list, { timeout: 60_000 }).toEqual([own.fact.hash, confirmed.fact.hash]);
    expect(await journalOnDisk()).toEqual(server.facts());
    expect(second.status.value.troubles.find(({ code }) => code === 'JR-01')?.values).toMatchObject({
      restoredCount: 1,
      lostCount: 0,
    });
  });

  test('sales belong to the session that was open, also while its opening is missing here', async () => {
    const first = start();
    await ready(first);
    expect((await first.openTill({ pieces: [], otherMinor: 0 })).ok).toBe(true);
    const before = await sell(first);
    const { tillSessionId } = before.transaction;
    expect(tillSessionId).toBeDefined();
    await first.drained(60_000);
    await first.close();
    await cutJournal(2);
    server.fault = 'down';
    const second = start();
    await second.started;
    await until(() => codes(second).includes('JR-02'), 'JR-02');
    expect(await second.resolveTrouble('JR-02', 'start-new-epoch')).toEqual({ ok: true, value: null });
    await ready(second);
    expect(second.till.value).toBeNull();
    expect((await sell(second)).transaction.tillSessionId).toBe(tillSessionId);
    server.fault = 'none';
    await until(() => second.till.value !== null, 'the till is known again');
    expect(second.till.value?.open).toMatchObject({ tillSessionId, sessionNumber: 1 });
    // Two sales of 1.01 each.
    expect(second.till.value?.open?.figures.salesMinor).toBe(202);
  });

  test('what is missing is fetched at a later start as well, when the server was away all day', async () => {
    const first = start();
    await ready(first);
    await sell(first);
    await first.drained(60_000);
    await first.close();
    await cutJournal(2);
    server.fault = 'down';
    const second = start();
    await second.started;
    await until(() => codes(second).includes('JR-02'), 'JR-02');
    expect(await second.resolveTrouble('JR-02', 'start-new-epoch')).toEqual({ ok: true, value: null });
    await second.close();
    server.fault = 'none';
    const third = start();
    await ready(third);
    expect(await third.drained(60_000)).toBe(true);
    await expect.poll(journalOnDisk, { timeout: 60_000 }).toEqual(server.facts());
  });

  test('what the server had confirmed is not named as lost, also when it cannot be asked', async () => {
    const first = start();
    await ready(first);
    const confirmed = await sell(first);
    expect(await first.drained(60_000)).toBe(true);
    server.fault = 'down';
    server.endStreams();
    const unsent = await sell(first);
    await first.close();
    await cutJournal(2);
    const second = start();
    await second.started;
    await until(() => codes(second).includes('JR-02'), 'JR-02');
    expect(await second.resolveTrouble('JR-02', 'start-new-epoch')).toEqual({ ok: true, value: null });
    server.fault = 'none';
    expect(await second.drained(60_000)).toBe(true);
    const started = server.facts().find((fact) => fact.epoch === 2);
    const { sequence } = unsent.fact;
    expect(sequence).toBe(confirmed.fact.sequence + 1);
    expect(started?.body).toMatchObject({ lost: { epoch: 1, fromSequence: sequence, toSequence: sequence } });
  });

  test('an empty database beside a canary is never taken for a new device (F5)', async () => {
    const first = start();
    await ready(first);
    await sell(first);
    await first.drained(60_000);
    await first.close();
    disk = new IDBFactory();
    const second = start();
    await ready(second);
    const next = await sell(second);
    expect(next.fact.epoch).toBe(2);
    expect(codes(second)).toContain('JR-01');
    expect(server.facts().find((fact) => fact.epoch === 2)?.body).toMatchObject({
      reason: 'storage-lost',
      lost: null,
    });
  });

  test('a second window shows and does not write; it takes over when the first dies (F6, G09)', async () => {
    const first = start();
    await ready(first);
    await sell(first);
    const second = start();
    await second.started;
    expect(second.status.value.writer).toBe('another-window');
    const shown = async () =>
      (await second.ownTransactions(10)).map(({ sequence, isDelivered }) => [sequence, isDelivered]);
    expect(await first.drained(60_000)).toBe(true);
    expect(await shown()).toEqual([[3, true]]);
    server.fault = 'down';
    await sell(first);
    expect(await shown()).toEqual([
      [4, false],
      [3, true],
    ]);
    server.fault = 'none';
    expect(await second.signOn(anOperator().id, '1234')).toMatchObject({ ok: false });
    await first.close();
    const startedAt = performance.now();
    await until(() => second.status.value.writer === 'this-window', 'take-over');
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    await ready(second);
    expect((await sell(second)).fact.sequence).toBeGreaterThan(4);
  });

  test('a window that lives yields on request, finishes first, and its open cart moves over (G09)', async () => {
    const first = start();
    await ready(first);
    await sell(first);
    const [item] = first.findByCode('SKU-1');
    if (item === undefined) throw new Error('no item');
    first.addItem(item, { quantityMilli: 2000 });
    const second = start();
    await second.started;
    expect(codes(second)).toContain('ST-04');
    expect(await second.resolveTrouble('ST-04', 'take-over')).toEqual({ ok: true, value: null });
    await until(() => second.status.value.writer === 'this-window', 'take-over');
    await ready(second);
    expect(first.status.value.writer).toBe('another-window');
    expect(await first.completeSale({ tenders: exactCash(202) })).toMatchObject({ ok: false });
    expect(second.cart.value?.cart.lines.map((line) => line.quantityMilli)).toEqual([2000]);
    const sold = await second.completeSale({ tenders: exactCash(202) });
    expect(sold.ok).toBe(true);
    expect(await second.drained(60_000)).toBe(true);
    const places = server.facts().map((fact) => `${String(fact.epoch)}/${String(fact.sequence)}`);
    expect(new Set(places).size).toBe(places.length);
  });

  test('a damaged entry stops selling; rebuilding sends what is whole and names what is lost', async () => {
    const first = start();
    await ready(first);
    await first.drained(60_000);
    server.fault = 'down';
    server.endStreams();
    await sell(first);
    await sell(first);
    await first.close();
    await damageEntry(4);
    const second = start();
    await second.started;
    await until(() => codes(second).includes('JR-05'), 'JR-05');
    server.fault = 'none';
    await until(() => second.status.value.connection === 'online', 'online');
    expect(await second.resolveTrouble('JR-05', 'rebuild-from-server')).toEqual({ ok: true, value: null });
    await ready(second);
    const sale = await sell(second);
    expect(sale.fact.epoch).toBe(2);
    expect(await second.drained(60_000)).toBe(true);
    expect(
      server
        .facts()
        .filter((fact) => fact.epoch === 1)
        .map((fact) => fact.sequence),
    ).toEqual([1, 2, 3]);
    expect(server.facts().find((fact) => fact.epoch === 2)?.body).toMatchObject({
      lost: { epoch: 1, fromSequence: 4, toSequence: 4 },
    });
  });

  test('a device that was set back as a whole learns from the server and reuses no number', async () => {
    const first = start();
    await ready(first);
    await sell(first);
    const last = await sell(first);
    await first.drained(60_000);
    await first.close();
    await cutJournal(2);
    device.textStore.removeItem(`tillandsia.canary-${device.name}`);
    const second = start();
    await ready(second);
    expect((await second.ownTransactions(5)).map((own) => own.hash)).toContain(last.fact.hash);
    expect((await sell(second)).fact.epoch).toBe(2);
  });

  test('a workstation that was taken out keeps what only it has, and delivers it when it is let in again', async () => {
    const first = start();
    await ready(first);
    await first.drained(60_000);
    server.fault = 'revoked';
    server.revokeTokens();
    await sell(first);
    await until(() => codes(first).includes('EN-03'), 'EN-03');
    expect(await first.resolveTrouble('EN-03', 'rebuild-from-server')).toMatchObject({
      ok: false,
      reason: 'undelivered-entries',
    });
    expect(first.status.value.pendingCount).toBe(1);
    server.fault = 'none';
    expect(await first.resolveTrouble('EN-03', 'retry')).toMatchObject({ ok: true });
    expect(codes(first)).not.toContain('EN-03');
    expect(await first.drained(30_000)).toBe(true);
  }, 40_000);

  test('a device that is enrolled anew with another server shows nothing of the former one', async () => {
    const first = start();
    await ready(first);
    expect(first.findByCode('SKU-1')).toHaveLength(1);
    expect(await first.drained(60_000)).toBe(true);
    server.fault = 'revoked';
    server.revokeTokens();
    server.endStreams();
    await until(() => codes(first).includes('EN-03'), 'EN-03');
    expect(await first.resolveTrouble('EN-03', 'rebuild-from-server')).toEqual({ ok: true, value: null });
    expect(first.status.value.enrolment).toBe('not-enrolled');
    await until(() => first.findByCode('SKU-1').length === 0, 'the catalogue is gone');
    expect([first.settings.value, first.operators.value, first.operator.value]).toEqual([null, [], null]);
    const names = (await disk.databases()).map(({ name = '' }) => name);
    for (const name of names.filter((each) => /pages-|--facts$|--staff$|--stock$|--settings$/u.test(each))) {
      expect([name, await rowsIn(name)]).toEqual([name, 0]);
    }
    // The other server has another item in the same place.
    server.fault = 'none';
    server.forgetAfter(0);
    server.put('catalogue_pages', aPage([anItem(0), anItem(1, { sku: 'OTHER-1' })]));
    await ready(first);
    await until(() => first.findByCode('OTHER-1').length === 1, 'the new catalogue');
    expect(first.findByCode('SKU-1')).toHaveLength(0);
    await first.close();
  });

  test('a wrong clock of the device is still known after a start without the server', async () => {
    server.clockOffsetMs = 600_000;
    const first = start();
    await ready(first);
    await until(() => first.status.value.clockDifferenceMs !== null, 'a difference of the clocks');
    await first.close();
    server.fault = 'down';
    const second = start();
    await second.started;
    const differenceMs = second.status.value.clockDifferenceMs ?? 0;
    expect(Math.abs(differenceMs + 600_000)).toBeLessThan(5_000);
  });

  test('older code is refused before tender when newer code has run (F6)', async () => {
    const till = start();
    await ready(till);
    const [item] = till.findByCode('SKU-1');
    if (item === undefined) throw new Error('no item');
    till.addItem(item);
    device.textStore.setItem(`tillandsia.generation-${device.name}`, '2');
    const refused = await till.completeSale({ tenders: exactCash(101) });
    expect(refused).toMatchObject({ ok: false, reason: 'newer-version-running' });
    expect(till.cart.value?.cart.lines).toHaveLength(1);
  });

  test('an open cart comes back after a crash, still open; a completed one does not', async () => {
    const first = start();
    await ready(first);
    await sell(first);
    const [item] = first.findByCode('SKU-1');
    if (item === undefined) throw new Error('no item');
    first.addItem(item, { quantityMilli: 3000 });
    await first.close();
    const second = start();
    await ready(second);
    expect(second.cart.value?.cart.lines.map((line) => line.quantityMilli)).toEqual([3000]);
    const sold = await second.completeSale({ tenders: exactCash(303) });
    expect(sold.ok).toBe(true);
    await second.close();
    const third = start();
    await ready(third);
    expect(third.cart.value).toBeNull();
  });

  test('a database that does not open is a trouble with choices, never an exception', async () => {
    const till = start({ storage: () => Promise.reject(new DOMException('Internal error', 'UnknownError')) });
    await till.started;
    await till.enrolInDemoStore();
    await until(() => codes(till).includes('ST-01'), 'ST-01');
    const trouble = till.status.value.troubles.find((one) => one.code === 'ST-01');
    expect(trouble).toMatchObject({ blocksSelling: true, actions: ['retry', 'rebuild-from-server'] });
  });

  test('wrong PINs are counted in the journal, so a restart gives no new tries', async () => {
    const first = start();
    await ready(first);
    await first.signOff('signed-off');
    for (let count = 0; count < 5; count += 1) {
      expect(await first.signOn(anOperator().id, '9999')).toMatchObject({ ok: false, reason: 'pin-wrong' });
    }
    expect(await first.signOn(anOperator().id, '1234')).toMatchObject({ ok: false, reason: 'pin-wait' });
    await first.close();
    const second = start();
    await second.started;
    await until(() => second.operators.value.length > 0, 'staff');
    expect(await second.signOn(anOperator().id, '1234')).toMatchObject({ ok: false, reason: 'pin-wait' });
  });
});
