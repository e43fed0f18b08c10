// Promises about stock under partitions, crashes, lost answers, wrong clocks, copied tokens and expiry: thousands of schedules,
// each from its seed. `npm run test:property -- --runs 10000 --seed S` tries ten thousand; the seed of a failure is printed.

import { describe, expect, test } from 'vitest';
import { runSchedule } from './promise-simulation/run-schedule.ts';
import type { PlantedBug } from './promise-simulation/world.ts';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? '500');
const FIRST_SEED = Number(process.env['SEED'] ?? '1');
const RUNS_FOR_BUGS = 500;

const seeds = (runs: number): number[] => Array.from({ length: runs }, (_, place) => FIRST_SEED + place);

describe('promises of stock', () => {
  test(`hold in ${String(RUNS)} schedules of stores, tills, web and call-centre`, () => {
    const seen = new Set<string>();
    for (const seed of seeds(RUNS)) {
      const schedule = runSchedule(seed);
      expect({ seed, broken: schedule.broken }).toEqual({ seed, broken: [] });
      for (const what of schedule.seen) seen.add(what);
    }
    const mustBeSeen = ['reject', 'release', 'expire', 'hand-over', 'return', 'pass-on', 'promise refused'];
    const whileCutOff = ['accept', 'hand-over', 'release', 'pick'].map((what) => `${what} while cut off`);
    expect([...mustBeSeen, ...whileCutOff].filter((what) => !seen.has(what))).toEqual([]);
  });

  test('the same seed gives the same schedule', () => {
    expect(runSchedule(7, 'guard-removed')).toEqual(runSchedule(7, 'guard-removed'));
  });

  const bugs: readonly PlantedBug[] = [
    'guard-removed',
    'expires-by-client-clock',
    'burns-twice',
    'silence-is-yes',
    'lease-never-ends',
    'forgets-who-holds',
  ];
  test.each(bugs)('a world in which a bug is planted is found out: %s', (bug) => {
    const found = seeds(RUNS_FOR_BUGS).find((seed) => runSchedule(seed, bug).broken.length > 0);
    expect(found).toBeDefined();
  });
});
