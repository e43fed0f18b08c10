// Where sources and builds lie, and which parts are built: the two apps and the shop for browsers, and the server as one file
// (hundreds of small modules take longer to load than all the rest of a start).

import path from 'node:path';

export const PARTS = ['pos', 'kiosk', 'shop', 'server'] as const;
export type Part = (typeof PARTS)[number];

export const PROJECT_FOLDER = path.join(import.meta.dirname, '..', '..');
export const BUILD_FOLDER = path.join(PROJECT_FOLDER, '.build');
/** What start.ts loads; it exports what serve.ts exports. */
export const SERVER_BUNDLE = path.join(BUILD_FOLDER, 'server', 'serve.mjs');
