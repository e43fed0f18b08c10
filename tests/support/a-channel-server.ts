// A server with the Channels API on a real database and real HTTP, with items, stock and a key, inside the test's own process. The
// clock is the test's, and jobs run when the test says so.

import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { asItemId, asStoreId, type StoreId } from '../../shared/domain/ids.ts';
import { registerApiDocs } from '../../sync-server/api-docs.ts';
import { registerChannelModules, type ChannelModulesGiven } from '../../sync-server/channel-modules.ts';
import { CHANNEL_SCOPES, makeApiKey, type NewKey } from '../../sync-server/channels/api-keys.ts';
import { SILENT_LOG } from '../../sync-server/db/log.ts';
import { makeApp } from '../../sync-server/http/make-app.ts';
import type { OrderModules } from '../../sync-server/order-modules.ts';
import { createServerFacts, type ServerFacts } from '../../sync-server/server-facts.ts';
import type { TestDatabase } from './a-database.ts';
import { anItem } from './a-shop.ts';
import { aShop, aSyncServer, type SyncServer } from './a-sync-server.ts';

type Row = { readonly id: string; readonly state: string; readonly promisableMilli: number };

/** What tests look for in answers; the rest is there as it came. */
export type ChannelBody = {
  readonly id: string;
  readonly code: string;
  readonly secret: string;
  readonly next: string | null;
  readonly items: readonly Row[];
  readonly orders: readonly Row[];
  readonly webhooks: readonly Row[];
  readonly deliveries: readonly Row[];
  readonly availability: readonly Row[];
  readonly [name: string]: unknown;
};

export type ChannelAnswer = {
  readonly status: number;
  readonly body: ChannelBody;
  readonly headers: Headers;
};

export type ChannelServer = {
  readonly url: string;
  readonly app: FastifyInstance;
  readonly database: TestDatabase;
  readonly sync: SyncServer;
  readonly facts: ServerFacts;
  readonly orders: OrderModules;
  readonly clock: { ms: number };
  readonly key: string;
  newKey(change?: Partial<NewKey>): Promise<string>;
  call(method: string, route: string, options?: CallOptions): Promise<ChannelAnswer>;
  /** Goods that head office takes in; the channels get their share. */
  receive(ordinal: number, units: number, storeId?: StoreId): Promise<void>;
  stop(): Promise<void>;
};

export type CallOptions = {
  readonly body?: unknown;
  readonly key?: string;
  readonly idempotencyKey?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** Items 1 to 5 are sold for 1.01 to 1.05; nothing is in stock. */
export async function aChannelServer(
  change: Partial<
    Pick<ChannelModulesGiven, 'carriers' | 'trackingUrl' | 'webhookTimeoutMs' | 'mayReachPrivate'>
  > = {},
): Promise<ChannelServer> {
  const clock = { ms: Date.UTC(2026, 2, 2, 10) };
  const now = (): number => clock.ms;
  const database = await aShop(2);
  await insertItems(database);
  const sync = await aSyncServer({ database, now });
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'tillandsia-channels-'));
  const { admission } = sync.modules;
  const facts = createServerFacts({ database, admission, dataFolder, now, newId: randomUUID });
  const app = makeApp({ tls: null, log: SILENT_LOG });
  await registerApiDocs(app);
  const orders = await registerChannelModules(app, {
    database,
    log: SILENT_LOG,
    now,
    newId: randomUUID,
    chance: Math.random,
    serverFacts: facts,
    carriers: { email: null, sms: null },
    trackingUrl: null,
    mayReachPrivate: true,
    jobsEveryMs: null,
    requireToken: sync.modules.authority.requireToken,
    ...change,
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const address = app.server.address();
  if (address === null || typeof address === 'string') throw new Error('no server');
  const url = `http://127.0.0.1:${String(address.port)}`;
  const newKey = (own: Partial<NewKey> = {}): Promise<string> =>
    makeApiKey(database, {
      name: 'Shop',
      channel: 'web',
      scopes: CHANNEL_SCOPES,
      perMinute: 100_000,
      ...own,
    });
  const key = await newKey();
  return {
    url,
    app,
    database,
    sync,
    facts,
    orders,
    clock,
    key,
    newKey,
    async call(method, route, options = {}) {
      const response = await fetch(`${url}/channels/v1${route}`, {
        method,
        headers: {
          authorization: `Bearer ${options.key ?? key}`,
          ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(options.idempotencyKey === undefined ? {} : { 'idempotency-key': options.idempotencyKey }),
          ...options.headers,
        },
        ...(options.body === undefined
          ? {}
          : { body: typeof options.body === 'string' ? options.body : JSON.stringify(options.body) }),
      });
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.includes('json') === true;
      // Answers of the API are objects; a test that looks for what is not there fails.
      const body = (isJson ? JSON.parse(text) : { text }) as ChannelBody;
      return { status: response.status, body, headers: response.headers };
    },
    async receive(ordinal, units, storeId = asStoreId('s1')) {
      const itemId = asItemId(`item-${String(ordinal)}`);
      const movements = [{ itemId, ordinal, quantityMilli: units * 1000, reason: 'receipt' as const }];
      await facts.recordReceipts(storeId, [{ documentNumber: 'D', movements }]);
      await orders.worker.settle();
      await sync.modules.foldWorker.settle();
    },
    async stop() {
      await app.close();
      await orders.stop();
      await sync.stop();
      await database.drop();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

async function insertItems({ sql }: TestDatabase): Promise<void> {
  await sql`insert into category (id, position, body) values ('things', 1, ${JSON.stringify({ id: 'things', name: { en: 'Things' }, tone: 'leaf', position: 1 })})`;
  await sql`insert into tax_group (id, letter, body) values ('standard', 'A', '{}')`;
  for (let ordinal = 1; ordinal <= 5; ordinal += 1) {
    const item = anItem(
      ordinal,
      ordinal === 2 ? { name: { en: 'Green velvet sofa', fa: 'مبل مخمل سبز' } } : {},
    );
    await sql`
      insert into item (id, ordinal, sku, category_id, tax_group_id, price_minor, body)
      values (${item.id}, ${ordinal}, ${item.sku}, 'things', 'standard', ${item.priceMinor}, ${JSON.stringify(item)})`;
  }
}
