// Items in the database. Everyone who changes items holds the catalogue's lock for the rest of the transaction:
// a page is rewritten from the rows of 256 items, and two writers that do not see each other's rows would undo
// one another's page.

import type { Item } from '../../shared/domain/item.ts';
import type { Sql, Transaction, TransactionSql } from '../db/database.ts';

export type ItemRow = {
  readonly item: Item;
  /** Cost of one unit in minor units, null where it is not known. */
  readonly costMinor: number | null;
};

/** Scopes that hold the catalogue, sorted. A kiosk may see all of an Item: costs and stock are not in it. */
export const CATALOGUE_SCOPES = ['company', 'kiosk'] as const;

const STATEMENT_ROWS_MAX = 1_000;

/** Waits until no other transaction changes the catalogue; must come before the items are read. */
export async function lockCatalogue(transaction: Transaction): Promise<void> {
  const scope = CATALOGUE_SCOPES[0];
  await transaction.sql`insert into scope_counter (scope, last) values (${scope}, 0) on conflict (scope) do nothing`;
  await transaction.sql`select last from scope_counter where scope = ${scope} for update`;
}

/** The ordinal after the highest that was ever given out. Deleted items keep theirs. */
export async function nextOrdinal(sql: Sql | TransactionSql): Promise<number> {
  const rows = await sql<{ next: number }[]>`select coalesce(max(ordinal) + 1, 0)::bigint as next from item`;
  return rows[0]?.next ?? 0;
}

/** Adds items whose ids, ordinals and skus are new; a repeated one is refused by the database. */
export async function insertItems(transaction: Transaction, rows: readonly ItemRow[]): Promise<void> {
  for (let from = 0; from < rows.length; from += STATEMENT_ROWS_MAX) {
    const batch = rows.slice(from, from + STATEMENT_ROWS_MAX);
    await transaction.sql`
      insert into item (id, ordinal, sku, category_id, tax_group_id, price_minor, cost_minor, body)
      select id, ordinal, sku, category_id, tax_group_id, price_minor, cost_minor, body
      from json_to_recordset(${columnsOf(batch)}::text::json) as given (id text, ordinal bigint, sku text,
        category_id text, tax_group_id text, price_minor bigint, cost_minor bigint, body text)`;
    await insertBarcodes(transaction, batch);
  }
}

/** Writes changed items over themselves: sku, category, tax, price, barcodes and body; ordinal and cost stay. */
export async function updateItems(transaction: Transaction, items: readonly Item[]): Promise<void> {
  for (let from = 0; from < items.length; from += STATEMENT_ROWS_MAX) {
    const batch = await nextVersions(transaction.sql, items.slice(from, from + STATEMENT_ROWS_MAX));
    const changed = await transaction.sql`
      update item set sku = given.sku, category_id = given.category_id, tax_group_id = given.tax_group_id,
        price_minor = given.price_minor, body = given.body, is_deleted = false
      from json_to_recordset(${columnsOf(batch)}::text::json) as given (id text, ordinal bigint, sku text,
        category_id text, tax_group_id text, price_minor bigint, body text)
      where item.id = given.id and item.ordinal = given.ordinal`;
    if (changed.count !== batch.length) {
      throw new Error(`${changed.count} of ${batch.length} items were changed`);
    }
    const ids = batch.map((row) => row.item.id);
    await transaction.sql`delete from item_barcode where item_id = any(${ids}::text[])`;
    await insertBarcodes(transaction, batch);
  }
}

/** Keeps the items as they were, and counts the new ones on: a till may sell by the old version for days to come. */
async function nextVersions(sql: TransactionSql, items: readonly Item[]): Promise<readonly ItemRow[]> {
  const ids = items.map(({ id }) => id);
  const rows = await sql<{ id: string; body: string }[]>`
    select id, body from item where id = any(${ids}::text[])`;
  const held = new Map(rows.map(({ id, body }) => [id, { body, revision: itemOfBody(body).revision ?? 0 }]));
  const former = [...held].map(([id, { body, revision }]) => ({ id, revision, body }));
  await sql`
    insert into item_version (item_id, revision, body)
    select id, revision, body
    from json_to_recordset(${JSON.stringify(former)}::text::json) as given (id text, revision bigint, body text)`;
  return items.map((item) => ({
    item: { ...item, revision: (held.get(item.id)?.revision ?? 0) + 1 },
    costMinor: null,
  }));
}

/** Marks items as deleted; their ordinals are never given out again. Returns the ordinals that were in use. */
export async function deleteItems(
  transaction: Transaction,
  ids: readonly string[],
): Promise<readonly number[]> {
  if (ids.length === 0) return [];
  const { sql } = transaction;
  await sql`delete from item_barcode where item_id = any(${ids}::text[])`;
  const rows = await sql<{ ordinal: number }[]>`
    update item set is_deleted = true where id = any(${ids}::text[]) and not is_deleted returning ordinal`;
  return rows.map((row) => row.ordinal);
}

/** The item as stored, or null when it is unknown or deleted. */
export async function readItem(sql: Sql | TransactionSql, id: string): Promise<Item | null> {
  const rows = await sql<{ body: string }[]>`select body from item where id = ${id} and not is_deleted`;
  return rows[0] === undefined ? null : itemOfBody(rows[0].body);
}

/** Reads a stored body. Only this folder writes that column, always as JSON of an Item. */
export function itemOfBody(body: string): Item {
  // Proof of the cast: insertItems and updateItems are the only writers, and both write JSON.stringify of an Item.
  return JSON.parse(body) as Item;
}

// One JSON text for all rows: the driver escapes arrays of long texts letter by letter, JSON is native.
function columnsOf(rows: readonly ItemRow[]): string {
  const columns = rows.map(({ item, costMinor }) => ({
    id: item.id,
    ordinal: item.ordinal,
    sku: item.sku,
    category_id: item.categoryId,
    tax_group_id: item.taxGroupId,
    price_minor: item.priceMinor,
    cost_minor: costMinor,
    body: JSON.stringify(item),
  }));
  return JSON.stringify(columns);
}

async function insertBarcodes(transaction: Transaction, rows: readonly ItemRow[]): Promise<void> {
  const pairs = rows.flatMap(({ item }) =>
    [...new Set(item.barcodes)].map((code) => ({ code, itemId: item.id })),
  );
  await transaction.sql`
    insert into item_barcode (code, item_id)
    select code, item_id from unnest(${pairs.map((pair) => pair.code)}::text[], ${pairs.map((pair) => pair.itemId)}::text[])
      as given (code, item_id)`;
}
