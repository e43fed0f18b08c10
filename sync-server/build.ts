// `npm run build`: builds both apps and the server into .build, where `npm start` finds them. A part whose sources
// have not changed is skipped unless `--force` says otherwise.

import { parseArgs } from 'node:util';
import { buildParts } from './build/build-parts.ts';
import { BUILD_FOLDER, PARTS } from './build/places.ts';
import { StartRefused } from './db/start-refused.ts';

const HELP = `npm run build -- [--force]

Builds the till, the kiosk, the shop and the server into ${BUILD_FOLDER}.
Parts whose sources have not changed since their last build are left as they are.

  --force   build all of them anyway
  --help    this text`;

const { values } = parseArgs({
  options: { force: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
});
if (values.help === true) {
  console.log(HELP);
} else {
  try {
    const built = await buildParts({ force: values.force === true, say: (line) => console.log(line) });
    for (const part of PARTS) if (!built.includes(part)) console.log(`${part} is up to date.`);
  } catch (error) {
    console.error(error instanceof StartRefused ? error.message : error);
    process.exitCode = 1;
  }
}
