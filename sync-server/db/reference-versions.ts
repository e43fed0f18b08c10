// Keeps what sales are computed by, version by version: the price book of a scope (promotions and price rules) and the settings
// of a store. Whoever publishes promotions makes the next revision of the book by it; the revision goes out in the same
// transaction, as a document behind the ones that changed.

import { markOfBook, BOOK_VERSION_ID } from '../../shared/domain/price-book-version.ts';
import type { BookVersion } from '../../shared/domain/promotion-document.ts';
import {
  priceBookOf,
  type PriceBook,
  type PromotionDocument,
} from '../../shared/domain/promotion-document.ts';
import type { StoreSettings } from '../../shared/domain/store.ts';
import { SETTINGS_ID } from '../../shared/protocol/limits.ts';
import type { TransactionSql } from './database.ts';
import type { ScopedSql } from './row-scopes.ts';

const PROMOTIONS = 'promotions';
const SETTINGS = 'settings';

type Row = { readonly id: string; readonly body: string };

/** Closes and opens versions for what has changed; the document that says the new revision, or null when nothing has. */
export async function nextBookVersion(sql: TransactionSql, scope: string): Promise<Row | null> {
  const documents = await sql<Row[]>`
    select id, body from document
    where scope = ${scope} and collection = ${PROMOTIONS} and not deleted order by id`;
  const priced = documents.filter(({ body }) => isPriced(read(body)));
  const former = versionIn(documents);
  const mark = markOfBook(priced.map(({ body }) => read(body)));
  if (former?.mark === mark) return null;
  const revision = (former?.revision ?? 0) + 1;
  const open = await sql<Row[]>`
    select id, body from reference_version
    where scope = ${scope} and collection = ${PROMOTIONS} and until_revision is null`;
  const now = new Map(priced.map(({ id, body }) => [id, body]));
  const before = new Map(open.map(({ id, body }) => [id, body]));
  const ended = open.filter(({ id, body }) => now.get(id) !== body).map(({ id }) => id);
  const begun = priced.filter(({ id, body }) => before.get(id) !== body);
  await sql`update reference_version set until_revision = ${revision}
    where scope = ${scope} and collection = ${PROMOTIONS} and until_revision is null
      and id = any(${ended}::text[])`;
  await sql`insert into reference_version (scope, collection, id, from_revision, body)
    select ${scope}, ${PROMOTIONS}, id, ${revision}, body
    from json_to_recordset(${JSON.stringify(begun)}::text::json) as given (id text, body text)`;
  const document: PromotionDocument = { id: BOOK_VERSION_ID, type: 'version', body: { revision, mark } };
  return { id: BOOK_VERSION_ID, body: JSON.stringify(document) };
}

/** Keeps the settings of a store under their revision. */
export async function keepSettingsVersion(
  sql: TransactionSql,
  scope: string,
  settings: StoreSettings & { readonly revision: number },
): Promise<void> {
  await sql`
    insert into reference_version (scope, collection, id, from_revision, until_revision, body)
    values (${scope}, ${SETTINGS}, ${SETTINGS_ID}, ${settings.revision}, ${settings.revision + 1},
      ${JSON.stringify(settings)})`;
}

/** The price book as it was published under this revision; null when there never was one. */
export async function readBook(sql: ScopedSql, scope: string, revision: number): Promise<PriceBook | null> {
  const [current] = await sql<Row[]>`
    select id, body from document
    where scope = ${scope} and collection = ${PROMOTIONS} and id = ${BOOK_VERSION_ID}`;
  const newest = current === undefined ? 0 : (versionIn([current])?.revision ?? 0);
  if (revision < 1 || revision > newest) return null;
  const rows = await sql<Row[]>`
    select id, body from reference_version
    where scope = ${scope} and collection = ${PROMOTIONS} and from_revision <= ${revision}
      and (until_revision is null or until_revision > ${revision})`;
  return { ...priceBookOf(rows.map(({ body }) => read(body))), revision };
}

/** The settings as they were published under this revision; null when there never were such. */
export async function readSettings(
  sql: ScopedSql,
  scope: string,
  revision: number,
): Promise<StoreSettings | null> {
  const rows = await sql<{ body: string }[]>`
    select body from reference_version
    where scope = ${scope} and collection = ${SETTINGS} and id = ${SETTINGS_ID}
      and from_revision = ${revision}`;
  // Written by keepSettingsVersion.
  return rows[0] === undefined ? null : (JSON.parse(rows[0].body) as StoreSettings);
}

// Published documents of this collection are PromotionDocuments, written by the server alone.
const read = (body: string): PromotionDocument => JSON.parse(body) as PromotionDocument;
const isPriced = ({ type }: PromotionDocument): boolean => type === 'promotion' || type === 'price-rule';

function versionIn(documents: readonly Row[]): BookVersion | null {
  const held = documents.find(({ id }) => id === BOOK_VERSION_ID);
  const document = held === undefined ? null : read(held.body);
  return document?.type === 'version' ? document.body : null;
}
