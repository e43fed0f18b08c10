// A process that can be killed: it opens the embedded PostgreSQL of a data folder, says which rows it finds there,
// then writes rows over several connections as fast as it can and says which of them were acknowledged.
//
//   node --import tsx tests/support/postgres-writer.ts FOLDER
//   stdout: "found [ids]", then "ready", then one id a line, each written after its commit

import { writeSync } from 'node:fs';
import { openDatabase } from '../../sync-server/db/database.ts';
import { SILENT_LOG } from '../../sync-server/db/log.ts';
import { lockDataFolder } from '../../sync-server/postgres/folder-lock.ts';
import { startEmbeddedPostgres } from '../../sync-server/postgres/start-postgres.ts';

const CONNECTIONS = 4;

const [folder = ''] = process.argv.slice(2);
await lockDataFolder(folder);
const startedAt = performance.now();
const postgres = await startEmbeddedPostgres(folder, SILENT_LOG);
const { sql } = openDatabase(postgres.addressOf('postgres'), {
  log: SILENT_LOG,
  random: Math.random,
  connections: CONNECTIONS,
});
await sql`create table if not exists acked (id text primary key, padding text not null)`;
const found = await sql<{ id: string }[]>`select id from acked`;
say(`opened ${Math.round(performance.now() - startedAt)}`);
say(`found ${JSON.stringify(found.map((row) => row.id))}`);
say('ready');
await Promise.all(Array.from({ length: CONNECTIONS }, (_, connection) => write(connection)));

async function write(connection: number): Promise<void> {
  const padding = 'x'.repeat(600);
  for (let count = 0; ; count += 1) {
    const id = `${process.pid}-${connection}-${count}`;
    try {
      await sql`insert into acked (id, padding) values (${id}, ${padding})`;
      say(id);
    } catch {
      // The database was killed under us; it is started again, and this row was never acknowledged.
    }
  }
}

/**
 * Straight to the pipe: what was acknowledged must be known even if this process dies in the next instant. A pipe that
 * is full takes a part, or nothing for now.
 */
function say(line: string): void {
  let rest = Buffer.from(`${line}\n`);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(1, rest));
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}
