// The state of a card terminal as its screens see it: every move is in the table of its port (ports.ts), and whoever listens
// hears of it.

import type { CardTerminal, CardTerminalState } from './ports.ts';

export type WatchedState = Pick<CardTerminal, 'state' | 'onState'> & {
  move(state: CardTerminalState): void;
};

/** Begins idle. */
export function createWatchedState(): WatchedState {
  let state: CardTerminalState = 'idle';
  const listeners = new Set<(state: CardTerminalState) => void>();
  return {
    state: () => state,
    onState(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    move(next) {
      state = next;
      for (const listener of listeners) listener(next);
    },
  };
}
