// A folder of PostgreSQL programs that the database account can really run. npm leaves out the symbolic links
// (they are listed in pg-symlinks.json and made by an install script that may not run), and a project below
// /root cannot be entered by another account. So: run in place where that works, otherwise run a copy, kept per
// version in a folder that everybody may enter and only root may write.

import { chmodSync, existsSync, lstatSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { cp, mkdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { StartRefused } from '../db/start-refused.ts';
import type { DatabaseAccount } from './database-account.ts';
import type { PlatformBinaries } from './platform-binaries.ts';

/** Folder with bin, lib and share, complete with links and runnable by the account. */
export async function prepareRuntimeFolder(
  binaries: PlatformBinaries,
  account: DatabaseAccount,
  dataFolder: string,
): Promise<string> {
  if (!account.differsFromServer || isReachableBy(account, binaries.nativeFolder)) {
    try {
      makeLinks(binaries.nativeFolder);
      return binaries.nativeFolder;
    } catch {
      // The package folder is read-only: a copy gets the links instead.
    }
  }
  const refusals: string[] = [];
  for (const place of copyPlaces(account, dataFolder)) {
    const folder = path.join(place, `postgresql-${binaries.version}`);
    try {
      await copyOnce(binaries.nativeFolder, folder);
      if (!account.differsFromServer || isReachableBy(account, folder)) return folder;
      refusals.push(`${folder} cannot be entered by ${account.name}`);
    } catch (error) {
      refusals.push(`${folder}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new StartRefused(
    `The PostgreSQL programs could not be put where the user ${account.name} may run them (${refusals.join('; ')}). ` +
      'Start Tillandsia as an ordinary user, or set DATABASE_URL.',
  );
}

/** Another account must be able to enter the copy; our own finds it in the data folder. */
function copyPlaces(account: DatabaseAccount, dataFolder: string): readonly string[] {
  if (!account.differsFromServer) return [path.join(dataFolder, 'runtime')];
  const name = `tillandsia-${process.getuid?.() ?? 0}`;
  return ['/var/cache/tillandsia', path.join(tmpdir(), name), path.join('/tmp', name)];
}

/** Can the account enter every folder on the way? Judged by mode bits alone; a wrong "no" only costs a copy. */
export function isReachableBy(account: { uid: number; gid: number }, folder: string): boolean {
  let current = path.resolve(folder);
  for (;;) {
    const { mode, uid, gid } = statSync(current);
    const shift = uid === account.uid ? 6 : gid === account.gid ? 3 : 0;
    if (((mode >> shift) & 0o5) !== 0o5) return false;
    const parent = path.dirname(current);
    if (parent === current) return true;
    current = parent;
  }
}

async function copyOnce(nativeFolder: string, folder: string): Promise<void> {
  const parent = path.dirname(folder);
  await mkdir(parent, { recursive: true, mode: 0o755 });
  const { uid, mode } = lstatSync(parent);
  if (uid !== process.getuid?.() || (mode & 0o022) !== 0) {
    throw new Error('somebody else may write there');
  }
  if (isWholeCopy(nativeFolder, folder)) return;
  const partial = `${folder}.partial-${process.pid}`;
  await rm(partial, { recursive: true, force: true });
  await cp(nativeFolder, partial, {
    recursive: true,
    dereference: false,
    filter: (source) => !source.endsWith('.a') && !lstatSync(source).isSymbolicLink(),
  });
  chmodSync(partial, 0o755);
  makeLinks(partial);
  // Another server that started at the same moment may have been quicker, and is running from there.
  if (isWholeCopy(nativeFolder, folder)) {
    await rm(partial, { recursive: true });
    return;
  }
  await rm(folder, { recursive: true, force: true });
  await rename(partial, folder);
}

function isWholeCopy(nativeFolder: string, folder: string): boolean {
  // The rename is atomic; sizes are compared because a power cut may leave names without content.
  return ['bin/postgres', 'bin/initdb', 'lib/libpq.so.5', 'share/postgresql/postgres.bki'].every((file) => {
    const copy = statSync(path.join(folder, file), { throwIfNoEntry: false });
    const source = statSync(path.join(nativeFolder, file), { throwIfNoEntry: false });
    return (
      source === undefined || (copy !== undefined && (file.startsWith('lib') || copy.size === source.size))
    );
  });
}

/** Makes the links that an install script would have made. Sources in the list are relative to the package. */
function makeLinks(folder: string): void {
  const listFile = path.join(folder, 'pg-symlinks.json');
  if (!existsSync(listFile)) return;
  const list: unknown = JSON.parse(readFileSync(listFile, 'utf8'));
  if (!Array.isArray(list)) throw new Error(`${listFile} is not a list`);
  for (const link of list) {
    const { source, target } = parseLink(link);
    const place = path.join(folder, path.relative('native', target));
    if (lstatSync(place, { throwIfNoEntry: false }) !== undefined) continue;
    symlinkSync(path.relative(path.dirname(target), source), place);
  }
}

function parseLink(link: unknown): { source: string; target: string } {
  if (typeof link === 'object' && link !== null && 'source' in link && 'target' in link) {
    const { source, target } = link;
    if (typeof source === 'string' && typeof target === 'string') return { source, target };
  }
  throw new Error('pg-symlinks.json holds something that is no link');
}
