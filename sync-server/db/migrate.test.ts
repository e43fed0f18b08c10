import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aDatabase, type TestDatabase } from '../../tests/support/a-database.ts';
import { migrate, MIGRATIONS_FOLDER, readVersion } from './migrate.ts';

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await aDatabase({ migrated: false });
  folder = await mkdtemp(path.join(tmpdir(), 'migrations [1] '));
  await cp(MIGRATIONS_FOLDER, folder, { recursive: true });
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

describe('migrations', () => {
  test('four servers that start at once on an empty database apply every file once', async () => {
    const newest = (await readdir(folder)).length;
    expect(await readVersion(database)).toBe(0);
    expect(await Promise.all([1, 2, 3, 4].map(() => migrate(database, folder)))).toEqual(
      Array(4).fill(newest),
    );
    expect(await readVersion(database)).toBe(newest);
  });

  test('a file that fails leaves no trace, and the one before it stays', async () => {
    const before = await readVersion(database);
    const next = path.join(folder, `${String(before + 1).padStart(4, '0')}.do.broken.sql`);
    await writeFile(next, 'create table half_made (id integer); select * from nowhere;');
    await expect(migrate(database, folder)).rejects.toThrow('nowhere');
    expect(await readVersion(database)).toBe(before);
    await expect(database.sql`select * from half_made`).rejects.toThrow('half_made');
    await writeFile(next, 'create table half_made (id integer);');
    expect(await migrate(database, folder)).toBe(before + 1);
  });

  test('tables of a newer program are refused with a sentence', async () => {
    await expect(migrate(database)).rejects.toThrow('it was used by a newer Tillandsia');
  });

  test('a file that was changed after it was applied is refused', async () => {
    const last = (await readdir(folder)).sort().at(-1) ?? '';
    await writeFile(path.join(folder, last), 'create table something_else (id integer);');
    await expect(migrate(database, folder)).rejects.toThrow('MD5 checksum failed');
  });
});
