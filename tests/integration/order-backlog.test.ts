// A long backlog (the opening stock of a shop) is taken into the rights of a store in many short transactions: what comes out is what one
// transaction would have made of it, and nobody who enrols meanwhile waits for its end.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { asItemId, asStoreId } from '../../shared/domain/ids.ts';
import { aChannelServer, type ChannelServer } from '../support/a-channel-server.ts';
import { aWorkstation } from '../support/a-workstation.ts';

const DELIVERIES = 60;
const MOVEMENTS = 200;
const ITEMS = 5;

let server: ChannelServer;
beforeAll(async () => {
  server = await aChannelServer();
});
afterAll(() => server.stop());

const cursor = async (): Promise<number> => {
  const [row] = await server.database.sql<{ position: number }[]>`
    select position from channel_cursor where store_id = 's1'`;
  return row?.position ?? 0;
};

test('many deliveries are taken in step by step, and every unit is there once', async () => {
  const movements = Array.from({ length: MOVEMENTS }, (_, place) => {
    const ordinal = (place % ITEMS) + 1;
    const itemId = asItemId(`item-${String(ordinal)}`);
    return { itemId, ordinal, quantityMilli: 1000, reason: 'receipt' as const };
  });
  await server.orders.worker.settle();
  const before = await cursor();
  await server.facts.recordReceipts(
    asStoreId('s1'),
    Array.from({ length: DELIVERIES }, (_, number) => ({ documentNumber: `D${String(number)}`, movements })),
  );
  const seen = new Set<number>();
  const state = { isSettled: false };
  const settled = server.orders.worker.settle().finally(() => {
    state.isSettled = true;
  });
  const till = await aWorkstation(server.sync);
  expect(till.token).toBeDefined();
  while (!state.isSettled) seen.add(await cursor());
  await settled;
  const after = await cursor();
  // Others have seen it on its way: it was no single transaction.
  expect([...seen].some((position) => position > before && position < after)).toBe(true);
  const rows = await server.database.sql<{ ordinal: number; store: number; channels: number }[]>`
    select ordinal, store_milli as store, channels_milli as channels from stock_rights
    where store_id = 's1' order by ordinal`;
  const units = (DELIVERIES * MOVEMENTS * 1000) / ITEMS;
  expect(rows.map(({ ordinal, store, channels }) => [ordinal, store + channels])).toEqual(
    [1, 2, 3, 4, 5].map((ordinal) => [ordinal, units]),
  );
  // The shares are as the policy has them: the counter has its part, too.
  for (const { store, channels } of rows) expect(Math.min(store, channels)).toBeGreaterThan(0);
});
