// Orders of a web shop beside 2,000 live tills: how long the shop waits for its promise, and how long until a till has the order. The
// shop sends at a fixed pace whether or not answers are back, as customers do; times count from when an order was due to be sent.

import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { CHANNEL_SCOPES, makeApiKey } from '../../sync-server/channels/api-keys.ts';
import { openDatabase } from '../../sync-server/db/database.ts';
import { SILENT_LOG } from '../../sync-server/db/log.ts';
import { startServer, type ServerProcess } from '../support/server-process.ts';
import type { Bench } from './bench.ts';
import { openStream, STREAMS_OF_A_WORKSTATION, tokensOfWorkstations, type Stream } from './live-streams.ts';
import { ask, enrolLoadTill, type LoadTill } from './load-till.ts';
import { limited, told, type Row } from './row.ts';
import { percentile } from './statistics.ts';

const ORDERS_PER_SECOND = 50;
const ACCEPTED_MS_MAX = 250;
const AT_TILL_MS_MAX = 1_000;
const ARRIVAL_TIMEOUT_MS = 60_000;
const PULL_LIMIT = 200;

type Times = { readonly accepted: number[]; readonly dueAt: Map<string, number>; refused: number };

export const orders: Bench = {
  name: 'orders',
  about: '50 orders/s through the Channels API beside 2,000 live tills: accepted, and at the till',
  async run({ isQuick, say }) {
    const streams = isQuick ? 200 : 2_000;
    const seconds = isQuick ? 3 : 20;
    const server = await startServer({ env: { DEMO_ITEMS: '600' } });
    const open: Stream[] = [];
    try {
      const till = await enrolLoadTill(server.url);
      const { storeId } = till.identity;
      const tokens = await tokensOfWorkstations(
        server.dataFolder,
        storeId,
        streams / STREAMS_OF_A_WORKSTATION,
      );
      const url = `${server.url}/api/v1/replication/stream`;
      for (const token of tokens) {
        const more = Array.from({ length: STREAMS_OF_A_WORKSTATION }, () => openStream(url, token));
        open.push(...(await Promise.all(more)));
      }
      say(`${open.length} streams are open`);
      const listening = await openStream(url, till.token);
      open.push(listening);
      const key = await channelKey(server);
      const units = await promisableUnits(server, key, storeId);
      const arrived = followOrders(server, till, listening);
      const times = await sendOrders({ server, key, storeId, units, seconds });
      say(`${times.accepted.length} orders are accepted, ${times.refused} refused`);
      const atTill = await arrived.timesOf(times.dueAt);
      return rowsOf(times, atTill, streams);
    } finally {
      for (const { response } of open) response.destroy();
      await server.dispose();
    }
  },
};

function rowsOf(times: Times, atTill: readonly number[], streams: number): readonly Row[] {
  const name = `${ORDERS_PER_SECOND} orders/s beside ${streams} live tills`;
  return [
    limited(`${name}, due → accepted, p95`, percentile(times.accepted, 0.95), {
      unit: 'ms',
      atMost: ACCEPTED_MS_MAX,
    }),
    told(`${name}, due → accepted, median`, percentile(times.accepted, 0.5), 'ms'),
    limited(`${name}, due → at the till, p95`, percentile(atTill, 0.95), {
      unit: 'ms',
      atMost: AT_TILL_MS_MAX,
    }),
    told(`${name}, due → at the till, median`, percentile(atTill, 0.5), 'ms'),
    limited(`${name}, refused or lost`, times.refused + times.accepted.length - atTill.length, {
      unit: 'orders',
      atMost: 0,
    }),
  ];
}

async function channelKey(server: ServerProcess): Promise<string> {
  const address = {
    kind: 'socket',
    path: `${server.dataFolder}/postgres/.s.PGSQL.5432`,
    database: 'tillandsia',
    user: 'tillandsia',
  } as const;
  const database = openDatabase(address, { log: SILENT_LOG, random: Math.random, connections: 1 });
  try {
    return await makeApiKey(database, {
      name: 'Load',
      channel: 'web',
      scopes: CHANNEL_SCOPES,
      perMinute: 1_000_000,
    });
  } finally {
    await database.close();
  }
}

/** One item id for each unit that the channels may promise of a store. */
async function promisableUnits(server: ServerProcess, key: string, storeId: string): Promise<string[]> {
  const units: string[] = [];
  let after: string | null = '';
  while (after !== null) {
    const page: { items: { id: string }[]; next: string | null } = await channel(
      server,
      key,
      `/items?limit=100${after === '' ? '' : `&after=${encodeURIComponent(after)}`}`,
    );
    for (const { id } of page.items) {
      const { availability } = await channel<{ availability: { promisableMilli: number }[] }>(
        server,
        key,
        `/availability?itemId=${id}&storeId=${storeId}`,
      );
      const count = Math.floor((availability[0]?.promisableMilli ?? 0) / 1000);
      units.push(...Array.from({ length: count }, () => id));
    }
    after = page.next;
  }
  return units;
}

async function sendOrders(given: {
  readonly server: ServerProcess;
  readonly key: string;
  readonly storeId: string;
  readonly units: readonly string[];
  readonly seconds: number;
}): Promise<Times> {
  const { server, key, storeId, units, seconds } = given;
  const count = ORDERS_PER_SECOND * seconds;
  if (units.length < count)
    throw new Error(`The demo store can promise ${units.length} units, not ${count}.`);
  const times: Times = { accepted: [], dueAt: new Map(), refused: 0 };
  const startedAt = performance.now();
  const sent: Promise<void>[] = [];
  for (let number = 0; number < count; number += 1) {
    const dueAt = startedAt + (number * 1000) / ORDERS_PER_SECOND;
    await delay(Math.max(0, dueAt - performance.now()));
    // Customers want different things: neighbours in the list are units of one item.
    const itemId = units[(number * 7919) % units.length];
    sent.push(place({ server, key, body: orderOf(storeId, itemId ?? '') }, dueAt, times));
  }
  await Promise.all(sent);
  return times;
}

const orderOf = (storeId: string, itemId: string): object => ({
  storeId,
  customer: { name: 'Ada Lovelace', email: 'ada@example.org' },
  lines: [{ itemId, quantityMilli: 1000 }],
});

async function place(
  given: { readonly server: ServerProcess; readonly key: string; readonly body: object },
  dueAt: number,
  times: Times,
): Promise<void> {
  try {
    const { id } = await channel<{ id: string }>(given.server, given.key, '/reservations', given.body);
    times.accepted.push(performance.now() - dueAt);
    times.dueAt.set(id, dueAt);
  } catch {
    times.refused += 1;
  }
}

async function channel<Answer>(
  server: ServerProcess,
  key: string,
  route: string,
  body?: object,
): Promise<Answer> {
  const response = await fetch(`${server.url}/channels/v1${route}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
    },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${route} answered ${response.status}: ${text.slice(0, 300)}`);
  // The shape is that of the route in the API's own document.
  return JSON.parse(text) as Answer;
}

/** Pulls the store's orders whenever the stream says that something has changed, as a till does. */
function followOrders(server: ServerProcess, till: LoadTill, listening: Stream) {
  const arrivedAt = new Map<string, number>();
  let checkpoint = '';
  let isPulling = false;
  let isWanted = false;
  async function pull(): Promise<void> {
    isWanted = true;
    if (isPulling) return;
    isPulling = true;
    while (isWanted) {
      isWanted = false;
      const at = checkpoint === '' ? '' : `&checkpoint=${encodeURIComponent(checkpoint)}`;
      const pulled = await ask<{ documents: { id: string }[]; checkpoint: { position: string } }>(
        server.url,
        `/replication/orders/pull?limit=${PULL_LIMIT}${at}`,
        { token: till.token },
      );
      for (const { id } of pulled.documents) if (!arrivedAt.has(id)) arrivedAt.set(id, performance.now());
      if (pulled.documents.length === 0) break;
      checkpoint = pulled.checkpoint.position;
      isWanted = true;
    }
    isPulling = false;
  }
  let failure: Error | null = null;
  listening.onChanged = () => {
    pull().catch((error: unknown) => {
      failure = error instanceof Error ? error : new Error(String(error));
    });
  };
  return {
    /** How long each order took from when it was due; waits until all are here. */
    async timesOf(dueAt: ReadonlyMap<string, number>): Promise<number[]> {
      const deadline = performance.now() + ARRIVAL_TIMEOUT_MS;
      while ([...dueAt.keys()].some((id) => !arrivedAt.has(id)) && performance.now() < deadline)
        await delay(50);
      if (failure !== null) throw failure;
      return [...dueAt].flatMap(([id, due]) => {
        const at = arrivedAt.get(id);
        return at === undefined ? [] : [at - due];
      });
    },
  };
}
