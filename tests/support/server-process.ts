// The product's own server as a process of its own: its own port, its own data folder, started as `npm start` starts
// it, stopped as an operator stops it or killed as a power switch does. Its database is the embedded PostgreSQL.

import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { endWithUs } from './end-with-us.ts';
import { freePort } from './free-port.ts';
import { PROJECT_ROOT } from './run-command.ts';

/** A first start makes a database cluster and a demo store; on a busy machine of two cores that takes a while. */
const READY_TIMEOUT_MS = 180_000;
const STOP_TIMEOUT_MS = 30_000;

export type ServerProcess = {
  readonly url: string;
  readonly port: number;
  readonly dataFolder: string;
  /** Everything the server has written since the first start. */
  log(): string;
  isRunning(): boolean;
  /** Process id of the running server, null before the first start. */
  pid(): number | null;
  /** Starts it and resolves when /readyz says yes; rejects with the log when it ends before that. */
  start(): Promise<void>;
  /** SIGTERM, and waits for the end; returns the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL to the server alone; PostgreSQL stays behind as an orphan, as it would. */
  kill(): Promise<void>;
  /** SIGKILL to the embedded PostgreSQL alone. Returns false when no postmaster runs. */
  killPostgres(): Promise<boolean>;
  /** Stops everything and removes the data folder. */
  dispose(): Promise<void>;
};

export type ServerOptions = {
  readonly port?: number;
  readonly dataFolder?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Serves the built apps of this folder; without it the server builds them, as `npm start` does. */
  readonly appsFolder?: string;
  /** For a very large demo store. */
  readonly readyTimeoutMs?: number;
};

/** Prepares a server without starting it. */
export async function makeServerProcess(options: ServerOptions = {}): Promise<ServerProcess> {
  const port = options.port ?? (await freePort());
  const ownsFolder = options.dataFolder === undefined;
  const dataFolder = options.dataFolder ?? mkdtempSync(path.join(tmpdir(), 'tillandsia-data-'));
  const url = `http://127.0.0.1:${port}`;
  const written: string[] = [];
  let child: ChildProcess | null = null;
  let ended: Promise<number | null> = Promise.resolve(null);

  const isRunning = (): boolean => child !== null && child.exitCode === null && child.signalCode === null;

  const launch = (): void => {
    const program =
      options.appsFolder === undefined
        ? ['sync-server/start.ts']
        : ['tests/support/serve-apps.ts', options.appsFolder];
    const started = spawn(process.execPath, ['--import', 'tsx', ...program], {
      cwd: PROJECT_ROOT,
      env: {
        ...process.env,
        PORT: String(port),
        HOST: '127.0.0.1',
        TILLANDSIA_DATA: dataFolder,
        DEMO_ITEMS: '600',
        LOG_LEVEL: 'warn',
        ...options.env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own: a Ctrl-C in the terminal reaches the test, which then stops the server in order.
      detached: true,
    });
    endWithUs(started, 'TERM');
    const keep = (chunk: Buffer): void => void written.push(chunk.toString('utf8'));
    started.stdout.on('data', keep);
    started.stderr.on('data', keep);
    ended = new Promise((resolve) => {
      started.once('exit', (code) => resolve(code));
    });
    child = started;
  };

  const server: ServerProcess = {
    url,
    port,
    dataFolder,
    log: () => written.join(''),
    isRunning,
    pid: () => child?.pid ?? null,
    start: async () => {
      if (isRunning()) throw new Error('the server runs already');
      launch();
      const limitMs = options.readyTimeoutMs ?? READY_TIMEOUT_MS;
      const deadline = Date.now() + limitMs;
      while (Date.now() < deadline) {
        if (!isRunning()) throw new Error(`the server ended before it was ready:\n${written.join('')}`);
        if (await isReady(url)) return;
        await delay(50);
      }
      throw new Error(`the server was not ready after ${limitMs / 1000} s:\n${written.join('')}`);
    },
    stop: async () => {
      if (!isRunning()) return child?.exitCode ?? null;
      child?.kill('SIGTERM');
      const late = new AbortController();
      const code = await Promise.race([
        ended,
        delay(STOP_TIMEOUT_MS, 'late' as const, { signal: late.signal }).catch(() => 'late' as const),
      ]);
      late.abort();
      if (code !== 'late') return code;
      child?.kill('SIGKILL');
      throw new Error(`the server did not stop within ${STOP_TIMEOUT_MS / 1000} s:\n${written.join('')}`);
    },
    kill: async () => {
      child?.kill('SIGKILL');
      await ended;
    },
    killPostgres: async () => {
      const pid = postmasterPid(dataFolder);
      if (pid === null) return false;
      process.kill(pid, 'SIGKILL');
      await hasEnded(pid);
      return true;
    },
    dispose: async () => {
      if (isRunning()) await server.stop();
      // After a kill of the server its PostgreSQL may still run; the data folder is about to go, so nothing is lost.
      const pid = postmasterPid(dataFolder);
      if (pid !== null) {
        process.kill(pid, 'SIGQUIT');
        await hasEnded(pid);
      }
      if (ownsFolder) rmSync(dataFolder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  return server;
}

/** Makes a server and starts it. */
export async function startServer(options: ServerOptions = {}): Promise<ServerProcess> {
  const server = await makeServerProcess(options);
  try {
    await server.start();
  } catch (error) {
    await server.dispose().catch(() => undefined);
    throw error;
  }
  return server;
}

async function isReady(url: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2000) });
    return answer.ok;
  } catch {
    return false;
  }
}

/** The running postmaster of the embedded database below the data folder, by its own pid file. */
export function postmasterPid(dataFolder: string): number | null {
  if (!existsSync(dataFolder)) return null;
  // The cluster lies in the data folder or one or two levels below it, as the server likes.
  const places = [
    '.',
    ...foldersIn(dataFolder),
    ...foldersIn(dataFolder).flatMap((name) => foldersIn(dataFolder, name)),
  ];
  const file = places
    .map((place) => path.join(dataFolder, place, 'postmaster.pid'))
    .find((name) => existsSync(name));
  if (file === undefined) return null;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  return Number.isInteger(pid) && pid > 1 && isAlive(pid) ? pid : null;
}

async function hasEnded(pid: number): Promise<void> {
  for (let waited = 0; isAlive(pid); waited += 1) {
    if (waited > 1500) throw new Error(`process ${pid} is still there 30 s after it was ended`);
    await delay(20);
  }
}

function foldersIn(folder: string, below = '.'): string[] {
  return readdirSync(path.join(folder, below), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => path.join(below, entry.name));
}

/** Alive and not only a zombie that nobody has collected. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return !existsSync('/proc/self');
  }
}
