// Pull by checkpoint, carts from both sides, the live stream, and a plain RxDB client against all three.

import { get } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRxDatabase } from 'rxdb';
import { replicateRxCollection } from 'rxdb/plugins/replication';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import { Subject } from 'rxjs';
import { revokeWorkstation } from '../../sync-server/auth/standing.ts';
import { inTransaction } from '../../sync-server/db/database.ts';
import { renewLineage } from '../../sync-server/db/installation.ts';
import { publishDocuments, type PublishedDocument } from '../../sync-server/db/feed.ts';
import { createStreamHub } from '../../sync-server/replication/stream-hub.ts';
import { mergeCarts } from '../../shared/protocol/merge-carts.ts';
import { tillSchemas } from '../../shared/protocol/till-schemas.ts';
import type { Cart } from '../../shared/domain/cart.ts';
import { SILENT_LOG } from '../../sync-server/db/log.ts';
import type { TestDatabase } from '../support/a-database.ts';
import { anotherPool, aShop, aSyncServer, type SyncServer } from '../support/a-sync-server.ts';
import {
  aWorkstation,
  call,
  open,
  push,
  sell,
  type Problem,
  type TestWorkstation,
} from '../support/a-workstation.ts';

let database: TestDatabase;
let server: SyncServer;
let till: TestWorkstation;
beforeAll(async () => {
  database = await aShop();
  server = await aSyncServer({ database });
  till = await aWorkstation(server);
});
afterAll(async () => {
  await server.stop();
  await database.drop();
});

type Pulled = {
  documents: { id: string; n?: number; _deleted: boolean }[];
  checkpoint: { position: string };
};
const pull = (collection: string, query: Record<string, string | number> = {}, token = till.token) => {
  const text = new URLSearchParams(Object.entries(query).map(([key, value]) => [key, String(value)]));
  return call<Pulled & Problem>(`${server.url}/replication/${collection}/pull?${text.toString()}`, { token });
};
const publish = (scope: string, collection: string, documents: PublishedDocument[]) =>
  inTransaction(database, (transaction) => publishDocuments(transaction, { scope, collection, documents }));
const aDocument = (id: string, n: number, deleted = false): PublishedDocument => ({
  id,
  body: JSON.stringify({ id, n }),
  deleted,
});

const bytesOf = (path: string) =>
  new Promise<number>((resolve, reject) => {
    const headers = { authorization: `Bearer ${till.token}`, 'accept-encoding': 'br' };
    get(`${server.url}${path}`, { headers }, (response) => {
      let bytes = 0;
      response.on('data', (part: Buffer) => {
        bytes += part.length;
      });
      response.on('end', () => resolve(bytes));
    }).on('error', reject);
  });

describe('pull', () => {
  test('documents of all scopes come in pages until there are fewer than asked for', async () => {
    await publish('company', 'customers', [aDocument('a', 1), aDocument('b', 1), aDocument('c', 1)]);
    await publish('store:s1', 'customers', [aDocument('d', 1)]);
    await publish('store:s2', 'customers', [aDocument('x', 1)]);
    const first = await pull('customers', { limit: 3 });
    expect(first.body.documents.map((document) => document.id)).toEqual(['a', 'b', 'c']);
    const second = await pull('customers', { limit: 3, checkpoint: first.body.checkpoint.position });
    expect(second.body.documents).toEqual([{ id: 'd', n: 1, _deleted: false }]);
    await publish('company', 'customers', [aDocument('b', 2, true)]);
    const third = await pull('customers', { limit: 3, checkpoint: second.body.checkpoint.position });
    expect(third.body.documents).toEqual([{ id: 'b', n: 2, _deleted: true }]);
    const last = await pull('customers', { checkpoint: third.body.checkpoint.position });
    expect(last.body).toEqual({ documents: [], checkpoint: third.body.checkpoint });
  });

  test('a damaged, foreign or future checkpoint is refused, and reading from the start goes on', async () => {
    await publish('store:s1', 'settings', [aDocument('s', 1)]);
    await publish('store:s2', 'settings', [aDocument('s', 2)]);
    const own = (await pull('settings')).body.checkpoint.position;
    const other = await aWorkstation(server, { storeId: 's2' });
    const foreign = (await pull('settings', {}, other.token)).body.checkpoint.position;
    const { lineage } = server.modules.installation;
    const future = Buffer.from(`${lineage}~settings~store:s1=999999`).toString('base64url');
    for (const checkpoint of ['x', `${own}A`, foreign, future, own.slice(0, -2), '{"id":"s"}']) {
      const answer = await pull('settings', { checkpoint });
      expect([answer.status, answer.body.code]).toEqual([400, 'bad-checkpoint']);
    }
    expect((await pull('staff', { checkpoint: own })).status).toBe(400);
    expect((await pull('settings', { checkpoint: '' })).body.documents.length).toBe(1);
  });

  test('after a restore every checkpoint given out before is refused', async () => {
    await publish('store:s1', 'staff', [aDocument('o', 1)]);
    const { position } = (await pull('staff')).body.checkpoint;
    await renewLineage(database);
    const restored = await aSyncServer({ database });
    const answer = await call<Problem>(`${restored.url}/replication/staff/pull?checkpoint=${position}`, {
      token: till.token,
    });
    await restored.stop();
    expect([answer.status, answer.body.code]).toEqual([400, 'bad-checkpoint']);
  });

  test.each([{ limit: 0 }, { limit: 1001 }, { limit: 'all' }, { storeId: 's2' }, { limit: 401 }])(
    'a query that is not as described is refused: %s',
    async (query) => {
      expect((await pull('stock', query as Record<string, string>)).status).toBe(400);
    },
  );

  test('large answers are compressed and say the same', async () => {
    await publish('company', 'catalogue_pages', [
      { id: '000001', body: JSON.stringify({ id: '000001', records: 'tea '.repeat(5000) }) },
    ]);
    const { body } = await pull('catalogue_pages');
    // `fetch` hides the encoding that it has undone, so the bytes are looked at themselves.
    expect(await bytesOf('/replication/catalogue_pages/pull')).toBeLessThan(1_000);
    expect(body.documents[0]).toMatchObject({ id: '000001', records: 'tea '.repeat(5000) });
  });
});

const aCart = (id: string, more: Record<string, unknown> = {}) => ({
  id,
  storeId: 's1',
  workstationId: 'w1',
  operatorId: 'o1',
  currency: 'EUR',
  lines: [] as unknown[],
  lastLineNumber: 0,
  ...more,
});
const pushCarts = (rows: unknown) =>
  call<unknown[] & Problem>(`${server.url}/replication/carts/push`, { body: rows, token: till.token });

describe('carts', () => {
  test('a new cart is taken, its repeat changes nothing, and a change on what is known is taken', async () => {
    const cart = aCart('cart-1');
    expect((await pushCarts([{ newDocumentState: cart }])).body).toEqual([]);
    expect((await pushCarts([{ newDocumentState: { ...cart, _deleted: false } }])).body).toEqual([]);
    const noted = aCart('cart-1', { note: 'gift' });
    expect((await pushCarts([{ newDocumentState: noted, assumedMasterState: cart }])).body).toEqual([]);
    const rows = await database.sql`select position from document where id = 'cart-1'`;
    expect(rows.length).toBe(1);
  });

  test('a change on a cart that has moved on is answered with the cart of the server', async () => {
    const cart = aCart('cart-2');
    const theirs = aCart('cart-2', { note: 'theirs' });
    await pushCarts([{ newDocumentState: cart }]);
    await pushCarts([{ newDocumentState: theirs, assumedMasterState: cart }]);
    const answer = await pushCarts([
      { newDocumentState: aCart('cart-2', { note: 'mine' }), assumedMasterState: cart },
    ]);
    expect(answer.body).toEqual([{ ...theirs, _deleted: false }]);
  });

  test('of many tills that make the same cart at once, one wins and the others are told', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        pushCarts([{ newDocumentState: aCart('cart-3', { note: `till ${n}` }) }]),
      ),
    );
    expect(answers.filter((answer) => answer.body.length === 0).length).toBe(1);
  });

  test('a cart may be deleted, and a deleted cart stays known', async () => {
    const cart = aCart('cart-4');
    await pushCarts([{ newDocumentState: cart }]);
    await pushCarts([{ newDocumentState: { ...cart, _deleted: true }, assumedMasterState: cart }]);
    const { documents } = (await pull('carts', { limit: 1000 })).body;
    expect(documents.find((document) => document.id === 'cart-4')?._deleted).toBe(true);
  });

  test.each([
    ['no cart', { id: 'x' }],
    ['of another store', aCart('x', { storeId: 's2' })],
    ['with a field that is not known', aCart('x', { total: 1 })],
    ['with a note that is too long', aCart('x', { note: 'x'.repeat(501) })],
  ])('a document that is %s is refused', async (_, document) => {
    expect((await pushCarts([{ newDocumentState: document }])).status).toBe(422);
  });
});

/** Reads events of the stream until `isEnough`; the connection is then closed by the test. */
async function listen(
  token: string,
  onEvent: (event: string, data: Record<string, unknown>) => void,
): Promise<{ ended: Promise<void>; close: () => void; status: number }> {
  const closing = new AbortController();
  const response = await fetch(`${server.url}/replication/stream`, {
    headers: { authorization: `Bearer ${token}` },
    signal: closing.signal,
  });
  const read = async (): Promise<void> => {
    let text = '';
    const decoder = new TextDecoder();
    for await (const part of response.body ?? []) {
      text += decoder.decode(part, { stream: true });
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const lines = text.slice(0, end).split('\n');
        text = text.slice(end + 2);
        const field = (name: string) =>
          lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
        onEvent(field('event') ?? '', JSON.parse(field('data') ?? '{}') as Record<string, unknown>);
      }
    }
  };
  return { ended: read().catch(() => undefined), close: () => closing.abort(), status: response.status };
}

describe('live stream', () => {
  test('a change is told with its collections to those who may see it, and to nobody else', async () => {
    const other = await aWorkstation(server, { storeId: 's2' });
    const heard: [string, unknown][] = [];
    const both = new Promise<void>((resolve) => {
      void listen(till.token, (event, data) => {
        if (event !== 'changed') return;
        heard.push(['s1', data['collections']]);
        resolve();
      });
    });
    const elsewhere = await listen(other.token, (event, data) => {
      if (event === 'changed') heard.push(['s2', data['collections']]);
    });
    await publish('store:s1', 'stock', [aDocument('p000000', 1)]);
    await both;
    elsewhere.close();
    await elsewhere.ended;
    expect(heard).toEqual([['s1', expect.arrayContaining(['stock'])]]);
  });

  test('a change that another server process commits is told as well', async () => {
    const second = await aSyncServer({ database: anotherPool(database) });
    const heard = new Promise<unknown>((resolve) => {
      void listen(till.token, (event, data) => {
        const positions = data['positions'] as Record<string, number> | undefined;
        if (event === 'changed' && positions?.['company'] !== undefined) resolve(data['collections']);
      });
    });
    const startedAt = performance.now();
    await inTransaction(second.database, (transaction) =>
      publishDocuments(transaction, {
        scope: 'company',
        collection: 'settings',
        documents: [aDocument('s', 9)],
      }),
    );
    expect(await heard).toEqual(expect.arrayContaining(['settings']));
    expect(performance.now() - startedAt).toBeLessThan(3_000);
    await second.stop();
    await second.database.close();
  });

  test('a sale is in the stock of another till within a second', async () => {
    const seller = await aWorkstation(server);
    await push(server, seller, [open(seller)]);
    const heard = new Promise<number>((resolve) => {
      void listen(till.token, (event, data) => {
        if (event === 'changed' && (data['collections'] as string[]).includes('stock'))
          resolve(performance.now());
      });
    });
    const startedAt = performance.now();
    await push(server, seller, [sell(seller, { ordinal: 512, pieces: 2 })]);
    const toldMs = (await heard) - startedAt;
    const { documents } = (await pull('stock')).body;
    const page = documents.find((document) => document.id === 'p000002') as unknown as {
      onHandMilli: number[];
      through: unknown[];
    };
    expect(page.onHandMilli[0]).toBe(-2000);
    expect(page.through).toEqual([{ workstationId: seller.id, epoch: 1, sequence: 2 }]);
    expect(toldMs).toBeLessThan(1_000);
  });

  test('a workstation opens a few streams and no more', async () => {
    const busy = await aWorkstation(server);
    const streams = await Promise.all(Array.from({ length: 4 }, () => listen(busy.token, () => undefined)));
    expect(streams.map((stream) => stream.status)).toEqual([200, 200, 200, 200]);
    expect((await call<Problem>(`${server.url}/replication/stream`, { token: busy.token })).status).toBe(429);
    for (const stream of streams) stream.close();
  });

  test('streams end when the server stops', async () => {
    const shop = await aSyncServer({ database });
    const response = await fetch(`${shop.url}/replication/stream`, {
      headers: { authorization: `Bearer ${till.token}` },
    });
    const reading = response.text();
    await shop.stop();
    expect(await reading).toContain('event: ping');
  });

  test('streams of a revoked workstation end', async () => {
    const gone = await aWorkstation(server);
    const { ended } = await listen(gone.token, () => undefined);
    await revokeWorkstation(database, gone.id);
    await expect(ended).resolves.toBeUndefined();
  }, 25_000);
});

describe('a plain RxDB client', () => {
  test('pulls, hears, pushes carts and merges conflicts by line', async () => {
    const rx = await createRxDatabase({
      name: `plain-${Date.now()}`,
      storage: getRxStorageMemory(),
      multiInstance: false,
    });
    await rx.addCollections({
      carts: {
        schema: tillSchemas.carts,
        conflictHandler: {
          isEqual: (one, other) => JSON.stringify(one) === JSON.stringify(other),
          resolve: async ({ assumedMasterState, newDocumentState, realMasterState }) =>
            Promise.resolve({
              ...mergeCarts({
                base: (assumedMasterState as unknown as Cart | undefined) ?? null,
                mine: newDocumentState,
                theirs: realMasterState,
              }),
              _deleted: false,
            }),
        },
      },
    });
    const carts = rx.collections['carts'];
    if (carts === undefined) throw new Error('no collection');
    await pushCarts([{ newDocumentState: aCart('cart-before') }]);
    const changes = new Subject<'RESYNC'>();
    let isDeaf = false;
    const stream = await listen(till.token, (event) => {
      if (event === 'changed' && !isDeaf) changes.next('RESYNC');
    });
    const replication = replicateRxCollection<Record<string, unknown>, { position: string }>({
      collection: carts,
      replicationIdentifier: 'carts',
      live: true,
      pull: {
        batchSize: 50,
        stream$: changes.asObservable(),
        handler: async (checkpoint, limit) => {
          const { body } = await pull('carts', {
            limit,
            ...(checkpoint ? { checkpoint: checkpoint.position } : {}),
          });
          return body;
        },
      },
      push: { handler: async (rows) => (await pushCarts(rows)).body as never },
    });
    await replication.awaitInitialReplication();
    expect(await carts.findOne('cart-before').exec()).not.toBeNull();
    await carts.insert(aCart('cart-rx'));
    await replication.awaitInSync();
    const line = (lineNumber: number) => ({
      lineNumber,
      direction: 'sale',
      itemId: `item-${lineNumber}`,
      sku: 'TEA',
      name: { en: 'Tea' },
      unit: 'piece',
      quantityMilli: 1000,
      unitPriceMinor: 1210,
      taxGroupId: 'standard',
    });
    // The server's cart gets line 1 while the client, which has not heard of it, adds line 2.
    isDeaf = true;
    const onServer = aCart('cart-rx', { lines: [line(1)], lastLineNumber: 1 });
    await pushCarts([{ newDocumentState: onServer, assumedMasterState: aCart('cart-rx') }]);
    const document = await carts.findOne('cart-rx').exec(true);
    await document.incrementalPatch({ lines: [line(2)], lastLineNumber: 2 });
    isDeaf = false;
    changes.next('RESYNC');
    await replication.awaitInSync();
    const merged = await carts.findOne('cart-rx').exec(true);
    const numbers = (merged.toJSON()['lines'] as { lineNumber: number }[]).map((each) => each.lineNumber);
    expect(numbers).toEqual([1, 2]);
    stream.close();
    await replication.cancel();
    await rx.close();
  });
});

test('a stream hub that is closed takes nobody in', () => {
  const hub = createStreamHub({ database, log: SILENT_LOG, now: Date.now });
  hub.close();
  const caller = { workstationId: 'w', storeId: 's1', kind: 'pos', scopes: ['company'], expiresAtMs: 0 };
  expect(hub.refusal(caller as never)?.statusCode).toBe(503);
});
