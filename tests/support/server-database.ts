// Looks into the database of a running server the way an auditor would: a connection of its own, past the product.
// For the embedded PostgreSQL that is its Unix socket below the data folder; a URL names any other.

import path from 'node:path';
import postgres from 'postgres';

export type ServerDatabase = postgres.Sql;

/** Opens a small pool; end it with `.end()`. */
export function openServerDatabase(
  where: { readonly dataFolder: string } | { readonly url: string },
): ServerDatabase {
  const settings = {
    max: 2,
    onnotice: () => undefined,
    // An auditor sees all stores, also as the plain owner of the tables.
    connection: { application_name: 'tillandsia-proof', 'tillandsia.scopes': '*' },
  };
  if (!('dataFolder' in where)) return postgres(where.url, settings);
  return postgres({
    ...settings,
    path: path.join(where.dataFolder, 'postgres', '.s.PGSQL.5432'),
    database: 'tillandsia',
    username: 'tillandsia',
  });
}
