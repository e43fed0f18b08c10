// `npm run backup`: one file with everything the database holds, also while the server runs.

import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { writeBackup } from './backup/write-backup.ts';
import { StartRefused } from './db/start-refused.ts';
import { SILENT_LOG } from './db/log.ts';
import { migrate } from './db/migrate.ts';
import { openData } from './open-data.ts';
import { readSettings } from './settings.ts';

const HELP = `npm run backup -- [FILE]

Writes everything the database holds, as of one moment, into one compressed file, also while the server
runs. Reads the same settings as the server (DATABASE_URL, TILLANDSIA_DATA). The file holds customers,
keys and PIN verifiers: keep it where only you can read it, and on another disk.

  FILE      default: <data folder>/backups/tillandsia-<time>.backup
  --help    this text`;

const { values, positionals } = parseArgs({
  options: { help: { type: 'boolean', short: 'h' } },
  allowPositionals: true,
});
if (values.help === true) console.log(HELP);
else await run();

async function run(): Promise<void> {
  try {
    if (positionals.length > 1) throw new StartRefused('Give one file name, or none. `--help` says more.');
    const settings = readSettings(process.env, process.cwd());
    const nowMs = Date.now();
    const file = path.resolve(positionals[0] ?? defaultFile(settings.dataFolder, nowMs));
    const data = await openData(settings, { log: SILENT_LOG, random: Math.random, alone: false });
    try {
      // A running server has the tables of its own version; they are backed up as they are.
      if (!data.isServerRunning) await migrate(data.database);
      await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
      const written = await writeBackup(data.database, { file, dataFolder: settings.dataFolder, nowMs });
      for (const { name, rows } of written.tables) console.log(`${String(rows).padStart(10)} ${name}`);
      const rows = written.tables.reduce((sum, table) => sum + table.rows, 0);
      console.log(
        `\n${rows} rows in ${((Date.now() - nowMs) / 1000).toFixed(1)} s, ${(written.bytes / 1e6).toFixed(2)} MB: ${file}`,
      );
    } finally {
      await data.close();
    }
  } catch (error) {
    console.error(error instanceof StartRefused ? error.message : error);
    process.exitCode = 1;
  }
}

function defaultFile(dataFolder: string, nowMs: number): string {
  const time = new Date(nowMs).toISOString().replaceAll(/[:.]/gu, '-');
  return path.join(dataFolder, 'backups', `tillandsia-${time}.backup`);
}
