// Finds the Chromium that the browser tests drive, or installs one: from Debian's own archive where we are root on
// Debian, else through Playwright. Nothing is installed by hand, and a machine that can do neither hears it in a sentence.

import { accessSync, constants, existsSync } from 'node:fs';
import { chromium } from 'playwright';
import { ownProgram, runCommand } from './run-command.ts';

/** No GPU, no QUIC, no calls home: the same flags in every test, so that one test's Chromium is another's. */
export const CHROMIUM_FLAGS: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Path of a Chromium on this machine, or null. CHROMIUM_PATH wins, and is believed only if it can be run. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | null {
  const asked = env['CHROMIUM_PATH'];
  if (asked !== undefined && asked !== '') {
    if (!canRun(asked))
      throw new Error(`CHROMIUM_PATH says ${asked}, and there is no program there that can be run.`);
    return asked;
  }
  return [...PLACES, chromium.executablePath()].find((place) => canRun(place)) ?? null;
}

/** For tests: the path, or an error that says what to do. */
export function chromiumPath(): string {
  const found = findChromium();
  if (found !== null) return found;
  throw new Error(
    'There is no Chromium on this machine. `npm test` installs one; or set CHROMIUM_PATH to yours.',
  );
}

export async function findOrInstallChromium(): Promise<
  { readonly ok: true; readonly path: string } | { readonly ok: false; readonly sentence: string }
> {
  const here = findChromium();
  if (here !== null) return { ok: true, path: here };
  const tried: string[] = [];
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    await runCommand('apt-get', ['update', '-q'], { env });
    const { output } = await runCommand(
      'apt-get',
      ['install', '-y', '-q', '--no-install-recommends', 'chromium'],
      { env },
    );
    const installed = findChromium();
    if (installed !== null) return { ok: true, path: installed };
    tried.push(`apt-get install chromium: ${output.trim().split('\n').at(-1)}`);
  }
  const { output } = await runCommand(ownProgram('playwright'), ['install', 'chromium'], {
    timeoutMs: 5 * 60_000,
  });
  const downloaded = findChromium();
  if (downloaded !== null) return { ok: true, path: downloaded };
  tried.push(`playwright install chromium: ${output.trim().split('\n').at(-1)}`);
  return {
    ok: false,
    sentence:
      'The browser tests need Chromium and could not install it. Install chromium from your system, or set ' +
      `CHROMIUM_PATH to a Chromium or Chrome. Tried:\n  ${tried.join('\n  ')}`,
  };
}

function canRun(place: string): boolean {
  try {
    accessSync(place, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
