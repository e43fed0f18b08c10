// Readers that go on from checkpoint to checkpoint over HTTP while eight writers commit late, roll back and change the
// same documents: nothing is ever skipped. The same writers and readers on a plain sequence skip documents, which shows
// that the test can see what the scope counters guard against.

import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inTransaction } from '../../sync-server/db/database.ts';
import { publishDocuments } from '../../sync-server/db/feed.ts';
import type { TestDatabase } from '../support/a-database.ts';
import { aShop, aSyncServer, type SyncServer } from '../support/a-sync-server.ts';
import { aWorkstation, call, type TestWorkstation } from '../support/a-workstation.ts';
import { seededRandom } from '../support/seeded-random.ts';

const TRANSACTIONS = 1_200;
const WRITERS = 8;
const SEED = Number(process.env['SEED'] ?? 11);

let database: TestDatabase;
let server: SyncServer;
let till: TestWorkstation;
beforeAll(async () => {
  database = await aShop(1, WRITERS + 6);
  server = await aSyncServer({ database });
  till = await aWorkstation(server);
  await database.sql`
    create table naive (id text primary key, n integer not null, position bigint not null)`;
  await database.sql`create sequence naive_position`;
});
afterAll(async () => {
  await server.stop();
  await database.drop();
});

class RolledBack extends Error {}

/** Runs the transactions; `write` gets a trial and a pause that comes between its position and its commit. */
async function writeAll(
  write: (trial: { id: string; n: number }, pause: () => Promise<void>) => Promise<void>,
): Promise<void> {
  let started = 0;
  await Promise.all(
    Array.from({ length: WRITERS }, async (_, writer) => {
      const random = seededRandom(SEED * 100 + writer);
      while (started < TRANSACTIONS) {
        started += 1;
        const n = started;
        const holdMs = random.chance(0.4) ? random.integer(8) : 0;
        const fails = random.chance(0.03);
        await write({ id: `d${random.integer(200)}`, n }, async () => {
          if (holdMs > 0) await delay(holdMs);
          if (fails) throw new RolledBack();
        }).catch((error: unknown) => {
          if (!(error instanceof RolledBack)) throw error;
        });
      }
    }),
  );
}

/** Reads until the writers are done and nothing is left; returns the newest n seen of each id. */
async function readAll(
  isWriting: () => boolean,
  read: () => Promise<readonly { id: string; n: number }[]>,
): Promise<Map<string, number>> {
  const seen = new Map<string, number>();
  for (;;) {
    const wasWriting = isWriting();
    const rows = await read();
    for (const { id, n } of rows) seen.set(id, n);
    if (rows.length === 0 && !wasWriting) return seen;
    if (rows.length === 0) await delay(1);
  }
}

test(`pull over HTTP misses nothing of ${TRANSACTIONS} concurrent transactions (seed ${SEED})`, async () => {
  let isWriting = true;
  const readers = [1, 9, 100].map((limit) => {
    let checkpoint = '';
    return readAll(
      () => isWriting,
      async () => {
        const { body, status } = await call<{
          documents: { id: string; n: number }[];
          checkpoint: { position: string };
        }>(`${server.url}/replication/customers/pull?limit=${limit}&checkpoint=${checkpoint}`, {
          token: till.token,
        });
        if (status === 429) {
          await delay(50);
          return [{ id: 'asked-too-often', n: 0 }];
        }
        checkpoint = body.checkpoint.position;
        return body.documents;
      },
    );
  });
  await writeAll(({ id, n }, pause) =>
    inTransaction(database, async (transaction) => {
      const documents = [{ id, body: JSON.stringify({ id, n }) }];
      await publishDocuments(transaction, { scope: 'store:s1', collection: 'customers', documents });
      await pause();
    }),
  );
  isWriting = false;
  const stored = await database.sql<{ id: string; body: string }[]>`
    select id, body from document where scope = 'store:s1' and collection = 'customers'`;
  const expected = new Map(stored.map((row) => [row.id, (JSON.parse(row.body) as { n: number }).n]));
  for (const seen of await Promise.all(readers)) {
    seen.delete('asked-too-often');
    expect(seen).toEqual(expected);
  }
});

test('on a plain sequence the same readers miss documents', async () => {
  let isWriting = true;
  let after = 0;
  const reading = readAll(
    () => isWriting,
    async () => {
      const rows = await database.sql<{ id: string; n: number; position: number }[]>`
        select id, n, position from naive where position > ${after} order by position limit 100`;
      after = rows.at(-1)?.position ?? after;
      return rows;
    },
  );
  await writeAll(({ id, n }, pause) =>
    inTransaction(database, async ({ sql }) => {
      await sql`
        insert into naive (id, n, position) values (${id}, ${n}, nextval('naive_position'))
        on conflict (id) do update set n = excluded.n, position = excluded.position`;
      await pause();
    }),
  );
  isWriting = false;
  const seen = await reading;
  const stored = await database.sql<{ id: string; n: number }[]>`select id, n from naive`;
  const missed = stored.filter((row) => seen.get(row.id) !== row.n);
  expect(missed.length).toBeGreaterThan(0);
});
