// The database ends connections under running work, again and again, as it does when it is restarted. Whoever asked gets
// an answer or an error, nobody waits for ever, the process goes on, and no transaction is done by half.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { databaseErrorCode, inTransaction, type Database } from '../../sync-server/db/database.ts';
import { sqlInScopes } from '../../sync-server/db/row-scopes.ts';
import { aDatabase, type TestDatabase } from '../support/a-database.ts';
import { anotherPool } from '../support/a-sync-server.ts';

const KILLS = 40;
const WORKERS = 16;
const ANSWER_WITHIN_MS = 30_000;
/** What a caller may be told; `problems.ts` answers all of these with "try again". */
const CONNECTION_GONE = new Set([
  '57P01',
  'CONNECTION_CLOSED',
  'ECONNRESET',
  'EPIPE',
  'ECONNREFUSED',
  'ENOENT',
]);

let database: TestDatabase;
let pool: Database;
let killer: Database;
beforeAll(async () => {
  database = await aDatabase();
  await database.sql`create table entry (number integer, half integer, primary key (number, half))`;
  pool = anotherPool(database, 5);
  killer = anotherPool(database, 1);
});
afterAll(async () => {
  await killer.close();
  await pool.close();
  await database.drop();
});

test('work whose connections are ended is answered, and is done whole or not at all', async () => {
  const accepted: number[] = [];
  const codes = new Set<string>();
  let number = 0;
  const over = new AbortController();

  const write = (own: number): Promise<unknown> =>
    inTransaction(
      pool,
      async ({ sql }) => {
        await sql`insert into entry (number, half) values (${own}, 1)`;
        await sql`select pg_sleep(0.002)`;
        await sql`insert into entry (number, half) values (${own}, 2)`;
      },
      own % 2 === 0 ? {} : { isolation: 'serializable' },
    ).then(() => accepted.push(own));
  const read = (): Promise<unknown> => sqlInScopes(pool, ['store:s1'])`select pg_sleep(0.002)`;

  const worker = async (): Promise<void> => {
    while (!over.signal.aborted) {
      number += 1;
      await answered(number % 3 === 0 ? read() : write(number)).catch((error: unknown) => {
        codes.add(databaseErrorCode(error) === '' ? String(error) : databaseErrorCode(error));
      });
    }
  };
  const workers = Array.from({ length: WORKERS }, worker);
  for (let kills = 0; kills < KILLS; kills += 1) {
    await killer.sql`select pg_sleep(0.05)`;
    await killer.sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and random() < 0.6`;
  }
  over.abort();
  await Promise.all(workers);

  const unexpected = [...codes].filter((code) => !CONNECTION_GONE.has(code));
  expect(unexpected).toEqual([]);
  expect(codes.size).toBeGreaterThan(0);
  const halves = await database.sql<{ number: number; halves: number }[]>`
    select number, count(*)::integer as halves from entry group by number`;
  expect(halves.filter((row) => row.halves !== 2)).toEqual([]);
  const present = new Set(halves.map((row) => row.number));
  expect(accepted.filter((own) => !present.has(own))).toEqual([]);
  expect(accepted.length).toBeGreaterThan(0);
}, 120_000);

test('afterwards the pool answers as before', async () => {
  const rows = await Promise.all(
    Array.from({ length: 12 }, (_, at) => pool.sql<{ it: number }[]>`select ${at}::integer as it`),
  );
  expect(rows.map(([row]) => row?.it)).toEqual(Array.from({ length: 12 }, (_, at) => at));
});

async function answered(asked: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('nobody answered')), ANSWER_WITHIN_MS);
  });
  await Promise.race([asked, late]).finally(() => clearTimeout(timer));
}
