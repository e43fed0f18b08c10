// How a transaction is put behind the wall between stores: it says which scopes it may see, and takes the role that
// the policies of migrations/0003 hold.

import type { PendingQuery, Row, Sql } from './sql.ts';

/**
 * Puts the rest of the transaction behind the wall, with the role where our user may take it. Not to be awaited before
 * the next query: they go out together. Throws for `*`, which is the server's own, and for a scope that would be two.
 */
export function enterScopes(sql: Sql, role: string | null, scopes: readonly string[]): PendingQuery<Row[]> {
  if (scopes.some((scope) => scope === '*' || /\s/u.test(scope))) {
    throw new Error('a request may not see everything, and no scope has a space in it');
  }
  const names = scopes.join(' ');
  return role === null
    ? sql`select set_config('tillandsia.scopes', ${names}, true)`
    : sql`select set_config('tillandsia.scopes', ${names}, true), set_config('role', ${role}, true)`;
}
