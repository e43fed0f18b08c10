// `npm run import` as a person runs it: price lists of the shapes that shops have, into a data folder of its own,
// also while a server runs on it. The files are generated here.

import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gtinCheckDigit } from '../../shared/domain/gtin-check-digit.ts';
import type { Item } from '../../shared/domain/item.ts';
import { SILENT_LOG } from '../../sync-server/db/log.ts';
import { openData } from '../../sync-server/open-data.ts';
import { ownProgram, runCommand } from '../support/run-command.ts';
import { makeServerProcess } from '../support/server-process.ts';

let folder = '';
let dataFolder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tillandsia-import-'));
  dataFolder = path.join(folder, 'data');
  await mkdir(dataFolder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const gtin13 = (number: number): string => {
  const body = `59${String(number).padStart(10, '0')}`;
  return `${body}${String(gtinCheckDigit(body))}`;
};

async function file(name: string, lines: readonly string[]): Promise<string> {
  const target = path.join(folder, name);
  await writeFile(target, `${lines.join('\n')}\n`);
  return target;
}

async function runImport(
  ...args: string[]
): Promise<{ code: number; output: string; last: string; counts: string }> {
  const env = { TILLANDSIA_DATA: dataFolder, DEMO_ITEMS: '300' };
  const { code, output } = await runCommand(ownProgram('tsx'), ['sync-server/import.ts', ...args], { env });
  const lines = output.trimEnd().split('\n');
  return { code, output, last: lines.at(-1) ?? '', counts: lines.at(-2) ?? '' };
}

async function query<Row>(
  ask: (sql: Awaited<ReturnType<typeof openData>>['database']['sql']) => PromiseLike<Row>,
): Promise<Row> {
  const data = await openData(
    { databaseUrl: null, dataFolder },
    { log: SILENT_LOG, random: Math.random, alone: false },
  );
  try {
    return await ask(data.database.sql);
  } finally {
    await data.close();
  }
}

const BARCODES = 3_000;

describe('npm run import', () => {
  let barcodes = '';

  test('a headerless list of barcodes and names is taken row by row, and the report says why not', async () => {
    const lines = Array.from(
      { length: BARCODES },
      (_, place) => `${gtin13(place)}\tProduct ${String(place)} of a "shop"`,
    );
    lines[10] = `${gtin13(10).slice(0, 12)}${String((Number(gtin13(10).at(-1)) + 1) % 10)}\tWrong check digit`;
    lines[20] = `${gtin13(20)}\tControl\u0007character`;
    lines[30] = `${gtin13(5)}\tThe same again`;
    lines[40] = `${gtin13(40)}\t`;
    lines[50] = gtin13(50);
    lines[60] = `${gtin13(60)}\tسیب‌زمینی سرخ‌کرده`;
    barcodes = await file('goods.tsv', lines);
    const run = await runImport(
      'items',
      barcodes,
      '--map',
      'barcode=1,name=2',
      '--no-header',
      '--default-price',
      '1.99',
    );
    expect(run.code).toBe(0);
    expect(run.counts).toBe(`${String(BARCODES - 5)} added, 0 changed, 0 unchanged, 5 refused`);
    expect(run.last).toBe(`${String(BARCODES - 5)} passed, 5 failed, 0 unsupported`);
    const report = await readFile(path.join(dataFolder, 'imports', 'goods.tsv.refused.tsv'), 'utf8');
    const refused = report
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => line.split('\t').slice(0, 2));
    expect(refused.toSorted((one, other) => Number(one[0]) - Number(other[0]))).toEqual([
      ['11', 'wrong-check-digit'],
      ['21', 'control-character'],
      ['31', 'repeated-in-file'],
      ['41', 'name-missing'],
      ['51', 'too-few-columns'],
    ]);
  });

  test('what was taken is in the pages that tills and kiosks pull', async () => {
    const rows = await query(
      (sql) => sql<{ scope: string; body: string }[]>`
        select scope, body from document where collection = 'catalogue_pages' and not deleted order by scope, id`,
    );
    for (const scope of ['company', 'kiosk']) {
      const pages = rows
        .filter((row) => row.scope === scope)
        .map((row) => JSON.parse(row.body) as { count: number; records: string; barcodes: string });
      expect(pages.reduce((sum, page) => sum + page.count, 0)).toBe(300 + BARCODES - 5);
      const items = pages.flatMap((page) => page.records.split('\n').map((line) => JSON.parse(line) as Item));
      expect(items.find((item) => item.sku === gtin13(60))).toMatchObject({
        name: { en: 'سیب‌زمینی سرخ‌کرده' },
        priceMinor: 199,
        barcodes: [`0${gtin13(60)}`],
        categoryId: 'imported',
        unit: 'piece',
      });
      expect(pages.some((page) => page.barcodes.includes(`0${gtin13(2_999)} `))).toBe(true);
    }
  });

  test('running it again changes nothing and says so', async () => {
    const positions = () => query((sql) => sql`select scope, last from scope_counter order by scope`);
    const before = [...(await positions())];
    const run = await runImport(
      'items',
      barcodes,
      '--map',
      'barcode=1,name=2',
      '--no-header',
      '--default-price',
      '1.99',
    );
    expect(run.counts).toBe(`0 added, 0 changed, ${String(BARCODES - 5)} unchanged, 5 refused`);
    expect([...(await positions())]).toEqual(before);
  });

  test('invoice lines with a header give one item per stock code; a changed price is a fact', async () => {
    const header = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';
    const line = (code: string, name: string, price: string) =>
      `536365,${code},${name},6,2010-12-01T08:26:00,${price},17850,United Kingdom`;
    const invoices = (price: string) =>
      file('invoices.csv', [
        header,
        line('85123A', '"WHITE, HANGING HEART"', price),
        line('71053', 'METAL LANTERN', '3.39'),
        line('85123A', '"WHITE, HANGING HEART"', price),
        line('22139', '', '0'),
        line('BANK', 'Bank "charges"', '-15.00'),
        line('M', '"Manual', '1.00'),
        line('POST', 'POSTAGE', '18.005'),
      ]);
    const map = ['--map', 'sku=StockCode,name=Description', '--map', 'price=UnitPrice'];
    const dry = await runImport('items', await invoices('2.55'), ...map, '--dry-run');
    expect(dry.counts).toBe('2 added, 0 changed, 0 unchanged, 5 refused');
    const first = await runImport('items', await invoices('2.55'), ...map, '--tax', 'b');
    expect(first.counts).toBe('2 added, 0 changed, 0 unchanged, 5 refused');
    const second = await runImport('items', await invoices('2.95'), ...map, '--strict');
    expect(second.counts).toBe('0 added, 1 changed, 1 unchanged, 5 refused');
    expect(second.code).toBe(1);
    const [item] = await query((sql) => sql<{ body: string }[]>`select body from item where sku = '85123A'`);
    expect(JSON.parse(item?.body ?? '')).toMatchObject({
      name: { en: 'WHITE, HANGING HEART' },
      priceMinor: 295,
      taxGroupId: 'reduced',
    });
    const facts = await query(
      (sql) => sql<{ body: string }[]>`select body from fact where kind = 'price-changed'`,
    );
    expect(facts.map((fact) => (JSON.parse(fact.body) as { body: unknown }).body)).toMatchObject([
      { fromMinor: 255, toMinor: 295 },
    ]);
  });

  test('it shares the database of a running server, and the server serves what was taken', async () => {
    const server = await makeServerProcess({ dataFolder, env: { DEMO_ITEMS: '300' } });
    try {
      await server.start();
      const list = await file('more.csv', ['sku,name,name.fa,price,unit', 'CHEESE-1,Cheese,پنیر,12.90,kg']);
      const run = await runImport('items', list);
      expect(run.last).toBe('1 passed, 0 failed, 0 unsupported');
      expect(server.isRunning()).toBe(true);
      const found = await query((sql) => sql`select 1 from item where sku = 'CHEESE-1'`);
      expect(found).toHaveLength(1);
    } finally {
      await server.stop();
    }
  });

  test.each([
    [['items', 'nothing.csv'], /cannot be read/],
    [['goods', 'x.csv'], /Say what is imported/],
    [['items'], /Say what is imported/],
    [['items', 'GOODS', '--map', 'colour=1'], /--map has "colour=1"/],
    [['items', 'GOODS', '--tax', 'Z'], /There is no tax group "Z"/],
    [['items', 'GOODS', '--store', '7'], /There is no store "7"/],
    [['items', 'GOODS', '--default-price', '1,999'], /--default-price is "1,999"/],
    [['items', 'GOODS', '--unheard-of'], /--unheard-of/],
  ])('%j is refused with a sentence', async (args, sentence) => {
    const run = await runImport(...args.map((arg) => (arg === 'GOODS' ? barcodes : arg)));
    expect(run.code).toBe(1);
    expect(run.output).toMatch(sentence);
    expect(run.output).not.toMatch(/\n\s+at /);
  });
});
