// A card terminal that the server (or hub) speaks with. An attempt is started under its id and followed until it has ended. The
// way to the server may break at any time: a start is repeated under the same id, which the server answers without asking the
// terminal again, and what cannot be found out in time is unknown. `declined` is said only when the server said so, or when
// nothing was ever sent.

import type { AnsweredCard } from '../domain/card-details.ts';
import { accept, refuse, type Outcome } from '../domain/refusal.ts';
import { createWatchedState } from './card-terminal-state.ts';
import type {
  CardAnswer,
  CardAsked,
  CardTerminal,
  TerminalDay,
  TerminalLink,
  TerminalLinkAnswer,
} from './ports.ts';

export type ServedGiven = {
  readonly id: string;
  readonly driver: 'zvt' | 'nexo';
  readonly name: string;
  readonly link: TerminalLink;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Milliseconds, for measuring. */
  readonly now: () => number;
};

const REQUEST_MS = 15_000;
const FOLLOW_MS = 20_000;
/** Above what the server waits, so that the server's silence is not the network's. */
const FOLLOW_REQUEST_MS = 30_000;
const CLOSING_REQUEST_MS = 110_000;
const AGAIN_AFTER_MS = 1_500;
/** Below the limit of the command that asks. */
const GIVE_UP_AFTER_MS = 112_000;

type Action = 'payment' | 'refund' | 'reversal';
type Attempt = CardAsked & { readonly action: Action; readonly reverses?: string };

/** What the server says of an attempt. */
type State = {
  readonly state: string;
  readonly prompt: string | null;
  readonly reason: string;
  readonly approvedMinor: number;
  readonly card: AnsweredCard;
  readonly version: number;
};

export function createServedCardTerminal(given: ServedGiven): CardTerminal {
  const { id, driver, name, link, wait, now } = given;
  const watched = createWatchedState();
  const listeners = new Set<(prompt: string | null) => void>();
  let running: string | null = null;
  const prompt = (code: string | null): void => {
    for (const listener of listeners) listener(code);
  };
  const pathOf = (attemptId: string): string => `${id}/attempts/${attemptId}`;

  /** The state after a start that may be repeated, or the answer where there is none. */
  const start = async (attempt: Attempt, deadline: number): Promise<State | CardAnswer> => {
    let mayHaveArrived = false;
    for (;;) {
      const answer = await link(`${id}/attempts`, { body: attempt, timeoutMs: REQUEST_MS });
      const state = stateOf(answer);
      if (state !== null) return state;
      if (answer.kind === 'not-sent' && !mayHaveArrived)
        return { outcome: 'declined', reason: 'terminal-offline' };
      if (answer.kind === 'refused' && isFinal(answer)) return { outcome: 'declined', reason: answer.code };
      if (answer.kind !== 'not-sent') mayHaveArrived = true;
      if (now() >= deadline) return { outcome: 'unknown', reason: 'server-silent' };
      await wait(AGAIN_AFTER_MS);
    }
  };

  const follow = async (attemptId: string, first: State, deadline: number): Promise<CardAnswer> => {
    let state = first;
    while (!isOver(state)) {
      prompt(state.prompt);
      if (now() >= deadline) return { outcome: 'unknown', reason: 'server-silent' };
      const path = `${pathOf(attemptId)}?seen=${state.version}&waitMs=${FOLLOW_MS}`;
      const next = stateOf(await link(path, { timeoutMs: FOLLOW_REQUEST_MS }));
      if (next === null) await wait(AGAIN_AFTER_MS);
      else state = next;
    }
    return answerOf(state);
  };

  const run = async (attempt: Attempt): Promise<CardAnswer> => {
    watched.move(attempt.action === 'reversal' ? 'reversal-pending' : 'awaiting-card');
    running = attempt.attemptId;
    const deadline = now() + GIVE_UP_AFTER_MS;
    const started = await start(attempt, deadline);
    const answer = 'outcome' in started ? started : await follow(attempt.attemptId, started, deadline);
    running = null;
    prompt(null);
    watched.move(answer.outcome);
    watched.move('idle');
    return answer;
  };

  return {
    id,
    driver,
    state: () => watched.state(),
    onState: (listener) => watched.onState(listener),
    authorizeSales: (asked) => run({ ...asked, action: 'payment' }),
    authorizeRefund: (asked) => run({ ...asked, action: 'refund' }),
    authorizeVoid: (asked) => run({ ...asked, action: 'reversal' }),
    async retrieveResult(attemptId) {
      const deadline = now() + GIVE_UP_AFTER_MS;
      const found = await link(`${pathOf(attemptId)}/find`, { body: {}, timeoutMs: FOLLOW_REQUEST_MS });
      const state = stateOf(found);
      if (state !== null) return follow(attemptId, state, deadline);
      return { outcome: 'unknown', reason: found.kind === 'refused' ? found.code : 'terminal-offline' };
    },
    served: {
      name,
      onPrompt(listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
      cancel() {
        if (running !== null) void link(`${pathOf(running)}/cancel`, { body: {}, timeoutMs: REQUEST_MS });
      },
      async endOfDay(asked) {
        const answer = await link(`${id}/closings`, { body: asked, timeoutMs: CLOSING_REQUEST_MS });
        if (answer.kind === 'ok') return dayOf(answer.body);
        if (answer.kind === 'refused') return refuse(answer.code, { detail: answer.detail });
        return refuse('terminal-offline');
      },
    },
  };
}

const isOver = ({ state }: State): boolean => state !== 'waiting' && state !== 'asking';

/** The server has decided; asking again would bring the same. */
const isFinal = ({ status }: { readonly status: number }): boolean =>
  status >= 400 && status < 500 && status !== 401 && status !== 408 && status !== 429;

function answerOf({ state, reason, approvedMinor, card }: State): CardAnswer {
  if (state === 'approved') return { outcome: 'approved', approvedMinor, card };
  return { outcome: state === 'declined' ? 'declined' : 'unknown', reason };
}

function stateOf(answer: TerminalLinkAnswer): State | null {
  if (answer.kind !== 'ok' || !isRecord(answer.body)) return null;
  const { state, prompt, reason, approvedMinor, card, version } = answer.body;
  if (typeof state !== 'string' || typeof approvedMinor !== 'number' || typeof version !== 'number')
    return null;
  return {
    state,
    prompt: typeof prompt === 'string' ? prompt : null,
    reason: typeof reason === 'string' ? reason : '',
    approvedMinor,
    card: isRecord(card) ? cardOf(card) : {},
    version,
  };
}

function cardOf(card: Readonly<Record<string, unknown>>): AnsweredCard {
  const { scheme, lastDigits, authorisationCode, reference, slip } = card;
  return {
    ...(typeof scheme === 'string' ? { scheme } : {}),
    ...(typeof lastDigits === 'string' ? { lastDigits } : {}),
    ...(typeof authorisationCode === 'string' ? { authorisationCode } : {}),
    ...(typeof reference === 'string' ? { reference } : {}),
    ...(Array.isArray(slip) ? { slip: slip.filter((line) => typeof line === 'string') } : {}),
  };
}

function dayOf(body: unknown): Outcome<TerminalDay> {
  if (!isRecord(body)) return refuse('terminal-no-totals');
  const [terminal, recorded] = [totalsOf(body['terminal']), totalsOf(body['recorded'])];
  const { unknownCount } = body;
  if (terminal === null || recorded === null || typeof unknownCount !== 'number')
    return refuse('terminal-no-totals');
  return accept({ terminal, recorded, unknownCount, isEqual: body['isEqual'] === true });
}

function totalsOf(value: unknown): TerminalDay['terminal'] | null {
  if (!isRecord(value)) return null;
  const { count, amountMinor } = value;
  return typeof count === 'number' && typeof amountMinor === 'number' ? { count, amountMinor } : null;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
