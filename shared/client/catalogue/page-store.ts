// Catalogue pages on the disk: one RxDB collection in the `catalogue` database, relaxed durability, because all
// of it can be fetched again. A batch of pages and the position they lead to are one write, so a crash never
// leaves a position without its pages.

import {
  createRxDatabase,
  getDefaultRevision,
  getDefaultRxDocumentMeta,
  type RxCollection,
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
  close(): Promise<void>;
};

/** Sorts after every page id. */
const POSITION_ID = '~';
const READ_PAGES = 24;

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

/** Opens the pages database on the given storage. */
export async function openPageStore(storage: RxStorage<unknown, unknown>, name: string): Promise<PageStore> {
  const database = await createRxDatabase({ name, storage, multiInstance: false, closeDuplicates: true });
  const { pages } = await database.addCollections({ pages: { schema } });
  if (pages === undefined) throw new Error('The catalogue did not open.');
  const collection: RxCollection<StoredPage> = pages;
  const store = collection.storageInstance;

  const read = (ids: readonly string[]) =>
    collection.internalStorageInstance.findDocumentsById([...ids], false);
  return {
    async position() {
      const [found] = await read([POSITION_ID]);
      return found === undefined || found.records === '' ? null : found.records;
    },
    async count() {
      return collection.count({ selector: { id: { $gt: '', $lt: POSITION_ID } }, index: ['id'] }).exec();
    },
    async readAll(take) {
      let after = '';
      for (;;) {
        const found = await collection
          .find({
            selector: { id: { $gt: after, $lt: POSITION_ID } },
            sort: [{ id: 'asc' }],
            limit: READ_PAGES,
          })
          .exec();
        if (found.length === 0) return;
        await take(found.map((document) => document.toJSON()));
        after = found.at(-1)?.id ?? POSITION_ID;
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
      const before = await collection.internalStorageInstance.findDocumentsById([...byId.keys()], true);
      const previousById = new Map(before.map((document) => [document.id, document]));
      const rows = [...byId.values()]
        .filter((document) => !document._deleted || previousById.has(document.id))
        .map((document) => {
          const previous = previousById.get(document.id);
          const whole = {
            ...document,
            _attachments: {},
            _meta: getDefaultRxDocumentMeta(),
            _rev: getDefaultRevision(),
          };
          return previous === undefined ? { document: whole } : { previous, document: whole };
        });
      const { error } = await store.bulkWrite(rows, 'catalogue-feed');
      if (error.length > 0)
        throw new Error(`A catalogue page was not written (${String(error[0]?.status)}).`);
    },
    close: async () => void (await database.close()),
  };
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
    close: () => Promise.resolve(),
  };
}
