import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aDatabase, type TestDatabase } from '../../tests/support/a-database.ts';
import { inTransaction } from './database.ts';
import { assertDurable } from './durability.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await aDatabase();
  await database.sql`create table tally (id integer primary key, count bigint not null)`;
  await database.sql`insert into tally values (1, 0), (2, 0)`;
});
afterAll(() => database.drop());

describe('transactions', () => {
  test('twenty serializable increments at once are all counted', async () => {
    await Promise.all(
      Array.from({ length: 20 }, () =>
        inTransaction(
          database,
          async ({ sql }) => {
            const [row] = await sql<{ count: number }[]>`select count from tally where id = 1`;
            await sql`update tally set count = ${(row?.count ?? 0) + 1} where id = 1`;
          },
          { isolation: 'serializable' },
        ),
      ),
    );
    const rows = await database.sql<{ count: number }[]>`select count from tally where id = 1`;
    expect(rows[0]?.count).toBe(20);
  });

  test('two transactions that lock rows crosswise both succeed', async () => {
    const lockBoth = (first: number, second: number): Promise<void> =>
      inTransaction(database, async ({ sql }) => {
        await sql`update tally set count = count + 1 where id = ${first}`;
        await sql`select pg_sleep(0.05)`;
        await sql`update tally set count = count + 1 where id = ${second}`;
      });
    await database.sql`update tally set count = 0`;
    await Promise.all([lockBoth(1, 2), lockBoth(2, 1)]);
    const rows = await database.sql<{ count: number }[]>`select count from tally order by id`;
    expect(rows.map((row) => row.count)).toEqual([2, 2]);
  });

  test('an error of the work is thrown on and nothing is kept', async () => {
    await expect(
      inTransaction(database, async ({ sql }) => {
        await sql`update tally set count = -1`;
        throw new Error('refused by a rule');
      }),
    ).rejects.toThrow('refused by a rule');
    const rows = await database.sql<{ count: number }[]>`select min(count)::bigint as count from tally`;
    expect(rows[0]?.count).toBe(2);
  });

  test('a read-only transaction cannot write', async () => {
    await expect(
      inTransaction(database, ({ sql }) => sql`update tally set count = 0`, { isReadOnly: true }),
    ).rejects.toThrow('read-only transaction');
  });

  test('a bigint beyond whole numbers is an error and never a wrong amount', async () => {
    await expect(database.sql`select 9007199254740993::bigint as amount`).rejects.toThrow('does not fit');
  });
});

describe('durability', () => {
  test('the built-in server keeps what it acknowledges: fsync, synchronous commit and full pages are on', async () => {
    await expect(assertDurable(database.sql)).resolves.toBeUndefined();
    const [checksums] = await database.sql`show data_checksums`;
    expect(checksums).toEqual({ data_checksums: 'on' });
  });

  test('a database with synchronous_commit off is refused with what to do', async () => {
    await inTransaction(database, async ({ sql }) => {
      await sql`set local synchronous_commit = off`;
      await expect(assertDurable(sql)).rejects.toThrow('Set synchronous_commit = on in PostgreSQL');
    });
  });
});
