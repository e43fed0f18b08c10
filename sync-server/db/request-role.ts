// The role that requests run as: it owns nothing, bypasses nothing, may not sign in, and may delete nothing. It is made
// at the start. Where our user may not make roles, the policies hold that user itself (FORCE ROW LEVEL SECURITY);
// a user whom no policy holds and who may not make the role is refused, because then there is no second wall.

import { databaseErrorCode, inTransaction, type Database } from './database.ts';
import { REQUEST_ROLE } from './sql.ts';
import { StartRefused } from './start-refused.ts';

/** What a request does with each table; what is not here is not there for it. */
const GRANTS: Readonly<Record<string, string>> = {
  document: 'select, insert, update',
  scope_counter: 'select, insert, update',
  reference_version: 'select, insert, update',
  fact: 'select, insert',
  forked_fact: 'select, insert',
  workstation: 'select, update',
  attention: 'select, insert',
  store: 'select',
  operator: 'select',
  transaction_view: 'select',
  item_sales: 'select',
  stock_on_hand: 'select',
  stock_page_through: 'select',
  till_session_view: 'select',
  card_terminal: 'select',
};

const EXISTS_ALREADY = new Set(['42710', '23505']);
const NOT_ALLOWED = '42501';

/** Makes the role and gives it its tables, where that is missing. StartRefused when nothing would stand. */
export async function ensureRequestRole(database: Database): Promise<void> {
  const { sql } = database;
  try {
    const known = await sql`select 1 from pg_catalog.pg_roles where rolname = ${REQUEST_ROLE}`;
    if (known.length === 0) await makeRole(database);
    await inTransaction(database, async (transaction) => {
      // Several servers start at once: two that grant on one table at the same moment would disturb each other.
      await transaction.sql`select id from migration_lock where id = 1 for update`;
      const missing = await transaction.sql<{ name: string }[]>`
        select name from unnest(${Object.keys(GRANTS)}::text[], ${Object.values(GRANTS)}::text[]) as t (name, rights)
        where exists (
          select 1 from unnest(string_to_array(t.rights, ', ')) as r (privilege)
          where not has_table_privilege(${REQUEST_ROLE}::name, t.name, r.privilege))`;
      for (const { name } of missing) {
        await transaction.sql.unsafe(`grant ${GRANTS[name] ?? ''} on ${name} to ${REQUEST_ROLE}`);
      }
      await grantMembership(transaction.sql);
    });
  } catch (error) {
    if (databaseErrorCode(error) !== NOT_ALLOWED) throw error;
    await assertHeldByPolicies(database);
  }
}

async function makeRole({ sql }: Database): Promise<void> {
  try {
    await sql.unsafe(`create role ${REQUEST_ROLE} nologin noinherit`);
  } catch (error) {
    if (!EXISTS_ALREADY.has(databaseErrorCode(error))) throw error;
  }
}

async function grantMembership(
  sql: Parameters<Parameters<typeof inTransaction>[1]>[0]['sql'],
): Promise<void> {
  const [schema] = await sql<{ name: string }[]>`
    select current_schema()::text as name
    where not has_schema_privilege(${REQUEST_ROLE}::name, current_schema()::text, 'usage')`;
  if (schema !== undefined) await sql`grant usage on schema ${sql(schema.name)} to ${sql(REQUEST_ROLE)}`;
  const [user] = await sql<{ name: string }[]>`
    select current_user::text as name where not pg_has_role(current_user, ${REQUEST_ROLE}::name, 'member')`;
  if (user !== undefined) await sql`grant ${sql(REQUEST_ROLE)} to ${sql(user.name)}`;
}

async function assertHeldByPolicies({ sql }: Database): Promise<void> {
  const [user] = await sql<{ name: string; bypasses: boolean }[]>`
    select current_user::text as name, rolsuper or rolbypassrls as bypasses
    from pg_catalog.pg_roles where rolname = current_user`;
  if (user?.bypasses !== true) return;
  throw new StartRefused(
    `The database user ${user.name} passes by row-level security and may not make the role ${REQUEST_ROLE}, so nothing ` +
      'would keep one store from the data of another if a query were wrong. Nothing was changed. ' +
      `Take BYPASSRLS from ${user.name}, or give it CREATEROLE, and start again.`,
  );
}
