// The cluster comes with a database `postgres`; ours stands beside it under its own name.

import { databaseErrorCode, openDatabase } from '../db/database.ts';
import type { Log } from '../db/log.ts';
import type { EmbeddedPostgres } from './start-postgres.ts';

const DOES_NOT_EXIST = '3D000';
const EXISTS_ALREADY = '42P04';

/** Makes the database when it is not there. The name comes from code, never from a request. */
export async function ensureDatabase(
  server: Pick<EmbeddedPostgres, 'addressOf'>,
  name: string,
  log: Log,
): Promise<void> {
  const existing = openDatabase(server.addressOf(name), { log, random: Math.random, connections: 1 });
  try {
    await existing.sql`select 1`;
    return;
  } catch (error) {
    if (databaseErrorCode(error) !== DOES_NOT_EXIST) throw error;
  } finally {
    await existing.close();
  }
  const cluster = openDatabase(server.addressOf('postgres'), { log, random: Math.random, connections: 1 });
  try {
    await cluster.sql`create database ${cluster.sql(name)}`;
  } catch (error) {
    if (databaseErrorCode(error) !== EXISTS_ALREADY) throw error;
  } finally {
    await cluster.close();
  }
}
