// `npm run bench`: measures the product beside the plain ways of doing the same, in one run on one machine, and
// says for each figure with a goal whether it is met. A quick run shows that every bench works and judges nothing.

import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { makeServerProcess, type ServerProcess } from '../support/server-process.ts';
import type { Bench } from './bench.ts';
import { download } from './download.bench.ts';
import { firstSync } from './first-sync.bench.ts';
import { orders } from './orders.bench.ts';
import { promotions } from './promotions.bench.ts';
import { push } from './push.bench.ts';
import { receiptBrowser } from './receipt-browser.bench.ts';
import { receiptBytes } from './receipt-bytes.bench.ts';
import { snapshot } from './snapshot.bench.ts';
import { streams } from './streams.bench.ts';
import { till } from './till.bench.ts';
import { asTable, type Row } from './row.ts';

const BENCHES: readonly Bench[] = [
  till,
  snapshot,
  firstSync,
  download,
  push,
  streams,
  orders,
  receiptBytes,
  receiptBrowser,
  promotions,
];

const STORE_READY_TIMEOUT_MS = 40 * 60_000;

const HELP = `Usage: npm run bench -- [--json FILE] [--markdown FILE] [--large] [--quick] [--store FOLDER] [name…]

Measures the product beside plain ways of doing the same, interleaved in one run. Names, all by default:
${BENCHES.map((bench) => `  ${bench.name.padEnd(12)} ${bench.about}`).join('\n')}

  --json FILE      rows as {"rows":[{"name","value","unit","against","ratio","goal","goalMet"}]}
  --markdown FILE  the same as a table
  --large          1,000,000 items instead of 100,000 in the client benches
  --store FOLDER   keeps the large store's data there, so that the next run need not make it again
  --quick          few repetitions on small data; goals are shown but not judged
Exit code 1 when a goal is missed (not with --quick) or a bench cannot run.
Peers that are measured beside us are installed into .cache/bench the first time.`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      help: { type: 'boolean', default: false },
      json: { type: 'string' },
      markdown: { type: 'string' },
      large: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      store: { type: 'string' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const unknown = positionals.filter((name) => BENCHES.every((bench) => bench.name !== name));
  if (unknown.length > 0) {
    console.error(
      `There is no bench named ${unknown.join(', ')}: choose from ${BENCHES.map(({ name }) => name).join(', ')}.`,
    );
    return 2;
  }
  const chosen = BENCHES.filter((bench) => positionals.length === 0 || positionals.includes(bench.name));
  const { rows, broken } = await runAll(chosen, {
    items: values.large ? 1_000_000 : values.quick ? 5_000 : 100_000,
    isQuick: values.quick,
    storeFolder: values.store ?? null,
    onRows: (measured) => {
      if (values.json !== undefined)
        writeFileSync(values.json, `${JSON.stringify({ rows: measured }, null, 2)}\n`);
    },
  });
  if (values.markdown !== undefined) writeFileSync(values.markdown, `${machine()}\n\n${asTable(rows)}\n`);
  console.log(`\n${machine()}\n\n${asTable(rows)}\n`);
  const judged = rows.filter((row) => row.goalMet !== null);
  const missed = judged.filter((row) => row.goalMet === false);
  if (values.quick) {
    console.log(`quick run: ${missed.length} of ${judged.length} goals would be missed, none is judged`);
    console.log(`${chosen.length - broken} passed, ${broken} failed, 0 unsupported`);
    return broken === 0 ? 0 : 1;
  }
  console.log(`${judged.length - missed.length} passed, ${missed.length + broken} failed, 0 unsupported`);
  return missed.length + broken === 0 ? 0 : 1;
}

async function runAll(
  benches: readonly Bench[],
  given: {
    readonly items: number;
    readonly isQuick: boolean;
    readonly storeFolder: string | null;
    readonly onRows: (rows: readonly Row[]) => void;
  },
): Promise<{ rows: readonly Row[]; broken: number }> {
  const rows: Row[] = [];
  let broken = 0;
  let store: ServerProcess | null = null;
  const bigStore = async (): Promise<ServerProcess> => {
    store ??= await makeServerProcess({
      env: { DEMO_ITEMS: String(given.items) },
      readyTimeoutMs: STORE_READY_TIMEOUT_MS,
      ...(given.storeFolder === null ? {} : { dataFolder: path.resolve(given.storeFolder) }),
    });
    if (!store.isRunning()) await store.start();
    return store;
  };
  const say = (text: string): void => console.log(`  ${text}`);
  for (const bench of benches) {
    const started = performance.now();
    console.log(`${bench.name}: ${bench.about}`);
    try {
      rows.push(...(await bench.run({ ...given, bigStore, say })));
      // After every bench, so that a run that is cut short leaves what it has measured.
      given.onRows(rows);
    } catch (error) {
      broken += 1;
      console.error(`${bench.name} cannot run: ${error instanceof Error ? error.stack : String(error)}`);
      console.error(logOf(store));
    }
    say(`${((performance.now() - started) / 1000).toFixed(1)} s, load ${(loadavg()[0] ?? 0).toFixed(1)}`);
  }
  await disposeOf(store);
  return { rows, broken };
}

// Functions of their own: the compiler does not see that the closure above has set the variable.
function logOf(store: ServerProcess | null): string {
  return store === null
    ? ''
    : `The store's server ${store.isRunning() ? 'runs' : 'has ended'}. It said:\n${store.log().slice(-4000)}`;
}

async function disposeOf(store: ServerProcess | null): Promise<void> {
  await store?.dispose();
}

/** What it ran on, and how busy that was: figures of a busy machine are worth less. */
function machine(): string {
  const [load = 0] = loadavg();
  const day = new Date().toISOString().slice(0, 16).replace('T', ' ');
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${day} UTC, commit ${commit}, Node ${process.versions.node}, ${cpus().length} cores, ${memory} GB, load ${load.toFixed(1)} at the end`;
}

process.exitCode = await main();
