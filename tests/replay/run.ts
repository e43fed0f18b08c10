// `npm run replay -- FILE`: a real invoice file through eight workstations, the server and PostgreSQL, some of the
// workstations cut off and restarted at any time, and at the end every invoice, every day, the grand total and the stock
// of every item compared with what the file says.

import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { exportJournals } from '../support/export-journal.ts';
import { PROJECT_ROOT, runCommand } from '../support/run-command.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { openServerDatabase, type ServerDatabase } from '../support/server-database.ts';
import { startServer } from '../support/server-process.ts';
import { viewsAreCurrent } from '../support/views-are-current.ts';
import { compareBooks, describeCheck, stockBySku, type Check } from './compare-books.ts';
import type { DriveResult } from './drive-workstation.ts';
import { expectedTotals } from './expected-totals.ts';
import { generateInvoices } from './generate-invoices.ts';
import { loadCatalogue } from './load-catalogue.ts';
import { readInvoices, readText, type Invoice } from './read-invoices.ts';
import type { FromProcess, ProcessGiven, ToProcess } from './workstation-process.ts';

const HELP = `Usage: npm run replay -- FILE [--invoices N] [--workstations 8] [--seed S] [--processes P] [--calm]

Drives every invoice of FILE (UCI "Online Retail" format, .csv or .csv.xz) through the real commands of headless
workstations, the real server and its database. A seeded half of the workstations is cut off, loses answers and is
restarted at any time. At the end per invoice, per day, grand total and stock per item must equal what is computed
independently from the file, all journals must verify (npm run verify-journal) and all replicas must agree.

How rows are booked: C-invoices are returns; rows below 0 at price 0 are stock adjustments; negative prices and bad-debt
rows settle by the tender "bad-debt"; rows at price 0 are sold at price 0; everything else is sold for cash.
  --generated   instead of FILE: a seeded file of the same shape (with --invoices N, default 2000)
  --calm        nobody is cut off or restarted`;

/** The manager of the demo store; booking stock adjustments and returns needs one. */
const MANAGER_PIN = '3456';

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      help: { type: 'boolean', default: false },
      generated: { type: 'boolean', default: false },
      calm: { type: 'boolean', default: false },
      invoices: { type: 'string' },
      workstations: { type: 'string', default: '8' },
      processes: { type: 'string', default: String(Math.min(2, cpus().length)) },
      seed: { type: 'string', default: '1' },
    },
  });
  const [file] = positionals;
  if (values.help || (file === undefined && !values.generated)) {
    console.log(HELP);
    return values.help ? 0 : 2;
  }
  const seed = Number(values.seed);
  const limit = values.invoices === undefined ? Number.POSITIVE_INFINITY : Number(values.invoices);
  const text =
    file === undefined
      ? generateInvoices(Number.isFinite(limit) ? limit : 2000, { seed })
      : await readText(file);
  console.log(`replay of ${file ?? 'a generated file'}, seed ${seed}`);
  return replay(text, {
    limit,
    seed,
    isCalm: values.calm,
    workstations: Number(values.workstations),
    processes: Math.max(1, Math.min(Number(values.processes), Number(values.workstations))),
  });
}

type ReplayOptions = {
  readonly limit: number;
  readonly seed: number;
  readonly isCalm: boolean;
  readonly workstations: number;
  readonly processes: number;
};

async function replay(text: string, options: ReplayOptions): Promise<number> {
  const read = readInvoices(text, options.limit);
  const expected = expectedTotals(text, options.limit);
  console.log(
    `${read.invoices.length} invoices, ${expected.rows} rows, ${read.descriptions.size} stock codes`,
  );
  for (const [note, count] of read.notes) console.log(`  ${count} × ${note}`);
  const server = await startServer({ env: { DEMO_ITEMS: '1' } });
  const database = openServerDatabase(server);
  const children: WorkstationProcess[] = [];
  try {
    const { items, said } = await loadCatalogue(
      { dataFolder: server.dataFolder, database },
      read.descriptions,
    );
    console.log(`catalogue imported: ${said}`);
    const [store] = await database<
      { body: string }[]
    >`select body from store where kind = 'shop' order by number limit 1`;
    const { timeZone } = JSON.parse(store?.body ?? '{}') as { timeZone: string };
    const stockBefore = await stockBySku(database);
    for (const given of shareOut(read.invoices, { ...options, items, timeZone, serverUrl: server.url })) {
      children.push(startProcess(given));
    }
    await Promise.all(children.map((child) => child.until('prepared')));
    console.log(
      `${options.workstations} workstations in ${children.length} processes are enrolled and ready`,
    );

    const startedAt = performance.now();
    for (const child of children) child.send({ kind: 'go' });
    await Promise.all(children.map((child) => child.until('booked')));
    const deliveredMs = performance.now() - startedAt;
    await viewsAreCurrent(database);
    const totalMs = performance.now() - startedAt;
    const results = await finishAll(children);
    report({ results, invoices: read.invoices.length, deliveredMs, totalMs });
    const told = results.flatMap((result) => result.told);
    const checks = [
      ...(await compareBooks({ database, expected, told, skuOf: (code) => code, stockBefore })),
      driversSaidNothing(results),
      await sameHeads(database, results),
      await sameReplicas(database, results),
      await journalsVerify(database),
    ];
    return close(checks);
  } finally {
    for (const child of children) child.end();
    await database.end();
    await server.dispose();
  }
}

/** Invoices by chance to workstations, in file order within each; workstations in turn to processes. */
function shareOut(
  invoices: readonly Invoice[],
  given: ReplayOptions & {
    readonly items: ReadonlyMap<string, string>;
    readonly timeZone: string;
    readonly serverUrl: string;
  },
): ProcessGiven[] {
  const random = seededRandom(given.seed);
  const piles = Array.from({ length: given.workstations }, (): Invoice[] => []);
  for (const invoice of invoices) random.pick(piles).push(invoice);
  const workstations = piles.map((pile, place) => ({
    name: `till-${place + 1}`,
    serverUrl: given.serverUrl,
    seed: given.seed * 1000 + place,
    isUnlucky: !given.isCalm && place % 2 === given.seed % 2,
    invoices: pile,
    items: given.items,
    pin: MANAGER_PIN,
  }));
  return Array.from({ length: given.processes }, (_, process) => ({
    timeZone: given.timeZone,
    workstations: workstations.filter((_workstation, place) => place % given.processes === process),
  }));
}

type WorkstationProcess = {
  send(message: ToProcess): void;
  until<Kind extends FromProcess['kind']>(kind: Kind): Promise<Extract<FromProcess, { kind: Kind }>>;
  end(): void;
};

function startProcess(given: ProcessGiven): WorkstationProcess {
  const file = fileURLToPath(new URL('workstation-process.ts', import.meta.url));
  const profile = process.env['REPLAY_CPU_PROFILE'];
  const child: ChildProcess = fork(file, {
    cwd: PROJECT_ROOT,
    execArgv: [
      '--import',
      'tsx',
      ...(profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`]),
    ],
    serialization: 'advanced',
  });
  const said: FromProcess[] = [];
  let wake = (): void => undefined;
  let hasEnded = false;
  child.on('message', (message) => {
    // Only workstation-process.ts speaks here.
    said.push(message as FromProcess);
    wake();
  });
  child.once('exit', () => {
    hasEnded = true;
    wake();
  });
  const send = (message: ToProcess): void => void child.send(message);
  send({ kind: 'prepare', given });
  return {
    send,
    end: () => void child.kill('SIGKILL'),
    until: async (kind) => {
      for (;;) {
        const failed = said.find((message) => message.kind === 'failed');
        if (failed?.kind === 'failed') throw new Error(failed.sentence);
        const found = said.find((message) => message.kind === kind);
        // `find` compared the kind, which narrows the union by its tag.
        if (found !== undefined) return found as Extract<FromProcess, { kind: typeof kind }>;
        if (hasEnded) throw new Error(`a process of workstations ended before it had ${kind}`);
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}

async function finishAll(children: readonly WorkstationProcess[]): Promise<DriveResult[]> {
  for (const child of children) child.send({ kind: 'finish' });
  const finished = await Promise.all(children.map((child) => child.until('finished')));
  return finished.flatMap((message) => message.results);
}

function report(given: {
  readonly results: readonly DriveResult[];
  readonly invoices: number;
  readonly deliveredMs: number;
  readonly totalMs: number;
}): void {
  const sum = (field: 'cuts' | 'restarts' | 'lostAnswers' | 'soldOffline'): number =>
    given.results.reduce((total, result) => total + result[field], 0);
  console.log(
    `${sum('cuts')} cuts, ${sum('restarts')} restarts, ${sum('lostAnswers')} lost answers, ${sum('soldOffline')} sales without a network`,
  );
  const rate = (ms: number): string => ((given.invoices / ms) * 1000).toFixed(0);
  console.log(
    `${rate(given.deliveredMs)} invoices/s from first sale to last delivery, ${rate(given.totalMs)} until every view has them (${(given.totalMs / 1000).toFixed(1)} s)`,
  );
}

function driversSaidNothing(results: readonly DriveResult[]): Check {
  return {
    name: 'no workstation had a fault of its own',
    faults: results.flatMap((result) => result.faults.map((fault) => `${result.name}: ${fault}`)),
  };
}

async function sameHeads(database: ServerDatabase, results: readonly DriveResult[]): Promise<Check> {
  const faults: string[] = [];
  for (const { name, workstationId, head } of results) {
    const [row] = await database<{ epoch: number; sequence: number; hash: string }[]>`
      select head_epoch as epoch, head_sequence as sequence, head_hash as hash from workstation where id = ${workstationId}`;
    if (row?.epoch !== head.epoch || row.sequence !== head.sequence || row.hash !== head.hash) {
      faults.push(
        `${name} ends at ${head.epoch}:${head.sequence}, the server at ${row?.epoch}:${row?.sequence}`,
      );
    }
  }
  return { name: `${results.length} journals end where the server's copy ends`, faults };
}

async function sameReplicas(database: ServerDatabase, results: readonly DriveResult[]): Promise<Check> {
  const rows = await database<{ id: string; milli: string }[]>`
    select item.id, stock_on_hand.on_hand_milli::text as milli from stock_on_hand
      join item on item.ordinal = stock_on_hand.ordinal
      where store_id = (select store_id from workstation where id = ${results[0]?.workstationId ?? ''})`;
  const onServer = new Map(rows.map(({ id, milli }) => [id, Number(milli)]));
  const faults: string[] = [];
  for (const { name, onHand } of results) {
    for (const [id, milli] of onHand) {
      const wanted = onServer.get(id) ?? 0;
      if ((milli ?? 0) !== wanted) faults.push(`${name} shows ${milli} of ${id}, the server ${wanted}`);
    }
  }
  return { name: `stock agrees on ${results.length} replicas and the server`, faults };
}

/** The journals of all workstations, the server's own among them, through the independent verifier. */
async function journalsVerify(database: ServerDatabase): Promise<Check> {
  const folder = mkdtempSync(path.join(tmpdir(), 'tillandsia-journals-'));
  try {
    const file = path.join(folder, 'journals.ndjson');
    await exportJournals(database, file);
    const { code, output } = await runCommand(process.execPath, [
      'tests/verify-journal/verify-journal.mjs',
      file,
    ]);
    const last = output.trimEnd().split('\n').at(-1) ?? '';
    const faults = output.split('\n').filter((line) => line.startsWith('FAULT'));
    return { name: `journals verify (${last})`, faults: code === 0 ? [] : [...faults, last] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function close(checks: readonly Check[]): number {
  for (const check of checks) console.log(describeCheck(check));
  const failed = checks.filter((check) => check.faults.length > 0).length;
  console.log(`${checks.length - failed} passed, ${failed} failed, 0 unsupported`);
  return failed === 0 ? 0 : 1;
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.stack : error);
  console.log('0 passed, 1 failed, 0 unsupported');
  return 1;
});
