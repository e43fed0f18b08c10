// Prices that begin or end at a given time do so by themselves, without a network: at each such instant whatever shows
// prices is told to look again. The open cart keeps the prices at which its lines were added, as a shop keeps the price on
// the shelf at which the customer took the goods; what is added later costs what counts then.

import { priceChangesAfter } from '../domain/resolve-price.ts';
import type { PriceRule } from '../domain/price-rule.ts';

/** Looked at again at least so often, because a clock may be set and a long timer is not exact. */
const LOOK_AGAIN_MS = 10 * 60_000;

export type PriceClock = {
  /** The rules have changed. */
  watch(rules: readonly PriceRule[]): void;
  close(): void;
};

/** `now` is the corrected clock; `onChanged` hears that some price has begun or ended. */
export function createPriceClock(now: () => string, onChanged: () => void): PriceClock {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const watch = (rules: readonly PriceRule[]): void => {
    clearTimeout(timer);
    const [next] = priceChangesAfter(now(), rules);
    if (next === undefined) return;
    const waitMs = Math.max(1, Date.parse(next) - Date.parse(now()));
    timer = setTimeout(
      () => {
        if (Date.parse(now()) >= Date.parse(next)) onChanged();
        watch(rules);
      },
      Math.min(waitMs, LOOK_AGAIN_MS),
    );
  };
  return { watch, close: () => clearTimeout(timer) };
}
