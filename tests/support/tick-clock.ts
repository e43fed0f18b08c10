// Time for tests with time-outs: it moves by a tick for each turn of the event loop, so everything that can happen at once
// happens before time does, and hours pass in milliseconds.

const TICK_MS = 25;

export type TickClock = {
  readonly now: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Moves on until the promise is settled, at most so long. */
  run<Value>(work: Promise<Value>, limitMs: number): Promise<Value>;
};

export function createTickClock(): TickClock {
  let now = 0;
  let timers: { readonly at: number; readonly ring: () => void }[] = [];
  const tick = async (): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve));
    now += TICK_MS;
    const due = timers.filter(({ at }) => at <= now);
    timers = timers.filter(({ at }) => at > now);
    for (const { ring } of due.toSorted((one, other) => one.at - other.at)) ring();
  };
  return {
    now: () => now,
    wait: (milliseconds) =>
      new Promise((resolve) => void timers.push({ at: now + milliseconds, ring: resolve })),
    async run(work, limitMs) {
      const until = now + limitMs;
      const state = { isSettled: false };
      const settle = (): void => {
        state.isSettled = true;
      };
      work.then(settle, settle);
      while (!state.isSettled) {
        if (now > until) throw new Error(`not done within ${String(limitMs)} ms`);
        await tick();
      }
      return work;
    },
  };
}
