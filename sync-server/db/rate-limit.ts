// Token buckets by key (address, workstation), kept in this process. A bucket refills evenly; what is over is
// told when to come back. The number of buckets is bounded: full ones are forgotten first, they limit nobody.

export type RateLimit = {
  /** Takes `cost` from the bucket of `key`; 0 when allowed, else milliseconds until it would be. */
  readonly take: (key: string, cost?: number) => number;
  /** Milliseconds until `cost` could be taken, without taking it. */
  readonly wait: (key: string, cost?: number) => number;
};

export type RateLimitOptions = {
  /** Most that can be taken at once. */
  readonly burst: number;
  readonly perMinute: number;
  /** Milliseconds. */
  readonly now: () => number;
  readonly bucketsMax?: number;
};

const BUCKETS_MAX = 20_000;

type Bucket = { readonly level: number; readonly at: number };

export function createRateLimit(options: RateLimitOptions): RateLimit {
  const buckets = new Map<string, Bucket>();
  const perMs = options.perMinute / 60_000;
  const bucketsMax = options.bucketsMax ?? BUCKETS_MAX;

  const levelOf = (bucket: Bucket | undefined, now: number): number =>
    bucket === undefined
      ? options.burst
      : Math.min(options.burst, bucket.level + Math.max(0, now - bucket.at) * perMs);
  const waitFor = (level: number, cost: number): number =>
    level >= cost ? 0 : Math.ceil((cost - level) / perMs);

  function makeRoom(now: number): void {
    for (const [key, bucket] of buckets) if (levelOf(bucket, now) >= options.burst) buckets.delete(key);
    // Under attack by many keys none may be full: then the oldest goes, so that memory stays bounded.
    for (const key of buckets.keys()) {
      if (buckets.size < bucketsMax) break;
      buckets.delete(key);
    }
  }

  return {
    wait: (key, cost = 1) => waitFor(levelOf(buckets.get(key), options.now()), cost),
    take(key, cost = 1) {
      const now = options.now();
      const known = buckets.get(key);
      if (known === undefined && buckets.size >= bucketsMax) makeRoom(now);
      const level = levelOf(known, now);
      const waitMs = waitFor(level, cost);
      buckets.set(key, { level: waitMs === 0 ? level - cost : level, at: now });
      return waitMs;
    },
  };
}
