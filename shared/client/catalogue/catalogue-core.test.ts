// The catalogue from its first load to a change, over RxDB's Dexie storage and fake-indexeddb.

import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { aPage, anItem } from '../../../tests/support/a-shop.ts';
import { createFakeSyncServer, type FakeSyncServer } from '../../../tests/support/fake-sync-server.ts';
import { readAnswer } from '../server/server-answer.ts';
import { createIndexedDbByteStore } from '../storage/browser-ports.ts';
import { createMemoryChannels, createMemoryLocks } from '../storage/memory-ports.ts';
import { createCatalogueCore, type CatalogueCore } from './catalogue-core.ts';
import type { CatalogueDoor } from './catalogue-feed.ts';
import { createCatalogueView } from './catalogue-view.ts';
import type { FromCatalogue } from './messages.ts';
import { createMemoryPageStore, openPageStore, type PageStore } from './page-store.ts';

let server: FakeSyncServer;
let disk: IDBFactory;
let locks: ReturnType<typeof createMemoryLocks>;
let channels: ReturnType<typeof createMemoryChannels>;
let made = 0;
const open: CatalogueCore[] = [];

beforeEach(() => {
  server = createFakeSyncServer();
  disk = new IDBFactory();
  locks = createMemoryLocks();
  channels = createMemoryChannels();
  made += 1;
});
afterEach(async () => {
  for (const core of open.splice(0)) await core.close();
});

function start(shared: PageStore | null = null) {
  const headers = { authorization: 'Bearer t1' };
  const door: CatalogueDoor = {
    request: async (path) => readAnswer(await server.fetch(`http://s${path}`, { headers })),
    open: (path) => server.fetch(`http://s${path}`, { headers }),
    whenOnline: () => Promise.resolve(true),
  };
  const view = createCatalogueView();
  const messages: FromCatalogue[] = [];
  const core = createCatalogueCore({
    namespace: String(made),
    openPages: () =>
      shared === null
        ? openPageStore(getRxStorageDexie({ indexedDB: disk, IDBKeyRange }), `catalogue-${String(made)}`)
        : Promise.resolve(shared),
    byteStore: createIndexedDbByteStore(disk, 'indexes'),
    locks,
    channel: channels('catalogue'),
    door,
    now: () => Date.now(),
    random: () => 0.5,
    emit(message) {
      messages.push(message);
      if (message.kind === 'keys') view.takeKeys(message.index);
      if (message.kind === 'pages') view.takePages(message.pages);
      if (message.kind === 'dropped') view.dropPages(message.pages);
    },
  });
  open.push(core);
  core.take({ kind: 'start' });
  const isReady = () => messages.some((one) => one.kind === 'progress' && one.phase === 'ready');
  return { core, view, messages, isReady };
}

async function until(isSo: () => boolean): Promise<void> {
  const deadline = performance.now() + 5_000;
  while (!isSo()) {
    if (performance.now() > deadline) throw new Error('waited in vain');
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
  }
}

describe('catalogue core', () => {
  test('loads the snapshot with progress, then takes changes from its position', async () => {
    const pages = Array.from({ length: 20 }, (_, page) =>
      aPage([anItem(page * 256, { barcodes: [`P${String(page)}`] })]),
    );
    server.snapshot = { pages };
    const { view, messages, isReady, core } = start();
    await until(isReady);
    expect(view.itemCount()).toBe(20);
    expect(messages.filter((one) => one.kind === 'progress').map((one) => one.loadedPages)).toContain(16);
    server.put('catalogue_pages', aPage([anItem(0, { barcodes: ['P0'], priceMinor: 5 })]));
    core.take({ kind: 'changed' });
    await until(() => view.findByCode('P0')[0]?.priceMinor === 5);
  });

  test('without a snapshot the change feed brings everything', async () => {
    server.put('catalogue_pages', aPage([anItem(0)]));
    server.put('catalogue_pages', aPage([anItem(256)]));
    const { view, isReady } = start();
    await until(isReady);
    expect(view.itemCount()).toBe(2);
  });

  test('a deleted page is dropped, also after a restart', async () => {
    server.put('catalogue_pages', aPage([anItem(0, { barcodes: ['A'] })]));
    server.put('catalogue_pages', aPage([anItem(256, { barcodes: ['B'] })]));
    const first = start();
    await until(first.isReady);
    server.remove('catalogue_pages', '000001');
    first.core.take({ kind: 'changed' });
    await until(() => first.view.findByCode('B').length === 0);
    await first.core.close();
    const second = start();
    await until(second.isReady);
    expect(second.view.findByCode('A')).toHaveLength(1);
    expect(second.view.itemCount()).toBe(1);
  });

  test('a restart reads its own disk and needs no server', async () => {
    server.put('catalogue_pages', aPage([anItem(0, { barcodes: ['A'] })]));
    const first = start();
    await until(first.isReady);
    await first.core.close();
    server.fault = 'down';
    const second = start();
    await until(second.isReady);
    expect(second.view.findByCode('A')).toHaveLength(1);
  });

  test('one window writes, the other one reads what was written (and takes over)', async () => {
    server.put('catalogue_pages', aPage([anItem(0, { barcodes: ['A'] })]));
    // Two windows are two realms with one disk; in one realm RxDB would close the first database for the second.
    const disk = createMemoryPageStore();
    const writer = start(disk);
    await until(writer.isReady);
    const reader = start(disk);
    await until(() => reader.view.findByCode('A').length === 1);
    server.put('catalogue_pages', aPage([anItem(0, { barcodes: ['A'], priceMinor: 9 })]));
    writer.core.take({ kind: 'changed' });
    await until(() => reader.view.findByCode('A')[0]?.priceMinor === 9);
    await writer.core.close();
    server.put('catalogue_pages', aPage([anItem(0, { barcodes: ['A'], priceMinor: 11 })]));
    reader.core.take({ kind: 'changed' });
    await until(() => reader.view.findByCode('A')[0]?.priceMinor === 11);
    expect(reader.isReady()).toBe(true);
  });

  test('searches what has come so far', async () => {
    server.put('catalogue_pages', aPage([anItem(0, { name: { en: 'Whole milk' } }), anItem(1)]));
    const { core, messages, isReady } = start();
    await until(isReady);
    core.take({ kind: 'search', id: 7, text: 'mil', limit: 5 });
    expect(messages.at(-1)).toEqual({ kind: 'found', id: 7, ordinals: [0] });
  });
});
