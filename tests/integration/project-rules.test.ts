// The rules about the project itself must be able to fail: each is shown a project that breaks it.

import { expect, test } from 'vitest';
import { dexieFaults, lockFaults, topLevelFaults } from '../support/project-rules.ts';
import { lastLineCounts } from '../support/steps.ts';

test('a new folder at the top is refused, a dotfile is not', () => {
  expect(topLevelFaults(['pos/main.tsx', '.ci/run', 'README.md'])).toEqual([]);
  expect(topLevelFaults(['docs/design.md', 'docs/plan.md'])).toHaveLength(1);
});

test('a second Dexie is refused, wherever it hides', () => {
  const one = {
    'node_modules/dexie': { version: '4.4.2' },
    'node_modules/dexie-observable': { version: '1.0.0' },
  };
  expect(dexieFaults(JSON.stringify({ packages: one }))).toEqual([]);
  const two = { ...one, 'node_modules/rxdb/node_modules/dexie': { version: '4.4.7' } };
  expect(dexieFaults(JSON.stringify({ packages: two }))).toEqual([
    'dexie is installed 2 times: node_modules/dexie 4.4.2, node_modules/rxdb/node_modules/dexie 4.4.7',
  ]);
});

test('a lock file without the packages of other platforms is refused', () => {
  const tool = {
    'node_modules/tool': { optionalDependencies: { 'tool-linux': '1.0.0', 'tool-mac': '1.0.0' } },
  };
  expect(lockFaults(JSON.stringify({ packages: { ...tool, 'node_modules/tool-linux': {} } }))).toEqual([
    'npm ci would refuse package-lock.json: it leaves out 1 packages of other platforms, such as tool-mac',
  ]);
});

test('a closing line is read, and nothing else is taken for one', () => {
  expect(lastLineCounts('noise\n12 passed, 1 failed, 3 unsupported\n')).toEqual({
    passed: 12,
    failed: 1,
    skipped: 3,
  });
  expect(lastLineCounts('12 passed, 0 failed')).toEqual({ passed: 12, failed: 0, skipped: 0 });
  expect(lastLineCounts('12 passed, 0 failed, 0 skipped\nand more')).toBeNull();
});
