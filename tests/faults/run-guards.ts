// `npm run test:faults -- --guards`: takes each guard (guards.ts) out of a copy of the project and runs its test there,
// which must fail. A guard whose text is no longer where the list says fails too: the list follows the code. The
// project itself is never touched.

import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { copyOfProject } from '../support/copy-of-project.ts';
import { runCommand } from '../support/run-command.ts';
import { GUARDS, type Guard, type GuardTest } from './guards.ts';

const TEST_LIMIT_MS = 240_000;

type Verdict = { readonly outcome: 'ok' | 'FAIL' | 'skip'; readonly sentence: string };

/** Tries every guard whose name holds `only`; the answer is the exit code. */
export async function runGuards(only: string): Promise<number> {
  const chosen = GUARDS.filter(({ fact, name }) => `${fact} ${name}`.includes(only));
  if (chosen.length === 0) throw new Error(`no guard is called "${only}"`);
  const copy = copyOfProject();
  const counts = { ok: 0, FAIL: 0, skip: 0 };
  try {
    const isWhole = new Map<string, boolean>();
    for (const guard of chosen) {
      const { outcome, sentence } = await tryGuard(copy, guard, isWhole);
      counts[outcome] += 1;
      console.log(`${outcome.padEnd(4)} ${guard.fact} ${guard.name}: ${sentence}`);
    }
  } finally {
    rmSync(copy, { recursive: true, force: true, maxRetries: 5 });
  }
  console.log(`${counts.ok} passed, ${counts.FAIL} failed, ${counts.skip} skipped`);
  return counts.FAIL === 0 ? 0 : 1;
}

async function tryGuard(copy: string, guard: Guard, isWhole: Map<string, boolean>): Promise<Verdict> {
  const file = path.join(copy, guard.file);
  const source = readFileSync(file, 'utf8');
  const places = source.split(guard.text).length - 1;
  if (places !== 1) return { outcome: 'FAIL', sentence: `its text stands ${places} times in ${guard.file}` };
  if ('trace' in guard.test && (process.platform !== 'linux' || process.getuid?.() !== 0))
    return { outcome: 'skip', sentence: 'tracing needs Linux and root' };
  // With the guard the test passes: otherwise its failure below would prove nothing.
  const key = JSON.stringify(guard.test);
  const passes = isWhole.get(key) ?? (await runTest(copy, guard.test)) === 'passed';
  isWhole.set(key, passes);
  if (!passes)
    return { outcome: 'FAIL', sentence: `its test does not even pass with it (${describeTest(guard.test)})` };
  writeFileSync(
    file,
    source.replace(guard.text, () => guard.without),
  );
  try {
    const without = await runTest(copy, guard.test);
    return without === 'failed'
      ? { outcome: 'ok', sentence: `without it the test failed as it must (${describeTest(guard.test)})` }
      : { outcome: 'FAIL', sentence: `without it the test ${without} (${describeTest(guard.test)})` };
  } finally {
    writeFileSync(file, source);
  }
}

/** Failed means judged and found wrong; a test that could not be run at all is neither. */
async function runTest(copy: string, test: GuardTest): Promise<'passed' | 'failed' | 'could not be run'> {
  const [program, args] =
    'trace' in test
      ? [process.execPath, ['--import', 'tsx', 'tests/faults/run.ts', '--only', 'syncs of a sale']]
      : [
          path.join(copy, 'node_modules', '.bin', 'vitest'),
          ['run', '--project', test.project, test.file, '-t', literal(test.name), '--reporter=json'],
        ];
  const { code, output } = await runCommand(program, args, { cwd: copy, timeoutMs: TEST_LIMIT_MS });
  const counted =
    'trace' in test
      ? /^(\d+) passed, (\d+) failed/m.exec(output)
      : /"numPassedTests":(\d+),"numFailedTests":(\d+)/.exec(output);
  if (counted === null) return 'could not be run';
  const [passed, failed] = [Number(counted[1]), Number(counted[2])];
  if (failed > 0 && code !== 0) return 'failed';
  return passed > 0 && code === 0 ? 'passed' : 'could not be run';
}

const literal = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

const describeTest = (test: GuardTest): string =>
  'trace' in test ? 'strace of a sale' : `${test.file}, "${test.name}"`;
