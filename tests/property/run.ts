// `npm run test:property`: the property tests with a number of runs and a seed that can be repeated.

import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { closeRun, runSteps, vitestStep } from '../support/steps.ts';

const HELP = `Usage: npm run test:property -- [--runs N] [--seed S]

Tries every property N times (500 where nothing is said) with values drawn from seed S (printed; chosen at random
where nothing is said). A failure prints its smallest counter-example. Ends with "N passed, N failed, N skipped".`;

const RUNS_MAX = 10_000_000;
const SEED_MAX = 2 ** 31 - 1;

async function main(args: readonly string[]): Promise<number> {
  const options = { runs: { type: 'string' }, seed: { type: 'string' }, help: { type: 'boolean' } } as const;
  const { values } = parseArgs({ args: [...args], options });
  if (values.help === true) {
    process.stdout.write(`${HELP}\n`);
    return 0;
  }
  const runs = wholeNumber('--runs', values.runs ?? '500', RUNS_MAX);
  const seed = wholeNumber('--seed', values.seed ?? String(randomInt(SEED_MAX)), SEED_MAX);
  const startedAt = performance.now();
  process.stdout.write(`${String(runs)} runs of each property, seed ${String(seed)}\n`);
  const env = { PROPERTY_RUNS: String(runs), SEED: String(seed) };
  // Ten thousand runs of the longest property take about half a minute on two cores.
  const timeoutMs = Math.max(15, runs / 200) * 60_000;
  const exitCode = closeRun(await runSteps([vitestStep('property', { env, timeoutMs })]), startedAt);
  if (exitCode !== 0) process.stdout.write(`Repeat it with: --runs ${String(runs)} --seed ${String(seed)}\n`);
  return exitCode;
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
