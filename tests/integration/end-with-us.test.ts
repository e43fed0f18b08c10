// What a test starts ends with it, also when the test itself is killed.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PROJECT_ROOT } from '../support/run-command.ts';

const SCRIPT = `
import { spawn } from 'node:child_process';
import { endWithUs } from './tests/support/end-with-us.ts';
const program = spawn('sleep', ['300'], { detached: true, stdio: 'ignore' });
endWithUs(program, 'KILL');
console.log(program.pid);
setInterval(() => undefined, 1000);`;

/** Running, and not only a zombie that nobody has collected. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const file = `/proc/${pid}/status`;
  return !existsSync(file) || !/^State:\s+[ZX]/m.test(readFileSync(file, 'utf8'));
}

test('a program ends when the script that started it is killed', async () => {
  const script = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', SCRIPT], {
    cwd: PROJECT_ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = (await once(script.stdout, 'data')) as [Buffer];
  const pid = Number(said.toString('utf8'));
  expect(isAlive(pid)).toBe(true);
  script.kill('SIGKILL');
  await expect.poll(() => isAlive(pid), { timeout: 20_000 }).toBe(false);
});
