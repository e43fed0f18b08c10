// Steps of `npm run check` and `npm test`: each is one line with its time and counts, a failing one shows its output,
// and the last line of the whole run is `N passed, N failed, N skipped` with counts taken from the runners' reports.

import { readFileSync } from 'node:fs';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ownProgram, runCommand, type CommandOptions } from './run-command.ts';

export type Counts = { readonly passed: number; readonly failed: number; readonly skipped: number };

export type StepResult = Counts & { readonly name: string; readonly durationMs: number };

export type StepOutcome = {
  readonly counts: Counts;
  readonly output: string;
  /** What people should see although the step passed. */
  readonly notes?: readonly string[];
};

export type Step = { readonly name: string; run(): Promise<StepOutcome> };

const ONE_PASSED: Counts = { passed: 1, failed: 0, skipped: 0 };
const ONE_FAILED: Counts = { passed: 0, failed: 1, skipped: 0 };

/** Runs the steps in order, all of them even after a failure, so that one run tells everything. */
export async function runSteps(steps: readonly Step[]): Promise<StepResult[]> {
  const results: StepResult[] = [];
  for (const step of steps) {
    const startedAt = performance.now();
    let outcome: StepOutcome;
    try {
      outcome = await step.run();
    } catch (error) {
      outcome = {
        counts: ONE_FAILED,
        output: error instanceof Error ? (error.stack ?? error.message) : String(error),
      };
    }
    const result = { name: step.name, durationMs: performance.now() - startedAt, ...outcome.counts };
    results.push(result);
    if (result.failed > 0) process.stdout.write(`${outcome.output.trimEnd()}\n`);
    process.stdout.write(`${lineOf(result)}\n`);
    for (const note of outcome.notes ?? []) process.stdout.write(`     ${note}\n`);
  }
  return results;
}

/** Prints the table and the closing line; the return value is the exit code. */
export function closeRun(results: readonly StepResult[], startedAt: number): number {
  const sum = (field: keyof Counts): number => results.reduce((total, result) => total + result[field], 0);
  process.stdout.write(`\n${results.map((result) => lineOf(result)).join('\n')}\n`);
  process.stdout.write(`in ${seconds(performance.now() - startedAt)}\n`);
  process.stdout.write(`${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped\n`);
  return sum('failed') === 0 ? 0 : 1;
}

/** A program whose exit code is the whole answer. */
export function programStep(
  name: string,
  program: string,
  args: readonly string[],
  options?: CommandOptions,
): Step {
  return {
    name,
    run: async () => {
      const { code, output } = await runCommand(ownProgram(program), args, options);
      return { counts: code === 0 ? ONE_PASSED : ONE_FAILED, output };
    },
  };
}

/** A check written in this project: the sentences it returns are its faults. */
export function ruleStep(name: string, faults: () => readonly string[] | Promise<readonly string[]>): Step {
  return {
    name,
    run: async () => {
      const found = await faults();
      return { counts: found.length === 0 ? ONE_PASSED : ONE_FAILED, output: found.join('\n') };
    },
  };
}

/** A script of ours that judges: its last line carries the counts. */
export function scriptStep(name: string, args: readonly string[], options?: CommandOptions): Step {
  return {
    name,
    run: async () => {
      const { code, output } = await runCommand(process.execPath, ['--import', 'tsx', ...args], options);
      const counts = lastLineCounts(output);
      if (counts === null)
        return { counts: ONE_FAILED, output: `${output}\n(no closing line, exit code ${code})` };
      return { counts: code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts, output };
    },
  };
}

/** One vitest project; a project without a single test file fails, because then nothing was proved. */
export function vitestStep(project: string, options?: CommandOptions): Step {
  return {
    name: project,
    run: async () => {
      const report = path.join(mkdtempSync(path.join(tmpdir(), 'tillandsia-report-')), 'report.json');
      const args = [
        'run',
        '--project',
        project,
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${report}`,
      ];
      const { code, output } = await runCommand(ownProgram('vitest'), args, options);
      const counts = vitestCounts(report);
      if (counts === null) return { counts: ONE_FAILED, output };
      return { counts: code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts, output };
    },
  };
}

/** The browser tests; counts come from Playwright's own report. */
export function playwrightStep(name: string, args: readonly string[] = [], options?: CommandOptions): Step {
  return {
    name,
    run: async () => {
      const report = path.join(mkdtempSync(path.join(tmpdir(), 'tillandsia-report-')), 'report.json');
      const { code, output } = await runCommand(
        ownProgram('playwright'),
        ['test', '-c', 'tests/e2e/playwright.config.ts', '--reporter=list,json', ...args],
        {
          ...options,
          env: { ...options?.env, PLAYWRIGHT_JSON_OUTPUT_NAME: report, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
        },
      );
      const found = playwrightCounts(report);
      if (found === null) return { counts: ONE_FAILED, output };
      const { unsteady, ...counts } = found;
      const notes = unsteady.map((title) => `passed at the second try only: ${title}`);
      return {
        counts: code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts,
        output: [output, ...notes].join('\n'),
        notes,
      };
    },
  };
}

/** The counts on the last line that is not empty, or null where it is no closing line. */
export function lastLineCounts(output: string): Counts | null {
  const last = output.trimEnd().split('\n').at(-1) ?? '';
  const match = /^(\d+) passed, (\d+) failed(?:, (\d+) (?:skipped|unsupported))?$/.exec(last.trim());
  if (match === null) return null;
  return { passed: Number(match[1]), failed: Number(match[2]), skipped: Number(match[3] ?? 0) };
}

function vitestCounts(file: string): Counts | null {
  const report = readReport(file);
  const [passed, failed, pending, todo, failedSuites] = [
    'numPassedTests',
    'numFailedTests',
    'numPendingTests',
    'numTodoTests',
    'numFailedTestSuites',
  ].map((field) => numberIn(report, field));
  if (passed === undefined || failed === undefined || passed + failed === 0) return null;
  return {
    passed,
    // A file that does not load fails as a suite without a single failing test.
    failed: failed === 0 ? (failedSuites ?? 0) : failed,
    skipped: (pending ?? 0) + (todo ?? 0),
  };
}

/** So many browser tests of a run may need a second try (a machine that stood still); more of them are a fault of ours. */
const UNSTEADY_MAX = 2;

/** Tests that need a second try are always named; only where there are many of them do they count as failed. */
function playwrightCounts(file: string): (Counts & { readonly unsteady: readonly string[] }) | null {
  const report = readReport(file);
  const stats: unknown = report?.['stats'];
  if (typeof stats !== 'object' || stats === null) return null;
  const counted = new Map(Object.entries(stats));
  const of = (field: string): number => Number(counted.get(field) ?? 0);
  if (of('expected') + of('unexpected') + of('flaky') === 0) return null;
  const isSteady = of('flaky') <= UNSTEADY_MAX;
  return {
    passed: of('expected') + (isSteady ? of('flaky') : 0),
    failed: of('unexpected') + (isSteady ? 0 : of('flaky')),
    skipped: of('skipped'),
    unsteady: unsteadyTitles(report),
  };
}

/** Titles of the tests that passed at the second try, as Playwright's report nests them. */
function unsteadyTitles(node: unknown): readonly string[] {
  if (Array.isArray(node)) return node.flatMap(unsteadyTitles);
  if (typeof node !== 'object' || node === null) return [];
  const fields = new Map<string, unknown>(Object.entries(node));
  const tests = fields.get('tests');
  const isUnsteady =
    Array.isArray(tests) &&
    tests.some(
      (one: unknown) => typeof one === 'object' && one !== null && Reflect.get(one, 'status') === 'flaky',
    );
  const own = isUnsteady ? [String(fields.get('title'))] : [];
  return [...own, ...unsteadyTitles(fields.get('suites')), ...unsteadyTitles(fields.get('specs'))];
}

function readReport(file: string): Readonly<Record<string, unknown>> | null {
  try {
    const report: unknown = JSON.parse(readFileSync(file, 'utf8'));
    // A report of either runner is one JSON object.
    return typeof report === 'object' && report !== null ? (report as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function numberIn(report: Readonly<Record<string, unknown>> | null, field: string): number | undefined {
  const value = report?.[field];
  return typeof value === 'number' ? value : undefined;
}

function lineOf(result: StepResult): string {
  const mark = result.failed === 0 ? 'ok  ' : 'FAIL';
  const counts = `${result.passed} passed, ${result.failed} failed, ${result.skipped} skipped`;
  return `${mark} ${result.name.padEnd(34)} ${seconds(result.durationMs).padStart(8)}  ${counts}`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
