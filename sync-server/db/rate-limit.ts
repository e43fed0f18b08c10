// Token buckets by key (address, workstation), kept in this process. A bucket refills evenly; what is over is
// told when to come back. The number of buckets is bounded: full ones are forgotten first, they limit nobody.

export type RateLimit = {
  /** Takes `cost` from the bucket of `key`; 0 when allowed, else milliseconds until it would be. */
  readonly take: (key: string, cost?: number) => number;
};

export type RateLimitOptions = {
  /** Most that can be taken at once. */
  readonly burst: number;
  readonly perMinute: number;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  readonly bucketsMax?: number;
};

const BUCKETS_MAX = 20_000;

type Bucket = { level: number; at: number };

export function createRateLimit(options: RateLimitOptions): RateLimit {
  const buckets = new Map<string, Bucket>();
  const perMs = options.perMinute / 60_000;
  const bucketsMax = options.bucketsMax ?? BUCKETS_MAX;

  const levelNow = (bucket: Bucket, now: number): number =>
    Math.min(options.burst, bucket.level + (now - bucket.at) * perMs);

  function forgetFull(now: number): void {
    for (const [key, bucket] of buckets) if (levelNow(bucket, now) >= options.burst) buckets.delete(key);
    // Under attack by many keys none may be full: then the oldest goes, so that memory stays bounded.
    for (const key of buckets.keys()) {
      if (buckets.size < bucketsMax) break;
      buckets.delete(key);
    }
  }

  return {
    take(key, cost = 1) {
      const now = options.now();
      const known = buckets.get(key);
      if (known === undefined && buckets.size >= bucketsMax) forgetFull(now);
      const level = known === undefined ? options.burst : levelNow(known, now);
      if (level < cost) {
        buckets.set(key, { level, at: now });
        return Math.ceil((cost - level) / perMs);
      }
      buckets.set(key, { level: level - cost, at: now });
      return 0;
    },
  };
}
