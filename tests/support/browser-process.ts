// Chromium as a process that can be killed: a profile folder of its own that outlives it, started by us (not by the
// test runner), so that kill -9 is a real kill -9 and the next start finds what was on the disk. Pages are driven over
// the DevTools protocol.

import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { chromium, type Browser, type BrowserContext, type CDPSession, type Page } from 'playwright';
import { CHROMIUM_FLAGS, chromiumPath } from './chromium.ts';
import { endWithUs } from './end-with-us.ts';

const START_LIMIT_MS = 30_000;

export type BrowserProcess = {
  readonly pid: number;
  readonly context: BrowserContext;
  /** Ends the browser as a user does; what it holds in memory reaches the disk. */
  close(): Promise<void>;
  /** SIGKILL to the browser and all its processes, now. */
  kill(): Promise<void>;
};

export type BrowserOptions = {
  /** A program in front of Chromium, such as strace and its arguments. */
  readonly wrapper?: readonly string[];
  readonly flags?: readonly string[];
};

/** A folder for a profile; the caller removes it with {@link removeProfile}. */
export function makeProfile(): string {
  return mkdtempSync(path.join(tmpdir(), 'tillandsia-profile-'));
}

export function removeProfile(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

/** Starts Chromium on the profile and connects to it. */
export async function startBrowser(profile: string, options: BrowserOptions = {}): Promise<BrowserProcess> {
  const portFile = path.join(profile, 'DevToolsActivePort');
  rmSync(portFile, { force: true });
  const [program, ...args] = [
    ...(options.wrapper ?? []),
    chromiumPath(),
    ...CHROMIUM_FLAGS,
    ...(options.flags ?? []),
    '--headless=new',
    '--remote-debugging-port=0',
    `--user-data-dir=${profile}`,
    '--no-default-browser-check',
    '--disable-crash-reporter',
    '--window-size=1280,800',
    'about:blank',
  ];
  if (program === undefined) throw new Error('there is no program to start');
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'], detached: true });
  endWithUs(child, 'KILL');
  const said: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => void said.push(chunk.toString('utf8')));
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  const address = await devToolsAddress(portFile, child, said);
  const browser = await chromium.connectOverCDP(address);
  const [context] = browser.contexts();
  if (context === undefined) throw new Error('the browser has no default context');
  if (child.pid === undefined) throw new Error('the browser has no process');
  return {
    pid: child.pid,
    context,
    close: () => closeInOrder({ browser, child, ended, profile }),
    kill: async () => {
      killGroup(child);
      killProfileProcesses(profile);
      await ended;
      await browser.close().catch(() => undefined);
    },
  };
}

async function devToolsAddress(
  portFile: string,
  child: ChildProcess,
  said: readonly string[],
): Promise<string> {
  const deadline = Date.now() + START_LIMIT_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) break;
    const [port, place] = existsSync(portFile) ? readFileSync(portFile, 'utf8').split('\n') : [];
    if (port !== undefined && place !== undefined && place !== '') return `ws://127.0.0.1:${port}${place}`;
    await delay(20);
  }
  killGroup(child);
  throw new Error(`Chromium did not start: ${said.join('').trim().split('\n').slice(-5).join(' / ')}`);
}

async function closeInOrder(given: {
  browser: Browser;
  child: ChildProcess;
  ended: Promise<void>;
  profile: string;
}): Promise<void> {
  const session = await given.browser.newBrowserCDPSession();
  await session.send('Browser.close').catch(() => undefined);
  const late = new AbortController();
  await Promise.race([given.ended, delay(10_000, null, { signal: late.signal }).catch(() => null)]);
  late.abort();
  killGroup(given.child);
  killProfileProcesses(given.profile);
  await given.browser.close().catch(() => undefined);
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The group has ended by itself.
  }
}

/** Helpers of Chromium that left the group are found by the profile on their command line. */
function killProfileProcesses(profile: string): void {
  if (!existsSync('/proc')) return;
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      if (!readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(`--user-data-dir=${profile}`)) continue;
      process.kill(Number(name), 'SIGKILL');
    } catch {
      // It ended while we looked.
    }
  }
}

/** A DevTools session for what Playwright has no word for: quota, clearing storage, CPU rate. */
export async function devTools(page: Page): Promise<CDPSession> {
  return page.context().newCDPSession(page);
}
