// Other people's servers and stores that we are measured beside. They are installed into .cache/bench with the
// ordinary npm client the first time and are never dependencies of ours.

import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { endWithUs } from '../support/end-with-us.ts';
import { freePort } from '../support/free-port.ts';
import { PROJECT_ROOT, runCommand } from '../support/run-command.ts';

const PACKAGES = {
  pouchdb: ['pouchdb@9.0.0', 'express-pouchdb@4.2.0', 'express@4.22.3'],
  // rxdb-server wants express 4, and brings neither it nor cors.
  'rxdb-server': ['rxdb-server@15.22.0', 'rxdb@15.39.0', 'express@4.22.3', 'cors@2.8.6', 'rxjs@7.8.2'],
} as const;

export type PeerName = keyof typeof PACKAGES;

export type PeerServer = { readonly url: string; readonly pid: number; stop(): Promise<void> };

const INSTALL_TIMEOUT_MS = 10 * 60_000;
const START_TIMEOUT_MS = 30_000;

/** The folder with `node_modules` of that peer; installs it if it is not there yet. */
export async function installPeer(name: PeerName): Promise<string> {
  const folder = path.join(PROJECT_ROOT, '.cache', 'bench', name);
  const done = path.join(folder, 'installed.json');
  if (existsSync(done)) return folder;
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), '{"private":true}\n');
  const { code, output } = await runCommand(
    'npm',
    ['install', '--no-audit', '--no-fund', '--save-exact', ...PACKAGES[name]],
    { cwd: folder, timeoutMs: INSTALL_TIMEOUT_MS },
  );
  if (code !== 0) throw new Error(`npm could not install ${PACKAGES[name].join(' ')}:\n${output}`);
  writeFileSync(done, `${JSON.stringify(PACKAGES[name])}\n`);
  return folder;
}

/** Starts tests/bench/peers/<script> and waits until it says that it is ready. */
export async function startPeer(script: 'rxdb-server' | 'express-pouchdb'): Promise<PeerServer> {
  const installed = await installPeer(script === 'rxdb-server' ? 'rxdb-server' : 'pouchdb');
  const dataFolder = mkdtempSync(path.join(tmpdir(), 'tillandsia-peer-'));
  const port = await freePort();
  const file = fileURLToPath(new URL(`./peers/${script}.mjs`, import.meta.url));
  const child = spawn(process.execPath, [file, installed, String(port), dataFolder], {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  endWithUs(child, 'KILL');
  await isReady(child, script);
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
      rmSync(dataFolder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function isReady(child: ChildProcess, script: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = '';
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`${script} was not ready after ${START_TIMEOUT_MS / 1000} s:\n${output}`));
    }, START_TIMEOUT_MS);
    const hear = (chunk: Buffer): void => {
      output += chunk.toString('utf8');
      if (!/^ready \d+$/m.test(output)) return;
      clearTimeout(timer);
      resolve();
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`${script} ended with code ${code}:\n${output}`));
    });
  });
}
