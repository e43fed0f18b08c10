// The card terminals of this till: those that the server speaks with, one that is not connected, which the cashier works by
// hand, and in a demo store one that only simulates. What the simulated one remembers stands outside of the till's database, as that of a real one would.

import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type {
  CardTerminal,
  SimulatedStep,
  StandaloneEntry,
  StandaloneQuestion,
} from '../../shared/devices/ports.ts';
import type { ConfiguredTerminal, StoreSettings } from '../../shared/domain/store.ts';
import type { Preferences } from '../../shared/ui/preferences.ts';

/** The cashier is asked to work the terminal that is not connected. */
export type CardAskedOfCashier = {
  readonly question: StandaloneQuestion;
  readonly answer: (entry: StandaloneEntry) => void;
};

export type Terminals = {
  /** The one that is asked unless another is chosen stands first. */
  readonly terminals: ReadonlySignal<readonly CardTerminal[]>;
  readonly cardAsked: Signal<CardAskedOfCashier | null>;
  /** What the simulated terminal will do with the next card. */
  readonly simulatedStep: Signal<SimulatedStep>;
  /** What a terminal on the network asks of the customer now, as a code. */
  readonly cardPrompt: ReadonlySignal<string | null>;
};

export type TerminalsGiven = {
  readonly settings: ReadonlySignal<StoreSettings | null>;
  readonly preferences: ReadonlySignal<Pick<Preferences, 'terminal'>>;
  readonly makeStandalone: (
    id: string,
    ask: (question: StandaloneQuestion) => Promise<StandaloneEntry>,
  ) => CardTerminal;
  readonly makeSimulated: (id: string, nextStep: () => SimulatedStep) => CardTerminal;
  readonly makeServed: (terminal: ConfiguredTerminal) => CardTerminal;
};

export function createTerminals(given: TerminalsGiven): Terminals {
  const cardAsked = signal<CardAskedOfCashier | null>(null);
  const simulatedStep = signal<SimulatedStep>('approve');
  const ask = (question: StandaloneQuestion): Promise<StandaloneEntry> =>
    new Promise((resolve) => {
      cardAsked.value = {
        question,
        answer(entry) {
          cardAsked.value = null;
          resolve(entry);
        },
      };
    });
  const standalone = given.makeStandalone('standalone', ask);
  const simulated = given.makeSimulated('simulated', () => simulatedStep.peek());
  const cardPrompt = signal<string | null>(null);
  const made = new Map<string, CardTerminal>();
  // A driver is made once: it holds the question that is under way.
  const servedBy = (configured: ConfiguredTerminal): CardTerminal => {
    const known = made.get(configured.id);
    if (known?.driver === configured.driver && known.served?.name === configured.name) return known;
    const terminal = given.makeServed(configured);
    terminal.served?.onPrompt((prompt) => {
      cardPrompt.value = prompt;
    });
    made.set(configured.id, terminal);
    return terminal;
  };
  return {
    terminals: computed(() => {
      const settings = given.settings.value;
      const served = (settings?.terminals ?? []).map(servedBy);
      const all = settings?.isDemo === true ? [simulated, ...served, standalone] : [...served, standalone];
      const { terminal } = given.preferences.value;
      return [...all.filter(({ id }) => id === terminal), ...all.filter(({ id }) => id !== terminal)];
    }),
    cardAsked,
    simulatedStep,
    cardPrompt,
  };
}
