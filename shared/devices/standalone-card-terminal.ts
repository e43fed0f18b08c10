// A card terminal that is not connected: the cashier types the amount into it, and what it printed back into the till. So
// question and answer pass through a person; the terminal itself can be asked nothing later.

import { createWatchedState } from './card-terminal-state.ts';
import type { CardAnswer, CardAsked, CardTerminal, StandaloneEntry, StandaloneQuestion } from './ports.ts';

export type StandaloneGiven = {
  readonly id: string;
  /** Shows the question and waits for the cashier. */
  readonly ask: (question: StandaloneQuestion) => Promise<StandaloneEntry>;
};

export function createStandaloneCardTerminal({ id, ask }: StandaloneGiven): CardTerminal {
  const watched = createWatchedState();
  const run = async (question: StandaloneQuestion): Promise<CardAnswer> => {
    watched.move(question.action === 'reversal' ? 'reversal-pending' : 'awaiting-card');
    const answer = answerOf(await ask(question), question);
    watched.move(answer.outcome);
    watched.move('idle');
    return answer;
  };
  return {
    id,
    driver: 'standalone',
    state: () => watched.state(),
    onState: (listener) => watched.onState(listener),
    authorizeSales: (asked) => run({ ...asked, action: 'payment' }),
    authorizeRefund: (asked) => run({ ...asked, action: 'refund' }),
    authorizeVoid: ({ reverses: _reverses, ...asked }) => run({ ...asked, action: 'reversal' }),
    retrieveResult: () => Promise.resolve({ outcome: 'unknown', reason: 'terminal-cannot-tell' }),
  };
}

function answerOf(entry: StandaloneEntry, { amountMinor }: CardAsked): CardAnswer {
  switch (entry.kind) {
    case 'approved':
      return { outcome: 'approved', approvedMinor: amountMinor, card: entry.card };
    case 'declined':
      return { outcome: 'declined', reason: 'declined' };
    case 'unclear':
      return { outcome: 'unknown', reason: 'cashier-cannot-tell' };
  }
}
