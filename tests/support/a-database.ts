// `aDatabase()` gives a test file an empty, migrated database of its own on the run's PostgreSQL. Call it in
// beforeAll and `close` it in afterAll, which also drops it.

import { connect } from 'node:net';
import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { openDatabase, type Database, type DatabaseAddress } from '../../sync-server/db/database.ts';
import { SILENT_LOG } from '../../sync-server/db/log.ts';
import { migrate } from '../../sync-server/db/migrate.ts';
import { ensureRequestRole } from '../../sync-server/db/request-role.ts';

export type TestDatabase = Database & { readonly drop: () => Promise<void> };

/** An empty database with all migrations, or with none when `migrated` is false. */
export async function aDatabase(
  options: { migrated?: boolean; connections?: number } = {},
): Promise<TestDatabase> {
  const cluster = openDatabase(await askForAddress(), {
    log: SILENT_LOG,
    random: Math.random,
    connections: 1,
  });
  const name = `test_${randomBytes(8).toString('hex')}`;
  await cluster.sql`create database ${cluster.sql(name)}`;
  const address = withDatabase(cluster.address, name);
  const database = openDatabase(address, {
    log: SILENT_LOG,
    random: Math.random,
    connections: options.connections ?? 5,
  });
  if (options.migrated !== false) {
    await migrate(database);
    await ensureRequestRole(database);
  }
  return {
    ...database,
    async drop() {
      await database.close();
      await cluster.sql`drop database ${cluster.sql(name)} with (force)`;
      await cluster.close();
    },
  };
}

function withDatabase(address: DatabaseAddress, database: string): DatabaseAddress {
  if (address.kind === 'socket') return { ...address, database };
  const url = new URL(address.url);
  url.pathname = `/${database}`;
  return { kind: 'url', url: url.href };
}

function askForAddress(): Promise<DatabaseAddress> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(inject('embeddedPostgresDoor'));
    socket.setEncoding('utf8');
    socket.on('data', (part: string) => {
      text += part;
    });
    socket.on('error', reject);
    socket.on('end', () => {
      // What embedded-postgres.ts of the same run has just written.
      const answer = JSON.parse(text) as { address?: DatabaseAddress; error?: string };
      if (answer.address === undefined) reject(new Error(answer.error ?? 'no database'));
      else resolve(answer.address);
    });
  });
}
