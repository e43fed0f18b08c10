import { afterAll, beforeAll, expect, test } from 'vitest';
import { aDatabase, type TestDatabase } from '../../tests/support/a-database.ts';
import { inTransaction } from '../db/database.ts';
import { lockJournals } from './journal-rows.ts';

const POLL = { timeout: 20_000, interval: 10 };

let database: TestDatabase;
beforeAll(async () => {
  database = await aDatabase();
  await database.sql`insert into store (id, number, name, body) values ('s1', 1, 'Shop', '{}')`;
  await database.sql`
    insert into workstation (id, store_id, number, kind, name, public_key)
    values ('till-a', 's1', 1, 'pos', 'A', ''), ('till-b', 's1', 2, 'pos', 'B', '')`;
});
afterAll(() => database.drop());

const waiting = async (): Promise<number> => {
  const [row] = await database.sql<{ count: number }[]>`
    select count(*) as count from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`;
  return row?.count ?? 0;
};

test('two servers that take the same tills in opposite orders never wait for each other in a circle', async () => {
  let tries = 0;
  // Asked for before a transaction runs again, and for nothing else.
  const counted = {
    ...database,
    random: () => {
      tries += 1;
      return 0;
    },
  };
  const take = (...tills: readonly string[]) =>
    inTransaction(counted, ({ sql }) =>
      lockJournals(
        sql,
        's1',
        tills.map((workstationId) => ({ workstationId, facts: [] })),
      ),
    );
  // Till B is busy while both arrive, so that both stand where they can hold one and want the other.
  let letGo = (): void => undefined;
  const isDone = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const busy = new Promise<void>((isBusy, failed) => {
    inTransaction(database, async ({ sql }) => {
      await sql`select id from workstation where id = 'till-b' for update`;
      isBusy();
      await isDone;
    }).catch(failed);
  });
  await busy;
  const first = take('till-b', 'till-a');
  await expect.poll(waiting, POLL).toBe(1);
  const second = take('till-a', 'till-b');
  await expect.poll(waiting, POLL).toBe(2);
  letGo();
  expect([...(await first).keys()].toSorted()).toEqual(['till-a', 'till-b']);
  expect([...(await second).keys()].toSorted()).toEqual(['till-a', 'till-b']);
  expect(tries).toBe(0);
});
