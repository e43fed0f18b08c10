// Exports of a server's journals: the JSON verifies without the server, the tables hold every transaction once, and the
// DSFinV-K folder comes to the Z reports and describes all its files.

import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asOperatorId } from '../../shared/domain/ids.ts';
import { foldTill, NEW_TILL } from '../../shared/domain/till-session.ts';
import { buildZReport } from '../../shared/domain/z-report.ts';
import { readShops } from '../../sync-server/journal-export/read-journals.ts';
import { writeCsv } from '../../sync-server/journal-export/write-csv.ts';
import { writeDsfinvk } from '../../sync-server/journal-export/write-dsfinvk.ts';
import { writeJson } from '../../sync-server/journal-export/write-json.ts';
import type { TestDatabase } from '../support/a-database.ts';
import { aShop, aSyncServer, type SyncServer } from '../support/a-sync-server.ts';
import { aWorkstation, open, push, sell, write, type TestWorkstation } from '../support/a-workstation.ts';
import { verifyExport } from '../verify-journal/verify-journal.mjs';

let database: TestDatabase;
let server: SyncServer;
let folder: string;
let till: TestWorkstation;
const everything = { from: null, to: null };

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tillandsia-export-'));
  database = await aShop();
  server = await aSyncServer({ database });
  till = await aWorkstation(server);
  const other = await aWorkstation(server, { storeId: 's2' });
  await push(server, till, [open(till), ...aDay(till, 1), ...aDay(till, 2), sell(till)]);
  await push(server, other, [open(other), ...aDay(other, 1)]);
});
afterAll(async () => {
  await server.stop();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

/** Two sales of tea (12.10 and 24.20), 30.00 to the bank, and a count that is 1.00 short. */
function aDay(at: TestWorkstation, sessionNumber: number) {
  const operator = asOperatorId('operator-1');
  const tillSessionId = `session-${String(sessionNumber)}`;
  const counted = { pieces: [], otherMinor: 100_00 };
  const drawer = { pieces: [], otherMinor: 105_30 };
  const facts = [
    write(at, 'till-opened', {
      tillSessionId,
      sessionNumber,
      businessDay: '2026-03-02',
      currency: 'EUR',
      openedBy: operator,
      floatMinor: 1e4,
      counted,
    }),
    inSession(at, 1, tillSessionId),
    inSession(at, 2, tillSessionId),
    write(at, 'cash-moved', { tillSessionId, kind: 'pickup', amountMinor: 30_00, reasonCode: 'bank' }),
    write(at, 'till-counted', { tillSessionId, counted: drawer, countedMinor: 105_30 }),
  ];
  let state = NEW_TILL;
  for (const fact of at.facts) state = foldTill(state, fact);
  if (state.open === null) throw new Error('the till is not open');
  const last = { epoch: at.head.epoch, sequence: at.head.sequence + 1 };
  const z = buildZReport(state.open, {
    former: state.former,
    closedAt: facts[0]?.recordedAt ?? '',
    closedBy: operator,
    last,
    pending: {
      count: 0,
      amountMinor: 0,
    },
  });
  if (!z.ok) throw new Error(z.reason);
  return [...facts, write(at, 'till-closed', { z: z.value })];
}

const inSession = (at: TestWorkstation, pieces: number, tillSessionId: string) =>
  sell(at, { pieces, tillSessionId });

type Row = Readonly<Record<string, string>>;
async function table(file: string, delimiter: string): Promise<readonly Row[]> {
  // Every cell of a table with a header is a text.
  return parse<Row>(await readFile(file, 'utf8'), { columns: true, delimiter });
}
const minor = (text: string | undefined): number => Math.round(Number((text ?? '0').replace(',', '.')) * 100);

describe('an export of journals', () => {
  test('as JSON verifies from the first entry to the head, without the server', async () => {
    const file = path.join(folder, 'journals.ndjson');
    const shops = await readShops(database.sql, null);
    expect(await writeJson(database.sql, shops, { file, to: null })).toBe(1 + 12 + 1 + 1 + 6);
    const verdicts = verifyExport(await readFile(file, 'utf8'));
    expect(verdicts.map(({ fault }) => fault ?? null)).toEqual([null, null]);
  });

  test('as JSON up to a day before the first entry holds headers alone', async () => {
    const file = path.join(folder, 'early.ndjson');
    const shops = await readShops(database.sql, '1');
    expect(await writeJson(database.sql, shops, { file, to: '2026-03-01' })).toBe(0);
  });

  test('as tables holds every transaction once, and only those of the store and the days asked for', async () => {
    const target = path.join(folder, 'csv');
    await writeCsv(database.sql, await readShops(database.sql, '1'), { folder: target, period: everything });
    const transactions = await table(path.join(target, 'transactions.csv'), ',');
    expect(transactions.map(({ gross }) => gross)).toEqual(['12.10', '24.20', '12.10', '24.20', '12.10']);
    expect(new Set(transactions.map(({ receipt }) => receipt)).size).toBe(5);
    const closings = await table(path.join(target, 'closings.csv'), ',');
    expect(
      closings.map(({ number, gross, difference, perpetual_grand: grand }) => [
        number,
        gross,
        difference,
        grand,
      ]),
    ).toEqual([
      ['1', '36.30', '-1.00', '36.30'],
      ['2', '36.30', '-1.00', '72.60'],
    ]);
    const none = await writeCsv(database.sql, await readShops(database.sql, '1'), {
      folder: path.join(folder, 'none'),
      period: { from: '2026-03-03', to: null },
    });
    expect(none).toBe(0);
  });

  test('as DSFinV-K comes to the Z reports, names what is not closed, and describes every file', async () => {
    const target = path.join(folder, 'dsfinvk');
    const totals = await writeDsfinvk(database.sql, await readShops(database.sql, null), {
      folder: target,
      period: everything,
    });
    expect(totals).toMatchObject({ closings: 3, problems: [], unclosed: { transactions: 1, kept: 0 } });
    const cases = await table(path.join(target, 'businesscases.csv'), ';');
    const goods = cases.filter(({ GV_TYP: type }) => type === 'Umsatz');
    expect(goods.map((row) => minor(row['Z_UMS_BRUTTO']))).toEqual([36_30, 36_30, 36_30]);
    expect(goods.map((row) => row['UST_SCHLUESSEL'])).toEqual(['3100', '3100', '3100']);
    const closing = await table(path.join(target, 'cashpointclosing.csv'), ';');
    expect(closing.map((row) => minor(row['Z_SE_BARZAHLUNGEN']))).toEqual([105_30, 105_30, 105_30]);
    expect(closing.map((row) => [row['Z_KASSE_ID'], row['Z_NR']])).toEqual([
      ['01-01', '1'],
      ['01-01', '2'],
      ['02-01', '1'],
    ]);
    const short = cases.filter(({ GV_TYP: type }) => type === 'DifferenzSollIst');
    expect(short.map((row) => minor(row['Z_UMS_BRUTTO']))).toEqual([-1_00, -1_00, -1_00]);
    const lines = await table(path.join(target, 'lines.csv'), ';');
    const tea = lines.filter(({ GV_TYP: type }) => type === 'Umsatz');
    expect(tea.map((row) => [row['MENGE'], row['STK_BR'], row['ARTIKELTEXT']])[1]).toEqual([
      '2,000',
      '12,10000',
      'Tea',
    ]);
    const index = await readFile(path.join(target, 'index.xml'), 'utf8');
    const tables = (await readdir(target)).filter((file) => file !== 'index.xml');
    expect(tables.filter((file) => !index.includes(`<URL>${file}</URL>`))).toEqual([]);
    expect(tables).toHaveLength(20);
  });
});
