// `npm run restore`: puts a backup into an empty data folder or database, or in place of what is there.

import path from 'node:path';
import { parseArgs } from 'node:util';
import { restoreBackup } from './backup/restore-backup.ts';
import { SILENT_LOG } from './db/log.ts';
import { StartRefused } from './db/start-refused.ts';
import { openData } from './open-data.ts';
import { readSettings } from './settings.ts';

const HELP = `npm run restore -- FILE [--replace]

Puts the backup FILE back, all of it or nothing. The file is checked from end to end first, and what was
written is read back and compared before it counts. The server must be stopped. Workstations that sold
something after the backup was made send it again by themselves when the server is back.

  --replace  drop what the database holds now; without it only an empty one is filled
  --help     this text`;

const { values, positionals } = parseArgs({
  options: { help: { type: 'boolean', short: 'h' }, replace: { type: 'boolean' } },
  allowPositionals: true,
});
if (values.help === true) console.log(HELP);
else await run();

async function run(): Promise<void> {
  try {
    const [name] = positionals;
    if (name === undefined || positionals.length > 1) {
      throw new StartRefused('Say which backup to restore: npm run restore -- FILE. `--help` says more.');
    }
    const settings = readSettings(process.env, process.cwd());
    const startedAt = Date.now();
    const data = await openData(settings, { log: SILENT_LOG, random: Math.random, alone: true });
    try {
      const { header, end } = await restoreBackup(data.database, {
        file: path.resolve(name),
        dataFolder: settings.dataFolder,
        replace: values.replace === true,
      });
      for (const table of end.tables) console.log(`${String(table.rows).padStart(10)} ${table.name}`);
      const rows = end.tables.reduce((sum, table) => sum + table.rows, 0);
      console.log(
        `\n${rows} rows of ${header.madeAt} restored and compared in ${((Date.now() - startedAt) / 1000).toFixed(1)} s.`,
      );
    } finally {
      await data.close();
    }
  } catch (error) {
    console.error(error instanceof StartRefused ? error.message : error);
    process.exitCode = 1;
  }
}
