// Carries the rows of a collection over from older versions of its schema, at the start, by whoever holds the writer
// lock. Rows are copied in order of their keys, read back and compared, and only then is the old store emptied; a
// crash at any point leaves the old store whole, and the next start goes on. An entry of the journal is carried as it
// is: its text may not change by a single byte, and none may be left out.
//
//   old store whole ──copy a batch──► … ──every row found again──► old store emptied ──► its record removed

import {
  getAllCollectionDocuments,
  normalizeMangoQuery,
  prepareQuery,
  type RxCollection,
  type RxDatabase,
  type RxDocumentData,
  type RxJsonSchema,
  type RxStorageInstance,
} from 'rxdb/plugins/core';
import type { StoredRow, Versions } from './till-versions.ts';

const ROWS_AT_ONCE = 200;

/** The disk holds a version that this code does not know: it was written by newer code, which must go on with it. */
export class NewerTill extends Error {
  override readonly name = 'NewerTill';
}

/** A version of a collection that the disk holds, as RxDB recorded it. */
export type Held = {
  readonly name: string;
  readonly version: number;
  readonly schema: RxJsonSchema<RxDocumentData<StoredRow>>;
};
type OldStore = RxStorageInstance<StoredRow, unknown, unknown>;

/** All versions of all collections that the disk holds. */
export async function heldVersions(database: RxDatabase): Promise<readonly Held[]> {
  const records = await getAllCollectionDocuments(database.internalStore);
  return records.map((record) => record.data as Held); // RxDB's own record of a collection.
}

/** Older versions of one collection, newest first. Throws NewerTill when there is one beyond `present`. */
export function olderThan(held: readonly Held[], name: string, present: number): readonly Held[] {
  const own = held.filter((each) => each.name === name);
  if (own.some(({ version }) => version > present)) {
    throw new NewerTill(`${name} is of a newer version than ${present}`);
  }
  return own.filter(({ version }) => version < present).sort((one, other) => other.version - one.version);
}

/** Brings what older versions hold into `collection`, and removes them. Rejects, changing nothing old, when a row is not found again. */
export async function carryOver<Row>(
  collection: RxCollection<Row>,
  versions: Versions<Row>,
  older: readonly Held[],
): Promise<void> {
  for (const old of older) {
    const store = await openOld(collection, old);
    await eachBatch(store, old.schema, async (rows) => {
      const carried = rows.flatMap(
        (row) => carriedRow(collection, versions, { row, from: old.version }) ?? [],
      );
      // A row that is there already was carried by a start that was cut off, or by a newer version: it stays.
      await collection.bulkInsert(carried as Row[]); // Of the present shape, by the steps.
    });
    await eachBatch(store, old.schema, (rows) =>
      assertCarried(collection, versions, { rows, from: old.version }),
    );
    await store.remove();
    await forget(collection.database, collection.name, old.version);
  }
}

type Carried<Rows> = { readonly from: number } & Rows;

function carriedRow<Row>(
  collection: RxCollection<Row>,
  versions: Versions<Row>,
  { row, from }: Carried<{ readonly row: StoredRow }>,
): StoredRow | null {
  let carried: StoredRow | null = row;
  for (const step of versions.steps.slice(from)) carried = carried === null ? null : step(carried);
  const isEntry = collection.name === 'facts';
  if (isEntry && (carried === null || carried['body'] !== row['body'] || carried['key'] !== row['key'])) {
    throw new Error(`A step would change the entry ${String(row['key'])} of the journal.`);
  }
  return carried;
}

async function assertCarried<Row>(
  collection: RxCollection<Row>,
  versions: Versions<Row>,
  { rows, from }: Carried<{ readonly rows: readonly StoredRow[] }>,
): Promise<void> {
  const key: string = collection.schema.primaryPath;
  const wanted = rows
    .map((row) => carriedRow(collection, versions, { row, from }))
    .filter((row) => row !== null);
  const ids = wanted.map((row) => String(row[key]));
  // Whatever its shape, a stored row is an object.
  const found = (await collection.internalStorageInstance.findDocumentsById(ids, true)) as unknown;
  const bodies = new Map((found as readonly StoredRow[]).map((row) => [String(row[key]), row['body']]));
  for (const row of wanted) {
    const id = String(row[key]);
    const isThere = collection.name === 'facts' ? bodies.get(id) === row['body'] : bodies.has(id);
    if (!isThere) throw new Error(`${collection.name} ${id} was not carried over.`);
  }
}

async function openOld<Row>(collection: RxCollection<Row>, old: Held): Promise<OldStore> {
  const { database } = collection;
  return database.storage.createStorageInstance<StoredRow>({
    databaseName: database.name,
    collectionName: collection.name,
    databaseInstanceToken: database.token,
    multiInstance: false,
    options: {},
    schema: old.schema,
    devMode: false,
  });
}

async function eachBatch(
  store: OldStore,
  schema: Held['schema'],
  take: (rows: readonly StoredRow[]) => Promise<void>,
): Promise<void> {
  const { primaryKey } = schema;
  const key: string = typeof primaryKey === 'string' ? primaryKey : primaryKey.key;
  for (let after = ''; ;) {
    const query = normalizeMangoQuery<StoredRow>(schema, {
      selector: { [key]: { $gt: after } },
      sort: [{ [key]: 'asc' }],
      limit: ROWS_AT_ONCE,
      skip: 0,
    });
    const { documents } = await store.query(prepareQuery(schema, query));
    const last = documents.at(-1);
    if (last === undefined) return;
    await take(documents.map(contentOf));
    after = String(last[key]);
  }
}

/** The row without what RxDB keeps beside it. */
function contentOf(document: RxDocumentData<StoredRow>): StoredRow {
  const { _deleted, _meta, _rev, _attachments, ...content } = document;
  return content;
}

async function forget(database: RxDatabase, name: string, version: number): Promise<void> {
  const records = await getAllCollectionDocuments(database.internalStore);
  const gone = records.filter(({ data }) => data.name === name && data.version === version);
  await database.internalStore.bulkWrite(
    gone.map((previous) => ({
      previous,
      document: { ...previous, _deleted: true, _meta: { ...previous._meta, lwt: previous._meta.lwt + 1 } },
    })),
    'till-carry-over',
  );
}
