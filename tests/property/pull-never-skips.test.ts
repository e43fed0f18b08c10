// A reader that goes from checkpoint to checkpoint sees every document in its newest version, whatever the writers do:
// commit late, roll back, change the same document, publish to two scopes at once. 1,200 seeded transactions by eight
// writers, followed by three readers with different page sizes while they run.

import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inTransaction } from '../../sync-server/db/database.ts';
import { publishDocuments, readFeed, readPosition } from '../../sync-server/db/feed.ts';
import { aDatabase, type TestDatabase } from '../support/a-database.ts';
import { seededRandom } from '../support/seeded-random.ts';

const TRANSACTIONS = 1200;
const WRITERS = 8;
const SCOPES = ['company', 'store:1', 'store:2'];
const SEED = Number(process.env['SEED'] ?? 42);

let database: TestDatabase;
beforeAll(async () => {
  database = await aDatabase({ connections: WRITERS + 4 });
});
afterAll(async () => {
  await database.drop();
});

test(`readers miss nothing of ${TRANSACTIONS} concurrent transactions (seed ${SEED})`, async () => {
  let started = 0;
  let rolledBack = 0;
  let isWriting = true;
  const writers = Array.from({ length: WRITERS }, async (_, writer) => {
    const random = seededRandom(SEED * 100 + writer);
    while (started < TRANSACTIONS) {
      started += 1;
      const trial = started;
      const scopes = SCOPES.filter(() => random.chance(0.5)).toSorted();
      const holdMs = random.chance(0.3) ? random.integer(6) : 0;
      const fails = random.chance(0.05);
      const documentsOf = (scope: string) =>
        [...new Set(Array.from({ length: 1 + random.integer(3) }, () => `d${random.integer(60)}`))].map(
          (id) => ({
            id,
            body: `${scope} ${trial} ${writer}`,
            deleted: random.chance(0.1),
          }),
        );
      const work = scopes.map((scope) => ({ scope, documents: documentsOf(scope) }));
      await inTransaction(database, async (transaction) => {
        for (const { scope, documents } of work) {
          await publishDocuments(transaction, { scope, collection: 'stock', documents });
          // The counter row is taken and the commit is still to come: the gap that a plain sequence would leave.
          await delay(holdMs);
        }
        if (fails) throw new RolledBack();
      }).catch((error: unknown) => {
        if (!(error instanceof RolledBack)) throw error;
        rolledBack += 1;
      });
    }
  });
  const readers = SCOPES.flatMap((scope) =>
    [1, 7, 500].map(async (limit) => {
      const seen = new Map<string, string>();
      let after = 0;
      for (;;) {
        const wasWriting = isWriting;
        const rows = await readFeed(database.sql, { scope, collection: 'stock', after, limit });
        for (const row of rows) {
          expect(row.position).toBeGreaterThan(after);
          after = row.position;
          seen.set(row.id, `${row.body} ${row.deleted}`);
        }
        if (rows.length === 0 && !wasWriting) return { scope, limit, after, seen };
        if (rows.length < limit) await delay(1);
      }
    }),
  );
  await Promise.all(writers);
  isWriting = false;
  for (const reader of await Promise.all(readers)) {
    const stored = await readFeed(database.sql, {
      scope: reader.scope,
      collection: 'stock',
      after: 0,
      limit: 10_000,
    });
    expect(reader.seen, `${reader.scope} in pages of ${reader.limit}`).toEqual(
      new Map(stored.map((row) => [row.id, `${row.body} ${row.deleted}`])),
    );
    expect(reader.after).toBe(await readPosition(database.sql, reader.scope));
  }
  expect(rolledBack).toBeGreaterThan(10);
});

class RolledBack extends Error {}
