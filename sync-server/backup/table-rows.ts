// Which tables there are, in an order in which they can be filled, and their rows as JSON text in the order of
// their primary keys, so that equal tables give equal text.

import type { Transaction, TransactionSql } from '../db/database.ts';

export type Table = {
  readonly name: string;
  readonly columns: readonly string[];
  readonly primaryKey: readonly string[];
};

/** Kept by the migrations themselves, on both sides. */
const NOT_COPIED = new Set(['schema_version', 'migration_lock']);
const ROWS_AT_ONCE = 500;

/** Makes the session write values the same way on every database, and gives it the time that large tables take. */
export async function readAlike(sql: TransactionSql): Promise<void> {
  await sql`set local statement_timeout = 0`;
  await sql`set local time zone 'UTC'`;
}

/** Tables of the current schema, referenced ones before those that refer to them. */
export async function listTables(sql: TransactionSql): Promise<readonly Table[]> {
  const columns = await sql<{ table: string; column: string }[]>`
    select c.table_name as table, c.column_name as column
    from information_schema.columns c
    join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
    where c.table_schema = current_schema() and t.table_type = 'BASE TABLE'
    order by c.table_name, c.ordinal_position`;
  const keys = await sql<{ table: string; column: string }[]>`
    select k.table_name as table, k.column_name as column
    from information_schema.table_constraints c
    join information_schema.key_column_usage k
      on k.constraint_schema = c.constraint_schema and k.constraint_name = c.constraint_name
      and k.table_name = c.table_name
    where c.table_schema = current_schema() and c.constraint_type = 'PRIMARY KEY'
    order by k.table_name, k.ordinal_position`;
  const references = await sql<{ table: string; referenced: string }[]>`
    select distinct c.table_name as table, u.table_name as referenced
    from information_schema.table_constraints c
    join information_schema.constraint_column_usage u
      on u.constraint_schema = c.constraint_schema and u.constraint_name = c.constraint_name
    where c.table_schema = current_schema() and c.constraint_type = 'FOREIGN KEY'`;
  const of = (rows: readonly { table: string; column: string }[], table: string): readonly string[] =>
    rows.filter((row) => row.table === table).map((row) => row.column);
  const names = [...new Set(columns.map((row) => row.table))].filter((name) => !NOT_COPIED.has(name));
  return sortByReference(names, references).map((name) => ({
    name,
    columns: of(columns, name),
    primaryKey: of(keys, name),
  }));
}

/** Hands the rows of a table on, as JSON text without line breaks, one by one. */
export async function eachRow(
  transaction: Transaction,
  table: Table,
  take: (text: string) => Promise<void> | void,
): Promise<void> {
  const { sql } = transaction;
  const order =
    table.primaryKey.length === 0
      ? sql`row_to_json(t)::text`
      : sql`${sql(table.primaryKey.map((column) => column))}`;
  const rows = sql<{ text: string }[]>`
    select row_to_json(t)::text as text from ${sql(table.name)} t order by ${order}`.cursor(ROWS_AT_ONCE);
  for await (const batch of rows) for (const { text } of batch) await take(text);
}

/** Every name comes after those it refers to. A circle is an error of the migrations. */
export function sortByReference(
  names: readonly string[],
  references: readonly { readonly table: string; readonly referenced: string }[],
): readonly string[] {
  const sorted: string[] = [];
  const waiting = new Set(names);
  while (waiting.size > 0) {
    const free = [...waiting].filter((name) =>
      references.every(
        ({ table, referenced }) => table !== name || referenced === name || !waiting.has(referenced),
      ),
    );
    if (free.length === 0)
      throw new Error(`tables refer to each other in a circle: ${[...waiting].join(', ')}`);
    for (const name of free.sort()) {
      sorted.push(name);
      waiting.delete(name);
    }
  }
  return sorted;
}
