// What a person may do about a trouble. Reloading is the shell's part; everything else happens here.

import { accept, refuse } from '../../domain/refusal.ts';
import type { Parts } from '../parts.ts';
import type { Workstation } from '../runtime.ts';
import type { TokenSource } from '../server/token-source.ts';
import type { Start } from '../start-workstation.ts';
import type { WriterLock } from '../storage/writer-lock.ts';
import type { TillKeeper } from '../till-keeper.ts';

export function createResolveTrouble(
  parts: Parts,
  made: {
    readonly lock: WriterLock;
    readonly keeper: TillKeeper;
    readonly start: Start;
    readonly tokens: TokenSource;
  },
): Workstation['resolveTrouble'] {
  return async (code, action) => {
    const trouble = parts.board.status.peek().troubles.find((one) => one.code === code);
    if (trouble === undefined) return accept(null);
    if (!trouble.actions.includes(action)) return refuse('action-not-offered', { troubleCode: code });
    switch (action) {
      case 'reload':
        return accept(null);
      case 'take-over':
        await made.lock.takeOver();
        return accept(null);
      case 'rebuild-from-server':
        return code === 'EN-03' ? leave() : made.keeper.rebuild();
      case 'start-new-epoch':
        return made.keeper.retry(true);
      case 'retry':
        return retry(code);
    }
  };

  // The server does not know this workstation any more: its mark is put aside, and the device can be enrolled anew.
  // What the next server must not inherit is thrown away; what only this device has never is.
  async function leave() {
    const { pendingCount } = parts.board.status.peek();
    if (pendingCount > 0) return refuse('undelivered-entries', { pendingCount });
    await made.keeper.destroy();
    await parts.given.keyStore.forget();
    parts.catalogue.forget();
    parts.canary.retire();
    parts.settings.value = null;
    parts.operators.value = [];
    parts.operator.value = null;
    parts.setCart(null);
    parts.identity.value = null;
    parts.board.settle('EN-03');
    parts.board.report({ enrolment: 'not-enrolled', pendingCount: 0, oldestPendingAt: null });
    return accept(null);
  }

  async function retry(code: string) {
    parts.connection.hurry();
    if (code.startsWith('EN-')) {
      made.tokens.askAgain();
      // A head that comes with the token settles EN-03.
      if (code === 'EN-03')
        return (await made.tokens.freshHead()) === null ? refuse('not-ready') : accept(null);
      await made.start.again();
      return accept(null);
    }
    if (code === 'ST-05') {
      const isPersisted = await parts.health.persist();
      if (isPersisted) parts.board.settle(code);
      return isPersisted ? accept(null) : refuse('storage-not-persistent');
    }
    if (code === 'ST-03') return parts.health.makeRoom();
    return made.keeper.retry(false);
  }
}
