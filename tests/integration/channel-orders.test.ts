// Orders of channels on a real server and database: rights, moves by a till, expiry by timers that survive a restart, and what the
// counter does to promises.

import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asItemId, asStoreId } from '../../shared/domain/ids.ts';
import { rightsOf, type RightsBook } from '../../shared/domain/escrow/rights-book.ts';
import type { FactKind } from '../../shared/domain/fact.ts';
import type { OrderMove } from '../../shared/domain/order/order-move.ts';
import type { StockMovement } from '../../shared/domain/transaction.ts';
import type { Order, OrderPlacement } from '../../shared/domain/order/order.ts';
import type { RightsPage } from '../../shared/protocol/documents.ts';
import { SILENT_LOG } from '../../sync-server/db/log.ts';
import { startOrderModules, type OrderModules } from '../../sync-server/order-modules.ts';
import { createCodeMaker, takeCodeBlock } from '../../sync-server/orders/code-blocks.ts';
import { forgetEndedOrders } from '../../sync-server/orders/forget-ended.ts';
import { createServerFacts, type ServerFacts } from '../../sync-server/server-facts.ts';
import type { TestDatabase } from '../support/a-database.ts';
import { aShop, aSyncServer, type SyncServer } from '../support/a-sync-server.ts';
import { aWorkstation, open, push, signIn, write, type TestWorkstation } from '../support/a-workstation.ts';

const S1 = asStoreId('s1');
const SOFA = asItemId('sofa');
const LAMP = asItemId('lamp');
const HOUR_MS = 3_600_000;

let database: TestDatabase;
let server: SyncServer;
let facts: ServerFacts;
let modules: OrderModules;
let till: TestWorkstation;
let folder: string;
let clockMs = Date.UTC(2026, 2, 2, 10);
let nextCode: () => Promise<string>;

function startModules(): OrderModules {
  return startOrderModules({
    database,
    log: SILENT_LOG,
    now: () => clockMs,
    serverFacts: facts,
    onChanged: () => Promise.resolve(),
    handlers: { 'order-remind': { triesMax: 1, firstPauseMs: 1, run: () => Promise.resolve() } },
    jobsEveryMs: null,
  });
}

beforeAll(async () => {
  database = await aShop(1);
  server = await aSyncServer({ database, now: () => clockMs });
  folder = await mkdtemp(path.join(tmpdir(), 'tillandsia-orders-'));
  facts = createServerFacts({
    database,
    admission: server.modules.admission,
    dataFolder: folder,
    now: () => clockMs,
    newId: randomUUID,
  });
  await facts.recordReceipts(S1, [
    {
      documentNumber: 'D1',
      movements: [{ itemId: SOFA, ordinal: 7, quantityMilli: 6000, reason: 'receipt' }],
    },
  ]);
  modules = startModules();
  await modules.worker.settle();
  till = await aWorkstation(server);
  await record('epoch-started', {});
  nextCode = createCodeMaker({ takeBlock: () => takeCodeBlock(database, 'test'), chance: Math.random });
});
afterAll(async () => {
  await modules.stop();
  await server.stop();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

async function aPlacement(change: Partial<OrderPlacement> = {}): Promise<OrderPlacement> {
  return {
    id: randomUUID(),
    code: await nextCode(),
    storeId: S1,
    channel: 'web',
    kind: 'reservation',
    currency: 'EUR',
    language: 'en',
    payment: { kind: 'on-collection' },
    lines: [
      {
        lineNumber: 1,
        itemId: SOFA,
        ordinal: 7,
        sku: 'SOFA',
        name: { en: 'Sofa' },
        unit: 'piece',
        quantityMilli: 1000,
        unitPriceMinor: 49_900,
      },
    ],
    placedAt: new Date(clockMs).toISOString(),
    dueAt: new Date(clockMs + HOUR_MS).toISOString(),
    ...change,
  };
}

async function placed(change: Partial<OrderPlacement> = {}): Promise<Order> {
  const outcome = await modules.desk.place(await aPlacement(change), {
    name: 'Ada',
    email: 'ada@example.org',
  });
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value;
}
async function orderNow(id: string): Promise<Order> {
  await modules.worker.settle();
  const [row] = await database.sql<{ body: string }[]>`select body from channel_order where id = ${id}`;
  return JSON.parse(row?.body ?? '{}') as Order;
}
async function rights(): Promise<{ readonly channels: number; readonly store: number }> {
  await modules.worker.settle();
  const [row] = await database.sql<{ book: string }[]>`select book from stock_rights where item_id = ${SOFA}`;
  const book = JSON.parse(row?.book ?? '{}') as RightsBook;
  return { channels: rightsOf(book, 'channels'), store: rightsOf(book, 'store') };
}
async function record(kind: FactKind, body: Record<string, unknown>): Promise<void> {
  // The clock of these tests goes on by hours, and a token lasts a quarter of one.
  await signIn(server, till);
  const fact = till.facts.length === 0 ? open(till) : write(till, kind, body);
  const { status, body: answer } = await push(server, till, [fact]);
  expect({ status, outcome: answer.results[0]?.outcome }).toEqual({ status: 200, outcome: 'accepted' });
}
const move = (orderId: string, what: OrderMove, movements?: readonly StockMovement[]): Promise<void> =>
  record('channel-order-moved', { orderId, move: what, ...(movements === undefined ? {} : { movements }) });

describe('orders of channels', () => {
  test('what head office takes in is split between counter and channels, and a promise leaves the share', async () => {
    expect(await rights()).toEqual({ channels: 2000, store: 4000 });
    const order = await placed();
    const other = await placed();
    expect(await rights()).toEqual({ channels: 0, store: 4000 });
    const refused = await modules.desk.place(await aPlacement(), { name: 'Eve' });
    expect(refused).toMatchObject({ ok: false, reason: 'order-units-short' });
    await modules.desk.move({ storeId: S1, orderId: order.id }, { kind: 'release', reasonCode: 'cancelled' });
    expect((await orderNow(order.id)).state).toBe('released');
    expect(await rights()).toEqual({ channels: 1000, store: 4000 });
    await modules.desk.move({ storeId: S1, orderId: other.id }, { kind: 'release', reasonCode: 'cancelled' });
  });

  test('a till takes an order to its end, and its stock goes down by what it handed over', async () => {
    const order = await placed();
    await move(order.id, { kind: 'accept' });
    await move(order.id, { kind: 'start-picking' });
    await move(order.id, { kind: 'pick', lineNumber: 1, pickedMilli: 1000, isShort: false });
    await move(order.id, { kind: 'make-ready' });
    expect(await orderNow(order.id)).toMatchObject({ state: 'ready', holder: till.id });
    const cancelled = await modules.desk.move(
      { storeId: S1, orderId: order.id },
      { kind: 'release', reasonCode: 'x' },
    );
    expect(cancelled).toMatchObject({ ok: false, reason: 'order-held-elsewhere' });
    const left: StockMovement[] = [{ itemId: SOFA, ordinal: 7, quantityMilli: -1000, reason: 'sale' }];
    const handOver: OrderMove = {
      kind: 'hand-over',
      tokenId: `${order.id}:1`,
      identity: 'token',
      collectedBy: 'customer',
      refused: [],
    };
    await move(order.id, handOver, left);
    expect((await orderNow(order.id)).state).toBe('handed-over');
    await server.modules.foldWorker.settle();
    const [stock] = await database.sql<{ on_hand_milli: number }[]>`
      select on_hand_milli from stock_on_hand where store_id = 's1' and ordinal = 7`;
    expect(stock?.on_hand_milli).toBe(5000);
    expect((await rights()).channels + (await rights()).store).toBe(5000);
    await move(order.id, handOver, left);
    expect((await orderNow(order.id)).incidents).toHaveLength(1);
    const attention = await database.sql`select 1 from attention where kind = 'order-problem'`;
    expect(attention).toHaveLength(1);
  });

  test('an order that nobody took ends when the server says so, also after a restart in between', async () => {
    await facts.recordReceipts(S1, [
      {
        documentNumber: 'D3',
        movements: [{ itemId: SOFA, ordinal: 7, quantityMilli: 6000, reason: 'receipt' }],
      },
    ]);
    const before = await rights();
    const order = await placed();
    await modules.stop();
    modules = startModules();
    clockMs += HOUR_MS - 1;
    await modules.jobs.runDue();
    expect((await orderNow(order.id)).state).toBe('placed');
    clockMs += 1;
    await modules.jobs.runDue();
    expect((await orderNow(order.id)).state).toBe('expired');
    expect(await rights()).toEqual(before);
  });

  test('a job whose server died is done when its lease has ended', async () => {
    const order = await placed();
    clockMs += HOUR_MS;
    await database.sql`
      update job set locked_until = ${new Date(clockMs + 60_000)}, attempts = 1 where id = ${`order-due:${order.id}`}`;
    await modules.jobs.runDue();
    expect((await orderNow(order.id)).state).toBe('placed');
    clockMs += 60_000;
    await modules.jobs.runDue();
    expect((await orderNow(order.id)).state).toBe('expired');
  });

  test('time is called on an order that a till holds, and the till ends it; a revoked till cannot keep it', async () => {
    const order = await placed();
    await move(order.id, { kind: 'accept' });
    await orderNow(order.id);
    clockMs += HOUR_MS;
    await modules.jobs.runDue();
    const called = await orderNow(order.id);
    expect(called.state).toBe('accepted');
    expect(called.timeCalledAt).not.toBeNull();
    await move(order.id, { kind: 'expire' });
    expect((await orderNow(order.id)).state).toBe('expired');
  });

  test('goods sold at the counter beyond its share cost the channels theirs, and then somebody decides about a promise', async () => {
    await facts.recordReceipts(S1, [
      {
        documentNumber: 'D9',
        movements: [{ itemId: LAMP, ordinal: 8, quantityMilli: 6000, reason: 'receipt' }],
      },
    ]);
    await modules.worker.settle();
    const { lines } = await aPlacement();
    const order = await placed({
      lines: lines.map((line) => ({ ...line, itemId: LAMP, ordinal: 8, sku: 'LAMP' })),
    });
    const sold = (units: number): Promise<void> =>
      record('stock-received', {
        documentNumber: 'COUNT',
        movements: [{ itemId: LAMP, ordinal: 8, quantityMilli: -1000 * units, reason: 'adjustment' }],
      });
    await sold(5);
    expect((await orderNow(order.id)).state).toBe('placed');
    await sold(1);
    // Nothing is taken from anybody silently: the order keeps its promise until a person decides.
    expect((await orderNow(order.id)).state).toBe('placed');
    const [row] = await database.sql<{ is_short: boolean; channels_milli: number }[]>`
      select is_short, channels_milli from stock_rights where item_id = ${LAMP}`;
    expect(row).toEqual({ is_short: true, channels_milli: 0 });
    const raised = await database.sql<
      { id: string }[]
    >`select id from attention where kind = 'order-oversold'`;
    expect(raised).toEqual([{ id: `order-oversold:${order.id}:1` }]);
    await modules.desk.move({ storeId: S1, orderId: order.id }, { kind: 'release', reasonCode: 'cancelled' });
    await modules.worker.settle();
    const [settled] = await database.sql<{ is_short: boolean; is_settled: boolean }[]>`
      select r.is_short, a.settled_at is not null as is_settled from stock_rights r, attention a
      where r.item_id = ${LAMP} and a.kind = 'order-oversold'`;
    expect(settled).toEqual({ is_short: false, is_settled: true });
  });

  test('tills get the rights of each item by its place, through the newest fact that the desk has taken in', async () => {
    const order = await placed();
    await modules.worker.settle();
    const [page] = await database.sql<{ body: string }[]>`
      select body from document where scope = 'store:s1' and collection = 'stock' and id = 'r000000'`;
    const { storeMilli, channelsMilli, promisedMilli, through } = JSON.parse(
      page?.body ?? '{}',
    ) as RightsPage;
    const { channels, store } = await rights();
    expect([storeMilli[7], channelsMilli[7], promisedMilli[7]]).toEqual([store, channels, 1000]);
    expect(through).toContainEqual({ workstationId: till.id, epoch: 1, sequence: till.facts.length });
    await modules.desk.move({ storeId: S1, orderId: order.id }, { kind: 'release', reasonCode: 'cancelled' });
  });

  test('tills of the store get orders with their person, and journals never name one', async () => {
    const order = await placed();
    const [document] = await database.sql<{ body: string }[]>`
      select body from document where scope = 'store:s1' and collection = 'orders' and id = ${order.id}`;
    expect(JSON.parse(document?.body ?? '{}')).toMatchObject({
      kind: 'channel-order',
      contact: { name: 'Ada' },
    });
    const named = await database.sql`select 1 from fact where body like '%ada@example.org%'`;
    expect(named).toHaveLength(0);
    await modules.desk.move({ storeId: S1, orderId: order.id }, { kind: 'release', reasonCode: 'cancelled' });
  });

  test('an order that ended leaves the tills after some days, and stays on the server', async () => {
    const isAtTills = async (id: string): Promise<boolean> => {
      const rows = await database.sql`
        select 1 from document where scope = 'store:s1' and collection = 'orders' and id = ${id} and not deleted`;
      return rows.length > 0;
    };
    await forgetEndedOrders(database, clockMs + 365 * 24 * HOUR_MS);
    const order = await placed();
    const kept = await placed();
    await modules.desk.move({ storeId: S1, orderId: order.id }, { kind: 'release', reasonCode: 'cancelled' });
    expect(await forgetEndedOrders(database, clockMs + 6 * 24 * HOUR_MS)).toBe(0);
    expect(await isAtTills(order.id)).toBe(true);
    expect(await forgetEndedOrders(database, clockMs + 8 * 24 * HOUR_MS)).toBe(1);
    expect([await isAtTills(order.id), await isAtTills(kept.id)]).toEqual([false, true]);
    expect((await orderNow(order.id)).state).toBe('released');
    await modules.desk.move({ storeId: S1, orderId: kept.id }, { kind: 'release', reasonCode: 'cancelled' });
  });
});
