// Views folded from facts: stock on hand, transactions, item sales; the same however they were folded, and the same
// again after everything is dropped.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startFoldWorker } from '../../sync-server/projections/fold-worker.ts';
import { foldStep } from '../../sync-server/projections/fold-store.ts';
import { rebuildViews } from '../../sync-server/projections/rebuild-views.ts';
import { SILENT_LOG } from '../../sync-server/db/log.ts';
import type { TestDatabase } from '../support/a-database.ts';
import { anotherPool, aShop, aSyncServer, type SyncServer } from '../support/a-sync-server.ts';
import {
  aTransaction,
  aWorkstation,
  open,
  push,
  sell,
  write,
  type TestWorkstation,
} from '../support/a-workstation.ts';

let database: TestDatabase;
let server: SyncServer;
beforeAll(async () => {
  database = await aShop();
  server = await aSyncServer({ database });
});
afterAll(async () => {
  await server.stop();
  await database.drop();
});

async function anOpenTill(storeId = 's1'): Promise<TestWorkstation> {
  const till = await aWorkstation(server, { storeId });
  await push(server, till, [open(till)]);
  return till;
}
const onHand = async (ordinal: number, storeId = 's1'): Promise<number | undefined> => {
  const rows = await database.sql<{ n: number }[]>`
    select on_hand_milli as n from stock_on_hand where store_id = ${storeId} and ordinal = ${ordinal}`;
  return rows[0]?.n;
};

describe('views', () => {
  test('on hand is what was received less what was sold, in each store by itself', async () => {
    const [till, other] = [await anOpenTill(), await anOpenTill('s2')];
    const movements = [{ itemId: 'item-7', ordinal: 7, quantityMilli: 50_000, reason: 'receipt' as const }];
    await push(server, till, [
      write(till, 'stock-received', { documentNumber: 'D1', movements }),
      sell(till, { ordinal: 7, pieces: 3 }),
      sell(till, { ordinal: 7, pieces: 2 }),
    ]);
    await push(server, other, [sell(other, { ordinal: 7, pieces: 1 })]);
    await server.modules.foldWorker.settle();
    expect([await onHand(7), await onHand(7, 's2')]).toEqual([45_000, -1_000]);
  });

  test('transactions are found by the number on the receipt', async () => {
    const till = await anOpenTill();
    sell(till, { pieces: 2 });
    await push(server, till, till.facts);
    await server.modules.foldWorker.settle();
    const number = `01-${String(till.number).padStart(2, '0')}-A000002`;
    const rows = await database.sql`
      select business_day, currency, gross_minor, tax_minor, line_count, mark from transaction_view
      where store_id = 's1' and receipt_number = ${number}`;
    expect([...rows]).toEqual([
      {
        business_day: '2026-03-02',
        currency: 'EUR',
        gross_minor: 2420,
        tax_minor: 420,
        line_count: 1,
        mark: null,
      },
    ]);
  });

  test('a transaction that states the receipt number of another is booked under its own', async () => {
    const till = await anOpenTill();
    const transaction = { ...aTransaction(till), receiptNumber: '01-01-A000002' };
    const answer = await push(server, till, [write(till, 'transaction-completed', { transaction })]);
    expect(answer.body.results[0]?.outcome).toBe('disputed');
    await server.modules.foldWorker.settle();
    const rows = await database.sql`
      select receipt_number, mark from transaction_view where workstation_id = ${till.id}`;
    expect([...rows]).toEqual([
      { receipt_number: `01-${String(till.number).padStart(2, '0')}-A000002`, mark: 'disputed' },
    ]);
  });

  test('item sales of a day are sums of lines; a return takes away', async () => {
    const till = await anOpenTill('s2');
    const sale = aTransaction(till, { ordinal: 9, pieces: 5 });
    const [line] = sale['lines'] as Record<string, unknown>[];
    const back = { netMinor: -1000, taxMinor: -210, grossMinor: -1210 };
    const facts = [write(till, 'transaction-completed', { transaction: sale })];
    facts.push(
      write(till, 'transaction-completed', {
        transaction: {
          ...aTransaction(till, { ordinal: 9 }),
          kind: 'return',
          lines: [{ ...line, direction: 'return', quantityMilli: 1000, extendedMinor: -1210, ...back }],
          taxes: [{ ...(sale['taxes'] as object[])[0], ...back }],
          totals: { ...back, cashRoundingMinor: 0 },
          tenders: [{ kind: 'cash', amountMinor: -1210, tenderedMinor: 0, changeMinor: 0 }],
          stockMovements: [{ itemId: 'item-9', ordinal: 9, quantityMilli: 1000, reason: 'return' }],
        },
      }),
    );
    const answer = await push(server, till, facts);
    expect(answer.body.results.map((result) => result.outcome)).toEqual(['accepted', 'accepted']);
    await server.modules.foldWorker.settle();
    const rows = await database.sql`
      select quantity_milli, gross_minor, line_count from item_sales
      where store_id = 's2' and item_id = 'item-9'`;
    expect([...rows]).toEqual([{ quantity_milli: 4000, gross_minor: 4840, line_count: 2 }]);
    expect(await onHand(9, 's2')).toBe(-4000);
  });

  test('numbers of any size from a hostile device stop nothing', async () => {
    const till = await anOpenTill('s2');
    const movements = [
      { itemId: 'x', ordinal: 11, quantityMilli: Number.MAX_SAFE_INTEGER, reason: 'receipt' as const },
      { itemId: 'x', ordinal: 11, quantityMilli: Number.MAX_SAFE_INTEGER, reason: 'receipt' as const },
    ];
    const received = (n: number) => write(till, 'stock-received', { documentNumber: `D${n}`, movements });
    await push(server, till, [received(1), received(2), sell(till, { ordinal: 12 })]);
    await server.modules.foldWorker.settle();
    expect([await onHand(11, 's2'), await onHand(12, 's2')]).toEqual([Number.MAX_SAFE_INTEGER, -1000]);
  });

  test('two processes fold one store without taking a fact twice', async () => {
    const second = anotherPool(database);
    const worker = startFoldWorker({ database: second, log: SILENT_LOG, now: Date.now });
    const tills = await Promise.all(Array.from({ length: 4 }, () => anOpenTill()));
    await Promise.all(
      tills.map(async (till) => {
        for (let round = 0; round < 8; round += 1) {
          await push(server, till, [sell(till, { ordinal: 600 }), sell(till, { ordinal: 1200, pieces: 2 })]);
        }
      }),
    );
    await server.modules.foldWorker.settle();
    await worker.settle();
    await worker.close();
    await second.close();
    expect([await onHand(600), await onHand(1200)]).toEqual([-32_000, -64_000]);
  });

  test('dropped and folded again, every view is equal byte for byte; a view that was damaged is put right', async () => {
    await server.modules.foldWorker.settle();
    const again = await rebuildViews(database);
    expect(again.every((view) => view.isEqual)).toBe(true);
    expect(
      again.find((view) => view.storeId === 's1' && view.view === 'transaction_view')?.rows,
    ).toBeGreaterThan(60);
    await database.sql`update stock_on_hand set on_hand_milli = 1 where store_id = 's1' and ordinal = 7`;
    await database.sql`update document set body = '{}' where scope = 'store:s1' and id = 'p000000'`;
    const wrong = (await rebuildViews(database)).filter((view) => !view.isEqual);
    expect(wrong.map((view) => `${view.storeId} ${view.view}`)).toEqual([
      's1 stock_on_hand',
      's1 stock_pages',
    ]);
    expect(await onHand(7)).toBe(45_000);
    expect((await rebuildViews(database)).every((view) => view.isEqual)).toBe(true);
  });

  test('a store without news has nothing to fold', async () => {
    expect(await foldStep(database, 's1', Date.now)).toEqual({ kind: 'folded', facts: 0, hasMore: false });
  });
});
