// `npm run dev` as a developer uses it: one terminal, both apps through Vite, the demo store behind them, and after
// Ctrl-C nothing is left running.

import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { PROJECT_ROOT } from '../support/run-command.ts';

const READY_LIMIT_MS = 110_000;

let folder = '';
let apps = '';
let server = '';
let dev: ChildProcess;
const said: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'tillandsia-dev-'));
  const [port, posPort, kioskPort] = [await freePort(), await freePort(), await freePort()];
  apps = `http://127.0.0.1:${posPort}`;
  server = `http://127.0.0.1:${port}`;
  dev = spawn(process.execPath, ['--import', 'tsx', 'tests/support/dev.ts'], {
    cwd: PROJECT_ROOT,
    env: {
      ...process.env,
      PORT: String(port),
      POS_PORT: String(posPort),
      KIOSK_PORT: String(kioskPort),
      TILLANDSIA_DATA: folder,
      DEMO_ITEMS: '50',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  for (const stream of [dev.stdout, dev.stderr]) {
    stream?.on('data', (chunk: Buffer) => void said.push(chunk.toString('utf8')));
  }
  const deadline = Date.now() + READY_LIMIT_MS;
  while (!said.join('').includes('ready   │ POS')) {
    if (dev.exitCode !== null || Date.now() > deadline) throw new Error(`not ready:\n${said.join('')}`);
    await pause(100);
  }
}, READY_LIMIT_MS + 5000);

afterAll(() => {
  if (dev.exitCode === null && dev.pid !== undefined) process.kill(-dev.pid, 'SIGKILL');
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

const textOf = async (address: string): Promise<string> => {
  const answer = await fetch(address);
  expect({ address, status: answer.status }).toEqual({ address, status: 200 });
  return answer.text();
};

/** Everything that still works for this developer: whatever names the data folder in its environment. */
function leftRunning(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((name) => {
      try {
        const isOurs = readFileSync(`/proc/${name}/environ`, 'utf8').includes(`TILLANDSIA_DATA=${folder}`);
        const isZombie = /^State:\s+[ZX]/m.test(readFileSync(`/proc/${name}/status`, 'utf8'));
        return isOurs && !isZombie
          ? [readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ')]
          : [];
      } catch {
        return [];
      }
    });
}

test('both apps come from their sources, with hot reload, and reach the demo store', async () => {
  for (const app of ['pos', 'kiosk']) {
    expect(await textOf(`${apps}/${app}/`)).toContain(`/${app}/@vite/client`);
    expect((await textOf(`${apps}/${app}/main.tsx`)).includes('/shared/ui/css/tokens.css')).toBe(true);
    expect(await textOf(`${apps}/${app}/@vite/client`)).toContain('hot updated');
  }
  expect(JSON.parse(await textOf(`${apps}/api/v1/status`))).toMatchObject({
    product: 'tillandsia',
    isDemo: true,
  });
  expect(await textOf(`${server}/readyz`)).toBeTruthy();
  const output = said.join('');
  expect(output).toMatch(/printer │ listens on 127\.0\.0\.1:\d+/);
  expect(output).toMatch(/PIN|1234/);
});

test('Ctrl-C ends all of it', async (context) => {
  if (process.platform !== 'linux')
    context.skip('what is left running is read from /proc, which only Linux has');
  expect(leftRunning().length).toBeGreaterThan(3);
  const ended = new Promise((resolve) => {
    dev.once('exit', resolve);
  });
  dev.kill('SIGINT');
  expect(await ended).toBe(0);
  expect(leftRunning()).toEqual([]);
});
