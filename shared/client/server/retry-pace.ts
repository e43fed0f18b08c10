// How long to wait before asking again: exponential with jitter, never more than 20 requests a minute while
// failing, however often somebody says "now" (RELIABILITY G14). A success forgets the failures.

const FIRST_DELAY_MS = 500;
const LAST_DELAY_MS = 20_000;
const FAILING_REQUESTS_PER_MINUTE = 20;

export type RetryPace = {
  succeeded(): void;
  /** Counts a failed request; `retryAfterMs` is what the server asked for, if it did. */
  failed(retryAfterMs?: number): void;
  /** Milliseconds until the next request may leave; 0 when nothing is failing. */
  delayMs(): number;
  /** Something changed (network back, window shown): ask at once, as far as the limit allows. */
  hurry(): void;
};

/** A pace of its own for one kind of request. */
export function createRetryPace(given: {
  readonly now: () => number;
  readonly random: () => number;
}): RetryPace {
  let failures = 0;
  let notBefore = 0;
  let recent: readonly number[] = [];
  return {
    succeeded() {
      failures = 0;
      notBefore = 0;
      recent = [];
    },
    failed(retryAfterMs) {
      const now = given.now();
      failures += 1;
      recent = [...recent.filter((at) => now - at < 60_000 && at <= now), now].slice(
        -FAILING_REQUESTS_PER_MINUTE,
      );
      const ceiling = Math.min(LAST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(failures - 1, 16));
      const jittered = ceiling / 2 + (ceiling / 2) * given.random();
      notBefore = now + Math.max(jittered, retryAfterMs ?? 0);
    },
    delayMs() {
      if (failures === 0) return 0;
      const now = given.now();
      const oldest = recent[0];
      const isAtLimit = recent.length >= FAILING_REQUESTS_PER_MINUTE && oldest !== undefined;
      const limited = isAtLimit ? oldest + 60_000 : 0;
      // A clock that was set back must not turn seconds into years.
      return Math.min(60_000, Math.max(0, notBefore - now, limited - now));
    },
    hurry() {
      notBefore = 0;
    },
  };
}
