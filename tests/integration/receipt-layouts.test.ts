// How receipts look is changed by a manager at one till, checked by the server, kept in versions, and known to every till of
// the store; and which prices have changed lately is known to the tills that print labels.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DEFAULT_RECEIPT_LAYOUT, type ReceiptLayout } from '../../shared/domain/receipt-layout.ts';
import type { PriceChangesResponse } from '../../shared/protocol/price-changes.ts';
import type { TestDatabase } from '../support/a-database.ts';
import { aShop, aSyncServer, type SyncServer } from '../support/a-sync-server.ts';
import { aWorkstation, call, type Problem, type TestWorkstation } from '../support/a-workstation.ts';

let database: TestDatabase;
let server: SyncServer;
let till: TestWorkstation;
let elsewhere: TestWorkstation;
beforeAll(async () => {
  database = await aShop();
  server = await aSyncServer({ database });
  till = await aWorkstation(server);
  elsewhere = await aWorkstation(server, { storeId: 's2' });
  for (const [id, number, permissions] of [
    ['boss', 1, ['sell', 'manage-devices']],
    ['anna', 2, ['sell']],
  ] as const) {
    const body = { id, number, name: id, roleName: 'manager', permissions, pinVerifier: '', isActive: true };
    await database.sql`
      insert into operator (id, number, body) values (${id}, ${number}, ${JSON.stringify(body)})`;
  }
});
beforeEach(() => database.sql`delete from receipt_layout`);
afterAll(async () => {
  await server.stop();
  await database.drop();
});

const save = (layout: Partial<ReceiptLayout>, operatorId = 'boss', from = till) =>
  call<Problem & { layout?: ReceiptLayout }>(`${server.url}/receipt-layout`, {
    body: { operatorId, layout: { ...DEFAULT_RECEIPT_LAYOUT, ...layout } },
    token: from.token,
  });

async function settingsOf(from: TestWorkstation): Promise<{ receiptLayout?: ReceiptLayout } | undefined> {
  const pulled = await call<{ documents: { id: string; receiptLayout?: ReceiptLayout }[] }>(
    `${server.url}/replication/settings/pull`,
    { token: from.token },
  );
  return pulled.body.documents.find(({ id }) => id === 'store');
}

describe('the layout of receipts', () => {
  test('is saved as the next version and comes to all tills of the store, and of no other', async () => {
    const saved = await save({ footer: { en: 'See you', fa: 'به امید دیدار' }, paperMm: 58 });
    expect([saved.status, saved.body.layout?.version]).toEqual([200, 1]);
    expect((await settingsOf(till))?.receiptLayout).toEqual({
      ...DEFAULT_RECEIPT_LAYOUT,
      version: 1,
      footer: { en: 'See you', fa: 'به امید دیدار' },
      paperMm: 58,
    });
    expect((await settingsOf(elsewhere))?.receiptLayout).toBeUndefined();
    const kept = await database.sql`select version, operator_id, workstation_id from receipt_layout`;
    expect([...kept]).toEqual([{ version: 1, operator_id: 'boss', workstation_id: till.id }]);
  });

  test('of a former version is not saved over a newer one', async () => {
    await save({ footer: { en: 'First' } });
    const late = await save({ footer: { en: 'Late' } });
    expect([late.status, late.body.code]).toEqual([409, 'layout-changed-meanwhile']);
    expect((await settingsOf(till))?.receiptLayout?.footer).toEqual({ en: 'First' });
    expect((await save({ version: 1, footer: { en: 'Second' } })).body.layout?.version).toBe(2);
  });

  test('two managers who save at once: one wins, one is told', async () => {
    const answers = await Promise.all([save({ header: { en: 'A' } }), save({ header: { en: 'B' } })]);
    expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 409]);
  });

  test('is refused from somebody who may not, or who is nobody', async () => {
    for (const operatorId of ['anna', 'nobody']) {
      const refused = await save({}, operatorId);
      expect([refused.status, refused.body.code]).toEqual([403, 'layout-not-allowed']);
    }
    expect((await call(`${server.url}/receipt-layout`, { body: {} })).status).toBe(401);
    expect([...(await database.sql`select 1 from receipt_layout`)]).toEqual([]);
  });

  test('that no receipt can be printed with is refused, with what is wrong', async () => {
    const without = DEFAULT_RECEIPT_LAYOUT.parts.filter((part) => part !== 'payment');
    expect((await save({ parts: without })).body.code).toBe('layout-part-missing');
    const logo = { width: 16, height: 2, rowsBase64: 'AAAA' };
    expect((await save({ logo })).body.code).toBe('layout-logo');
    // What the schema refuses never gets as far as the rule.
    expect((await save({ logo: { ...logo, width: 10_000 } })).status).toBe(400);
    expect((await save({ footer: { en: 'x'.repeat(501) } })).status).toBe(400);
  });
});

test('price changes are one row for each item, from its price before the first to that after the last', async () => {
  const change = (
    sequence: number,
    itemId: string,
    [fromMinor, toMinor]: readonly [from: number, to: number],
    at: string,
  ) => database.sql`
      insert into fact (workstation_id, epoch, sequence, id, store_id, kind, hash, position, received_at, body)
      values (${elsewhere.id}, 9, ${sequence}, ${`price-${String(sequence)}`}, 's2', 'price-changed', 'h',
        ${900 + sequence}, ${at}, ${JSON.stringify({ body: { itemId, fromMinor, toMinor } })})`;
  await change(1, 'tea', [100, 110], '2026-03-02T08:00:00Z');
  await change(2, 'tea', [110, 120], '2026-03-02T09:00:00Z');
  await change(3, 'milk', [199, 189], '2026-03-02T10:00:00Z');
  await change(4, 'salt', [50, 60], '2026-03-01T10:00:00Z');
  await change(5, 'jam', [300, 310], '2026-03-02T11:00:00Z');
  await change(6, 'jam', [310, 300], '2026-03-02T12:00:00Z');
  const answer = await call<PriceChangesResponse>(
    `${server.url}/price-changes?since=2026-03-02T00:00:00.000Z`,
    { token: till.token },
  );
  expect(answer.body.changes).toEqual([
    { itemId: 'milk', fromMinor: 199, toMinor: 189, at: '2026-03-02T10:00:00.000Z' },
    { itemId: 'tea', fromMinor: 100, toMinor: 120, at: '2026-03-02T09:00:00.000Z' },
  ]);
  expect((await call(`${server.url}/price-changes?since=yesterday`, { token: till.token })).status).toBe(400);
});
