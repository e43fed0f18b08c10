// What a crash leaves behind: a `postmaster.pid` whose process still runs without its server, is dead, is dead but
// not yet reaped (a zombie still counts as alive for PostgreSQL), or whose number now belongs to a stranger.
// Each is brought to "nobody runs here" before a start, without ever ending a process that is not ours. The
// caller holds the lock of the data folder, so a PostgreSQL found running here has no living server.
//
//   running ──SIGINT──► gone      (fast shutdown; SIGQUIT after a limit)
//   zombie  ──wait────► gone      (file removed when nobody reaps it)
//   stranger ─────────► file removed
//   children left ────► wait      (they notice a dead postmaster by themselves)

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { StartRefused } from '../db/start-refused.ts';
import type { Log } from '../db/log.ts';

type Finding = 'gone' | 'zombie' | 'stranger' | 'ours';

const FAST_SHUTDOWN_LIMIT_MS = 20_000;
const IMMEDIATE_SHUTDOWN_LIMIT_MS = 10_000;
const REAPING_LIMIT_MS = 3_000;
const CHILDREN_LIMIT_MS = 20_000;
const LOOK_EVERY_MS = 20;

/** Returns once no PostgreSQL runs on the folder; StartRefused when one cannot be ended. */
export async function clearFormerPostmaster(databaseFolder: string, log: Log): Promise<void> {
  const pid = readPid(path.join(databaseFolder, 'postmaster.pid'));
  if (pid === null) return;
  const finding = inspect(pid, databaseFolder);
  log.info({ finding, pid }, 'former-postmaster-found');
  if (finding === 'ours') await endPostmaster(pid, databaseFolder);
  if (finding === 'zombie') await until(REAPING_LIMIT_MS, () => inspect(pid, databaseFolder) !== 'zombie');
  await awaitChildren(databaseFolder);
  if (inspect(pid, databaseFolder) !== 'gone') removeLockFiles(databaseFolder);
}

function readPid(file: string): number | null {
  try {
    const pid = Number.parseInt(readFileSync(file, 'utf8').split('\n', 1)[0] ?? '', 10);
    return Number.isSafeInteger(pid) && pid > 0 ? pid : null;
  } catch {
    return null;
  }
}

function inspect(pid: number, databaseFolder: string): Finding {
  if (!exists(pid)) return 'gone';
  return process.platform === 'linux' ? inspectByProc(pid, databaseFolder) : inspectByPs(pid, databaseFolder);
}

function inspectByProc(pid: number, databaseFolder: string): Finding {
  try {
    // "1234 (postgres) S …": the state follows the name, which may itself hold brackets.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    if (stat.charAt(stat.lastIndexOf(')') + 2) === 'Z') return 'zombie';
    return isPostgresIn(pid, databaseFolder) ? 'ours' : 'stranger';
  } catch {
    return exists(pid) ? 'stranger' : 'gone';
  }
}

function inspectByPs(pid: number, databaseFolder: string): Finding {
  try {
    const line = execFileSync('ps', ['-o', 'state=,command=', '-p', String(pid)], {
      encoding: 'utf8',
    }).trim();
    if (line.startsWith('Z')) return 'zombie';
    return line.includes('postgres') && line.includes(databaseFolder) ? 'ours' : 'stranger';
  } catch {
    return 'gone';
  }
}

function isPostgresIn(pid: number | string, databaseFolder: string): boolean {
  try {
    if (readFileSync(`/proc/${pid}/comm`, 'utf8').trim() !== 'postgres') return false;
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(databaseFolder);
  } catch {
    // Another user's process, or one that has just ended.
    return false;
  }
}

async function endPostmaster(pid: number, databaseFolder: string): Promise<void> {
  const hasEnded = (): boolean => inspect(pid, databaseFolder) !== 'ours';
  signal(pid, 'SIGINT');
  if (await until(FAST_SHUTDOWN_LIMIT_MS, hasEnded)) return;
  signal(pid, 'SIGQUIT');
  if (await until(IMMEDIATE_SHUTDOWN_LIMIT_MS, hasEnded)) return;
  throw new StartRefused(
    `A PostgreSQL left by an earlier run (process ${pid}) is still running on ${databaseFolder} and does not stop. ` +
      `The data is safe. End it with: kill -QUIT ${pid} — then start again.`,
  );
}

async function awaitChildren(databaseFolder: string): Promise<void> {
  if (process.platform !== 'linux') return;
  const left = (): string[] =>
    readdirSync('/proc').filter((name) => /^\d+$/u.test(name) && isPostgresIn(name, databaseFolder));
  if (await until(CHILDREN_LIMIT_MS, () => left().length === 0)) return;
  throw new StartRefused(
    `Processes of an earlier PostgreSQL (${left().join(', ')}) still use ${databaseFolder}. The data is safe. ` +
      'End them, or restart the machine, then start again.',
  );
}

function removeLockFiles(databaseFolder: string): void {
  for (const name of ['postmaster.pid', '.s.PGSQL.5432', '.s.PGSQL.5432.lock']) {
    rmSync(path.join(databaseFolder, name), { force: true });
  }
}

async function until(limitMs: number, isSo: () => boolean): Promise<boolean> {
  for (let waitedMs = 0; waitedMs <= limitMs; waitedMs += LOOK_EVERY_MS) {
    if (isSo()) return true;
    await pause(LOOK_EVERY_MS);
  }
  return isSo();
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended between the look and the signal.
  }
}
