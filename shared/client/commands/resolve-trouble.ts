// What a person may do about a trouble. Reloading is the shell's part; everything else happens here.

import { accept, refuse } from '../../domain/refusal.ts';
import type { Parts } from '../parts.ts';
import type { Workstation } from '../runtime.ts';
import type { Start } from '../start-workstation.ts';
import type { WriterLock } from '../storage/writer-lock.ts';
import type { TillKeeper } from '../till-keeper.ts';

export function createResolveTrouble(
  parts: Parts,
  made: { readonly lock: WriterLock; readonly keeper: TillKeeper; readonly start: Start },
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
        return made.keeper.rebuild();
      case 'start-new-epoch':
        return made.keeper.retry(true);
      case 'retry':
        return retry(code);
    }
  };

  async function retry(code: string) {
    parts.connection.hurry();
    if (code.startsWith('EN-')) {
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
