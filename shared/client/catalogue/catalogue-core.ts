// The catalogue behind its messages, free of any transport: the worker runs it in a browser, headless
// workstations run it beside them. One window of an origin writes pages (Web Lock); the others read what it
// wrote and learn by a channel which pages have changed.
//
//   keys of the last run ──► stored pages, packed and indexed ──► lock? ──► snapshot, then change feed for ever

import type { ByteStore, Channel, Locks } from '../ports.ts';
import { loadSnapshot, pullChanges, type CatalogueDoor, type FeedBatch } from './catalogue-feed.ts';
import { joinKeys, readKeyIndex, writeKeyIndex } from './key-index.ts';
import type { FromCatalogue, KeyIndex, ToCatalogue } from './messages.ts';
import { compactPage, type StoredPage } from './compact-page.ts';
import { packPage } from './pack-page.ts';
import type { PageStore } from './page-store.ts';
import { createSearchIndex } from './search-index.ts';
import { createStyleIndex } from './style-index.ts';

/** Keys are kept for the next run this long after the last change, so that a mass change writes once. */
const KEEP_KEYS_AFTER_MS = 2_000;

export type CoreGiven = {
  readonly namespace: string;
  readonly openPages: () => Promise<PageStore>;
  readonly byteStore: ByteStore;
  readonly locks: Locks;
  readonly channel: Channel;
  readonly door: CatalogueDoor;
  readonly now: () => number;
  readonly random: () => number;
  readonly emit: (message: FromCatalogue) => void;
};

export type CatalogueCore = { take(message: ToCatalogue): void; close(): Promise<void> };

const pageId = (page: number): string => String(page).padStart(6, '0');

export function createCatalogueCore(given: CoreGiven): CatalogueCore {
  const closing = new AbortController();
  const index = createSearchIndex();
  const styles = createStyleIndex();
  /** Keys and counts of every page, for the index that the next run starts with. */
  const keysByPage = new Map<number, KeyIndex>();
  let store: PageStore | null = null;
  let wakeFeed = () => {};
  let hasChanges = true;
  let keepTimer: ReturnType<typeof setTimeout> | undefined;
  let phase: 'empty' | 'loading' | 'ready' = 'empty';

  const progress = (next: typeof phase, loadedPages: number, totalPages: number) => {
    phase = next;
    given.emit({ kind: 'progress', phase, loadedPages, totalPages });
  };
  const show = (contents: readonly StoredPage[]) => {
    if (contents.length === 0) return;
    const packed = contents.map((content) => {
      index.setPage(content.page, content.search);
      styles.setPage(content.page, content.records);
      return packPage(content);
    });
    for (const page of packed) keysByPage.set(page.page, joinKeys([page]));
    given.emit({ kind: 'pages', pages: packed });
    keepKeysSoon();
  };
  const drop = (ids: readonly string[]) => {
    const numbers = ids.map(Number).filter((page) => Number.isSafeInteger(page));
    if (numbers.length === 0) return;
    for (const page of numbers) {
      index.dropPage(page);
      styles.dropPage(page);
      keysByPage.delete(page);
    }
    given.emit({ kind: 'dropped', pages: numbers });
    keepKeysSoon();
  };
  const keepKeysSoon = () => {
    clearTimeout(keepTimer);
    keepTimer = setTimeout(
      () => void writeKeyIndex(given.byteStore, joinIndexes(keysByPage)),
      KEEP_KEYS_AFTER_MS,
    );
  };
  const store_ = async (batch: FeedBatch): Promise<void> => {
    const pages = batch.pages.map(compactPage);
    await store?.apply({ ...batch, pages });
    show(pages);
    drop(batch.removed);
    given.channel.post({ pages: batch.pages.map((page) => page.id), removed: batch.removed });
  };

  const readStored = async (opened: PageStore) => {
    const total = await opened.count();
    if (total === 0) return;
    let read = 0;
    progress('loading', 0, total);
    await opened.readAll((pages) => {
      show(pages);
      read += pages.length;
      progress('loading', read, total);
    });
    if ((await opened.position()) !== null) progress('ready', read, read);
  };

  const feed = async (opened: PageStore) => {
    while (!closing.signal.aborted) {
      if (hasChanges) {
        hasChanges = false;
        if ((await opened.position()) === null && (await given.door.whenOnline())) {
          await loadSnapshot(given.door, closing.signal, async (batch, loaded) => {
            await store_(batch);
            progress('loading', loaded.pages, loaded.totalPages);
          });
        }
        const reached = await pullChanges(
          { ...given, signal: closing.signal },
          await opened.position(),
          store_,
        );
        if (reached === null) return;
        if (phase !== 'ready') progress('ready', keysByPage.size, keysByPage.size);
      } else {
        await new Promise<void>((resolve) => {
          wakeFeed = resolve;
        });
      }
    }
  };

  const run = async () => {
    const kept = await readKeyIndex(given.byteStore);
    if (kept !== null && kept.itemCount > 0) given.emit({ kind: 'keys', index: kept });
    const opened = await given.openPages();
    store = opened;
    given.channel.listen((message) => void refresh(opened, message));
    await readStored(opened);
    const held = await given.locks.acquire(`tillandsia-catalogue${given.namespace}`, closing.signal);
    if (held === null) return;
    closing.signal.addEventListener('abort', () => held.release(), { once: true });
    await feed(opened);
  };

  const forget = async (): Promise<void> => {
    await store?.clear();
    const ids = [...keysByPage.keys()].map(pageId);
    drop(ids);
    given.channel.post({ pages: [], removed: ids });
    progress('empty', 0, 0);
  };

  const refresh = async (opened: PageStore, message: unknown) => {
    if (typeof message !== 'object' || message === null) return;
    if ('pages' in message && Array.isArray(message.pages)) {
      show(await opened.read(message.pages.filter((id) => typeof id === 'string')));
      if (phase !== 'ready' && (await opened.position()) !== null)
        progress('ready', keysByPage.size, keysByPage.size);
    }
    if ('removed' in message && Array.isArray(message.removed)) {
      drop(message.removed.filter((id) => typeof id === 'string'));
    }
  };

  return {
    take(message) {
      switch (message.kind) {
        case 'start':
          run().catch((error: unknown) => given.emit({ kind: 'failed', message: String(error) }));
          return;
        case 'changed':
          hasChanges = true;
          wakeFeed();
          return;
        case 'forget':
          forget().catch((error: unknown) => given.emit({ kind: 'failed', message: String(error) }));
          return;
        case 'search':
          given.emit({ kind: 'found', id: message.id, ordinals: index.search(message.text, message.limit) });
          return;
        case 'style':
          given.emit({ kind: 'found', id: message.id, ordinals: styles.ordinalsOf(message.styleId) });
          return;
        case 'need-page':
          void store?.read([pageId(message.page)]).then(show);
          return;
        // Token and network belong to the door, which the worker gives its own messages to.
        case 'token':
        case 'online':
        case 'close':
          return;
      }
    },
    async close() {
      closing.abort();
      wakeFeed();
      clearTimeout(keepTimer);
      given.channel.close();
      await store?.close();
    },
  };
}

function joinIndexes(byPage: ReadonlyMap<number, KeyIndex>): KeyIndex {
  const ordered = [...byPage.entries()].sort(([left], [right]) => left - right).map(([, one]) => one);
  const total = ordered.reduce((sum, one) => sum + one.keys.length, 0);
  const keys = new Float64Array(total);
  const slots = new Uint8Array(total);
  let at = 0;
  for (const one of ordered) {
    keys.set(one.keys, at);
    slots.set(one.slots, at);
    at += one.keys.length;
  }
  return {
    pages: Uint32Array.from(ordered, (one) => one.pages[0] ?? 0),
    counts: Uint32Array.from(ordered, (one) => one.keys.length),
    keys,
    slots,
    itemCount: ordered.reduce((sum, one) => sum + one.itemCount, 0),
  };
}
