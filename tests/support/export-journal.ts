// Writes journals out of a server's database in the format of tests/verify-journal: for each workstation a header
// line with its public key and head, then its entries in order, one canonical line each. A cursor reads the entries,
// so that a journal of any length fits into memory.

import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { pipeline } from 'node:stream/promises';
import { Readable, type Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import { pathToFileURL } from 'node:url';
import { canonicalJson } from '../../shared/domain/canonical-json.ts';
import { openServerDatabase, type ServerDatabase } from './server-database.ts';

const HELP = `Usage: tsx tests/support/export-journal.ts [--data FOLDER | --database URL] [--workstation ID]… [OUT]

Exports journals for npm run verify-journal; all of them, or those named. Without OUT they go to standard output.
The server may be running. Default: the data folder .data.`;

const ROWS_PER_READ = 500;

/** The lines of an export, each with its end. */
export async function* journalLines(
  database: ServerDatabase,
  only: readonly string[] | null = null,
): AsyncGenerator<string> {
  const workstations = await database<WorkstationRow[]>`
    select id, public_key, head_epoch, head_sequence, head_hash from workstation order by id`;
  for (const workstation of workstations) {
    if (only !== null && !only.includes(workstation.id)) continue;
    yield `${canonicalJson(headerOf(workstation))}\n`;
    const rows = database<{ body: string }[]>`
      select body from fact where workstation_id = ${workstation.id}
        and (epoch, sequence) <= (${workstation.head_epoch}, ${workstation.head_sequence})
      order by epoch, sequence`.cursor(ROWS_PER_READ);
    for await (const part of rows) {
      for (const { body } of part) yield `${canonicalLine(body)}\n`;
    }
  }
}

/** Writes an export to a file. */
export async function exportJournals(database: ServerDatabase, file: string): Promise<void> {
  await pipeline(Readable.from(journalLines(database)), createWriteStream(file));
}

/** An entry that has no canonical form goes out as it is kept, for the verifier to name it. */
function canonicalLine(body: string): string {
  try {
    return canonicalJson(JSON.parse(body));
  } catch {
    return body;
  }
}

type WorkstationRow = {
  readonly id: string;
  readonly public_key: string;
  readonly head_epoch: number;
  readonly head_sequence: number;
  readonly head_hash: string;
};

function headerOf(row: WorkstationRow): object {
  // The column holds the JWK that the workstation sent when it was enrolled.
  const { crv, kty, x, y } = JSON.parse(row.public_key) as Record<'crv' | 'kty' | 'x' | 'y', string>;
  return {
    workstation: row.id,
    publicKey: { crv, kty, x, y },
    head: { epoch: row.head_epoch, sequence: row.head_sequence, hash: row.head_hash },
  };
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      help: { type: 'boolean', default: false },
      data: { type: 'string', default: process.env['TILLANDSIA_DATA'] ?? '.data' },
      database: { type: 'string' },
      workstation: { type: 'string', multiple: true },
    },
  });
  if (values.help) {
    process.stdout.write(`${HELP}\n`);
    return;
  }
  const url = values.database ?? process.env['DATABASE_URL'];
  const database = openServerDatabase(url === undefined ? { dataFolder: values.data } : { url });
  const [out] = positionals;
  const target: Writable = out === undefined ? process.stdout : createWriteStream(out);
  try {
    for await (const line of journalLines(database, values.workstation ?? null)) {
      if (!target.write(line)) await once(target, 'drain');
    }
    if (out !== undefined) target.end();
  } finally {
    await database.end();
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await main();
