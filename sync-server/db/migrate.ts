// Brings the tables to the version of this program: plain numbered SQL files, forward only, each in one
// transaction together with its row in `schema_version`. Servers that start at the same moment queue on a table
// row (advisory locks do nothing on some databases). A file that was applied must never change: its checksum is
// compared at every start.

import { readdirSync } from 'node:fs';
import path from 'node:path';
import Postgrator from 'postgrator';
import { databaseErrorCode, inTransaction, type Database, type TransactionSql } from './database.ts';
import { StartRefused } from './start-refused.ts';

export const MIGRATIONS_FOLDER = path.join(import.meta.dirname, 'migrations');

const FILE_NAME = /^(\d{4})\.do\.[a-z0-9-]+\.sql$/u;
/** Another server made the same table at the same moment. */
const MADE_AT_ONCE = new Set(['23505', '42P07', '42710']);
const LOCK_TRIES_MAX = 5;

/** Applies what is missing and returns the version reached. StartRefused when the tables are newer than we are. */
export async function migrate(database: Database, folder = MIGRATIONS_FOLDER): Promise<number> {
  const versions = listVersions(folder);
  const newest = versions.at(-1) ?? 0;
  const current = await readVersion(database);
  if (current > newest) throw newerThanProgram(current, newest);
  if (current === newest) {
    await validate(database, folder);
    return current;
  }
  await makeLockTable(database);
  for (const version of versions) await applyVersion(database, { folder, version, newest });
  return newest;
}

/** Version that this program brings the tables to. */
export function newestVersion(folder = MIGRATIONS_FOLDER): number {
  return listVersions(folder).at(-1) ?? 0;
}

/** Applies the files up to `version` to an empty schema, inside a transaction of the caller (for a restore). */
export async function applyMigrations(
  sql: TransactionSql,
  version: number,
  folder = MIGRATIONS_FOLDER,
): Promise<void> {
  await sql`create table migration_lock (id integer primary key)`;
  await sql`insert into migration_lock (id) values (1)`;
  const runner = postgratorOn(folder, async (query) => ({ rows: await sql.unsafe(query) }));
  await runner.migrate(String(version));
}

/** Version of the tables, 0 for an empty database. */
export async function readVersion(database: Database): Promise<number> {
  const tables = await database.sql`
    select 1 from information_schema.tables
    where table_schema = current_schema() and table_name = 'schema_version'`;
  if (tables.length === 0) return 0;
  const rows = await database.sql<{ version: number | null }[]>`
    select max(version) as version from schema_version`;
  return rows[0]?.version ?? 0;
}

function listVersions(folder: string): readonly number[] {
  return readdirSync(folder)
    .sort()
    .map((file, index) => {
      const version = Number(FILE_NAME.exec(file)?.[1] ?? Number.NaN);
      if (version !== index + 1) {
        throw new Error(`${file}: migrations are named 0001.do.what-it-does.sql and numbered without gaps`);
      }
      return version;
    });
}

async function makeLockTable(database: Database): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await database.sql`create table if not exists migration_lock (id integer primary key)`;
      await database.sql`insert into migration_lock (id) values (1) on conflict (id) do nothing`;
      return;
    } catch (error) {
      if (attempt >= LOCK_TRIES_MAX || !MADE_AT_ONCE.has(databaseErrorCode(error))) throw error;
    }
  }
}

async function applyVersion(
  database: Database,
  target: { folder: string; version: number; newest: number },
): Promise<void> {
  await inTransaction(database, async ({ sql }) => {
    await sql`select id from migration_lock where id = 1 for update`;
    const runner = postgratorOn(target.folder, async (query) => ({ rows: await sql.unsafe(query) }));
    const current = await runner.getDatabaseVersion();
    if (current > target.newest) throw newerThanProgram(current, target.newest);
    if (current < target.version) await runner.migrate(String(target.version));
  });
}

async function validate(database: Database, folder: string): Promise<void> {
  const runner = postgratorOn(folder, async (query) => ({ rows: await database.sql.unsafe(query) }));
  await runner.validateMigrations(await runner.getDatabaseVersion());
}

function postgratorOn(
  folder: string,
  execQuery: (query: string) => Promise<{ rows: unknown[] }>,
): Postgrator {
  // The pattern is a glob: folder names with its special characters must be taken literally.
  const literal = folder.replaceAll('\\', '/').replaceAll(/[?*[\]{}()!+@]/gu, '[$&]');
  return new Postgrator({
    driver: 'pg',
    schemaTable: 'schema_version',
    migrationPattern: `${literal}/*.sql`,
    newline: 'LF',
    execQuery,
  });
}

function newerThanProgram(found: number, known: number): StartRefused {
  return new StartRefused(
    `The database is at version ${found}, and this program knows versions up to ${known}: it was used by a newer ` +
      'Tillandsia. The data is safe and nothing was changed. Start the newer version, or restore an older backup.',
  );
}
