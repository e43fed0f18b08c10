// A snapshot of the catalogue of one scope: every page at one position of the feed, written once as compressed
// lines and never changed. A workstation that loads it starts its pull at the checkpoint on the first line, so a
// change made while it loads is not missed. Lines can be applied as they arrive: each is one whole page.
//
//   {"checkpoint":{"position":…},"pages":391,"items":100000}
//   {"id":"000000","page":0,…}
//   {"id":"000001","page":1,…}

import { createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createBrotliCompress } from 'node:zlib';
import { inTransaction, type Database, type TransactionSql } from '../db/database.ts';
import { readPosition } from '../db/feed.ts';
import { CATALOGUE_COLLECTION } from './publish-pages.ts';

export type Snapshot = {
  readonly scope: string;
  /** Position of the scope's feed that the pages were read at. */
  readonly position: number;
  readonly pages: number;
  readonly items: number;
  /** Bytes of the compressed file. */
  readonly bytes: number;
  readonly file: string;
};

export type BuildGiven = {
  readonly scope: string;
  readonly folder: string;
  /** Name of the file for a position; the caller keeps names of different histories apart. */
  readonly nameOf: (position: number) => string;
  /** The opaque checkpoint that a pull of pages goes on from. */
  readonly checkpointAt: (position: number) => string;
};

// Quality 5 costs 0.7 s for 33 MB, once; 9 and 11 cost many times that for a few per cent.
const BROTLI_QUALITY = 5;
const PAGES_PER_READ = 32;

/** Writes the snapshot file and returns what it holds. The file appears under its name only when it is whole. */
export async function buildSnapshot(database: Database, given: BuildGiven): Promise<Snapshot> {
  await mkdir(given.folder, { recursive: true, mode: 0o700 });
  return inTransaction(database, ({ sql }) => writeSnapshot(sql, given), {
    isolation: 'repeatable read',
    isReadOnly: true,
  });
}

async function writeSnapshot(sql: TransactionSql, given: BuildGiven): Promise<Snapshot> {
  const { scope, folder } = given;
  const position = await readPosition(sql, scope);
  const counts = await sql<{ pages: number; items: number }[]>`
    select (select count(*) from document where scope = ${scope} and collection = ${CATALOGUE_COLLECTION}
            and not deleted) as pages,
           (select count(*) from item where not is_deleted) as items`;
  const { pages, items } = counts[0] ?? { pages: 0, items: 0 };
  const header = JSON.stringify({ checkpoint: { position: given.checkpointAt(position) }, pages, items });
  const file = path.join(folder, given.nameOf(position));
  const unfinished = `${file}.new`;
  const params = { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY };
  try {
    await pipeline(
      Readable.from(lines(sql, scope, header), { objectMode: true }),
      createBrotliCompress({ params }),
      createWriteStream(unfinished, { mode: 0o600 }),
    );
    await sync(unfinished);
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
  return { scope, position, pages, items, bytes: (await stat(file)).size, file };
}

async function* lines(sql: TransactionSql, scope: string, header: string): AsyncGenerator<string> {
  yield `${header}\n`;
  const rows = sql<{ body: string }[]>`
    select body from document
    where scope = ${scope} and collection = ${CATALOGUE_COLLECTION} and not deleted order by id`;
  for await (const some of rows.cursor(PAGES_PER_READ)) {
    yield some.map((row) => `${row.body}\n`).join('');
  }
}

async function sync(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
