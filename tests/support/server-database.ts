// Looks into the database of a running server the way an auditor would: a connection of its own, past the product.
// For the embedded PostgreSQL that is its Unix socket below the data folder; a URL names any other.

import path from 'node:path';
import { openDatabase } from '../../sync-server/db/database.ts';
import { SILENT_LOG } from '../../sync-server/db/log.ts';
import type { Sql } from '../../sync-server/db/sql.ts';

export type ServerDatabase = Sql & { readonly end: () => Promise<void> };

/** Opens a small pool that sees all stores; end it with `.end()`. */
export function openServerDatabase(
  where: { readonly dataFolder: string } | { readonly url: string },
  connections = 2,
): ServerDatabase {
  const database = openDatabase(
    'dataFolder' in where
      ? {
          kind: 'socket',
          path: path.join(where.dataFolder, 'postgres', '.s.PGSQL.5432'),
          database: 'tillandsia',
          user: 'tillandsia',
        }
      : { kind: 'url', url: where.url },
    { log: SILENT_LOG, random: Math.random, connections },
  );
  return Object.assign(database.sql, { end: () => database.close() });
}
