import { stat } from 'node:fs/promises';
import path from 'node:path';
import { argon2Verify } from 'hash-wasm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aDemoStore, type TestDemoStore } from '../../tests/support/a-demo-store.ts';
import type { Fact } from '../../shared/domain/fact.ts';
import { checkLink, EMPTY_JOURNAL } from '../../shared/domain/journal.ts';
import type { Operator } from '../../shared/domain/operator.ts';
import type { StoreSettings } from '../../shared/domain/store.ts';
import { publishSettings } from '../reference-data/publish-settings.ts';
import { inTransaction } from '../db/database.ts';
import { DEMO_OPERATORS } from './operators.ts';

/** A busy machine takes its time to start PostgreSQL. */
const DATABASE_START_MS = 60_000;
let demo: TestDemoStore;
beforeAll(async () => {
  demo = await aDemoStore({ items: 600 });
}, DATABASE_START_MS);
afterAll(() => demo.drop());

test('two shops and a web channel share one currency', async () => {
  const rows = await demo.database.sql<
    { kind: string; body: string }[]
  >`select kind, body from store order by number`;
  expect(rows.map((row) => row.kind)).toEqual(['shop', 'shop', 'channel']);
  expect(new Set(rows.map((row) => (JSON.parse(row.body) as { currency: string }).currency))).toEqual(
    new Set(['EUR']),
  );
});

test('each shop has its settings; kiosks get them without printers', async () => {
  const rows = await demo.database.sql<{ scope: string; body: string }[]>`
    select scope, body from document where collection = 'settings' order by scope`;
  const settings = rows.map((row) => [row.scope, JSON.parse(row.body) as StoreSettings] as const);
  expect(settings.map(([scope, body]) => [scope, body.store.number, body.isDemo])).toEqual([
    ['kiosk', 1, true],
    ['store:s1', 1, true],
    ['store:s2', 2, true],
  ]);
  expect(Object.keys(settings[1]?.[1].taxGroups ?? {})).toEqual(['standard', 'reduced']);
});

test('settings without a change are not published again', async () => {
  const publish = () =>
    inTransaction(demo.database, (transaction) => publishSettings(transaction, { isDemo: true }));
  // The server was enrolled after they were first published: its key is what is new.
  expect(await publish()).toEqual(['store:s1', 'store:s2']);
  expect(await publish()).toEqual([]);
});

test('operators sign on with the listed PIN and no other, in their own shop', async () => {
  const rows = await demo.database.sql<{ scope: string; body: string }[]>`
    select scope, body from document where collection = 'staff'`;
  expect(rows).toHaveLength(7);
  for (const listed of DEMO_OPERATORS) {
    const row = rows.find((each) => (JSON.parse(each.body) as Operator).number === listed.number);
    expect(row?.scope).toBe(`store:${listed.storeId}`);
    const { pinVerifier } = JSON.parse(row?.body ?? '{}') as Operator;
    expect(await argon2Verify({ password: listed.pin, hash: pinVerifier })).toBe(true);
    expect(await argon2Verify({ password: '0000', hash: pinVerifier })).toBe(false);
  }
});

test('opening stock is an unbroken journal of the server, and its key is for the owner only', async () => {
  const rows = await demo.database.sql<{ body: string }[]>`
    select body from fact where workstation_id = 'server-s1' order by epoch, sequence`;
  let head = EMPTY_JOURNAL;
  for (const row of rows) {
    const fact = JSON.parse(row.body) as Fact;
    expect(checkLink(head, fact)).toMatchObject({ ok: true });
    head = { epoch: fact.epoch, sequence: fact.sequence, hash: fact.hash };
  }
  expect(rows.length).toBe(1 + 3);
  expect((await stat(path.join(demo.dataFolder, 'keys', 'server-s1.pem'))).mode & 0o777).toBe(0o600);
});

test('a second start does nothing', async () => {
  const everything = () => demo.database.sql`
    select (select sum(last) from scope_counter) as positions, (select count(*) from fact) as facts,
      (select count(*) from item) as items`;
  const before = await everything();
  expect(await demo.seedAgain()).toBe('was-there');
  expect([...(await everything())]).toEqual([...before]);
});

test('a start that was cut short goes on with the delivery after the last one', async () => {
  const { sql } = demo.database;
  // As it is when the server was killed between two deliveries.
  await sql`update setting set value = replace(value, 'complete', 'goods') where key = 'demo-store'`;
  await sql`delete from fact where workstation_id = 'server-s2' and sequence > 2`;
  await sql`update workstation set head_sequence = 2, head_hash = (
    select hash from fact where workstation_id = 'server-s2' and sequence = 2) where id = 'server-s2'`;
  expect(await demo.seedAgain()).toBe('seeded');
  const rows = await sql<{ number: string }[]>`
    select body::json -> 'body' ->> 'documentNumber' as number from fact
    where workstation_id = 'server-s2' and kind = 'stock-received' order by sequence`;
  expect(rows.map((row) => row.number)).toEqual(['OPEN-s2-0001', 'OPEN-s2-0002', 'OPEN-s2-0003']);
});
