// The cluster comes with a database `postgres`; ours stands beside it under its own name.

import { databaseErrorCode, openDatabase } from '../db/database.ts';
import type { Log } from '../db/log.ts';
import type { EmbeddedPostgres } from './start-postgres.ts';

const DOES_NOT_EXIST = '3D000';
const EXISTS_ALREADY = '42P04';

/** Makes the database when it is not there. The name comes from code, never from a request. */
export async function ensureDatabase(
  server: Pick<EmbeddedPostgres, 'addressOf' | 'wasInitialised'>,
  name: string,
  log: Log,
): Promise<void> {
  // A fresh cluster certainly has none; an old one almost certainly has it, and is asked directly.
  if (!server.wasInitialised && (await exists(server, name, log))) return;
  const cluster = openDatabase(server.addressOf('postgres'), { log, random: Math.random, connections: 1 });
  try {
    await cluster.sql`create database ${cluster.sql(name)}`;
  } catch (error) {
    if (databaseErrorCode(error) !== EXISTS_ALREADY) throw error;
  } finally {
    await cluster.close();
  }
}

async function exists(server: Pick<EmbeddedPostgres, 'addressOf'>, name: string, log: Log): Promise<boolean> {
  const database = openDatabase(server.addressOf(name), { log, random: Math.random, connections: 1 });
  try {
    await database.sql`select 1`;
    return true;
  } catch (error) {
    if (databaseErrorCode(error) === DOES_NOT_EXIST) return false;
    throw error;
  } finally {
    await database.close();
  }
}
