// A card terminal whose driver is fetched with its first question, so that a till without one never loads it. A driver that
// cannot be fetched has asked nothing: that is a no, and for a question about the past it is not known.

import { refuse } from '../domain/refusal.ts';
import type { CardAnswer, CardTerminal, CardTerminalState } from './ports.ts';

export type LazyTerminalGiven = Pick<CardTerminal, 'id' | 'driver'> & {
  readonly name: string;
  readonly load: () => Promise<CardTerminal>;
};

const NOT_LOADED = 'terminal-not-loaded';

export function createLazyCardTerminal({ id, driver, name, load }: LazyTerminalGiven): CardTerminal {
  let loaded: CardTerminal | null = null;
  const states = new Set<(state: CardTerminalState) => void>();
  const prompts = new Set<(prompt: string | null) => void>();
  const real = async (): Promise<CardTerminal | null> => {
    if (loaded !== null) return loaded;
    try {
      const made = await load();
      if (loaded !== null) return loaded;
      made.onState((state) => {
        for (const listener of states) listener(state);
      });
      made.served?.onPrompt((prompt) => {
        for (const listener of prompts) listener(prompt);
      });
      loaded = made;
      return made;
    } catch {
      return null;
    }
  };
  const ask = async (
    question: (terminal: CardTerminal) => Promise<CardAnswer>,
    outcome: 'declined' | 'unknown',
  ): Promise<CardAnswer> => {
    const terminal = await real();
    return terminal === null ? { outcome, reason: NOT_LOADED } : question(terminal);
  };
  return {
    id,
    driver,
    state: () => loaded?.state() ?? 'idle',
    onState: (listener) => listen(states, listener),
    authorizeSales: (asked) => ask((terminal) => terminal.authorizeSales(asked), 'declined'),
    authorizeRefund: (asked) => ask((terminal) => terminal.authorizeRefund(asked), 'declined'),
    authorizeVoid: (asked) => ask((terminal) => terminal.authorizeVoid(asked), 'declined'),
    retrieveResult: (attemptId) => ask((terminal) => terminal.retrieveResult(attemptId), 'unknown'),
    served: {
      name,
      onPrompt: (listener) => listen(prompts, listener),
      cancel: () => loaded?.served?.cancel(),
      endOfDay: async (asked) => (await real())?.served?.endOfDay(asked) ?? refuse(NOT_LOADED),
    },
  };
}

function listen<Listener>(listeners: Set<Listener>, listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
