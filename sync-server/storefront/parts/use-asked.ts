// Something asked of the API for a page: not there yet, there, or refused. Asked again when what it depends on changes; an answer
// that comes after the page has gone is thrown away.

import { useEffect, useState } from 'preact/hooks';
import type { Answer } from '../api.ts';

export type Asked<Value> = Answer<Value> | null;

export function useAsked<Value>(
  ask: () => Promise<Answer<Value>>,
  dependsOn: readonly unknown[],
): readonly [Asked<Value>, (answer: Asked<Value>) => void, () => void] {
  const [answer, setAnswer] = useState<Asked<Value>>(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let isWanted = true;
    void ask().then((came) => {
      if (isWanted) setAnswer(came);
    });
    return () => {
      isWanted = false;
    };
  }, [...dependsOn, turn]);
  return [answer, setAnswer, () => setTurn((before) => before + 1)];
}

/** Runs something every so often while it is wanted and the window is seen. */
export function useEvery(everyMs: number, isWanted: boolean, run: () => void): void {
  useEffect(() => {
    if (!isWanted) return undefined;
    const timer = setInterval(() => {
      if (!document.hidden) run();
    }, everyMs);
    return () => clearInterval(timer);
  }, [everyMs, isWanted]);
}
