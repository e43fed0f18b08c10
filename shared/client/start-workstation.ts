// The start of a workstation, in the order in which things may fail: who are we, may this window write, is the
// journal whole. A device that was somebody before is never mistaken for a new one.

import type { Parts } from './parts.ts';
import type { StoredIdentity } from './ports.ts';
import type { LiveStream } from './server/live-stream.ts';
import type { WriterLock } from './storage/writer-lock.ts';
import type { TillKeeper } from './till-keeper.ts';
import { TROUBLES } from './troubles.ts';

export type Start = {
  readonly started: Promise<void>;
  /** Goes on with an identity: just enrolled, or found at last. */
  readonly begin: (identity: StoredIdentity) => Promise<void>;
  /** Looks for the identity again. */
  readonly again: () => Promise<void>;
};

export function startWorkstation(
  parts: Parts,
  made: { readonly lock: WriterLock; readonly keeper: TillKeeper; readonly stream: LiveStream },
): Start {
  const { given, board } = parts;

  let isFollowing = false;

  const begin = async (identity: StoredIdentity): Promise<void> => {
    parts.identity.value = identity;
    board.settle(
      TROUBLES.identityGone({ pendingCount: 0, pendingAmountMinor: 0, epoch: 0, sequence: 0 }).code,
    );
    board.report({ enrolment: 'enrolled' });
    if (!isFollowing) {
      isFollowing = true;
      parts.catalogue.start();
      made.stream.start();
    } else {
      // Enrolled anew: the catalogue was thrown away with the former identity.
      parts.catalogue.changed();
    }
    await made.lock.start();
    // The lock opens the till; waiting for that here makes `started` mean "there is a state".
    await made.keeper.idle();
    showPersistence(parts);
    // Made while the operator's tile and PIN are tapped, it costs nobody a moment.
    given.verifyPin.prepare?.();
  };

  const look = async (): Promise<void> => {
    if (parts.identity.peek() !== null) return;
    let identity: StoredIdentity | null;
    try {
      identity = await given.keyStore.load();
      board.settle(TROUBLES.keysUnopened().code);
    } catch {
      board.raise(TROUBLES.keysUnopened());
      return;
    }
    if (identity !== null) {
      await begin(identity);
      return;
    }
    board.report({ enrolment: 'not-enrolled' });
    const mark = parts.canary.read();
    if (mark === null) return;
    const { pendingCount, pendingAmountMinor, head } = mark;
    board.raise(
      TROUBLES.identityGone({ pendingCount, pendingAmountMinor, epoch: head.epoch, sequence: head.sequence }),
    );
  };

  if (!given.isSecure) {
    // Over plain HTTP from another machine a browser has no keys, no locks and no service worker.
    board.raise(TROUBLES.insecure());
    board.report({ connection: 'offline' });
    return { started: Promise.resolve(), begin, again: () => Promise.resolve() };
  }
  parts.connection.start();
  // After the till is open: how full the disk is, and its reserve, hold up the sign-on screen otherwise.
  return { started: look().finally(() => parts.health.start()), begin, again: look };
}

/** Says so while the browser may throw the storage away; a demo store sells on with the notice. */
function showPersistence(parts: Parts): void {
  void parts.health.persist().then((isPersisted) => {
    if (isPersisted) parts.board.settle(TROUBLES.notPersistent().code);
    else parts.board.raise(TROUBLES.notPersistent());
  });
}
