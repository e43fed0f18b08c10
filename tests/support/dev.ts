// `npm run dev`: everything a developer needs in one terminal: the server with its demo store, both apps with hot
// reload, a virtual receipt printer and a simulated card terminal. Whatever ends first, or Ctrl-C, ends all of it in order.

import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { ownProgram, PROJECT_ROOT } from './run-command.ts';
import { showJob, startVirtualPrinter, pngOfPaper } from './virtual-printer.ts';
import { startZvtSimulator, type ZvtSimulator, type ZvtStep } from './zvt-simulator.ts';

const HELP = `Usage: npm run dev

Starts in one terminal:
  POS       http://127.0.0.1:5173/pos/     with hot reload (POS_PORT=… for another port)
  kiosk     http://127.0.0.1:5173/kiosk/   likewise (its own port is KIOSK_PORT, default 5174)
  server    http://127.0.0.1:8080          from its sources, with a demo store; PORT=… for another port
  printer   a virtual one the server prints to; receipts appear here and as pictures in .data/paper
  card      a simulated card terminal (ZVT): amounts that end in 13 are declined, in 51 the line is cut after the
            approval, in 77 it hangs, in 99 it is slow; all others are approved
The settings of npm start apply (see npm start -- --help). Ctrl-C ends all of it; a change of the server's code needs
that and a new start, which takes two seconds.`;

const STOP_LIMIT_MS = 25_000;
const READY_LIMIT_MS = 300_000;
const LOOK_EVERY_MS = 250;
const COLOURS: Readonly<Record<string, number>> = {
  server: 36,
  pos: 32,
  kiosk: 33,
  printer: 35,
  card: 34,
  ready: 1,
};

async function main(): Promise<number> {
  const port = process.env['PORT'] ?? '8080';
  const posPort = process.env['POS_PORT'] ?? '5173';
  const dataFolder = path.resolve(PROJECT_ROOT, process.env['TILLANDSIA_DATA'] ?? '.data');
  const paper = path.join(dataFolder, 'paper');
  const printer = await startPrinter(paper);
  const terminal = await startTerminal();
  const environment = {
    ...process.env,
    PORT: port,
    TILLANDSIA_DATA: dataFolder,
    TILLANDSIA_SERVER: process.env['TILLANDSIA_SERVER'] ?? `http://127.0.0.1:${port}`,
    TERMINALS: process.env['TERMINALS'] ?? `Simulator=zvt://127.0.0.1:${terminal.port}`,
    PRINTERS: process.env['PRINTERS'] ?? `Virtual printer=127.0.0.1:${printer.port},48`,
  };
  const children = new Map<string, ChildProcess>([
    [
      'server',
      run('server', process.execPath, ['--import', 'tsx', 'tests/support/serve-apps.ts'], environment),
    ],
    ['pos', run('pos', ownProgram('vite'), ['--mode', 'pos', '--clearScreen', 'false'], environment)],
    ['kiosk', run('kiosk', ownProgram('vite'), ['--mode', 'kiosk', '--clearScreen', 'false'], environment)],
  ]);
  say('printer', `listens on 127.0.0.1:${printer.port}, pictures in ${shortOf(paper)}`);
  say('card', `the terminal listens on 127.0.0.1:${terminal.port}`);
  const stopping = new AbortController();
  void sayWhenReady(`http://127.0.0.1:${port}`, `http://127.0.0.1:${posPort}`, stopping.signal);

  const asked = new Promise<number>((resolve) => {
    process.once('SIGINT', () => resolve(0));
    process.once('SIGTERM', () => resolve(0));
  });
  const ended = [...children].map(
    ([name, child]) =>
      new Promise<number>((resolve) => {
        child.once('exit', (code) => {
          say(name, `ended${code === null ? '' : ` with code ${code}`}`);
          resolve(code ?? 1);
        });
      }),
  );
  const code = await Promise.race([asked, ...ended]);
  stopping.abort();
  for (const child of children.values()) {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
  }
  await Promise.race([Promise.all(ended), delay(STOP_LIMIT_MS, null, { ref: false })]);
  await printer.close();
  await terminal.close();
  return code;
}

/** The one line that a developer waits for; the operators and their PINs stand in what the server said. */
async function sayWhenReady(server: string, apps: string, signal: AbortSignal): Promise<void> {
  const deadline = Date.now() + READY_LIMIT_MS;
  const places = [`${server}/readyz`, `${apps}/pos/`, `${apps}/kiosk/`];
  for (let isReady = false; !isReady && Date.now() < deadline && !signal.aborted;) {
    const answers = await Promise.all(
      places.map((place) =>
        fetch(place, { signal }).then(
          ({ ok }) => ok,
          () => false,
        ),
      ),
    );
    isReady = answers.every(Boolean);
    if (isReady)
      say('ready', `POS ${apps}/pos/ · kiosk ${apps}/kiosk/ · API ${server}/api/docs · Ctrl-C ends it`);
    else await delay(LOOK_EVERY_MS);
  }
}

const shortOf = (place: string): string => {
  const relative = path.relative(PROJECT_ROOT, place);
  return relative.startsWith('..') ? place : relative;
};

async function startPrinter(folder: string): Promise<{ port: number; close(): Promise<void> }> {
  mkdirSync(folder, { recursive: true });
  let count = 0;
  return startVirtualPrinter({
    onJob: (job) => {
      count += 1;
      const file = path.join(folder, `receipt-${String(count).padStart(4, '0')}.png`);
      writeFileSync(file, pngOfPaper(job.paper));
      say('printer', showJob(job, shortOf(file)));
    },
  });
}

/** What the simulated terminal does with an amount, by its last two digits. */
const STEPS: Readonly<Record<number, ZvtStep>> = {
  13: 'decline',
  51: 'cut-after-approval',
  77: 'hang-after-approval',
  99: 'slow',
};

function startTerminal(): Promise<ZvtSimulator> {
  return startZvtSimulator({
    pauseMs: 60,
    stepFor: (amount) => STEPS[amount % 100] ?? 'approve',
    onCard: ({ step, action, amount }) => say('card', `${action} ${(amount / 100).toFixed(2)}: ${step}`),
  });
}

function run(
  name: string,
  program: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): ChildProcess {
  // A group of its own, so that Ctrl-C reaches only this program and the order of stopping stays ours.
  const child = spawn(program, args, {
    cwd: PROJECT_ROOT,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  child.once('error', (error) => say(name, `cannot be started: ${error.message}`));
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => say(name, line));
  }
  return child;
}

function say(name: string, text: string): void {
  const label = name.padEnd(7);
  const mark = process.stdout.isTTY ? `\u001B[${COLOURS[name] ?? 0}m${label}\u001B[0m` : label;
  process.stdout.write(`${text.replaceAll(/^/gm, `${mark} │ `)}\n`);
}

if (process.argv.includes('--help')) process.stdout.write(`${HELP}\n`);
else process.exitCode = await main();
