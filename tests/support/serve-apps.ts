// The server from its sources, with the built apps of a folder of the caller's choice: `tsx serve-apps.ts FOLDER`.
// `npm start` builds first and serves what it has built; whoever develops, or changes the build under a running shop,
// wants neither.

import path from 'node:path';
import { BUILD_FOLDER } from '../../sync-server/build/places.ts';
import { serve } from '../../sync-server/serve.ts';

const [folder] = process.argv.slice(2);
await serve({ appsFolder: folder === undefined ? BUILD_FOLDER : path.resolve(folder) });
