// Whatever a device sends, the server answers with a refusal or takes it in; it never fails, and it goes on serving
// others. Random JSON, and right entries with one value replaced, signed by the key that belongs to them.

import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestDatabase } from '../support/a-database.ts';
import { aShop, aSyncServer, type SyncServer } from '../support/a-sync-server.ts';
import {
  aTransaction,
  aWorkstation,
  call,
  open,
  push,
  sell,
  signedFact,
  type TestWorkstation,
} from '../support/a-workstation.ts';
import { looseCanonicalJson } from '../../sync-server/replication/loose-canonical-json.ts';
import { holdsAsync } from './holds.ts';

const RUNS = Math.min(Number(process.env['PROPERTY_RUNS'] ?? 250), 1_000);

let database: TestDatabase;
let server: SyncServer;
let till: TestWorkstation;
beforeAll(async () => {
  database = await aShop();
  server = await aSyncServer({ database, demoStoreId: 's1' });
  till = await aWorkstation(server);
  await push(server, till, [open(till)]);
});
afterAll(async () => {
  await server.stop();
  await database.drop();
});

const value = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.constantFrom<unknown>(
    'a\u0000b',
    '\uD800',
    'x'.repeat(3000),
    2 ** 53,
    -1,
    0.1,
    1e300,
    [],
    {},
    null,
    '',
    '__proto__',
    { ['__proto__ ']: 1, constructor: { prototype: 1 } },
    Array.from({ length: 300 }, () => ({})),
  ),
);

test('random JSON at any door is refused and never a fault', async () => {
  const doors = fc.constantFrom(
    ['POST', '/facts'],
    ['POST', '/replication/carts/push'],
    ['POST', '/enrolments'],
    ['POST', '/challenges'],
    ['POST', '/tokens'],
    ['POST', '/print'],
  );
  await holdsAsync(
    fc.asyncProperty(doors, value, async ([method, path], body) => {
      const answer = await call(`${server.url}${path ?? ''}`, {
        method: method ?? 'POST',
        body: JSON.stringify(body),
        token: till.token,
      });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
    }),
    { runs: RUNS },
  );
});

test('random text in a pull is refused or answered, and never a fault', async () => {
  await holdsAsync(
    fc.asyncProperty(
      fc.string({ unit: 'binary' }),
      fc.string(),
      fc.string(),
      async (collection, checkpoint, limit) => {
        const query = new URLSearchParams({ checkpoint, limit });
        const path = encodeURIComponent(collection.toWellFormed());
        const answer = await call(`${server.url}/replication/${path}/pull?${query.toString()}`, {
          token: till.token,
        });
        expect(answer.status).toBeLessThan(500);
      },
    ),
    { runs: RUNS },
  );
});

test('a signed entry with one value replaced is taken in, kept or refused; those after it are taken in', async () => {
  const paths = fc.constantFrom(
    'kind',
    'recordedAt',
    'operatorId',
    'body',
    'body.transaction',
    'body.transaction.id',
    'body.transaction.lines',
    'body.transaction.lines.0.quantityMilli',
    'body.transaction.lines.0.name',
    'body.transaction.lines.0.netMinor',
    'body.transaction.taxRules',
    'body.transaction.taxes',
    'body.transaction.taxGroups',
    'body.transaction.tenders',
    'body.transaction.totals',
    'body.transaction.totals.grossMinor',
    'body.transaction.stockMovements',
    'body.transaction.stockMovements.0.ordinal',
    'body.transaction.stockMovements.0.quantityMilli',
    'body.transaction.businessDay',
    'body.transaction.completedAt',
    'body.transaction.currency',
    'body.transaction.note',
  );
  await holdsAsync(
    fc.asyncProperty(paths, value, async (path, replaced) => {
      const content: Record<string, unknown> = {
        id: crypto.randomUUID(),
        workstationId: till.id,
        storeId: till.storeId,
        epoch: till.head.epoch,
        sequence: till.head.sequence + 1,
        previousHash: till.head.hash,
        kind: 'transaction-completed',
        recordedAt: '2026-03-02T10:00:00.000Z',
        body: { transaction: aTransaction(till) },
      };
      const steps = path.split('.');
      let place: unknown = content;
      for (const step of steps.slice(0, -1)) place = Reflect.get(Object(place), step);
      Reflect.set(Object(place), steps.at(-1) ?? '', replaced);
      // As it arrives: JSON has no undefined and no -0.
      const arriving = JSON.parse(JSON.stringify(content)) as Record<string, unknown>;
      const fact = signedFact(till.privateKey, arriving, looseCanonicalJson(arriving));
      const before = till.head;
      const answer = await push(server, till, [fact]);
      expect([200, 400, 422]).toContain(answer.status);
      till.head = answer.status === 200 ? answer.body.head : before;
      const next = await push(server, till, [sell(till)]);
      expect(next.body.results?.map((result) => result.outcome)).toEqual(['accepted']);
    }),
    { runs: RUNS },
  );
  await server.modules.foldWorker.settle();
  const [left] = await database.sql`
    select count(*)::integer as count from fact f
    where position > (select position from projection_cursor c where c.store_id = f.store_id)`;
  expect(left).toEqual({ count: 0 });
});
