// Builds the parts whose sources have changed since their last build, and leaves the others alone, so that a
// second start is quick. A part is stamped with the hash of its inputs once it is whole. Two servers that start
// at once do not build at once.

import { mkdir, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { hashInputs } from './build-inputs.ts';
import { bundle } from './bundle.ts';
import { BUILD_FOLDER, PARTS, SERVER_BUNDLE, type Part } from './places.ts';

const STAMP_FILE = path.join(BUILD_FOLDER, 'stamp.json');
const LOCK_FILE = path.join(BUILD_FOLDER, 'lock');
const LOCK_LIMIT_MS = 300_000;
const LOCK_LOOK_MS = 200;

/** A file that every whole build of the part has. */
const RESULTS: Readonly<Record<Part, string>> = {
  pos: path.join(BUILD_FOLDER, 'pos', 'index.html'),
  kiosk: path.join(BUILD_FOLDER, 'kiosk', 'index.html'),
  shop: path.join(BUILD_FOLDER, 'shop', 'index.html'),
  server: SERVER_BUNDLE,
};

/** Parts whose sources are not those of their last whole build. */
export async function findStaleParts(): Promise<readonly Part[]> {
  const [inputs, stamps] = await Promise.all([hashInputs(), readStamps()]);
  const stale: Part[] = [];
  for (const part of PARTS) {
    if (stamps[part] !== inputs[part] || !(await isThere(RESULTS[part]))) stale.push(part);
  }
  return stale;
}

/** Builds the parts that are stale (all with `force`). Returns those it built. */
export async function buildParts(options: {
  readonly force: boolean;
  readonly say: (line: string) => void;
}): Promise<readonly Part[]> {
  await mkdir(BUILD_FOLDER, { recursive: true });
  const unlock = await takeLock();
  try {
    const parts = options.force ? PARTS : await findStaleParts();
    // Before the builds: sources that change meanwhile make the result stale at once, as they should.
    const inputs = await hashInputs();
    for (const part of parts) {
      const startedAt = Date.now();
      await bundle(part);
      await writeStamp(part, inputs[part]);
      options.say(`Built ${part} in ${((Date.now() - startedAt) / 1000).toFixed(1)} s.`);
    }
    return parts;
  } finally {
    await unlock();
  }
}

async function readStamps(): Promise<Readonly<Partial<Record<Part, string>>>> {
  try {
    // Only ever written by writeStamp; anything else in it compares as stale.
    return JSON.parse(await readFile(STAMP_FILE, 'utf8')) as Partial<Record<Part, string>>;
  } catch {
    return {};
  }
}

async function writeStamp(part: Part, inputs: string): Promise<void> {
  await writeFile(STAMP_FILE, `${JSON.stringify({ ...(await readStamps()), [part]: inputs }, null, 2)}\n`);
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

async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
