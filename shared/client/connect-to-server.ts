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

export function connectToServer(
  given: Given,
  board: StatusBoard,
  own: {
    readonly identity: () => StoredIdentity | null;
    readonly onHead: (head: JournalHead) => void;
  },
): ToServer {
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
      board.report({
        lastContactAt: now.toISOString(),
        ...(difference === null || !Number.isFinite(difference)
          ? {}
          : { clockDifferenceMs: Math.round(difference) }),
      });
    },
  });
  return { tokens, connection };
}
