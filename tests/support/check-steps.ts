// The steps of `npm run check`, in the order of how fast they answer. `npm test` begins with the same list.

import { gs1TableFaults } from './make-gs1-table.ts';
import { printerTableFaults } from './make-printer-table.ts';
import { dexieFaults, lockFaults, switchedOffFaults, topLevelFaults } from './project-rules.ts';
import { programStep, ruleStep, vitestStep, type Step } from './steps.ts';

export const CHECK_STEPS: readonly Step[] = [
  ruleStep('top level is as fixed', () => topLevelFaults()),
  ruleStep('one Dexie', () => dexieFaults()),
  ruleStep('lock file is whole', () => lockFaults()),
  ruleStep('no test is switched off', () => switchedOffFaults()),
  ruleStep('GS1 table is of its dictionary', () => gs1TableFaults()),
  ruleStep('printer table is as it was made', () => printerTableFaults()),
  programStep('format', 'oxfmt', ['--check', '.']),
  programStep('lint', 'oxlint', ['--type-aware', '--deny-warnings', '.']),
  programStep('types: everything', 'tsc', ['-p', '.']),
  programStep('types: shared/domain, no DOM, no Node', 'tsc', ['-p', 'shared/domain']),
  programStep('types: shared/protocol, same', 'tsc', ['-p', 'shared/protocol']),
  programStep('types: service worker', 'tsc', ['-p', 'shared/client/service-worker']),
  programStep('borders of the layers', 'depcruise', ['pos', 'kiosk', 'shared', 'sync-server']),
  vitestStep('unit'),
];
