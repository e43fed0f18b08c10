// `npm test`: everything that CI runs, in one terminal, on a machine where nothing was installed by hand.
// check → build → integration → property → faults → a slice of the replay → the whole app in a browser.

import { findOrInstallChromium } from './chromium.ts';
import { CHECK_STEPS } from './check-steps.ts';
import { closeRun, playwrightStep, ruleStep, runSteps, scriptStep, vitestStep, type Step } from './steps.ts';

const HELP = `Usage: npm test [-- --only NAME[,NAME…]]

Runs what CI runs: check, build, integration, property (500 runs each), faults, replay, browser. NAME is one of
check, build, integration, property, faults, replay, browser. Needs Chromium and installs it where it may.
SEED=N repeats a seeded run.`;

const SEED = process.env['SEED'] ?? String(Math.floor(Date.now() / 86_400_000));

const GROUPS: Readonly<Record<string, readonly Step[]>> = {
  check: CHECK_STEPS,
  build: [buildStep(), scriptStep('JavaScript until ready to sell', ['tests/support/bundle-size.ts'])],
  integration: [vitestStep('integration')],
  property: [vitestStep('property', { env: { PROPERTY_RUNS: '500', SEED } })],
  faults: [
    vitestStep('faults', { env: { SEED } }),
    scriptStep('faults around a sale', ['tests/faults/run.ts', '--seed', SEED, '--short']),
  ],
  replay: [
    scriptStep('replay of 2,000 invoices', [
      'tests/replay/run.ts',
      '--generated',
      '--invoices',
      '2000',
      '--seed',
      SEED,
    ]),
  ],
  browser: [playwrightStep('browser')],
};

/** The browser tests run against what `npm run build` makes, so a build that fails is said before they start. */
function buildStep(): Step {
  return scriptOf('build of both apps', ['sync-server/build.ts']);
}

function scriptOf(name: string, args: readonly string[]): Step {
  return {
    name,
    run: async () => {
      const { runCommand } = await import('./run-command.ts');
      const { code, output } = await runCommand(process.execPath, ['--import', 'tsx', ...args]);
      return { counts: { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 }, output };
    },
  };
}

function chosenGroups(args: readonly string[]): string[] {
  const at = args.indexOf('--only');
  if (at === -1) return Object.keys(GROUPS);
  const names = (args[at + 1] ?? '').split(',');
  const unknown = names.filter((name) => !(name in GROUPS));
  if (unknown.length > 0)
    throw new Error(`"${unknown.join(', ')}" is no part of npm test; ${Object.keys(GROUPS).join(', ')} are.`);
  return names;
}

async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--help')) {
    process.stdout.write(`${HELP}\n`);
    return 0;
  }
  const startedAt = performance.now();
  const groups = chosenGroups(args);
  process.stdout.write(`seed ${SEED}\n`);
  const steps = groups.flatMap((name) => GROUPS[name] ?? []);
  const needsBrowser = groups.some((name) => name === 'browser' || name === 'faults');
  const browser = ruleStep('Chromium is here', async () => {
    const found = await findOrInstallChromium();
    return found.ok ? [] : [found.sentence];
  });
  return closeRun(await runSteps(needsBrowser ? [browser, ...steps] : steps), startedAt);
}

process.exitCode = await main(process.argv.slice(2));
