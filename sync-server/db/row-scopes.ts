// What a request asks of the database runs behind a second wall: in a transaction that names the scopes of the caller,
// as a role that sees nothing else (policies: migrations/0003). A query that forgets its WHERE then finds nothing of
// another store. `begin`, the scopes, the query and `commit` go out together, so that the wall costs no waiting.

import postgres from 'postgres';
import type { Database } from './database.ts';
import { enterScopes, type QueryValue } from './enter-scopes.ts';

/** Like the driver's tagged template, for one query at a time; each runs in a transaction of its own. */
export type ScopedSql = <Rows extends readonly (object | undefined)[]>(
  template: TemplateStringsArray,
  ...values: readonly QueryValue[]
) => Promise<Rows>;

/** Queries that see rows of these scopes only, such as `company`, `store:s1`, `facts:s1`, `journal:<workstation>`. */
export function sqlInScopes(database: Database, scopes: readonly string[]): ScopedSql {
  return (template, ...values) => runInScopes(database, scopes, { template, values });
}

async function runInScopes<Rows extends readonly (object | undefined)[]>(
  database: Database,
  scopes: readonly string[],
  query: { readonly template: TemplateStringsArray; readonly values: readonly QueryValue[] },
): Promise<Rows> {
  const role = await database.requestRole();
  // The driver would open a connection for a reservation although the pool is ended.
  database.assertOpen();
  const connection = await database.sql.reserve();
  const steps = [
    connection`begin`,
    enterScopes(connection, role, scopes),
    connection(query.template, ...query.values),
    connection`commit`,
  ];
  const results = await Promise.allSettled(steps.map((step) => step.execute()));
  const failures = results.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []));
  // After an error of the database the connection is whole and `commit` has rolled back; a lost one is not given back.
  if (failures.every((error) => error instanceof postgres.PostgresError)) connection.release();
  const [, , answer] = results;
  if (failures.length > 0 || answer?.status !== 'fulfilled') throw failures[0];
  // The rows are what the caller's own query selects, as with the driver's template.
  return answer.value as unknown as Rows;
}
