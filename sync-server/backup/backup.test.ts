import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aDatabase, type TestDatabase } from '../../tests/support/a-database.ts';
import { inTransaction } from '../db/database.ts';
import { publishDocuments } from '../db/feed.ts';
import { checkBackup } from './read-backup.ts';
import { restoreBackup } from './restore-backup.ts';
import { sortByReference } from './table-rows.ts';
import { writeBackup, type WrittenBackup } from './write-backup.ts';

const ODD_TEXT = 'a"b\\c\n{d},e\'f \u2028 قهوه ₽ 🥐 \\u0000 \\ud800';
const NOW_MS = Date.UTC(2026, 10, 21);

let shop: TestDatabase;
let folder: string;
let file: string;
let written: WrittenBackup;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'backup-'));
  file = path.join(folder, 'shop.backup');
  mkdirSync(path.join(folder, 'keys'));
  writeFileSync(path.join(folder, 'keys', 'server-s1.pem'), 'the key\n');
  shop = await aDatabase();
  await fill(shop);
  written = await writeBackup(shop, { file, dataFolder: folder, nowMs: NOW_MS });
});
afterAll(async () => {
  await shop.drop();
  rmSync(folder, { recursive: true });
});

async function fill(database: TestDatabase): Promise<void> {
  const { sql } = database;
  await sql`insert into store (id, number, name, body) values ('s1', 1, ${ODD_TEXT}, ${JSON.stringify({ ODD_TEXT })})`;
  await sql`insert into category values ('c', 1, '{}')`;
  await sql`insert into tax_group values ('t', 'A', '{}')`;
  await sql`insert into item (id, ordinal, sku, category_id, tax_group_id, price_minor, cost_minor, body)
    select 'i' || n, n, 's' || n, 'c', 't', 9007199254740991 - n, null, repeat('x', 700)
    from generate_series(1, 1200) as n`;
  await sql`insert into workstation (id, store_id, number, kind, name, public_key) values ('w', 's1', 1, 'pos', 'w', '{}')`;
  await sql`insert into printed_job (workstation_id, job_id, printer_id, content_hash, state)
    values ('w', 'j', 'p', 'h', 'sent')`;
  await inTransaction(database, (transaction) =>
    publishDocuments(transaction, {
      scope: 'company',
      collection: 'stock',
      documents: [{ id: 'd', body: JSON.stringify({ ODD_TEXT }) }],
    }),
  );
}

async function restored(options: { replace?: boolean } = {}): Promise<TestDatabase> {
  const database = await aDatabase({ migrated: false });
  await restoreBackup(database, {
    file,
    dataFolder: path.join(folder, 'new'),
    replace: options.replace === true,
  });
  return database;
}

describe('backup', () => {
  test('names every table with its rows, and only its owner may read it', () => {
    const rows = Object.fromEntries(written.tables.map((table) => [table.name, table.rows]));
    expect(rows).toMatchObject({
      store: 1,
      item: 1200,
      printed_job: 1,
      document: 1,
      scope_counter: 1,
      fact: 0,
    });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(file).size).toBe(written.bytes);
  });

  test('what is sold while the backup runs is not half in it', async () => {
    const other = path.join(folder, 'while-selling.backup');
    let sold = 0;
    const closing = new AbortController();
    const seller = (async () => {
      while (!closing.signal.aborted) {
        await inTransaction(shop, async ({ sql }) => {
          sold += 1;
          await sql`insert into customer values (${`one-${sold}`}, 'n', '{}')`;
          await sql`insert into customer values (${`two-${sold}`}, 'n', '{}')`;
        });
      }
    })();
    const during = await writeBackup(shop, { file: other, dataFolder: folder, nowMs: NOW_MS });
    closing.abort();
    await seller;
    expect((during.tables.find((table) => table.name === 'customer')?.rows ?? 1) % 2).toBe(0);
    await shop.sql`delete from customer`;
  });
});

describe('restore', () => {
  test('gives back equal content, down to numbers at the limit, bytes and odd text', async () => {
    const database = await restored();
    const again = path.join(folder, 'again.backup');
    const copy = await writeBackup(database, { file: again, dataFolder: folder, nowMs: NOW_MS });
    const besides = (name: string): boolean => name !== 'setting';
    expect(copy.tables.filter(({ name }) => besides(name))).toEqual(
      written.tables.filter(({ name }) => besides(name)),
    );
    expect([...(await database.sql`select name from store`)]).toEqual([{ name: ODD_TEXT }]);
    await database.drop();
  });

  test('gives the server its keys back and starts a new lineage', async () => {
    const database = await restored();
    const keyFile = path.join(folder, 'new', 'keys', 'server-s1.pem');
    expect(readFileSync(keyFile, 'utf8')).toBe('the key\n');
    expect(statSync(keyFile).mode & 0o777).toBe(0o600);
    const rows = await database.sql`select 1 from setting where key = 'installation-lineage'`;
    expect(rows).toHaveLength(1);
    await database.drop();
  });

  test('a database that holds a shop is refused, and replaced when asked', async () => {
    const database = await restored();
    await database.sql`update store set name = 'newer'`;
    const given = { file, dataFolder: path.join(folder, 'new') };
    await expect(restoreBackup(database, { ...given, replace: false })).rejects.toThrow(
      'already holds a shop',
    );
    expect([...(await database.sql`select name from store`)]).toEqual([{ name: 'newer' }]);
    await restoreBackup(database, { ...given, replace: true });
    expect([...(await database.sql`select name from store`)]).toEqual([{ name: ODD_TEXT }]);
    await database.drop();
  });
});

describe('a file that is no whole backup', () => {
  const lines = (): string[] =>
    brotliDecompressSync(readFileSync(file)).toString('utf8').trimEnd().split('\n');
  const packed = (text: string): Buffer => brotliCompressSync(text, { params: {} });
  const cases: readonly [string, () => Buffer, string][] = [
    ['cut off', () => readFileSync(file).subarray(0, 2000), 'cannot be unpacked'],
    ['without its last line', () => packed(`${lines().slice(0, -1).join('\n')}\n`), 'its end is missing'],
    [
      'with one price changed',
      () => packed(`${lines().join('\n').replace('9007199254740990', '9007199254740980')}\n`),
      'check sums differ',
    ],
    ['with one row left out', () => packed(`${lines().toSpliced(40, 1).join('\n')}\n`), 'check sums differ'],
    ['with two rows exchanged', () => packed(`${swapped(lines()).join('\n')}\n`), 'check sums differ'],
    ['of something else', () => packed('{"hello":"world"}\n'), 'none of a backup'],
    ['that is empty', () => packed(''), 'it is empty'],
    ['that is text', () => Buffer.from('a text'), 'cannot be unpacked'],
    [
      'of a newer version',
      () => packed(`${['["backup",{"format":2,"schemaVersion":1,"madeAt":""}]', '["end",{}]'].join('\n')}\n`),
      'newer Tillandsia',
    ],
  ];

  test.each(cases)('%s is refused before anything is touched', async (what, bytes, why) => {
    const bad = path.join(folder, `${what.replaceAll(' ', '-')}.backup`);
    writeFileSync(bad, bytes());
    await expect(checkBackup(bad)).rejects.toThrow(why);
    await expect(checkBackup(bad)).rejects.toThrow('Nothing was changed');
  });

  test('that is not there is named', async () => {
    await expect(checkBackup(path.join(folder, 'gone'))).rejects.toThrow('cannot be read (ENOENT)');
  });

  function swapped(all: string[]): string[] {
    const [a = '', b = ''] = [all[40], all[41]];
    return all.with(40, b).with(41, a);
  }
});

test('tables come after those they refer to', () => {
  const references = [
    { table: 'a', referenced: 'b' },
    { table: 'b', referenced: 'c' },
    { table: 'c', referenced: 'c' },
  ];
  expect(sortByReference(['a', 'b', 'c', 'd'], references)).toEqual(['c', 'd', 'b', 'a']);
  expect(() => sortByReference(['a', 'b'], [...references, { table: 'b', referenced: 'a' }])).toThrow(
    'circle',
  );
});
