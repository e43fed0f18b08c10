// The cable of one workstation: whole, cut, or one that brings requests to the server and loses the answers.

import type { WakeUps } from '../../shared/client/ports.ts';

export type SwitchedNetwork = {
  /** What a browser says when the cable comes back (`online`). */
  readonly wakeUps: WakeUps;
  readonly fetch: typeof globalThis.fetch;
  cut(): void;
  mend(): void;
  isCut(): boolean;
  /** Share of answers (0 to 1) that are lost after the server has done its work. */
  loseAnswers(share: number): void;
  /** How many answers were lost. */
  lostAnswers(): number;
};

export function createSwitchedNetwork(random: () => number): SwitchedNetwork {
  let isCut = false;
  let share = 0;
  let lost = 0;
  let cable = new AbortController();
  const waiting = new Set<() => void>();
  const broken = (): TypeError => new TypeError('fetch failed');
  return {
    wakeUps: {
      listen: (wake) => {
        waiting.add(wake);
        return () => void waiting.delete(wake);
      },
      mayBeOnline: () => !isCut,
    },
    fetch: async (input, init) => {
      if (isCut) throw broken();
      const signals = [cable.signal, ...(init?.signal ? [init.signal] : [])];
      const answer = await globalThis
        .fetch(input, { ...init, signal: AbortSignal.any(signals) })
        .catch((error: unknown) => {
          throw isCut ? broken() : error;
        });
      // Only an answer that says something is worth losing: a stream that is just open says nothing yet.
      const isStream = answer.headers.get('content-type')?.startsWith('text/event-stream') === true;
      if (!isStream && share > 0 && random() < share) {
        lost += 1;
        await answer.arrayBuffer();
        throw broken();
      }
      return answer;
    },
    cut: () => {
      isCut = true;
      cable.abort(broken());
    },
    mend: () => {
      if (!isCut) return;
      isCut = false;
      cable = new AbortController();
      for (const wake of waiting) wake();
    },
    isCut: () => isCut,
    loseAnswers: (next) => {
      share = next;
    },
    lostAnswers: () => lost,
  };
}
