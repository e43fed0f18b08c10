// `npm run check`: what must be green before every commit. Format, lint, types, borders of the layers, unit tests,
// and the few rules about the project that no tool knows.

import { CHECK_STEPS } from './check-steps.ts';
import { closeRun, runSteps } from './steps.ts';

const HELP = `Usage: npm run check

Format (oxfmt), lint (oxlint, type-aware), types (tsc, four projects), borders of the layers (dependency-cruiser),
unit tests (vitest), one Dexie, the fixed top level, no test switched off. To repair the format: npx oxfmt .`;

if (process.argv.includes('--help')) {
  process.stdout.write(`${HELP}\n`);
} else {
  const startedAt = performance.now();
  process.exitCode = closeRun(await runSteps(CHECK_STEPS), startedAt);
}
