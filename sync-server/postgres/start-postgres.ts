// Starts the PostgreSQL that npm brought along, for one data folder, and keeps it running: durable settings, a
// Unix socket inside the database folder and no TCP, little memory. If it dies under us it is started again; if
// we die, the next start ends what was left (former-postmaster.ts).
//
// The database folder is handed over as the working directory of the process. On Linux PostgreSQL is told to use
// /proc/self/cwd, so it also works where its account could not walk to the folder (a project below /root), and
// the socket has a short name however deep the folder lies.

import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { DatabaseAddress } from '../db/database.ts';
import type { Log } from '../db/log.ts';
import { StartRefused } from '../db/start-refused.ts';
import { shortSocketFolder } from './socket-folder.ts';
import { chooseDatabaseAccount, type DatabaseAccount } from './database-account.ts';
import { DATABASE_USER, ensureDatabaseFolder, writeAccessRules } from './database-folder.ts';
import { folderArgument } from './folder-argument.ts';
import { clearFormerPostmaster } from './former-postmaster.ts';
import { findPlatformBinaries } from './platform-binaries.ts';
import { prepareRuntimeFolder } from './runtime-folder.ts';

export type EmbeddedPostgres = {
  /** How to reach a database of the cluster; `postgres` is always there. */
  readonly addressOf: (database: string) => DatabaseAddress;
  readonly databaseFolder: string;
  /** Process number of the postmaster now running, or null between a crash and the restart. */
  readonly pid: () => number | null;
  readonly wasInitialised: boolean;
  /** Fast shutdown with a checkpoint; harder after 20 s. */
  readonly stop: () => Promise<void>;
  /** Ends it at once, without a checkpoint; the next start recovers from the log. Nothing acknowledged is lost. */
  readonly kill: () => void;
};

type Runtime = {
  readonly programs: string;
  readonly folder: string;
  readonly account: DatabaseAccount;
  readonly log: Log;
};

const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 20_000;
const KILL_LIMIT_MS = 10_000;
const RESTART_PAUSE_MS = 50;
const RESTART_PAUSE_MAX_MS = 15_000;
/** Crashes this long ago no longer slow a restart down. */
const CRASHES_COUNT_MS = 600_000;
const LOG_TAIL_LINES = 12;

// Small memory and full durability. io_method=sync and no parallel workers: a till's queries are short.
const SERVER_SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '',
  unix_socket_directories: '.',
  unix_socket_permissions: '0700',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  max_connections: '40',
  shared_buffers: '32MB',
  work_mem: '4MB',
  maintenance_work_mem: '32MB',
  io_method: 'sync',
  jit: 'off',
  huge_pages: 'off',
  max_worker_processes: '2',
  max_parallel_workers_per_gather: '0',
  max_logical_replication_workers: '0',
  max_wal_senders: '0',
  wal_level: 'minimal',
  max_wal_size: '256MB',
  checkpoint_timeout: '15min',
  log_checkpoints: 'off',
  idle_in_transaction_session_timeout: '60s',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '',
};

/**
 * Initialises the cluster on first use, clears what a crash left, starts the server and returns when it accepts
 * connections. The caller holds the lock of the data folder. StartRefused with a sentence where it cannot.
 */
export async function startEmbeddedPostgres(dataFolder: string, log: Log): Promise<EmbeddedPostgres> {
  const binaries = findPlatformBinaries();
  const folder = path.join(path.resolve(dataFolder), 'postgres');
  const account = chooseDatabaseAccount({ data: path.resolve(dataFolder), database: folder });
  const programs = path.join(await prepareRuntimeFolder(binaries, account, path.resolve(dataFolder)), 'bin');
  const runtime: Runtime = { programs, folder, account, log };
  const wasInitialised = await ensureDatabaseFolder({ ...runtime, major: binaries.major });
  await writeAccessRules(folder, account);
  const supervised = await supervise(runtime);
  const socketFolder = await shortSocketFolder(folder);
  return {
    databaseFolder: folder,
    wasInitialised,
    pid: supervised.pid,
    addressOf: (database) => ({
      kind: 'socket',
      path: path.join(socketFolder.path, '.s.PGSQL.5432'),
      database,
      user: DATABASE_USER,
    }),
    async stop() {
      await supervised.stop();
      await socketFolder.remove();
    },
    kill: supervised.kill,
  };
}

async function supervise(runtime: Runtime): Promise<Pick<EmbeddedPostgres, 'pid' | 'stop' | 'kill'>> {
  let child: ChildProcess | null = null;
  let isStopping = false;
  let restarting: Promise<void> = Promise.resolve();
  const crashes: number[] = [];
  const stopping = new AbortController();

  const start = async (): Promise<void> => {
    await clearFormerPostmaster(runtime.folder, runtime.log);
    if (isStopping) return;
    const started = await spawnPostmaster(runtime);
    child = started;
    const onExit = (): void => {
      child = null;
      if (isStopping) return;
      restarting = restart();
    };
    if (hasExited(started)) onExit();
    else started.once('exit', onExit);
  };

  // A restart that fails is tried again, later each time, and never given up: a shop without its database can only
  // wait for it, and the tills go on by themselves meanwhile.
  const restart = async (): Promise<void> => {
    for (;;) {
      const now = Date.now();
      crashes.push(now);
      const recent = crashes.filter((at) => now - at < CRASHES_COUNT_MS).length;
      runtime.log.error({ recent }, 'postgres-died');
      const waitMs = Math.min(RESTART_PAUSE_MS * 2 ** (recent - 1), RESTART_PAUSE_MAX_MS);
      await pause(waitMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (isStopping) return;
      try {
        await start();
        runtime.log.info({}, 'postgres-restarted');
        return;
      } catch (error) {
        runtime.log.error({ error: String(error) }, 'postgres-restart-failed');
      }
    }
  };

  await start();
  return {
    pid: () => child?.pid ?? null,
    async stop() {
      isStopping = true;
      stopping.abort();
      await restarting;
      if (child !== null) await stopPostmaster(child);
    },
    kill() {
      isStopping = true;
      stopping.abort();
      child?.kill('SIGQUIT');
    },
  };
}

async function spawnPostmaster(runtime: Runtime): Promise<ChildProcess> {
  const { account, folder, programs, log } = runtime;
  const settings = Object.entries(SERVER_SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(path.join(programs, 'postgres'), ['-D', folderArgument(folder), ...settings], {
    cwd: folder,
    // A group of its own: Ctrl-C reaches the server, which stops PostgreSQL last.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC' },
    ...(account.differsFromServer ? { uid: account.uid, gid: account.gid } : {}),
  });
  const tail: string[] = [];
  await new Promise<void>((resolve, reject) => {
    const fail = (why: string): void => {
      clearTimeout(limit);
      child.removeAllListeners('exit');
      reject(
        new StartRefused(
          `The built-in PostgreSQL did not start (${why}). The data in ${folder} was not changed by this. ` +
            `Its last words: ${tail.join(' / ') || 'none'}`,
        ),
      );
    };
    const limit = setTimeout(() => {
      child.kill('SIGQUIT');
      fail(`not ready after ${START_LIMIT_MS / 1000} s`);
    }, START_LIMIT_MS);
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code, signal) => fail(`it ended with ${signal ?? `code ${code}`}`));
    child.stderr.setEncoding('utf8');
    child.stderr.on('data', (text: string) => {
      for (const line of text.split('\n')) {
        if (line === '') continue;
        tail.push(line);
        if (tail.length > LOG_TAIL_LINES) tail.shift();
        logLine(line, log);
        if (!line.includes('database system is ready to accept connections')) continue;
        clearTimeout(limit);
        child.removeAllListeners('exit');
        resolve();
      }
    });
  });
  return child;
}

function logLine(line: string, log: Log): void {
  if (/^(FATAL|PANIC|ERROR|WARNING):/u.test(line)) log.warn({ line }, 'postgres');
  else log.debug({ line }, 'postgres');
}

async function stopPostmaster(child: ChildProcess): Promise<void> {
  for (const [signal, limitMs] of [
    ['SIGINT', STOP_LIMIT_MS],
    ['SIGQUIT', KILL_LIMIT_MS],
    ['SIGKILL', KILL_LIMIT_MS],
  ] as const) {
    if (hasExited(child)) return;
    const exited = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await Promise.race([exited, pause(limitMs, undefined, { ref: false })]);
  }
}

function hasExited(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
