// The second wall between stores: a request's query that forgets to say which store it means finds nothing of another
// one, whoever owns the tables. Every query here leaves its WHERE out on purpose.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inTransaction, openDatabase, type Database } from '../../sync-server/db/database.ts';
import { publishDocuments } from '../../sync-server/db/feed.ts';
import { SILENT_LOG } from '../../sync-server/db/log.ts';
import { migrate } from '../../sync-server/db/migrate.ts';
import { ensureRequestRole } from '../../sync-server/db/request-role.ts';
import { sqlInScopes } from '../../sync-server/db/row-scopes.ts';
import { aDatabase, type TestDatabase } from '../support/a-database.ts';
import { anotherPool, aShop, aSyncServer, type SyncServer } from '../support/a-sync-server.ts';
import { aWorkstation, open, push, sell, type TestWorkstation } from '../support/a-workstation.ts';

let database: TestDatabase;
let server: SyncServer;
let tills: readonly TestWorkstation[];
beforeAll(async () => {
  database = await aShop();
  server = await aSyncServer({ database });
  tills = await Promise.all(['s1', 's2'].map((storeId) => aWorkstation(server, { storeId })));
  for (const till of tills) await push(server, till, [open(till), sell(till), sell(till)]);
  await server.modules.foldWorker.settle();
  for (const scope of ['company', 'kiosk', 'store:s1', 'store:s2']) await publish(database, scope);
});
afterAll(async () => {
  await server.stop();
  await database.drop();
});

const publish = (to: Database, scope: string): Promise<number> =>
  inTransaction(to, (transaction) =>
    publishDocuments(transaction, { scope, collection: 'staff', documents: [{ id: scope, body: '{}' }] }),
  );

/** Who is seen in each table by a query without a WHERE. */
async function seen(of: Database, scopes: readonly string[]): Promise<Record<string, readonly string[]>> {
  const sql = sqlInScopes(of, scopes);
  const namesIn = (rows: readonly { readonly it: string }[]): readonly string[] => rows.map((row) => row.it);
  return {
    document: namesIn(await sql<{ it: string }[]>`select distinct scope as it from document order by 1`),
    scope_counter: namesIn(
      await sql<{ it: string }[]>`select distinct scope as it from scope_counter order by 1`,
    ),
    fact: namesIn(await sql<{ it: string }[]>`select distinct store_id as it from fact order by 1`),
    workstation: namesIn(
      await sql<{ it: string }[]>`select distinct store_id as it from workstation order by 1`,
    ),
    transaction: namesIn(
      await sql<{ it: string }[]>`select distinct store_id as it from transaction_view order by 1`,
    ),
    item_sales: namesIn(
      await sql<{ it: string }[]>`select distinct store_id as it from item_sales order by 1`,
    ),
    stock: namesIn(await sql<{ it: string }[]>`select distinct store_id as it from stock_on_hand order by 1`),
  };
}

const OF_STORE_1 = {
  document: ['company', 'store:s1'],
  scope_counter: ['company', 'store:s1'],
  fact: [],
  workstation: [],
  transaction: ['s1'],
  item_sales: ['s1'],
  stock: ['s1'],
};
const NOTHING = {
  document: [],
  scope_counter: [],
  fact: [],
  workstation: [],
  transaction: [],
  item_sales: [],
  stock: [],
};

describe('a query that forgets its store', () => {
  test('finds the rows of the scopes of the caller and of no other store', async () => {
    expect(await seen(database, ['company', 'store:s1'])).toEqual(OF_STORE_1);
  });

  test('finds nothing at all when no scope is named', async () => {
    expect(await seen(database, [])).toEqual(NOTHING);
  });

  test('finds for a kiosk what kiosks may see: no sale, no journal, no document of a store', async () => {
    expect(await seen(database, ['kiosk'])).toEqual({
      ...NOTHING,
      document: ['kiosk'],
      scope_counter: ['kiosk'],
    });
  });

  test('gives a workstation its own journal and not that of its neighbour', async () => {
    const [till] = tills;
    const rows = await sqlInScopes(database, [`journal:${till?.id ?? ''}`])<{ id: string; n: number }[]>`
      select workstation_id as id, count(*)::integer as n from fact group by 1`;
    expect(rows.map(({ id, n }) => ({ id, n }))).toEqual([{ id: till?.id, n: 3 }]);
  });

  test('cannot write to another store, nor change or delete an entry of its own', async () => {
    const sql = sqlInScopes(database, ['store:s1', 'facts:s1']);
    await expect(
      sql`insert into document (scope, collection, id, position, body) values ('store:s2', 'carts', 'x', 999, '{}')`,
    ).rejects.toThrow('row-level security');
    await expect(sql`update fact set body = '{}'`).rejects.toThrow('permission denied');
    await expect(sql`delete from fact`).rejects.toThrow('permission denied');
    await expect(sql`select * from token_challenge`).rejects.toThrow('permission denied');
    await expect(sql`select * from enrolment_code`).rejects.toThrow('permission denied');
  });

  test('stands in a transaction of several queries, too', async () => {
    const scopes = await inTransaction(
      database,
      async ({ sql }) =>
        (await sql<{ scope: string }[]>`select distinct scope from document`).map((row) => row.scope),
      { scopes: ['store:s2'] },
    );
    expect(scopes).toEqual(['store:s2']);
  });

  test('a request may not name the scope of the server itself', async () => {
    await expect(sqlInScopes(database, ['*'])`select 1 as one`).rejects.toThrow('may not see everything');
    await expect(sqlInScopes(database, ['store:s1 *'])`select 1 as one`).rejects.toThrow(
      'no scope has a space',
    );
  });

  test('what a request took is given back: our own work afterwards sees everything, also after errors', async () => {
    const sql = sqlInScopes(database, ['store:s1']);
    await Promise.allSettled(Array.from({ length: 40 }, () => sql`select 1 / 0`));
    const rows = await Promise.all(
      Array.from(
        { length: 40 },
        () => database.sql<{ n: number }[]>`select count(distinct store_id)::integer as n from fact`,
      ),
    );
    expect(new Set(rows.map(([row]) => row?.n))).toEqual(new Set([2]));
  });

  test('connections that the database ends under requests are made anew', async () => {
    const sql = sqlInScopes(database, ['store:s1']);
    const other = anotherPool(database, 1);
    const asked = Promise.allSettled(Array.from({ length: 8 }, () => sql`select pg_sleep(0.5)`));
    await other.sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`;
    const ended = await asked;
    expect(ended.some(({ status }) => status === 'rejected')).toBe(true);
    await other.close();
    // A connection that lay idle may be found out by the next one who asks, as everywhere; after that all are new.
    await Promise.allSettled(Array.from({ length: 12 }, () => sql`select 1 as one`));
    for (let round = 0; round < 3; round += 1) {
      const rows = await Promise.all(
        Array.from({ length: 12 }, () => sql<{ it: string }[]>`select distinct scope as it from document`),
      );
      expect(rows.map((each) => each.map(({ it }) => it))).toEqual(
        Array.from({ length: 12 }, () => ['store:s1']),
      );
    }
  });
});

describe('a database that somebody else runs', () => {
  const databases: (TestDatabase | Database)[] = [];
  const roles: string[] = [];
  afterAll(async () => {
    for (const each of databases) await ('drop' in each ? each.drop() : each.close());
    for (const role of roles) await database.sql.unsafe(`drop role if exists ${role}`);
  });

  /** An empty database that belongs to a user of its own, and a pool that works as this user. */
  async function ownedBy(rights: string): Promise<Database> {
    const owned = await aDatabase({ migrated: false });
    const [row] = await owned.sql<{ name: string }[]>`select current_database() as name`;
    const name = row?.name ?? '';
    const role = `owner_of_${name}`;
    await owned.sql.unsafe(`create role ${role} ${rights}`);
    await owned.sql.unsafe(`alter database ${name} owner to ${role}`);
    await owned.sql.unsafe(`alter database ${name} set role = '${role}'`);
    const pool = openDatabase(owned.address, { log: SILENT_LOG, random: Math.random, connections: 3 });
    databases.unshift(pool);
    databases.push(owned);
    roles.push(role);
    await migrate(pool);
    return pool;
  }

  test('its plain owner, who may make no roles, is held by the policies itself', async () => {
    const pool = await ownedBy('nosuperuser nocreaterole');
    await ensureRequestRole(pool);
    expect(await pool.requestRole()).toBeNull();
    for (const scope of ['company', 'store:s1', 'store:s2']) await publish(pool, scope);
    expect((await seen(pool, ['store:s1']))['document']).toEqual(['store:s1']);
    expect(await seen(pool, [])).toEqual(NOTHING);
    const [all] = await pool.sql<{ n: number }[]>`select count(*)::integer as n from document`;
    expect(all?.n).toBe(3);
  });

  test('a user whom no policy holds and who may make no role is refused with a sentence', async () => {
    const pool = await ownedBy('bypassrls nocreaterole');
    await expect(ensureRequestRole(pool)).rejects.toThrow('passes by row-level security');
  });
});
