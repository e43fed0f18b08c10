// A copy of the project in which a test may change the code: the files as they are now, also those that are not committed
// yet, and a link to what is installed. The project itself is never touched.

import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PROJECT_ROOT } from './run-command.ts';

/** The folder of a new copy; the caller removes it. */
export function copyOfProject(): string {
  const copy = mkdtempSync(path.join(tmpdir(), 'tillandsia-copy-'));
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: PROJECT_ROOT,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  for (const name of listed.split('\0')) {
    if (name === '' || !existsSync(path.join(PROJECT_ROOT, name))) continue;
    mkdirSync(path.dirname(path.join(copy, name)), { recursive: true });
    cpSync(path.join(PROJECT_ROOT, name), path.join(copy, name));
  }
  symlinkSync(path.join(PROJECT_ROOT, 'node_modules'), path.join(copy, 'node_modules'));
  return copy;
}
