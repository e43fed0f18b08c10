// Rules about the project itself that no linter knows: what may stand at the top, that Dexie comes once, that no test
// is switched off, that no file is hidden from the build. Each returns sentences, none when the rule holds.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PROJECT_ROOT } from './run-command.ts';

/** Folders and files at the top, besides dotfiles. A new one needs a decision, not only a commit. */
const TOP_LEVEL = [
  'LICENSE',
  'README.md',
  'kiosk',
  'package-lock.json',
  'package.json',
  'pos',
  'public',
  'shared',
  'sync-server',
  'tests',
  'tsconfig.json',
  'vite.config.ts',
];

export function topLevelFaults(files: readonly string[] = trackedFiles()): string[] {
  const found = new Set(files.map((file) => file.split('/')[0] ?? file));
  return [...found]
    .filter((name) => !name.startsWith('.') && !TOP_LEVEL.includes(name))
    .map(
      (name) => `"${name}" stands at the top, which is fixed: put it below one of ${TOP_LEVEL.join(', ')}`,
    );
}

/** Two copies of Dexie in one page make the app stop at its start. */
export function dexieFaults(
  lockFile = readFileSync(path.join(PROJECT_ROOT, 'package-lock.json'), 'utf8'),
): string[] {
  const lock = JSON.parse(lockFile) as { packages: Record<string, { version?: string }> };
  const copies = Object.entries(lock.packages).filter(([place]) => /(^|\/)node_modules\/dexie$/.test(place));
  if (copies.length === 1) return [];
  return [
    `dexie is installed ${copies.length} times: ${copies.map(([place, { version }]) => `${place} ${version}`).join(', ')}`,
  ];
}

/**
 * A lock file written where some platforms' packages could not be fetched leaves them out, and `npm ci` then refuses it
 * everywhere: each optional package that is named must have its entry.
 */
export function lockFaults(
  lockFile = readFileSync(path.join(PROJECT_ROOT, 'package-lock.json'), 'utf8'),
): string[] {
  const { packages } = JSON.parse(lockFile) as {
    packages: Record<string, { optionalDependencies?: Record<string, string> }>;
  };
  const missing = Object.entries(packages).flatMap(([place, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !(`node_modules/${name}` in packages) && !(`${place}/node_modules/${name}` in packages),
    ),
  );
  return missing.length === 0
    ? []
    : [
        `npm ci would refuse package-lock.json: it leaves out ${missing.length} packages of other platforms, such as ${missing[0]}`,
      ];
}

const SWITCHED_OFF =
  /\b(?:describe|it|test|suite)(?:\.\w+)*\.(?:skip|only|todo|fixme|skipIf|runIf|fails)\b|\b(?:xit|xdescribe|fit|fdescribe)\(/;

/** A test that is skipped or focused proves nothing while it looks green. */
export function switchedOffFaults(files: readonly string[] = trackedFiles()): string[] {
  const faults: string[] = [];
  for (const file of files.filter((name) => /\.(test|spec|e2e)\.tsx?$/.test(name))) {
    for (const [index, line] of readFileSync(path.join(PROJECT_ROOT, file), 'utf8').split('\n').entries()) {
      if (SWITCHED_OFF.test(line))
        faults.push(`${file}:${index + 1} switches a test off or narrows the run: ${line.trim()}`);
    }
  }
  return faults;
}

/** Files that git holds or would hold, relative to the project, that are still on disk. */
export function trackedFiles(): string[] {
  const listed = execFileSync(
    'git',
    ['ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate'],
    {
      cwd: PROJECT_ROOT,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  const gone = new Set(
    execFileSync('git', ['ls-files', '--deleted'], { cwd: PROJECT_ROOT, encoding: 'utf8' }).split('\n'),
  );
  return listed.split('\n').filter((file) => file !== '' && !gone.has(file));
}
