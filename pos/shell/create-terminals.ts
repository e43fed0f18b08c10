// The card terminals of this till: one that is not connected, which the cashier works by hand, and in a demo store one that
// only simulates. What the simulated one remembers stands outside of the till's database, as that of a real one would.

import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type {
  CardTerminal,
  SimulatedStep,
  StandaloneEntry,
  StandaloneQuestion,
} from '../../shared/devices/ports.ts';
import type { StoreSettings } from '../../shared/domain/store.ts';

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
};

export type TerminalsGiven = {
  readonly settings: ReadonlySignal<StoreSettings | null>;
  readonly makeStandalone: (
    id: string,
    ask: (question: StandaloneQuestion) => Promise<StandaloneEntry>,
  ) => CardTerminal;
  readonly makeSimulated: (id: string, nextStep: () => SimulatedStep) => CardTerminal;
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
  return {
    terminals: computed(() =>
      given.settings.value?.isDemo === true ? [simulated, standalone] : [standalone],
    ),
    cardAsked,
    simulatedStep,
  };
}
