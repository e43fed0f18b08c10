// The way to the server with what it says about this workstation: tokens, its mark of the journal, whether it is still welcome,
// and how far the two clocks are apart.

import type { JournalHead } from '../domain/fact.ts';
import type { Given } from './given.ts';
import type { StoredIdentity } from './ports.ts';
import { createServerConnection, type ServerConnection } from './server/server-connection.ts';
import { createTokenSource, type TokenSource } from './server/token-source.ts';
import type { StatusBoard } from './status-board.ts';
import { TROUBLES } from './troubles.ts';

export type ToServer = { readonly tokens: TokenSource; readonly connection: ServerConnection };

/** Remembered differences are brought up to date when they are off by more than this. */
const CLOCK_STEP_MS = 1_000;

export function connectToServer(
  given: Given,
  board: StatusBoard,
  own: {
    readonly identity: () => StoredIdentity | null;
    readonly onHead: (head: JournalHead) => void;
  },
): ToServer {
  const clock = createClockMemory(given);
  board.report({ clockDifferenceMs: clock.remembered() });
  const tokens = createTokenSource(
    {
      identity: own.identity,
      subtle: given.subtle,
      ask: (path, body) => connection.request(path, { method: 'POST', body, isOpen: true }),
    },
    {
      onHead(head) {
        board.settle(TROUBLES.revoked(0).code);
        board.report({ enrolment: 'enrolled' });
        own.onHead(head);
      },
      onRevoked(code) {
        if (code === 'workstation-quarantined') {
          board.raise(TROUBLES.forked());
          return;
        }
        board.report({ enrolment: 'revoked' });
        board.raise(TROUBLES.revoked(board.status.peek().pendingCount));
      },
    },
  );
  const connection = createServerConnection(given, (refused) => tokens.token(refused), {
    onOutdated: () => board.raise(TROUBLES.outdated()),
    onContact({ serverTime, roundTripMs }) {
      const now = given.now();
      const difference =
        serverTime === null ? null : now.getTime() - roundTripMs / 2 - Date.parse(serverTime);
      board.report({ lastContactAt: now.toISOString() });
      if (difference === null || !Number.isFinite(difference)) return;
      board.report({ clockDifferenceMs: Math.round(difference) });
      clock.remember(Math.round(difference));
    },
  });
  return { tokens, connection };
}

/**
 * Keeps the difference of the clocks over a reload without a network: prices that change at a set time, and the sign that the
 * device's clock is wrong, go by it until the server is heard again.
 */
function createClockMemory({ textStore, namespace }: Pick<Given, 'textStore' | 'namespace'>): {
  readonly remembered: () => number | null;
  readonly remember: (differenceMs: number) => void;
} {
  const key = `tillandsia.clock-difference${namespace}`;
  const remembered = (): number | null => {
    try {
      const text = textStore.getItem(key);
      const value = text === null ? Number.NaN : Number(text);
      return Number.isSafeInteger(value) ? value : null;
    } catch {
      return null;
    }
  };
  return {
    remembered,
    remember(differenceMs) {
      const before = remembered();
      if (before !== null && Math.abs(before - differenceMs) < CLOCK_STEP_MS) return;
      try {
        textStore.setItem(key, String(differenceMs));
      } catch {
        // A full or forbidden store: the difference is then learnt again with the next contact.
      }
    },
  };
}
