// Builds the two apps when their sources have changed since the last build, and leaves them alone otherwise, so
// that a second start is quick. What a build depends on is hashed file by file and written beside the result; a
// build is only stamped once it is whole. Two servers that start at once do not build at once.

import { createHash } from 'node:crypto';
import { open, readdir, readFile, rm, writeFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { StartRefused } from './db/start-refused.ts';

export const APPS = ['pos', 'kiosk'] as const;
export type AppName = (typeof APPS)[number];

export const PROJECT_FOLDER = path.join(import.meta.dirname, '..');
export const BUILD_FOLDER = path.join(PROJECT_FOLDER, '.build');

const STAMP_FILE = path.join(BUILD_FOLDER, 'stamp.json');
const LOCK_FILE = path.join(BUILD_FOLDER, 'lock');
const LOCK_LIMIT_MS = 300_000;
const LOCK_LOOK_MS = 200;

/** Whole-project files that both builds depend on; package-lock.json holds the version of every dependency. */
const COMMON_INPUTS = ['shared', 'vite.config.ts', 'package-lock.json', 'tsconfig.json'];
const NOT_BUILT = /\.test\.tsx?$|\.md$/u;

const COMPRESSIBLE = /\.(?:js|css|html|svg|json|webmanifest|wasm)$/u;
/** Below this a compressed variant saves no packet. */
const COMPRESS_FROM_BYTES = 1024;

/** Apps whose sources are not those of the last whole build. */
export async function findStaleApps(): Promise<readonly AppName[]> {
  const stamps = await readStamps();
  const stale: AppName[] = [];
  for (const app of APPS) {
    if (stamps[app] !== (await hashInputs(app))) stale.push(app);
  }
  return stale;
}

/** Builds the apps that are stale (all with `force`) and writes their Brotli variants. Returns those it built. */
export async function buildApps(options: {
  readonly force: boolean;
  readonly say: (line: string) => void;
}): Promise<readonly AppName[]> {
  await mkdir(BUILD_FOLDER, { recursive: true });
  const unlock = await takeLock();
  try {
    const apps = options.force ? APPS : await findStaleApps();
    for (const app of apps) {
      const inputs = await hashInputs(app);
      const startedAt = Date.now();
      await bundle(app);
      const compressed = await writeBrotliVariants(path.join(BUILD_FOLDER, app));
      await writeStamp(app, inputs);
      options.say(
        `Built ${app} in ${((Date.now() - startedAt) / 1000).toFixed(1)} s (${compressed} files compressed).`,
      );
    }
    return apps;
  } finally {
    await unlock();
  }
}

async function bundle(app: AppName): Promise<void> {
  const { build } = await import('vite').catch((error: unknown) => {
    throw new StartRefused(
      'The apps are not built yet, and the tool that builds them is not installed. ' +
        'Install everything with `npm ci`, or copy a .build folder from where it was built.',
      { cause: error },
    );
  });
  await build({
    configFile: path.join(PROJECT_FOLDER, 'vite.config.ts'),
    root: path.join(PROJECT_FOLDER, app),
    mode: app,
    logLevel: 'warn',
  });
}

/** SHA-256 over names and contents of everything that goes into one app. */
async function hashInputs(app: AppName): Promise<string> {
  const hash = createHash('sha256');
  for (const input of [app, path.join('public', app), ...COMMON_INPUTS]) {
    for (const file of await listFiles(path.join(PROJECT_FOLDER, input))) {
      const content = await readFile(file);
      hash.update(`${path.relative(PROJECT_FOLDER, file)}\0${content.length}\0`).update(content);
    }
  }
  return hash.digest('hex');
}

async function listFiles(place: string): Promise<readonly string[]> {
  const entries = await readdir(place, { withFileTypes: true, recursive: true }).catch(() => null);
  // Not a folder: a file by itself, or nothing.
  if (entries === null) return (await isFile(place)) ? [place] : [];
  return entries
    .filter((entry) => entry.isFile() && !NOT_BUILT.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

async function isFile(place: string): Promise<boolean> {
  return readFile(place).then(
    () => true,
    () => false,
  );
}

async function writeBrotliVariants(folder: string): Promise<number> {
  const compress = promisify(brotliCompress);
  const files = (await listFiles(folder)).filter((file) => COMPRESSIBLE.test(file));
  const written = await Promise.all(
    files.map(async (file) => {
      const content = await readFile(file);
      if (content.length < COMPRESS_FROM_BYTES) return 0;
      const packed = await compress(content, {
        params: {
          [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
          [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
        },
      });
      if (packed.length >= content.length) return 0;
      await writeFile(`${file}.br`, packed);
      return 1;
    }),
  );
  return written.reduce<number>((sum, one) => sum + one, 0);
}

async function readStamps(): Promise<Readonly<Partial<Record<AppName, string>>>> {
  try {
    // Only ever written by writeStamp; anything else in it compares as stale.
    return JSON.parse(await readFile(STAMP_FILE, 'utf8')) as Partial<Record<AppName, string>>;
  } catch {
    return {};
  }
}

async function writeStamp(app: AppName, inputs: string): Promise<void> {
  await writeFile(STAMP_FILE, `${JSON.stringify({ ...(await readStamps()), [app]: inputs }, null, 2)}\n`);
}

async function takeLock(): Promise<() => Promise<void>> {
  const deadline = Date.now() + LOCK_LIMIT_MS;
  for (;;) {
    try {
      const handle = await open(LOCK_FILE, 'wx');
      await handle.writeFile(String(process.pid));
      await handle.close();
      return () => rm(LOCK_FILE, { force: true });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    if ((await isLeftOver()) || Date.now() > deadline) await rm(LOCK_FILE, { force: true });
    await pause(LOCK_LOOK_MS);
  }
}

async function isLeftOver(): Promise<boolean> {
  const pid = Number(await readFile(LOCK_FILE, 'utf8').catch(() => ''));
  // Empty for a moment while it is being written.
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}
