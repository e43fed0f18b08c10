// `npm run test:property`: the property tests with a number of runs and a seed that can be repeated.

import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { closeRun, runSteps, vitestStep, type StepResult } from '../support/steps.ts';

const HELP = `Usage: npm run test:property -- [--runs N] [--seed S] [--minutes M]

Tries every property N times (500 where nothing is said) with values drawn from seed S (printed; chosen at random
where nothing is said). With --minutes it goes on with the seeds after S for as long as M minutes have not passed, and stops
at the first that fails; a night takes "--runs 10000 --minutes 240". A failure prints its smallest counter-example. Ends with "N passed, N failed, N skipped".`;

const RUNS_MAX = 10_000_000;
// Seeds have nine digits (holds.ts).
const SEED_MAX = 999_999_999;
const MINUTES_MAX = 24 * 60;
/** Even properties that take no time end. */
const TURNS_MAX = 10_000;

async function main(args: readonly string[]): Promise<number> {
  const options = {
    runs: { type: 'string' },
    seed: { type: 'string' },
    minutes: { type: 'string' },
    help: { type: 'boolean' },
  } as const;
  const { values } = parseArgs({ args: [...args], options });
  if (values.help === true) {
    process.stdout.write(`${HELP}\n`);
    return 0;
  }
  const runs = wholeNumber('--runs', values.runs ?? '500', RUNS_MAX);
  const seed = wholeNumber('--seed', values.seed ?? String(randomInt(SEED_MAX)), SEED_MAX);
  const minutes = wholeNumber('--minutes', values.minutes ?? '0', MINUTES_MAX);
  const startedAt = performance.now();
  // Ten thousand runs of the longest property take about half a minute on two cores.
  const timeoutMs = Math.max(15, runs / 200) * 60_000;
  const results: StepResult[] = [];
  for (let turn = 0; turn < TURNS_MAX; turn += 1) {
    const ownSeed = (seed + turn) % SEED_MAX;
    process.stdout.write(`${String(runs)} runs of each property, seed ${String(ownSeed)}\n`);
    const env = { PROPERTY_RUNS: String(runs), SEED: String(ownSeed) };
    results.push(...(await runSteps([vitestStep('property', { env, timeoutMs })])));
    if (results.some(({ failed }) => failed > 0)) {
      const exitCode = closeRun(results, startedAt);
      process.stdout.write(`Repeat it with: --runs ${String(runs)} --seed ${String(ownSeed)}\n`);
      return exitCode;
    }
    if (performance.now() - startedAt >= minutes * 60_000) break;
  }
  return closeRun(results, startedAt);
}

function wholeNumber(name: string, text: string, max: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > max) {
    throw new Error(`${name} is "${text}", but it must be a whole number up to ${String(max)}.`);
  }
  return value;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (problem) {
  process.stderr.write(`${problem instanceof Error ? problem.message : String(problem)}\n\n${HELP}\n`);
  process.exitCode = 1;
}
