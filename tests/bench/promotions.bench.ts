// A cart of 100 lines under 500 active promotions, computed whole (promotions, discounts, taxes, totals) as after every
// scan of a cashier.

import { fileURLToPath } from 'node:url';
import { asBuilt } from './as-built.ts';
import type { Bench } from './bench.ts';
import { limited, told } from './row.ts';
import { median, percentile } from './statistics.ts';

const GOAL_MS = 5;
const WORK = fileURLToPath(new URL('./promotions-work.ts', import.meta.url));
type Work = typeof import('./promotions-work.ts');

export const promotions: Bench = {
  name: 'promotions',
  about: 'a cart of 100 lines under 500 active promotions (Node)',
  async run({ isQuick }) {
    const { LINES, PROMOTIONS, hardPromotion, timesOf, usualPromotion } = await asBuilt<Work>(WORK);
    const usual = timesOf(usualPromotion, isQuick ? 50 : 1_000);
    const hard = timesOf(hardPromotion, isQuick ? 3 : 20);
    const name = `cart of ${String(LINES)} lines × ${String(PROMOTIONS)} promotions`;
    return [
      limited(`${name}, p99`, percentile(usual.times, 0.99), { unit: 'ms', atMost: GOAL_MS }),
      told(`${name}, median`, median(usual.times), 'ms'),
      told(`${name}: that applied`, usual.applied, 'promotions'),
      told(`${name}, all touching the cart, median`, median(hard.times), 'ms'),
    ];
  },
};
