// Makes the database folder once, and decides who may connect to it. Initialising happens in a folder of another
// name that is renamed when whole, so a start that was cut off leaves nothing that looks like a database.
// Access: only the server's own system user, proved by the kernel (peer); there is no password to lose.

import { execFile } from 'node:child_process';
import { chown, mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Log } from '../db/log.ts';
import { StartRefused } from '../db/start-refused.ts';
import type { DatabaseAccount } from './database-account.ts';
import { folderArgument } from './folder-argument.ts';

export const DATABASE_USER = 'tillandsia';

type Place = {
  readonly programs: string;
  readonly folder: string;
  readonly account: DatabaseAccount;
  readonly major: number;
  readonly log: Log;
};

const INITIALISE_LIMIT_MS = 120_000;

/** True when the folder had to be made. StartRefused when it holds another version or cannot be read. */
export async function ensureDatabaseFolder(place: Place): Promise<boolean> {
  const found = await readMajor(place.folder);
  if (found === place.major) return false;
  if (found !== null) {
    throw new StartRefused(
      `The database in ${place.folder} was made by PostgreSQL ${found}; this version of Tillandsia brings ` +
        `PostgreSQL ${place.major}. The data is safe. Make a backup with the version that wrote it (npm run backup), ` +
        'move the folder away, start again and restore the backup (npm run restore).',
    );
  }
  await initialise(place);
  return true;
}

async function readMajor(folder: string): Promise<number | null> {
  try {
    return Number.parseInt(await readFile(path.join(folder, 'PG_VERSION'), 'utf8'), 10);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' && !(await exists(folder))) return null;
    throw new StartRefused(
      code === 'EACCES'
        ? `The database in ${folder} belongs to another user (it was probably started as root before). ` +
            'The data is safe. Start as that user again, or give the data folder to this one (chown -R).'
        : `${folder} is there but holds no PostgreSQL database. Nothing was changed. ` +
            'Move it away, or name another data folder with TILLANDSIA_DATA.',
      { cause: error },
    );
  }
}

async function initialise({ programs, folder, account, log }: Place): Promise<void> {
  const startedAt = Date.now();
  const partial = `${folder}.unfinished`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { mode: 0o700 });
  if (account.differsFromServer) await chown(partial, account.uid, account.gid);
  const options = ['--encoding=UTF8', '--no-locale', '--data-checksums', '--auth=peer'];
  try {
    await promisify(execFile)(
      path.join(programs, 'initdb'),
      ['-D', folderArgument(partial), `--username=${DATABASE_USER}`, ...options],
      {
        cwd: partial,
        timeout: INITIALISE_LIMIT_MS,
        env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC' },
        ...(account.differsFromServer ? { uid: account.uid, gid: account.gid } : {}),
      },
    );
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error);
    throw new StartRefused(
      `A new database could not be made in ${folder}: ${said.split('\n').slice(-3).join(' / ')}. ` +
        'Check that the disk has 100 MB free, or set DATABASE_URL.',
      { cause: error },
    );
  }
  await rename(partial, folder);
  await flushFolder(path.dirname(folder));
  log.info({ tookMs: Date.now() - startedAt, account: account.name }, 'database-folder-made');
}

/** Written at every start, because the server's user may have changed since the last one. */
export async function writeAccessRules(folder: string, account: DatabaseAccount): Promise<void> {
  // Root may do everything on the machine anyway; tools are often run as root beside an ordinary server.
  const names = [...new Set([serverUserName(), account.name, 'root'])];
  const mapped = names.map((name) => `server "${name}" ${DATABASE_USER}\n`).join('');
  await writeOwned(path.join(folder, 'pg_ident.conf'), mapped, account);
  await writeOwned(path.join(folder, 'pg_hba.conf'), `local all ${DATABASE_USER} peer map=server\n`, account);
}

function serverUserName(): string {
  return userInfo().username;
}

async function writeOwned(file: string, text: string, account: DatabaseAccount): Promise<void> {
  if ((await readFile(file, 'utf8').catch(() => null)) === text) return;
  await writeFile(file, text, { mode: 0o600 });
  if (account.differsFromServer) await chown(file, account.uid, account.gid);
}

async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function exists(folder: string): Promise<boolean> {
  return stat(folder).then(
    () => true,
    () => false,
  );
}
