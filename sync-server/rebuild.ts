// `tsx sync-server/rebuild.ts`: drops the views (stock on hand, transactions, item sales, stock pages), folds them again
// from the first fact, and says of each whether it was right. Safe while the server runs: selling goes on, folding
// of a store waits until it is done.

import { parseArgs } from 'node:util';
import { SILENT_LOG } from './db/log.ts';
import { migrate } from './db/migrate.ts';
import { StartRefused } from './db/start-refused.ts';
import { openData } from './open-data.ts';
import { rebuildViews } from './projections/rebuild-views.ts';
import { readSettings, SETTINGS_HELP } from './settings.ts';

const HELP = `Usage: npx tsx sync-server/rebuild.ts

Drops all views, folds them again from the facts, and compares them byte for byte with what was there.
What was wrong is put right. Ends with "N passed, N failed, N unsupported"; a view that was wrong counts as failed.

${SETTINGS_HELP}`;

async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { help: { type: 'boolean' } } });
  if (values.help === true) {
    process.stdout.write(`${HELP}\n`);
    return 0;
  }
  const settings = readSettings(process.env, process.cwd());
  const data = await openData(settings, { log: SILENT_LOG, random: Math.random, alone: false });
  try {
    await migrate(data.database);
    const views = await rebuildViews(data.database, ({ storeId, view, rows, isEqual }) => {
      process.stdout.write(`${isEqual ? 'equal' : 'WRONG'}  ${storeId}  ${view}  ${rows} rows\n`);
    });
    const failed = views.filter((view) => !view.isEqual).length;
    process.stdout.write(`${views.length - failed} passed, ${failed} failed, 0 unsupported\n`);
    return failed === 0 ? 0 : 1;
  } finally {
    await data.close();
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (problem) {
  const sentences = problem instanceof StartRefused ? problem.sentences : [String(problem)];
  process.stderr.write(`${sentences.join('\n')}\n`);
  process.exitCode = 1;
}
