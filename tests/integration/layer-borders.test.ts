// The borders of the layers are only worth something if the check sees every way to cross one: a type, a re-export,
// a late import, a package, a component file. Each crossing planted here must be named by its rule.

import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ownProgram, PROJECT_ROOT, runCommand } from '../support/run-command.ts';

const PLANTED: Readonly<Record<string, string>> = {
  'shared/domain/type-only.ts':
    "import type { One } from '../../sync-server/a/one.ts';\nexport type Two = One;\n",
  'shared/ui/late.tsx':
    "export const Late = () => <div />;\nexport const open = () => import('../../sync-server/b/two.ts');\n",
  'shared/client/node.ts': "export { readFile } from 'node:fs/promises';\n",
  'sync-server/a/one.ts': "export { two } from '../b/two.ts';\nexport type One = 1;\n",
  'sync-server/b/two.ts': 'export const two = 2;\n',
  'pos/features/x/x.tsx': "import { y } from '../y/y.ts';\nexport const X = () => <b>{y}</b>;\n",
  'pos/features/y/y.ts': "import { t } from '../../../tests/t.ts';\nexport const y = t;\n",
  'tests/t.ts': 'export const t = 1;\n',
};

const EXPECTED = [
  'domain-is-pure: shared/domain/type-only.ts',
  'ui-border: shared/ui/late.tsx',
  'client-border: shared/client/node.ts',
  'server-modules-meet-in-db: sync-server/a/one.ts',
  'features-never-meet: pos/features/x/x.tsx',
  'no-tests-in-product: pos/features/y/y.ts',
];

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tillandsia-borders-'));
  for (const [file, source] of Object.entries({
    ...PLANTED,
    'kiosk/main.ts': 'export {};\n',
    'package.json': '{}',
  })) {
    mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(folder, file), source);
  }
  copyFileSync(
    path.join(PROJECT_ROOT, '.dependency-cruiser.cjs'),
    path.join(folder, '.dependency-cruiser.cjs'),
  );
  symlinkSync(path.join(PROJECT_ROOT, 'node_modules'), path.join(folder, 'node_modules'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('every planted crossing of a border is named by its rule', async () => {
  const { code, output } = await runCommand(
    ownProgram('depcruise'),
    ['pos', 'kiosk', 'shared', 'sync-server'],
    { cwd: folder },
  );
  expect(code).not.toBe(0);
  expect(EXPECTED.filter((expected) => !output.includes(`error ${expected}`))).toEqual([]);
});
