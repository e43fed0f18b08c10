import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { createBrotliDecompress } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aDemoStore, type TestDemoStore } from '../../tests/support/a-demo-store.ts';
import { asItemId, asStoreId } from '../../shared/domain/ids.ts';
import type { Item } from '../../shared/domain/item.ts';
import { inTransaction } from '../db/database.ts';
import { readFeed, readPosition } from '../db/feed.ts';
import { SILENT_LOG } from '../db/log.ts';
import { changePrice } from './change-price.ts';
import { deleteItems, lockCatalogue, readItem } from './item-rows.ts';
import { pagesOf, publishPages } from './publish-pages.ts';
import { createSnapshots, type SnapshotsGiven } from './snapshots.ts';

/** A busy machine takes its time to start PostgreSQL. */
const DATABASE_START_MS = 60_000;
let demo: TestDemoStore;
beforeAll(async () => {
  demo = await aDemoStore({ items: 600 });
}, DATABASE_START_MS);
afterAll(() => demo.drop());

const STORE = asStoreId('s1');

function pages(scope: string, after = 0) {
  return readFeed(demo.database.sql, { scope, collection: 'catalogue_pages', after, limit: 1000 });
}
function setPrice(id: string, priceMinor: number) {
  const change = { itemId: asItemId(id), priceMinor, storeId: STORE };
  return changePrice(demo.database, change, demo.serverFacts.recordPriceChange);
}
async function positions(): Promise<{ company: number; kiosk: number }> {
  const { sql } = demo.database;
  return { company: await readPosition(sql, 'company'), kiosk: await readPosition(sql, 'kiosk') };
}

describe('price change', () => {
  test('rewrites exactly one page in each scope and records one fact', async () => {
    const before = await positions();
    const facts = await demo.serverFacts.journalLength(STORE);
    const was = await readItem(demo.database.sql, 'i000300');
    const outcome = await setPrice('i000300', 12_345);
    expect(outcome).toMatchObject({ ok: true, value: { isChanged: true, item: { priceMinor: 12_345 } } });
    for (const scope of ['company', 'kiosk'] as const) {
      const changed = await pages(scope, before[scope]);
      expect(changed.map((row) => row.id)).toEqual(['000001']);
      const page = JSON.parse(changed[0]?.body ?? '') as { records: string; prices: string };
      expect((JSON.parse(page.records.split('\n')[300 - 256] ?? '') as Item).priceMinor).toBe(12_345);
      expect(page.prices.split('\n')[300 - 256]).toBe('12345');
    }
    expect(await demo.serverFacts.journalLength(STORE)).toBe(facts + 1);
    const [fact] = await demo.database.sql<{ kind: string; body: string }[]>`
      select kind, body from fact where workstation_id = 'server-s1' order by sequence desc limit 1`;
    expect(fact?.kind).toBe('price-changed');
    expect((JSON.parse(fact?.body ?? '') as { body: unknown }).body).toEqual({
      itemId: 'i000300',
      fromMinor: was?.priceMinor,
      toMinor: 12_345,
    });
  });

  test('the same price again changes nothing', async () => {
    await setPrice('i000301', 500);
    const before = await positions();
    expect(await setPrice('i000301', 500)).toMatchObject({ ok: true, value: { isChanged: false } });
    expect(await positions()).toEqual(before);
  });

  test.each([-1, 1.5, Number.NaN, 1_000_000_000_001])('a price of %d is refused', async (priceMinor) => {
    expect(await setPrice('i000300', priceMinor)).toMatchObject({ ok: false, reason: 'price-not-allowed' });
  });

  test('an unknown item is refused', async () => {
    expect(await setPrice('nobody', 100)).toMatchObject({ ok: false, reason: 'item-unknown' });
  });

  test('changes on one page at the same time are all in the page that results', async () => {
    const ids = Array.from({ length: 12 }, (_, place) => `i0000${String(10 + place)}`);
    await Promise.all(ids.map((id, place) => setPrice(id, 7_000 + place)));
    const rows = await pages('company');
    const page = JSON.parse(rows.find((row) => row.id === '000000')?.body ?? '') as { prices: string };
    const prices = page.prices.split('\n');
    expect(ids.map((_, place) => prices[10 + place])).toEqual(ids.map((_, place) => String(7_000 + place)));
  });
});

describe('page deletion', () => {
  test('an emptied page is published as deleted, and a half-emptied one keeps its slots', async () => {
    await inTransaction(demo.database, async (transaction) => {
      await lockCatalogue(transaction);
      const last = await transaction.sql<{ id: string }[]>`select id from item where ordinal >= 512`;
      const ordinals = await deleteItems(transaction, [...last.map(({ id }) => id), 'i000256']);
      await publishPages(transaction, pagesOf(ordinals));
    });
    const rows = await pages('kiosk');
    expect(rows.find((row) => row.id === '000002')?.deleted).toBe(true);
    const second = JSON.parse(rows.find((row) => row.id === '000001')?.body ?? '') as {
      records: string;
      count: number;
    };
    expect(second.count).toBe(255);
    expect(second.records.startsWith('\n')).toBe(true);
  });
});

describe('snapshot', () => {
  function aSnapshots(given: Partial<SnapshotsGiven> = {}) {
    return createSnapshots({
      database: demo.database,
      folder: path.join(demo.dataFolder, 'snapshots'),
      lineage: 'now',
      checkpointAt: (scope, position) => `${scope}@${String(position)}`,
      now: Date.now,
      log: SILENT_LOG,
      ...given,
    });
  }

  test('equals the pages of the scope, with the checkpoint to go on from', async () => {
    const snapshots = aSnapshots();
    const snapshot = await snapshots.newest('company');
    const whole = await text(createReadStream(snapshot.file).pipe(createBrotliDecompress()));
    const [header = '', ...lines] = whole.trimEnd().split('\n');
    const live = (await pages('company')).filter((row) => !row.deleted);
    const bodies = live.toSorted((one, other) => (one.id < other.id ? -1 : 1)).map((row) => row.body);
    expect(lines).toEqual(bodies);
    const items = lines.reduce((sum, line) => sum + (JSON.parse(line) as { count: number }).count, 0);
    expect(JSON.parse(header)).toEqual({
      checkpoint: { position: `company@${String((await positions()).company)}` },
      pages: lines.length,
      items,
    });
    expect((await stat(snapshot.file)).size).toBe(snapshot.bytes);
    expect((await stat(snapshot.file)).mode & 0o077).toBe(0);
    expect(snapshots.at('company', snapshot.position)).toEqual(snapshot);
    expect(snapshots.at('kiosk', snapshot.position + 1)).toBeNull();
  });

  test('a change after it does not build a new one at once; ten minutes later it does', async () => {
    let nowMs = 1_000_000;
    const snapshots = aSnapshots({ now: () => nowMs });
    const first = await snapshots.newest('company');
    await setPrice('i000020', 4_242);
    nowMs += 60_000;
    expect((await snapshots.newest('company')).position).toBe(first.position);
    await snapshots.settled();
    expect((await snapshots.newest('company')).position).toBe(first.position);
    nowMs += 600_000;
    await snapshots.newest('company');
    await snapshots.settled();
    expect((await snapshots.newest('company')).position).toBeGreaterThan(first.position);
    // Whoever still loads the former one can finish.
    expect(snapshots.at('company', first.position)).not.toBeNull();
  });

  test('the next start takes up the file of the same history, and no other', async () => {
    const first = aSnapshots({ lineage: 'history1' });
    await first.prepare();
    const made = await first.newest('kiosk');
    const events: string[] = [];
    const note = (_: object, event: string) => void events.push(event);
    const log = { ...SILENT_LOG, info: note };
    const second = aSnapshots({ lineage: 'history1', log });
    await second.prepare();
    expect(await second.newest('kiosk')).toEqual(made);
    expect(events).toEqual([]);
    const restored = aSnapshots({ lineage: 'history2', log });
    await restored.prepare();
    expect(events).toEqual(['snapshot-built', 'snapshot-built']);
  });
});
