// Catalogue pages on the disk: RxDB's storage in the `catalogue` database, relaxed durability, because all
// of it can be fetched again. A batch of pages and the position they lead to are one write, so a crash never
// leaves a position without its pages.

import {
  createRevision,
  fillWithDefaultSettings,
  now,
  prepareQuery,
  type RxJsonSchema,
  type RxStorage,
} from 'rxdb/plugins/core';
import type { StoredPage } from './compact-page.ts';

export type PageStore = {
  /** Position of the change feed that the stored pages stand for; null before the first complete load. */
  position(): Promise<string | null>;
  count(): Promise<number>;
  /** Every page in order, a few at a time. */
  readAll(take: (pages: readonly StoredPage[]) => Promise<void> | void): Promise<void>;
  read(ids: readonly string[]): Promise<readonly StoredPage[]>;
  /** Writes and removes pages, and moves the position with them. */
  apply(change: {
    readonly pages: readonly StoredPage[];
    readonly removed: readonly string[];
    readonly position: string | null;
  }): Promise<void>;
  /** Removes every page, and the position with them. */
  clear(): Promise<void>;
  close(): Promise<void>;
};

/** Sorts after every page id. */
const POSITION_ID = '~';
const READ_PAGES = 24;
/** Pages of a million items, and room; a count needs some bound. */
const PAGES_MAX = 400_000;

const text = { type: 'string' } as const;
const schema: RxJsonSchema<StoredPage> = {
  title: 'catalogue_pages',
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: {
    id: { type: 'string', maxLength: 6 },
    page: { type: 'number' },
    count: { type: 'number' },
    search: text,
    records: text,
    facets: text,
  },
  required: ['id', 'page', 'count', 'search', 'records', 'facets'],
};

/**
 * Opens the pages on the given storage. An RxDB collection would keep the last hundred changes and every document
 * it has shown in memory, 20 MB of pages; the storage below it keeps nothing.
 */
export async function openPageStore(storage: RxStorage<unknown, unknown>, name: string): Promise<PageStore> {
  const filled = fillWithDefaultSettings(schema);
  const token = `pages-${String(Math.trunc(performance.timeOrigin + performance.now()))}`;
  const instance = await storage.createStorageInstance<StoredPage>({
    databaseInstanceToken: token,
    databaseName: name,
    collectionName: 'pages',
    schema: filled,
    options: {},
    multiInstance: false,
    devMode: false,
  });
  const read = (ids: readonly string[]) => instance.findDocumentsById([...ids], false);
  const between = (after: string, limit: number) =>
    prepareQuery(filled, {
      selector: { _deleted: { $eq: false }, id: { $gt: after, $lt: POSITION_ID } },
      sort: [{ id: 'asc' }],
      index: ['_deleted', 'id'],
      skip: 0,
      limit,
    });
  const store: PageStore = {
    async position() {
      const [found] = await read([POSITION_ID]);
      return found === undefined || found.records === '' ? null : found.records;
    },
    async count() {
      return (await instance.count(between('', PAGES_MAX))).count;
    },
    async readAll(take) {
      let after = '';
      for (;;) {
        const { documents } = await instance.query(between(after, READ_PAGES));
        if (documents.length === 0) return;
        await take(documents);
        after = documents.at(-1)?.id ?? POSITION_ID;
      }
    },
    read,
    async apply({ pages: written, removed, position }) {
      const documents = [
        ...written.map((page) => ({ ...page, _deleted: false })),
        ...removed.map((id) => ({ ...emptyPage(id), _deleted: true })),
        ...(position === null ? [] : [{ ...emptyPage(POSITION_ID), records: position, _deleted: false }]),
      ];
      // The last one of an id counts, as in the order of the feed.
      const byId = new Map(documents.map((document) => [document.id, document]));
      const before = await instance.findDocumentsById([...byId.keys()], true);
      const previousById = new Map(before.map((document) => [document.id, document]));
      const rows = [...byId.values()]
        .filter((document) => !document._deleted || previousById.has(document.id))
        .map((document) => {
          const previous = previousById.get(document.id);
          const whole = {
            ...document,
            _attachments: {},
            _meta: { lwt: now() },
            _rev: createRevision(token, previous),
          };
          return previous === undefined ? { document: whole } : { previous, document: whole };
        });
      if (rows.length === 0) return;
      const { error } = await instance.bulkWrite(rows, 'catalogue-feed');
      if (error.length > 0)
        throw new Error(`A catalogue page was not written (${String(error[0]?.status)}).`);
    },
    async clear() {
      // Page by page, so that a crash leaves pages without a position: they are then fetched again as a whole.
      await store.apply({ pages: [], removed: [POSITION_ID], position: null });
      for (;;) {
        const { documents } = await instance.query(between('', READ_PAGES));
        if (documents.length === 0) return;
        await store.apply({ pages: [], removed: documents.map(({ id }) => id), position: null });
      }
    },
    close: () => instance.close(),
  };
  return store;
}

const emptyPage = (id: string): StoredPage => ({
  id,
  page: -1,
  count: 0,
  search: '',
  records: '',
  facets: '',
});

/** Pages in memory, for headless workstations; several may share one object, as windows share a disk. */
export function createMemoryPageStore(): PageStore {
  const pages = new Map<string, StoredPage>();
  let kept: string | null = null;
  return {
    position: () => Promise.resolve(kept),
    count: () => Promise.resolve(pages.size),
    async readAll(take) {
      await take([...pages.values()].sort((left, right) => left.page - right.page));
    },
    read: (ids) => Promise.resolve(ids.map((id) => pages.get(id)).filter((page) => page !== undefined)),
    apply({ pages: written, removed, position }) {
      for (const page of written) pages.set(page.id, page);
      for (const id of removed) pages.delete(id);
      kept = position ?? kept;
      return Promise.resolve();
    },
    clear() {
      pages.clear();
      kept = null;
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
}
