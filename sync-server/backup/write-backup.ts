// Writes everything the database holds, as of one moment, into one file, while the shop goes on selling: all
// tables are read in one repeatable-read transaction. The file appears under its name only when it is whole and
// on disk. It holds secrets (keys, PIN verifiers, customers): only its owner may read it.

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import { constants, createBrotliCompress } from 'node:zlib';
import { inTransaction, type Database } from '../db/database.ts';
import { readVersion } from '../db/migrate.ts';
import { BACKUP_FORMAT, BackupSums, rowLine, type BackupEnd } from './backup-format.ts';
import { eachRow, listTables, readAlike } from './table-rows.ts';

export type WrittenBackup = BackupEnd & { readonly bytes: number };

/** Below the data folder: what the server cannot work without and the database does not hold. */
const KEYS_FOLDER = 'keys';
/** Strong enough for text, and quicker than the disk of a small machine. */
const BROTLI_QUALITY = 4;

/** Writes the backup to `file` and returns its sums. An existing file of that name is replaced at the end. */
export async function writeBackup(
  database: Database,
  given: { readonly file: string; readonly dataFolder: string; readonly nowMs: number },
): Promise<WrittenBackup> {
  const partial = `${given.file}.unfinished`;
  const packer = createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } });
  const target = createWriteStream(partial, { mode: 0o600, flush: true });
  packer.pipe(target);
  const done = finished(target);
  // A full disk is met while writing; the error is thrown where the end is awaited.
  done.catch(() => packer.destroy());
  try {
    const sums = new BackupSums();
    const write = async (line: string): Promise<void> => {
      sums.line(line);
      await put(packer, line);
    };
    await copyTables(database, { sums, write, nowMs: given.nowMs });
    for (const file of await readKeys(given.dataFolder)) await write(JSON.stringify(['file', file]));
    const end = sums.end();
    await put(packer, JSON.stringify(['end', end]));
    packer.end();
    await done;
    await rename(partial, given.file);
    await flushFolder(path.dirname(given.file));
    return { ...end, bytes: (await stat(given.file)).size };
  } catch (error) {
    packer.destroy();
    target.destroy();
    await rm(partial, { force: true });
    throw error;
  }
}

async function copyTables(
  database: Database,
  given: {
    readonly sums: BackupSums;
    readonly write: (line: string) => Promise<void>;
    readonly nowMs: number;
  },
): Promise<void> {
  const { sums, write } = given;
  const schemaVersion = await readVersion(database);
  await inTransaction(
    database,
    async (transaction) => {
      await readAlike(transaction.sql);
      const madeAt = new Date(given.nowMs).toISOString();
      await write(JSON.stringify(['backup', { format: BACKUP_FORMAT, schemaVersion, madeAt }]));
      for (const table of await listTables(transaction.sql)) {
        sums.startTable(table.name);
        await write(JSON.stringify(['table', { name: table.name, columns: table.columns }]));
        await eachRow(transaction, table, async (text) => {
          sums.row(text);
          await write(rowLine(text));
        });
      }
    },
    { isolation: 'repeatable read', isReadOnly: true },
  );
}

async function put(packer: ReturnType<typeof createBrotliCompress>, line: string): Promise<void> {
  if (!packer.write(`${line}\n`)) await once(packer, 'drain');
}

async function readKeys(dataFolder: string): Promise<readonly { path: string; text: string }[]> {
  const names = await readdir(path.join(dataFolder, KEYS_FOLDER)).catch(() => []);
  const files = names.filter((name) => name.endsWith('.pem')).sort();
  return Promise.all(
    files.map(async (name) => ({
      path: `${KEYS_FOLDER}/${name}`,
      text: await readFile(path.join(dataFolder, KEYS_FOLDER, name), 'utf8'),
    })),
  );
}

async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
