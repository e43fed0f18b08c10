// `npm start`: builds what has changed, then loads the built server and lets it run (serve.ts). This file imports
// little, so that a start without changes is quick.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { findStaleParts } from './build/build-parts.ts';
import { BUILD_FOLDER, PROJECT_FOLDER, SERVER_BUNDLE } from './build/places.ts';
import { SETTINGS_HELP } from './settings.ts';

const HELP = `npm start

Starts Tillandsia: the server, its database, the till at /pos/, the kiosk at /kiosk/ and the shop at /shop/.
The first start makes a database and a demo store; Ctrl-C stops everything.

${SETTINGS_HELP}`;

const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } });
if (values.help === true) {
  console.log(HELP);
} else if (await buildIfStale()) {
  // Proof of the cast: the bundle is built from that file, and from nothing else.
  const { serve } = (await import(pathToFileURL(SERVER_BUNDLE).href)) as typeof import('./serve.ts');
  await serve({ appsFolder: BUILD_FOLDER });
} else {
  console.error(
    'The apps could not be built (see above). The data was not touched. `npm ci` puts the tools right; ' +
      '`npm run build` shows the whole error.',
  );
  process.exitCode = 1;
}

/** Builds in a process of its own, whose memory is not the server's. False when that fails. */
async function buildIfStale(): Promise<boolean> {
  const stale = await findStaleParts();
  if (stale.length === 0) return true;
  console.log(`Building ${stale.join(', ')} (the sources have changed) …`);
  const build = spawn(process.execPath, [...process.execArgv, path.join(import.meta.dirname, 'build.ts')], {
    cwd: PROJECT_FOLDER,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = await once(build, 'exit');
  return code === 0;
}
