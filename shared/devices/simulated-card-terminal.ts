// A card terminal that takes no money, for demonstrations and tests. It behaves as a real one does: it decides first and
// remembers what it decided, then answers, or the answer is lost on the way. Its memory lives outside of the till's storage
// and survives a reload, so that a lost answer can be asked for afterwards.

import type { AnsweredCard } from '../domain/card-details.ts';
import { createWatchedState } from './card-terminal-state.ts';
import type { CardAnswer, CardAsked, CardTerminal, SimulatedStep } from './ports.ts';

export type SimulatedGiven = {
  readonly id: string;
  /** Asked once for each attempt. */
  readonly nextStep: () => SimulatedStep;
  readonly memory: { getItem(key: string): string | null; setItem(key: string, value: string): void };
  readonly wait: (milliseconds: number) => Promise<void>;
};

/** Attempts that are remembered; a real terminal keeps those of a day. */
const REMEMBERED_MAX = 50;
const KEY = 'simulated-card-terminal';
const CARD_MS = 400;
const SLOW_MS = 4_000;
const LOST_MS = 1_500;

type Remembered = readonly (readonly [attemptId: string, answer: CardAnswer])[];

export function createSimulatedCardTerminal(given: SimulatedGiven): CardTerminal {
  const watched = createWatchedState();
  const read = (): Remembered => parseMemory(given.memory.getItem(KEY));
  const remember = (attemptId: string, answer: CardAnswer): void => {
    const others = read().filter(([id]) => id !== attemptId);
    given.memory.setItem(KEY, JSON.stringify([...others, [attemptId, answer]].slice(-REMEMBERED_MAX)));
  };

  const run = async (asked: CardAsked, kind: 'awaiting-card' | 'reversal-pending'): Promise<CardAnswer> => {
    watched.move(kind);
    const step = given.nextStep();
    const decided = decide(step, asked);
    remember(asked.attemptId, decided);
    await given.wait(step === 'slow' ? SLOW_MS : step === 'answer-lost' ? LOST_MS : CARD_MS);
    const answer: CardAnswer =
      step === 'answer-lost' ? { outcome: 'unknown', reason: 'answer-lost' } : decided;
    watched.move(answer.outcome);
    watched.move('idle');
    return answer;
  };

  return {
    id: given.id,
    driver: 'simulator',
    state: () => watched.state(),
    onState: (listener) => watched.onState(listener),
    authorizeSales: (asked) => run(asked, 'awaiting-card'),
    authorizeRefund: (asked) => run(asked, 'awaiting-card'),
    authorizeVoid: (asked) => run(asked, 'reversal-pending'),
    async retrieveResult(attemptId) {
      await given.wait(CARD_MS);
      const found = read().find(([id]) => id === attemptId);
      return found === undefined ? { outcome: 'declined', reason: 'never-arrived' } : found[1];
    },
  };
}

function decide(step: SimulatedStep, { attemptId, amountMinor }: CardAsked): CardAnswer {
  if (step === 'decline') return { outcome: 'declined', reason: 'declined' };
  const approvedMinor = step === 'partial' ? Math.max(1, Math.floor(amountMinor / 2)) : amountMinor;
  return { outcome: 'approved', approvedMinor, card: simulatedCard(attemptId) };
}

// Of no real card: the scheme says so.
function simulatedCard(attemptId: string): AnsweredCard {
  const code = attemptId
    .replace(/[^0-9a-z]/gi, '')
    .slice(-6)
    .toUpperCase()
    .padStart(6, '0');
  return { scheme: 'SIMULATED', lastDigits: '0000', authorisationCode: code, reference: `S-${code}` };
}

function parseMemory(text: string | null): Remembered {
  try {
    const parsed: unknown = JSON.parse(text ?? '[]');
    // Written by `remember` alone; whatever else stands there is as good as no memory.
    return Array.isArray(parsed) ? (parsed as Remembered) : [];
  } catch {
    return [];
  }
}
