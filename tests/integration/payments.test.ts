// Payments at head office: a voucher serves once in the company, a card in a sale stands on an approval of its till, and an
// unknown outcome is a row in Needs attention until it is known. Whatever is wrong, the sale stays booked.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { rebuildViews } from '../../sync-server/projections/rebuild-views.ts';
import { viewsAreCurrent } from '../support/views-are-current.ts';
import type { TestDatabase } from '../support/a-database.ts';
import { aShop, aSyncServer, type SyncServer } from '../support/a-sync-server.ts';
import {
  aTransaction,
  aWorkstation,
  open,
  push,
  write,
  type TestWorkstation,
} from '../support/a-workstation.ts';

let database: TestDatabase;
let server: SyncServer;

beforeAll(async () => {
  database = await aShop(2);
  server = await aSyncServer({ database });
}, 120_000);
afterAll(async () => {
  await server.stop();
  await database.drop();
});

const paidWith = (till: TestWorkstation, tender: Record<string, unknown>) =>
  write(till, 'transaction-completed', {
    transaction: {
      ...aTransaction(till),
      tenders: [{ amountMinor: 1210, tenderedMinor: 1210, changeMinor: 0, ...tender }],
    },
  });
const attempt = (till: TestWorkstation, attemptId: string) =>
  write(till, 'card-attempted', {
    attemptId,
    cartId: 'c1',
    terminalId: 't1',
    action: 'payment',
    amountMinor: 1210,
    currency: 'EUR',
  });
const answer = (till: TestWorkstation, attemptId: string, outcome: 'approved' | 'declined' | 'unknown') =>
  write(till, 'card-answered', {
    attemptId,
    outcome,
    approvedMinor: outcome === 'approved' ? 1210 : 0,
    by: 'terminal',
  });
const card = (attemptId: string) => ({ kind: 'card', card: { attemptId, terminalId: 't1' } });

async function attention(kind: string): Promise<readonly Record<string, unknown>[]> {
  await viewsAreCurrent(database.sql);
  const rows = await database.sql<{ body: string; open: boolean }[]>`
    select body, settled_at is null as open from attention where kind = ${kind} order by id`;
  return rows.flatMap(({ body, open: isOpen }) =>
    isOpen ? [JSON.parse(body) as Record<string, unknown>] : [],
  );
}

test('the second use of a voucher is marked, on another till of another store too, and both sales stay', async () => {
  const [here, there] = [await aWorkstation(server), await aWorkstation(server, { storeId: 's2' })];
  const voucher = { kind: 'voucher', voucher: { number: 'GIFT1234' } };
  const first = [open(here), paidWith(here, voucher)];
  expect((await push(server, here, first)).body.results.map((one) => one.outcome)).toEqual([
    'accepted',
    'accepted',
  ]);
  expect(await attention('voucher-used-twice')).toEqual([]);
  const second = await push(server, there, [open(there), paidWith(there, voucher)]);
  expect(second.body.results.map((one) => one.outcome)).toEqual(['accepted', 'accepted']);
  const [marked] = await attention('voucher-used-twice');
  expect(marked).toMatchObject({
    workstationId: there.id,
    values: { number: 'GIFT1234', amountMinor: 1210 },
  });
  const sold =
    await database.sql`select 1 from transaction_view where workstation_id in (${here.id}, ${there.id})`;
  expect(sold).toHaveLength(2);
});

test('a voucher that was given back with an order may be used once more, and no third time', async () => {
  const till = await aWorkstation(server);
  const voucher = { kind: 'voucher', voucher: { number: 'GIFT5678' } };
  const back = { ...voucher, amountMinor: -1210, tenderedMinor: 0 };
  const marks = async () =>
    (await attention('voucher-used-twice')).filter(({ workstationId }) => workstationId === till.id);
  await push(server, till, [open(till), paidWith(till, voucher), paidWith(till, back)]);
  await push(server, till, [paidWith(till, voucher)]);
  expect(await marks()).toEqual([]);
  await push(server, till, [paidWith(till, voucher)]);
  expect(await marks()).toMatchObject([{ values: { number: 'GIFT5678' } }]);
});

test('an unknown card outcome is shown until the till knows it', async () => {
  const till = await aWorkstation(server);
  await push(server, till, [open(till), attempt(till, 'a1'), answer(till, 'a1', 'unknown')]);
  expect(await attention('card-unknown')).toMatchObject([
    { workstationId: till.id, values: { attemptId: 'a1', amountMinor: 1210 } },
  ]);
  await push(server, till, [answer(till, 'a1', 'approved'), paidWith(till, card('a1'))]);
  expect(await attention('card-unknown')).toEqual([]);
  expect(await attention('card-not-approved')).toEqual([]);
});

test('a card that was never approved, or approved for another sale, is marked', async () => {
  const till = await aWorkstation(server);
  await push(server, till, [
    open(till),
    attempt(till, 'b1'),
    answer(till, 'b1', 'approved'),
    paidWith(till, card('b1')),
    paidWith(till, card('b1')),
    attempt(till, 'b2'),
    answer(till, 'b2', 'declined'),
    paidWith(till, card('b2')),
    paidWith(till, card('b3')),
  ]);
  const marked = await attention('card-not-approved');
  expect(marked.map(({ values }) => (values as Record<string, unknown>)['attemptId'])).toEqual([
    'b1',
    'b2',
    'b3',
  ]);
});

test('folding all of it again comes to the same', async () => {
  const views = await rebuildViews(database);
  expect(views.filter(({ isEqual }) => !isEqual)).toEqual([]);
});
