// A till whose database is of an older version, on RxDB's Dexie storage (over fake-indexeddb), with sales that nobody
// has but this device: they are carried over byte for byte, through crashes, and delivered; older code stays away.

import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { untilWithin } from '../../tests/support/until.ts';
import {
  anItem,
  anOperator,
  aPage,
  aSettings,
  exactCash,
  verifyPlainPin,
} from '../../tests/support/a-shop.ts';
import { createFakeSyncServer, type FakeSyncServer } from '../../tests/support/fake-sync-server.ts';
import type { RunningWorkstation } from './create-workstation.ts';
import { createHeadlessDevice, createHeadlessWorkstation, type HeadlessDevice } from './headless.ts';
import { openTillDatabase, type StoredFact } from './storage/till-database.ts';
import type { StoredRow, TillVersions } from './storage/till-versions.ts';
import { TILL_GENERATION } from './storage/writer-lock.ts';

const { present } = vi.hoisted((): { present: { versions: unknown } } => ({ present: { versions: null } }));
vi.mock('./storage/till-versions.ts', async (load) => {
  const real = await load<{ TILL_VERSIONS: TillVersions }>();
  const chosen = (): TillVersions => (present.versions as TillVersions | null) ?? real.TILL_VERSIONS;
  return {
    TILL_VERSIONS: {
      get facts() {
        return chosen().facts;
      },
      document: (title: string) => chosen().document(title),
    },
  };
});
const { TILL_VERSIONS: product } = await vi.importActual<{ TILL_VERSIONS: TillVersions }>(
  './storage/till-versions.ts',
);

/** Code of two versions later: entries get the day they were recorded on, carts and reference data a mark. */
const NEWER: TillVersions = {
  facts: {
    schema: {
      ...product.facts.schema,
      version: 2,
      properties: { ...product.facts.schema.properties, day: { type: 'string', maxLength: 10 } },
      indexes: ['key', 'subject'],
    } as TillVersions['facts']['schema'],
    steps: [
      (row) => ({ ...row, day: '' }),
      (row) => ({ ...row, day: String(row['recordedAt']).slice(0, 10) }),
    ],
  },
  document: (title) => ({
    schema: { ...product.document(title).schema, version: 1 },
    steps: [(row) => row],
  }),
};
const withFactsStep = (step: (row: StoredRow) => StoredRow | null): TillVersions => ({
  ...NEWER,
  facts: { ...NEWER.facts, steps: [NEWER.facts.steps[0] ?? ((row) => row), step] },
});

const open: RunningWorkstation[] = [];
let server: FakeSyncServer;
let device: HeadlessDevice;
let disk: IDBFactory;
beforeEach(() => {
  server = createFakeSyncServer();
  server.put('settings', { id: 'store', ...aSettings() });
  server.put('staff', { ...anOperator() });
  server.put('catalogue_pages', aPage([anItem(0), anItem(1)]));
  device = createHeadlessDevice();
  disk = new IDBFactory();
  present.versions = null;
});
afterEach(async () => {
  for (const workstation of open.splice(0)) await workstation.close();
});

const storage = () =>
  getRxStorageDexie({ indexedDB: disk, IDBKeyRange, chromeTransactionDurability: 'strict' });

function start(): RunningWorkstation {
  const workstation = createHeadlessWorkstation({
    serverUrl: 'http://server.test',
    device,
    replace: {
      fetch: server.fetch,
      verifyPin: verifyPlainPin,
      documents: 'rxdb',
      storage: () => Promise.resolve(storage()),
      destroyTill: () => Promise.resolve(),
    },
  });
  open.push(workstation);
  return workstation;
}

const until = untilWithin(60_000);

async function ready(till: RunningWorkstation): Promise<void> {
  await till.started;
  if (till.status.value.enrolment === 'not-enrolled') await till.enrolInDemoStore();
  await until(() => till.operators.value.length > 0 && till.settings.value !== null, 'staff and settings');
  await until(() => till.status.value.catalogue.phase === 'ready', 'catalogue');
  if (till.operator.value !== null) return;
  const signedOn = await till.signOn(anOperator().id, '1234');
  if (!signedOn.ok) throw new Error(signedOn.reason);
}

async function sell(till: RunningWorkstation): Promise<void> {
  const [item] = till.findByCode('SKU-1');
  if (item === undefined) throw new Error('no item');
  till.addItem(item);
  const sold = await till.completeSale({ tenders: exactCash(till.cart.value?.totals.grossMinor ?? 0) });
  expect(sold.ok).toBe(true);
}

/** An older till with three sales that are on this device alone. */
async function anOlderTill(): Promise<void> {
  const till = start();
  await ready(till);
  expect(await till.drained(60_000)).toBe(true);
  server.fault = 'down';
  server.endStreams();
  for (let sale = 0; sale < 3; sale += 1) await sell(till);
  expect(till.status.value.pendingCount).toBeGreaterThanOrEqual(3);
  await till.close();
}

async function storedFacts(versions: TillVersions): Promise<readonly StoredFact[]> {
  const database = await openTillDatabase(storage(), `till-${device.name}`, versions);
  const rows = await (await database.facts()).find().exec();
  const facts = rows.map((row) => row.toJSON());
  await database.close();
  return facts;
}
/** Versions of the journal's store that hold entries. */
async function stores(): Promise<readonly string[]> {
  const versions: string[] = [];
  for (const { name = '' } of await disk.databases()) {
    const version = /--(\d+)--facts$/u.exec(name)?.[1];
    if (version !== undefined && (await rowsIn(name)) > 0) versions.push(version);
  }
  return versions.sort();
}

async function rowsIn(name: string): Promise<number> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = disk.open(name);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('open'));
  });
  const count = await new Promise<number>((resolve, reject) => {
    const request = database.transaction('docs').objectStore('docs').count();
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('count'));
  });
  database.close();
  return count;
}
const codes = (till: RunningWorkstation): readonly string[] =>
  till.status.value.troubles.map(({ code }) => code);

describe('a till of an older version', () => {
  test('carries its undelivered sales over byte for byte, sells on, and delivers them', async () => {
    await anOlderTill();
    const before = await storedFacts(product);
    present.versions = NEWER;
    const till = start();
    await till.started;
    await ready(till);
    expect(till.status.value.pendingCount).toBeGreaterThanOrEqual(3);
    await sell(till);
    server.fault = 'none';
    expect(await till.drained(60_000)).toBe(true);
    expect(server.head().hash).toBe(till.journalHead()?.hash);
    expect(server.facts().filter(({ kind }) => kind === 'transaction-completed')).toHaveLength(4);
    await till.close();
    const after = await storedFacts(NEWER);
    expect(after.slice(0, before.length).map(({ key, body }) => ({ key, body }))).toEqual(
      before.map(({ key, body }) => ({ key, body })),
    );
    expect(await stores()).toEqual(['2']);
  });

  test('a crash in the middle leaves the old store whole, and the next start goes on', async () => {
    await anOlderTill();
    const before = await storedFacts(product);
    let carried = 0;
    present.versions = withFactsStep((row) => {
      carried += 1;
      if (carried > before.length + 2) throw new Error('the power is cut');
      return { ...row, day: '2026-01-01' };
    });
    const crashed = start();
    await until(() => codes(crashed).includes('ST-01'), 'ST-01');
    await crashed.close();
    expect(await stores()).toEqual(['0', '2']);
    expect(await rowsIn(`rxdb-dexie-till-${device.name}--0--facts`)).toBe(before.length);
    present.versions = NEWER;
    const till = start();
    await till.started;
    await ready(till);
    expect(till.status.value.pendingCount).toBeGreaterThanOrEqual(3);
    server.fault = 'none';
    expect(await till.drained(60_000)).toBe(true);
    expect(server.head().hash).toBe(till.journalHead()?.hash);
    expect(await stores()).toEqual(['2']);
  });

  test.each([
    ['changes an entry', (row: StoredRow) => ({ ...row, body: String(row['body']).replace('EUR', 'USD') })],
    ['leaves one out', () => null],
  ])('a step that %s is stopped, and nothing is lost', async (_what, step) => {
    await anOlderTill();
    present.versions = withFactsStep(step);
    const till = start();
    await until(() => codes(till).includes('ST-01'), 'ST-01');
    await till.close();
    present.versions = NEWER;
    const mended = start();
    await mended.started;
    await ready(mended);
    server.fault = 'none';
    expect(await mended.drained(60_000)).toBe(true);
    expect(server.facts().filter(({ kind }) => kind === 'transaction-completed')).toHaveLength(3);
  });

  test('older code does not touch what newer code wrote: it says to update', async () => {
    await anOlderTill();
    present.versions = NEWER;
    const newer = start();
    await ready(newer);
    await newer.close();
    present.versions = null;
    const older = start();
    await until(() => codes(older).includes('UP-01'), 'UP-01');
    expect(await stores()).toEqual(['2']);
    expect(await older.signOn(anOperator().id, '1234')).toMatchObject({ ok: false });
  });

  test('hundreds of entries come over in batches', async () => {
    const database = await openTillDatabase(storage(), 'till-many', product);
    const rows = Array.from({ length: 450 }, (_, place) => ({
      key: `00001.${String(place + 1).padStart(9, '0')}`,
      subject: '',
      kind: 'x',
      recordedAt: '2026-11-22T10:00:00.000Z',
      amountMinor: place,
      body: `{"place":${place}}`,
    }));
    await (await database.facts()).bulkInsert(rows);
    await database.close();
    const later = await openTillDatabase(storage(), 'till-many', NEWER);
    const found = await (await later.facts()).find({ sort: [{ key: 'asc' }] }).exec();
    expect(found.map((row) => row.body)).toEqual(rows.map((row) => row.body));
    await later.close();
  });

  test('code that only knows a former shape is told apart by its generation', () => {
    const versions = product.facts.schema.version + product.document('any').schema.version;
    expect(TILL_GENERATION).toBe(1 + versions);
  });
});
