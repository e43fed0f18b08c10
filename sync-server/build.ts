// `npm run build`: builds both apps into .build, where the server finds them. A build whose sources have not
// changed is skipped unless `--force` says otherwise.

import { parseArgs } from 'node:util';
import { APPS, BUILD_FOLDER, buildApps } from './app-builds.ts';
import { StartRefused } from './db/start-refused.ts';

const HELP = `npm run build -- [--force]

Builds the till and the kiosk into ${BUILD_FOLDER}, with Brotli variants beside the files.
Apps whose sources have not changed since the last build are left as they are.

  --force   build all of them anyway
  --help    this text`;

const { values } = parseArgs({
  options: { force: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
});
if (values.help === true) {
  console.log(HELP);
} else {
  try {
    const built = await buildApps({ force: values.force === true, say: (line) => console.log(line) });
    for (const app of APPS) if (!built.includes(app)) console.log(`${app} is up to date.`);
  } catch (error) {
    console.error(error instanceof StartRefused ? error.message : error);
    process.exitCode = 1;
  }
}
