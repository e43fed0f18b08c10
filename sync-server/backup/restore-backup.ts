// Puts a backup back: tables, rows and proof in one transaction, so that a restore that fails leaves what was
// there. The rows are read back and their sums compared with the file before anything is committed.
//
//   file checked ─► old tables dropped ─► tables of the backup's version ─► rows ─► sums equal? ─► commit ─► newer tables

import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { inTransaction, type Database, type Transaction, type TransactionSql } from '../db/database.ts';
import { renewLineage } from '../db/installation.ts';
import { applyMigrations, migrate, newestVersion } from '../db/migrate.ts';
import { StartRefused } from '../db/start-refused.ts';
import { BackupSums, type BackupEnd, type StoredFile, type TableHeader } from './backup-format.ts';
import { checkBackup, readBackup, type CheckedBackup } from './read-backup.ts';
import { eachRow, listTables, readAlike } from './table-rows.ts';

export type RestoreGiven = {
  readonly file: string;
  readonly dataFolder: string;
  /** Drop what the database holds now. Without it only a database without a shop is filled. */
  readonly replace: boolean;
};

/** Tables that a server fills by itself at its first start, before there is a shop. */
const NOT_A_SHOP = new Set(['setting', 'schema_version', 'migration_lock']);
const BATCH_ROWS = 500;
const BATCH_BYTES = 4_000_000;

/** Restores the file and returns what it held. StartRefused when the file is damaged or the database is in use. */
export async function restoreBackup(database: Database, given: RestoreGiven): Promise<CheckedBackup> {
  const checked = await checkBackup(given.file);
  const known = newestVersion();
  if (checked.header.schemaVersion > known) {
    throw new StartRefused(
      `${given.file} comes from a newer Tillandsia (tables ${checked.header.schemaVersion}, this version knows ${known}). ` +
        'Nothing was changed. Restore it with that version.',
    );
  }
  const files = await inTransaction(database, async (transaction) => {
    await readAlike(transaction.sql);
    await clearTables(transaction.sql, given);
    await applyMigrations(transaction.sql, checked.header.schemaVersion);
    const stored = await fillTables(transaction, given.file);
    await proveEqual(transaction, checked.end);
    return stored;
  });
  await migrate(database);
  // Positions given out after the backup was made will be given out again: workstations must not trust old ones.
  await renewLineage(database);
  await writeKeys(given.dataFolder, files);
  return checked;
}

async function clearTables(sql: TransactionSql, given: RestoreGiven): Promise<void> {
  const tables = await sql<{ name: string }[]>`
    select table_name as name from information_schema.tables
    where table_schema = current_schema() and table_type = 'BASE TABLE'`;
  if (!given.replace) {
    for (const { name } of tables.filter((table) => !NOT_A_SHOP.has(table.name))) {
      const rows = await sql`select 1 from ${sql(name)} limit 1`;
      if (rows.length === 0) continue;
      throw new StartRefused(
        `The database already holds a shop (table ${name} is not empty). Nothing was changed. ` +
          'Restore into an empty data folder (TILLANDSIA_DATA=…), or add --replace to drop what is there.',
      );
    }
  }
  for (const { name } of tables) await sql`drop table if exists ${sql(name)} cascade`;
}

async function fillTables(transaction: Transaction, file: string): Promise<readonly StoredFile[]> {
  const files: StoredFile[] = [];
  let table: TableHeader | null = null;
  let batch: string[] = [];
  let bytes = 0;
  const flush = async (): Promise<void> => {
    if (table !== null && batch.length > 0) await insertRows(transaction.sql, table, batch);
    batch = [];
    bytes = 0;
  };
  for await (const { line } of readBackup(file)) {
    if (line.kind === 'row') {
      batch.push(line.text);
      bytes += line.text.length;
      if (batch.length >= BATCH_ROWS || bytes >= BATCH_BYTES) await flush();
      continue;
    }
    await flush();
    if (line.kind === 'table') table = line.value;
    if (line.kind === 'file') files.push(line.value);
  }
  return files;
}

async function insertRows(sql: TransactionSql, table: TableHeader, rows: readonly string[]): Promise<void> {
  const columns = sql(table.columns.map((column) => column));
  await sql`
    insert into ${sql(table.name)} (${columns})
    select ${columns} from json_populate_recordset(null::${sql(table.name)}, ${`[${rows.join(',')}]`}::text::json)`;
}

async function proveEqual(transaction: Transaction, end: BackupEnd): Promise<void> {
  const sums = new BackupSums();
  for (const table of await listTables(transaction.sql)) {
    sums.startTable(table.name);
    await eachRow(transaction, table, (text) => sums.row(text));
  }
  const restored = new Map(sums.end().tables.map((table) => [table.name, table]));
  for (const { name, rows, sha256 } of end.tables) {
    const found = restored.get(name);
    if (found?.rows === rows && found.sha256 === sha256) continue;
    throw new StartRefused(
      `The table ${name} came back with ${found?.rows ?? 0} of ${rows} rows, or with other content. ` +
        'The restore was undone and the database is as it was. The file is unharmed.',
    );
  }
}

async function writeKeys(dataFolder: string, files: readonly StoredFile[]): Promise<void> {
  for (const file of files) {
    const name = path.basename(file.path);
    if (file.path !== `keys/${name}`) continue;
    const folder = path.join(dataFolder, 'keys');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(path.join(folder, name), file.text, { mode: 0o600, flush: true });
  }
}
