// The change feed: the newest version of every replicated document, in scopes, each scope numbered without gaps
// by a counter row that is updated in the same statement as the documents. Whoever commits later has the higher
// position, so a reader that has seen position n has seen everything up to n; a plain sequence cannot say that.
//
//   counter n ──publish 3──► documents n+1, n+2, n+3, counter n+3   (all of it or nothing)
//
// A transaction that publishes to several scopes must do so in sorted order of scopes, or two of them may wait
// for each other (the database then ends one, and inTransaction runs it again).

import type { Sql, Transaction, TransactionSql } from './database.ts';
import { nextBookVersion } from './reference-versions.ts';

export type PublishedDocument = {
  readonly id: string;
  /** JSON text, handed on to readers exactly as it is. */
  readonly body: string;
  readonly deleted?: boolean;
};

export type FeedRow = {
  readonly id: string;
  readonly position: number;
  readonly deleted: boolean;
  readonly body: string;
};

/** Documents of one statement. More are cut into several; their positions still follow each other. */
const STATEMENT_DOCUMENTS_MAX = 200;
/** The collection whose documents make the price book together. */
const PRICE_BOOK = 'promotions';

/**
 * Writes the documents as the newest versions of themselves and gives out their positions, by sorted id.
 * Returns the scope's position afterwards. Refuses (throws) an id that comes twice.
 */
export async function publishDocuments(
  transaction: Transaction,
  given: {
    readonly scope: string;
    readonly collection: string;
    readonly documents: readonly PublishedDocument[];
  },
): Promise<number> {
  const sorted = given.documents.toSorted((one, other) =>
    one.id < other.id ? -1 : one.id > other.id ? 1 : 0,
  );
  for (const [index, document] of sorted.entries()) {
    if (document.id === sorted[index + 1]?.id)
      throw new Error(`document ${document.id} is published twice at once`);
  }
  let position = 0;
  for (let from = 0; from < sorted.length; from += STATEMENT_DOCUMENTS_MAX) {
    position = await publishBatch(transaction.sql, given, sorted.slice(from, from + STATEMENT_DOCUMENTS_MAX));
  }
  if (given.collection === PRICE_BOOK && sorted.length > 0) {
    const version = await nextBookVersion(transaction.sql, given.scope);
    if (version !== null) position = await publishBatch(transaction.sql, given, [version]);
  }
  if (sorted.length === 0) return readPosition(transaction.sql, given.scope);
  transaction.published.set(given.scope, position);
  return position;
}

/** Says which version of the price book a scope has, where that is not said yet: also of an empty one. */
export async function publishBookVersion(transaction: Transaction, scope: string): Promise<void> {
  const version = await nextBookVersion(transaction.sql, scope);
  if (version === null) return;
  const position = await publishBatch(transaction.sql, { scope, collection: PRICE_BOOK }, [version]);
  transaction.published.set(scope, position);
}

async function publishBatch(
  sql: TransactionSql,
  target: { readonly scope: string; readonly collection: string },
  documents: readonly PublishedDocument[],
): Promise<number> {
  // One JSON text: the driver escapes arrays of long texts letter by letter, JSON is native.
  const incoming = JSON.stringify(
    documents.map(({ id, body, deleted }, place) => ({ id, body, deleted: deleted === true, place })),
  );
  const rows = await sql<{ position: number }[]>`
    with counter as (
      insert into scope_counter (scope, last) values (${target.scope}, ${documents.length})
      on conflict (scope) do update set last = scope_counter.last + excluded.last
      returning last - ${documents.length}::bigint as base
    ), incoming as (
      select id, body, deleted, place
      from json_to_recordset(${incoming}::text::json) as given (id text, body text, deleted boolean, place bigint)
    )
    insert into document (scope, collection, id, position, deleted, body)
    select ${target.scope}, ${target.collection}, incoming.id, counter.base + incoming.place + 1,
           incoming.deleted, incoming.body
    from incoming, counter
    on conflict (scope, collection, id) do update
      set position = excluded.position, deleted = excluded.deleted, body = excluded.body
    returning position`;
  if (rows.length !== documents.length) {
    throw new Error(`${rows.length} of ${documents.length} documents were written to ${target.scope}`);
  }
  return Math.max(...rows.map((row) => row.position));
}

/** Documents of a collection that changed after a position, oldest change first, at most `limit` of them. */
export async function readFeed(
  sql: Sql | TransactionSql,
  given: {
    readonly scope: string;
    readonly collection: string;
    readonly after: number;
    readonly limit: number;
  },
): Promise<readonly FeedRow[]> {
  return sql<FeedRow[]>`
    select id, position, deleted, body from document
    where scope = ${given.scope} and collection = ${given.collection} and position > ${given.after}
    order by position limit ${given.limit}`;
}

/** The newest position of a scope; 0 when nothing was ever published there. */
export async function readPosition(sql: Sql | TransactionSql, scope: string): Promise<number> {
  const rows = await sql<{ last: number }[]>`select last from scope_counter where scope = ${scope}`;
  return rows[0]?.last ?? 0;
}
