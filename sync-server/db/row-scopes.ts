// What a request asks of the database runs behind a second wall: in a transaction that names the scopes of the caller,
// as a role that sees nothing else (policies: migrations/0003). A query that forgets its WHERE then finds nothing of
// another store. `begin`, the scopes, the query and `commit` go out together, so that the wall costs no waiting.

import type { Database } from './database.ts';
import { enterScopes } from './enter-scopes.ts';
import type { QueryValue, Result, RowList } from './sql.ts';

/** Like `sql`, for one query at a time; each runs in a transaction of its own. */
export type ScopedSql = <Rows extends RowList>(
  template: TemplateStringsArray,
  ...values: readonly QueryValue[]
) => Promise<Result<Rows>>;

/** Queries that see rows of these scopes only, such as `company`, `store:s1`, `facts:s1`, `journal:<workstation>`. */
export function sqlInScopes(database: Database, scopes: readonly string[]): ScopedSql {
  return async <Rows extends RowList>(
    template: TemplateStringsArray,
    ...values: readonly QueryValue[]
  ): Promise<Result<Rows>> => {
    const role = await database.requestRole();
    return database.together((sql) => [enterScopes(sql, role, scopes), sql<Rows>(template, ...values)]);
  };
}
