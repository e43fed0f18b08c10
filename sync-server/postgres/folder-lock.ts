// One server per data folder. Two things are held: a name in the kernel that vanishes with the process (an
// abstract Unix socket on Linux), and `server.lock`, which says to people and to other machines who holds the
// folder. The file is touched while the server lives, so that a server in another container or on another
// machine with the same volume is noticed by its heartbeat, where process numbers mean nothing.

import { createHash } from 'node:crypto';
import { readFileSync, rmSync, utimesSync, statSync, realpathSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { hostname } from 'node:os';
import path from 'node:path';
import { StartRefused } from '../db/start-refused.ts';

export type FolderLock = { readonly release: () => Promise<void> };

type Holder = { readonly pid: number; readonly hostname: string };

const HEARTBEAT_MS = 5_000;
/** A lock of another machine that nobody has touched for so long is left over. */
const FOREIGN_LOCK_LIVES_MS = 20_000;

/** Takes the data folder for this process (making it if need be), or StartRefused saying who has it. */
export async function lockDataFolder(dataFolder: string): Promise<FolderLock> {
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  const folder = realpathSync(dataFolder);
  const file = path.join(folder, 'server.lock');
  const kernelName = process.platform === 'linux' ? await claimKernelName(folder) : null;
  const holder = readHolder(file);
  if (kernelName === 'taken' || (holder !== null && isHeldElsewhere(file, holder, kernelName !== null))) {
    if (kernelName !== null && kernelName !== 'taken') await closed(kernelName);
    throw inUse(folder, holder);
  }
  const partial = `${file}.${process.pid}`;
  await writeFile(partial, `${JSON.stringify({ pid: process.pid, hostname: hostname() })}\n`, {
    mode: 0o600,
  });
  await rename(partial, file);
  const heartbeat = setInterval(() => touch(file), HEARTBEAT_MS);
  heartbeat.unref();
  return {
    async release() {
      clearInterval(heartbeat);
      if (readHolder(file)?.pid === process.pid) rmSync(file, { force: true });
      if (kernelName !== null) await closed(kernelName);
    },
  };
}

/** Who holds the folder according to its lock file; null when nobody says so. */
export function readFolderHolder(dataFolder: string): Holder | null {
  return readHolder(path.join(dataFolder, 'server.lock'));
}

function claimKernelName(folder: string): Promise<Server | 'taken'> {
  const { dev, ino } = statSync(folder);
  const name = createHash('sha256').update(`${dev}:${ino}`).digest('hex').slice(0, 32);
  const server = createServer((socket) => socket.destroy());
  server.unref();
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve('taken') : reject(error),
    );
    server.listen({ path: `\0tillandsia-${name}`, exclusive: true }, () => resolve(server));
  });
}

function isHeldElsewhere(file: string, holder: Holder, kernelDecides: boolean): boolean {
  if (holder.hostname !== hostname()) return Date.now() - statSync(file).mtimeMs < FOREIGN_LOCK_LIVES_MS;
  return !kernelDecides && holder.pid !== process.pid && isAlive(holder.pid);
}

function inUse(folder: string, holder: Holder | null): StartRefused {
  const who =
    holder === null
      ? 'Another Tillandsia server'
      : holder.hostname === hostname()
        ? `Another Tillandsia server (process ${holder.pid})`
        : `A Tillandsia server on the machine ${holder.hostname} (process ${holder.pid} there)`;
  return new StartRefused(
    `${who} is already using the data folder ${folder}. Nothing was changed. ` +
      'Stop that server first, or give this one a folder of its own: TILLANDSIA_DATA=/another/folder npm start',
  );
}

function readHolder(file: string): Holder | null {
  try {
    const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof parsed !== 'object' || parsed === null || !('pid' in parsed) || !('hostname' in parsed))
      return null;
    const { pid, hostname: host } = parsed;
    return typeof pid === 'number' && typeof host === 'string' ? { pid, hostname: host } : null;
  } catch {
    // A lock file that is missing or half-written says nothing; the kernel's name still decides.
    return null;
  }
}

function touch(file: string): void {
  try {
    const now = new Date();
    utimesSync(file, now, now);
  } catch {
    // The folder is gone or read-only; PostgreSQL will say so more loudly than a heartbeat can.
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function closed(server: Server | 'taken'): Promise<void> {
  return new Promise((resolve) => {
    if (server === 'taken') resolve();
    else server.close(() => resolve());
  });
}
